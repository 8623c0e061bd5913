"""The shape of what stands on a demo page: drawings, papers and blocks. Pure data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Drawing:
    """A paper-cut: the illustrator's motif and seed, the shape, and what it shows (alt text)."""

    motif: str
    seed: str
    alt: str
    shape: str = "wide"


@dataclass(frozen=True)
class Text:
    """Running text in the markup of `prose`."""

    text: str


@dataclass(frozen=True)
class Picture:
    """A picture in the story."""

    drawing: Drawing
    caption: str
    credit: str = ""
    wide: bool = False


@dataclass(frozen=True)
class Gallery:
    """Several pictures, each with its caption."""

    title: str
    items: tuple[tuple[Drawing, str], ...]


@dataclass(frozen=True)
class Quote:
    """What somebody said; people are named by their role."""

    text: str
    by: str


@dataclass(frozen=True)
class Table:
    """A table: heads as (kind, heading), kind `text` or `number`, then rows of strings."""

    caption: str
    heads: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Figure:
    """One figure box."""

    number: str
    unit: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class Figures:
    """A row of figure boxes with the source of the numbers."""

    title: str
    items: tuple[Figure, ...]
    note: str = ""


@dataclass(frozen=True)
class Paper:
    """A file made at load time: `kind` docx or pdf; lines in the markup of `papers`."""

    kind: str
    name: str
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Files:
    """Files to take away."""

    title: str
    papers: tuple[Paper, ...]


@dataclass(frozen=True)
class Callout:
    """A box: tone `plain`, `important` or `good`."""

    tone: str
    title: str
    text: str


@dataclass(frozen=True)
class Pages:
    """A row of pages in a campaign, named by their slugs."""

    title: str
    slugs: tuple[str, ...]
    note: str = ""


Block: TypeAlias = Text | Picture | Gallery | Quote | Table | Figures | Files | Callout
