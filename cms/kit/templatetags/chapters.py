"""``{% chapters body as told %}``: a body with an address for each chapter, and the list of chapters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from django import template
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from cms.kit.links import read_together

register = template.Library()

HEADING = re.compile(r"<h2\b(?P<attributes>[^>]*)>(?P<words>.*?)</h2>", re.DOTALL)


@dataclass(frozen=True)
class Chapter:
    """A heading of the second level and the address of its place on the page."""

    id: str
    words: str


@dataclass(frozen=True)
class Told:
    """A body as it is shown, and its chapters."""

    html: SafeString
    chapters: list[Chapter]


@register.simple_tag(takes_context=True)
def chapters(context: template.Context, body: Any) -> Told:
    """Draw a StreamField's body with ``id="c1"``, ``c2`` … on its headings of the second level."""
    around = context.flatten()
    with read_together(_texts(body)):
        html = "".join(block.render(context=around) for block in body)
    found: list[Chapter] = []

    def mark(heading: re.Match[str]) -> str:
        words = unescape(strip_tags(heading["words"])).strip()  # escaped again where it is shown
        if not words or " id=" in heading["attributes"]:
            return heading[0]
        found.append(Chapter(f"c{len(found) + 1}", words))
        return f'<h2 id="{found[-1].id}"{heading["attributes"]}>{heading["words"]}</h2>'

    marked = HEADING.sub(mark, html)
    return Told(mark_safe(marked), found)  # noqa: S308 - drawn by the blocks' own templates


def _texts(body: Any) -> Iterator[str]:
    """Yield the running texts of a body: its text blocks and those of its callouts."""
    for block in body:
        text = block.value.get("text") if hasattr(block.value, "get") else block.value
        if hasattr(text, "source"):
            yield text.source
