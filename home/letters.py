"""A page as a paper with the union's letterhead: what stands in its body, without pictures and videos."""

from collections.abc import Iterator
from typing import Any, cast

from bs4 import BeautifulSoup, NavigableString, PageElement, Tag
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from cms.kit import leaves, pdf
from cms.kit.delivery import disposition
from cms.kit.files import NEVER_KEPT
from cms.kit.pdf import Block, Box, Figures, Heading, Items, Note, Paragraph, Quote, Run, Table

SEEN_ONLY = {"picture", "gallery", "video"}
LAST_HEADING = 3


def blocks_of(body: Any) -> list[Block]:
    """Return what stands in a body, in its order."""
    return [block for child in body for block in _set(child.block_type, child.value)]


def has_pictures(body: Any) -> bool:
    """Tell whether a body has something that no paper shows."""
    return any(child.block_type in SEEN_ONLY for child in body)


def figures_of(boxes: Any, title: str = "", note: str = "") -> Figures:
    """Return figure boxes as a row."""
    return Figures(
        tuple(Box(box["number"], box["text"], box.get("unit") or "", box.get("note") or "") for box in boxes),
        title,
        note,
    )


def answer(request: HttpRequest, letter: pdf.Letter, *, closed: bool) -> HttpResponse:
    """Send a letter to a reader whom the page's own door has let in; no cache keeps a closed one."""
    try:
        content = pdf.for_reader(letter)
    except (pdf.Unset, leaves.Busy):
        response = render(request, "503.html", status=503)
        response["Retry-After"] = "5"
        response["Cache-Control"] = NEVER_KEPT
        return response
    headers = {
        "Content-Disposition": disposition(f"{letter.title}.pdf", inline=False),
        "Cache-Control": NEVER_KEPT if closed else "no-cache",
        "X-Robots-Tag": "noindex",
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def union_of(request: HttpRequest) -> str:
    """Return whose letterhead it is."""
    from cms.kit.frame import frame_of  # noqa: PLC0415

    identity = frame_of(request).identity
    return identity.union_name or identity.house_name


def _set(name: str, value: Any) -> Iterator[Block]:
    """Yield a block of a body as blocks of a letter."""
    if name == "text":
        yield from prose(value.source)
    elif name == "quote":
        yield Quote(value["text"], value.get("by") or "")
    elif name == "callout":
        yield Note(value.get("title") or "", tuple(prose(value["text"].source)))
    elif name == "figures":
        yield figures_of(value["items"], value.get("title") or "", value.get("note") or "")
    elif name == "table":
        yield _table(value)
    elif name == "files":
        titles = [document.title for document in value["documents"] if document]
        yield Heading(value.get("title") or gettext("Files"), LAST_HEADING)
        yield Items(tuple(pdf.text(title) for title in titles))


def _table(value: Any) -> Table:
    return Table(
        rows=tuple(tuple(str(cell.value or "") for cell in row) for row in value.rows),
        heads=tuple(column["heading"] for column in value.columns),
        numbers=tuple(column["block"].name == "number" for column in value.columns),
        caption=value.caption or "",
    )


def prose(html: str) -> Iterator[Block]:
    """Yield headings, paragraphs and lists of rich text."""
    for element in BeautifulSoup(html, "html.parser").children:
        runs = _runs(element)
        name = element.name if isinstance(element, Tag) else None
        if name in {"ul", "ol"}:
            yield Items(tuple(_points(cast(Tag, element))), ordered=name == "ol")
        elif not any(run.text.strip() for run in runs):
            continue
        elif name in {"h2", "h3", "h4", "h5", "h6"}:
            yield Heading("".join(run.text for run in runs), min(LAST_HEADING, int(str(name)[1])))
        else:
            yield Paragraph(runs)


def _points(listed: Tag) -> Iterator[tuple[Run, ...]]:
    """Yield the points of a list, those of a list inside it after the point they belong to."""
    for point in listed.find_all("li", recursive=False):
        inner = [child.extract() for child in point.find_all(["ul", "ol"], recursive=False)]
        yield _runs(point)
        for below in inner:
            yield from _points(below)


def _runs(element: PageElement) -> tuple[Run, ...]:
    """Return the words of an element in runs of one weight."""
    if isinstance(element, NavigableString):
        return (Run(str(element)),)
    runs = []
    for piece in cast(Tag, element).descendants:
        if isinstance(piece, Tag) and piece.name == "br":
            runs.append(Run("\n"))
        elif isinstance(piece, NavigableString):
            runs.append(Run(str(piece), bold=piece.find_parent(["b", "strong"]) is not None))
    return tuple(runs)


def remark(words: str) -> Block:
    """Return a sentence of the house as a block."""
    return Paragraph(pdf.text(words))
