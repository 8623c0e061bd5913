"""Papers with the union's letterhead (PDF): a letter is made of blocks and set by ``letterhead.typ``.

::

    letter = Letter(title="工作总结", union="示范医院工会", blocks=[Heading("一、提案")])
    compose(letter)                     # bytes: A4, PDF/A-2a and PDF/UA-1, page numbers, fonts inside

Everything goes in as data; ``#``, ``$`` or ``<script>`` come out as they were typed. Jobs and commands call
``compose``; a web process calls ``for_reader``, which sets the letter in a process of its own with limits.
"""

import hashlib
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import TypeAlias

from django.core.cache import caches
from django.template.defaultfilters import date as date_format
from django.utils import timezone
from django.utils.translation import get_language, gettext, pgettext

from . import leaves, typesetting
from .icons import MARK

VERMILION = "#b42318"
WEEK = 7 * 24 * 3600
NARROWEST, WIDEST = 4, 24


class Unset(Exception):  # noqa: N818 - says what became of the letter
    """The letter takes more time or memory to set than a reader may ask for."""


@dataclass(frozen=True)
class Run:
    """Words of one weight."""

    text: str
    bold: bool = False


def text(words: str) -> tuple[Run, ...]:
    """Return plain words as runs."""
    return (Run(words),)


@dataclass(frozen=True)
class Heading:
    """A chapter's title; ``level`` 2 or 3."""

    text: str
    level: int = 2
    kind: str = field(default="heading", init=False)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, its first line two characters in."""

    runs: tuple[Run, ...]
    kind: str = field(default="paragraph", init=False)


@dataclass(frozen=True)
class Items:
    """A list, with numbers when ``ordered``."""

    points: tuple[tuple[Run, ...], ...]
    ordered: bool = False
    kind: str = field(default="items", init=False)


@dataclass(frozen=True)
class Table:
    """Rows of words under ``heads`` (none: a form with lines all around); ``numbers`` stand to the right."""

    rows: tuple[tuple[str, ...], ...]
    heads: tuple[str, ...] = ()
    numbers: tuple[bool, ...] = ()
    caption: str = ""
    kind: str = field(default="table", init=False)


@dataclass(frozen=True)
class Box:
    """One figure."""

    number: str
    text: str
    unit: str = ""
    note: str = ""


@dataclass(frozen=True)
class Figures:
    """A row of figure boxes."""

    boxes: tuple[Box, ...]
    title: str = ""
    note: str = ""
    kind: str = field(default="figures", init=False)


@dataclass(frozen=True)
class Quote:
    """What somebody said."""

    text: str
    by: str = ""
    kind: str = field(default="quote", init=False)


@dataclass(frozen=True)
class Note:
    """A box for what must not be missed."""

    title: str
    blocks: "tuple[Block, ...]"
    kind: str = field(default="note", init=False)


Block: TypeAlias = Heading | Paragraph | Items | Table | Figures | Quote | Note


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A whole paper: ``facts`` pair a word with what it says, ``signed`` and ``day`` are its last lines."""

    title: str
    union: str
    blocks: Sequence[Block]
    lead: str = ""
    facts: Sequence[tuple[str, str]] = ()
    signed: str = ""
    day: date | None = None

    def written(self) -> str:
        """Return the letter as the letterhead reads it."""
        language, _dash, place = (get_language() or "zh-hans").partition("-")
        day = self.day or timezone.localdate()  # no archive takes a paper without a day
        pages = gettext("Page {number} of {pages}")  # both stay for the letterhead to fill in
        return json.dumps(
            {
                **asdict(self),
                "dated": date_format(self.day, pgettext("date", "Y-n-j")) if self.day else "",
                "day": (day.year, day.month, day.day),
                "blocks": [_whole(block) for block in self.blocks],
                "lang": language,
                "region": "CN" if place == "hans" else None,
                "page": pages,
                "mark": _mark(),
            },
            ensure_ascii=False,
            sort_keys=True,
        )


def compose(letter: Letter) -> bytes:
    """Return the letter as PDF, set in this process."""
    return typesetting.typeset(letter.written())


def for_reader(letter: Letter) -> bytes:
    """Return the letter as PDF for a reader who waits, set apart once and kept under what it says.

    Raises Unset, or ``leaves.Busy`` when too much is being drawn already.
    """
    written = letter.written()
    key = f"letter:{hashlib.blake2b(written.encode(), digest_size=20).hexdigest()}"
    kept: bytes | None = caches["pages"].get(key)
    if kept is None:
        with leaves.turn():
            kept = _set_apart(written)
        caches["pages"].set(key, kept, WEEK)
    return kept


def _set_apart(written: str) -> bytes:
    # -I: no path or environment of ours reaches the child.
    command = [sys.executable, "-I", typesetting.__file__]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=written.encode(), capture_output=True, timeout=leaves.PATIENCE, check=True
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise Unset from error
    return done.stdout


def _whole(block: Block) -> dict[str, object]:
    """Return a block as data, a table with what the letterhead does not reckon itself."""
    if isinstance(block, Note):
        return {**asdict(block), "blocks": [_whole(inner) for inner in block.blocks]}
    if isinstance(block, Table):
        return {**asdict(block), **_columns(block)}
    return asdict(block)


def _columns(table: Table) -> dict[str, object]:
    """Return rows of one length, and how wide each column is against the others: by its longest words."""
    across = max(map(len, (table.heads, *table.rows)), default=0)
    heads = (*table.heads, *[""] * (across - len(table.heads))) if table.heads else ()
    rows = [(*row, *[""] * (across - len(row))) for row in table.rows]
    if heads and not rows:
        rows = [("—",) * across]
    if not across:
        rows = []
    lines = [heads, *rows] if heads else rows
    widths = [min(WIDEST, max(NARROWEST, *(len(line[at]) for line in lines))) for at in range(across)]
    return {
        "heads": heads,
        "rows": rows,
        "numbers": (*table.numbers[:across], *[False] * (across - len(table.numbers))),
        "widths": widths or [1],
    }


def _mark() -> str:
    """Return the house's mark as a drawing of its own."""
    drawing = MARK.replace("currentColor", VERMILION)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">{drawing}</svg>'
