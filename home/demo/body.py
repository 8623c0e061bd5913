"""Blocks of the demo texts into the raw form Wagtail keeps a body in."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import singledispatchmethod
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from home.demo.days import spoken
from home.demo.prose import rich
from home.demo.stories.shape import (
    Block,
    Callout,
    Drawing,
    Figures,
    Files,
    Gallery,
    Pages,
    Paper,
    Picture,
    Quote,
    Table,
    Text,
)

Raw = dict[str, Any]


@dataclass(kw_only=True)
class Setter:
    """Sets one page's blocks: its day for spoken dates, and where pictures, papers, pages are found.

    A picture or paper that is not there leaves its block out; a gallery needs all of its pictures.
    """

    slug: str
    day: date
    images: Mapping[Drawing, int] = field(default_factory=dict)
    papers: Mapping[Paper, int] = field(default_factory=dict)
    page_id: Callable[[str], int | None] = lambda _slug: None

    def body(self, blocks: tuple[Block | Pages, ...]) -> str:
        """Return the body as JSON, block ids the same at every call."""
        values = [(type(block).__name__.lower(), self.value(block)) for block in blocks]
        stream = [
            {"type": kind, "value": value, "id": self._id(place)}
            for place, (kind, value) in enumerate(values)
            if value is not None
        ]
        return json.dumps(stream, ensure_ascii=False)

    def stream(self, kind: str, items: tuple[Any, ...]) -> str:
        """Return figures as a stream of their own."""
        raw = [
            {"type": kind, "value": self.figure(item), "id": self._id(at)} for at, item in enumerate(items)
        ]
        return json.dumps(raw, ensure_ascii=False)

    def prose(self, text: str) -> str:
        """Return running text as rich text."""
        return rich(self.say(text), self.page_id)

    def say(self, text: str) -> str:
        """Return the text with its dates spoken."""
        return spoken(text, self.day)

    def _id(self, place: object) -> str:
        return str(uuid5(NAMESPACE_URL, f"{self.slug}/{place}"))

    def items(self, mark: str, values: list[Any]) -> list[Raw]:
        """Return the values as items of a list block, which must carry ids to be understood."""
        return [
            {"type": "item", "value": value, "id": self._id(f"{mark}/{n}/{value}")}
            for n, value in enumerate(values)
        ]

    @singledispatchmethod
    def value(self, block: Block | Pages) -> Any:
        """Return the raw value of a block, or None where it cannot be set yet."""
        raise TypeError(f"no such block: {type(block).__name__}")

    @value.register
    def _(self, block: Text) -> str:
        return rich(self.say(block.text), self.page_id)

    @value.register
    def _(self, block: Picture) -> Raw | None:
        image = self.images.get(block.drawing)
        if image is None:
            return None
        return {
            "image": image,
            "alt": block.drawing.alt,
            "caption": self.say(block.caption),
            "credit": block.credit,
            "wide": block.wide,
        }

    @value.register
    def _(self, block: Gallery) -> Raw | None:
        if any(drawing not in self.images for drawing, _caption in block.items):
            return None
        shots = [
            {"image": self.images[drawing], "alt": drawing.alt, "caption": self.say(caption)}
            for drawing, caption in block.items
        ]
        return {"title": block.title, "items": self.items("gallery", shots)}

    @value.register
    def _(self, block: Quote) -> Raw:
        return {"text": self.say(block.text), "by": block.by}

    @value.register
    def _(self, block: Table) -> Raw:
        return {
            "columns": [{"type": kind, "heading": self.say(head)} for kind, head in block.heads],
            "rows": [{"values": [self.say(cell) for cell in row]} for row in block.rows],
            "caption": self.say(block.caption),
        }

    @value.register
    def _(self, block: Files) -> Raw | None:
        found = [self.papers[paper] for paper in block.papers if paper in self.papers]
        return {"title": block.title, "documents": self.items("files", found)} if found else None

    @value.register
    def _(self, block: Figures) -> Raw:
        return {
            "title": self.say(block.title),
            "items": self.items("figures", [self.figure(item) for item in block.items]),
            "note": self.say(block.note),
        }

    @value.register
    def _(self, block: Pages) -> Raw | None:
        found = [pk for slug in block.slugs if (pk := self.page_id(slug))]
        pages = self.items("pages", found)
        return {"title": block.title, "note": block.note, "pages": pages} if found else None

    @value.register
    def _(self, block: Callout) -> Raw:
        text = rich(self.say(block.text), self.page_id)
        return {"tone": block.tone, "title": self.say(block.title), "text": text}

    def figure(self, item: Any) -> Raw:
        """Return one figure box, also for the front page."""
        return {
            "number": item.number,
            "unit": item.unit,
            "text": self.say(item.text),
            "note": self.say(item.note),
        }
