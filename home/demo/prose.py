"""Light markup of the demo texts into the rich text Wagtail stores."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

LINK = re.compile(r"\[([^\]]+)\]\(page:([a-z0-9-]+)\)")
BOLD = re.compile(r"\*\*(.+?)\*\*")
BULLET = re.compile(r"^- ")
ORDERED = re.compile(r"^\d+\. ")


def rich(text: str, page_id: Callable[[str], int | None]) -> str:
    """Return HTML: blocks are parted by blank lines.

    `## ` and `### ` head, lines beginning `- ` or `1. ` make lists, **bold**, [words](page:slug)
    links to a page found by `page_id`; a page that is not there leaves its words.
    """

    def inline(line: str) -> str:
        def link(found: re.Match[str]) -> str:
            target = page_id(found[2])
            words = found[1]
            return f'<a linktype="page" id="{target}">{words}</a>' if target else words

        return LINK.sub(link, BOLD.sub(r"<b>\1</b>", escape(line, quote=False)))

    html = []
    for part in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in part.splitlines()]
        if lines[0].startswith("### "):
            html.append(f"<h3>{inline(lines[0][4:])}</h3>")
        elif lines[0].startswith("## "):
            html.append(f"<h2>{inline(lines[0][3:])}</h2>")
        elif BULLET.match(lines[0]):
            html.append(_list("ul", [inline(item) for item in _items(lines, BULLET)]))
        elif ORDERED.match(lines[0]):
            html.append(_list("ol", [inline(item) for item in _items(lines, ORDERED)]))
        else:
            html.append(f"<p>{inline(''.join(lines))}</p>")
    return "".join(html)


def _items(lines: list[str], mark: re.Pattern[str]) -> list[str]:
    """Join wrapped lines to the item they belong to."""
    items: list[str] = []
    for line in lines:
        if mark.match(line):
            items.append(mark.sub("", line))
        else:
            items[-1] += line
    return items


def _list(tag: str, items: list[str]) -> str:
    return f"<{tag}>" + "".join(f"<li>{item}</li>" for item in items) + f"</{tag}>"
