"""The shape of demo texts: dates, stories, notices, pages, records, people. Pure data.

Dates are anchors that `days` resolves at load time, so the site is lively whenever it is loaded.
Texts may speak a date by a placeholder, see `days.spoken`; `prose` explains the light markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from home.demo.stories.blocks import (
    Block,
    Callout,
    Drawing,
    Figure,
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

__all__ = [
    "SOURCE",
    "Ago",
    "Album",
    "Anchor",
    "Announcement",
    "Block",
    "Callout",
    "Campaign",
    "Drawing",
    "Figure",
    "Figures",
    "Files",
    "Gallery",
    "Medal",
    "Moderated",
    "Pages",
    "Paper",
    "Person",
    "Picture",
    "Plain",
    "Profile",
    "Quote",
    "Report",
    "Rule",
    "Span",
    "Story",
    "Table",
    "Text",
    "When",
    "shots",
]

SOURCE = "示范医院工会剪纸"


@dataclass(frozen=True)
class Anchor:
    """A day of the year: its last occurrence before today (cycle 0), or a year earlier (1)."""

    month: int
    day: int
    cycle: int = 0


@dataclass(frozen=True)
class Ago:
    """So many days before the day of loading; negative: after it."""

    days: int


When: TypeAlias = Anchor | Ago


@dataclass(frozen=True)
class Story:
    """A piece of news. `related` names slugs; day counts run from the day of loading."""

    slug: str
    title: str
    lead: str
    category: str
    when: When
    body: tuple[Block, ...]
    picture: Drawing | None = None
    office: str = "院工会宣传组"
    related: tuple[str, ...] = ()
    pinned_days: int = 0


@dataclass(frozen=True)
class Announcement:
    """A notice. Offsets are days after its own date, None where it has no such day."""

    slug: str
    title: str
    lead: str
    office: str
    when: When
    body: tuple[Block, ...]
    expires: int | None = None
    pinned: int | None = None
    strip: int | None = None
    shown: tuple[int, int] | None = None
    objections: str = ""
    related: tuple[str, ...] = ()


@dataclass(frozen=True)
class Span:
    """A period: month and day of its ends, in the year of the report's own date plus `year`."""

    first: tuple[int, int]
    last: tuple[int, int]
    year: int = 0


@dataclass(frozen=True)
class Report:
    """A report or a plan. `papers` are attached beside its own text as a PDF with letterhead."""

    slug: str
    title: str
    lead: str
    kind: str
    when: When
    period: Span
    figures: tuple[Figure, ...]
    body: tuple[Block, ...]
    papers: tuple[Paper, ...] = ()
    deliberated: str = ""
    office: str = "示范医院工会委员会"
    related: tuple[str, ...] = ()


@dataclass(frozen=True)
class Campaign:
    """A campaign; `lasts` counts days from its first one, None: it has no end."""

    slug: str
    title: str
    lead: str
    starts: When
    lasts: int | None
    body: tuple[Block | Pages, ...]
    picture: Drawing | None = None


@dataclass(frozen=True)
class Rule:
    """A rule or a form; `ends` is its last day, `replaces` the slug of an older one."""

    slug: str
    title: str
    kind: str
    intro: str
    starts: When
    number: str = ""
    issuer: str = "院工会委员会"
    ends: When | None = None
    replaces: str = ""
    paper: Paper | None = None
    text: str = ""


@dataclass(frozen=True)
class Album:
    """An album: when and where, its photos with their captions, ``cover`` by the seed of its drawing."""

    slug: str
    title: str
    lead: str
    category: str
    when: When
    place: str
    author: str
    shots: tuple[tuple[Drawing, str], ...]
    cover: str = ""
    related: tuple[str, ...] = ()
    body: tuple[Block, ...] = ()

    @property
    def picture(self) -> Drawing:
        """The drawing that stands for the album."""
        return next(
            (drawing for drawing, _words in self.shots if drawing.seed == self.cover), self.shots[0][0]
        )


def shots(text: str) -> tuple[tuple[Drawing, str], ...]:
    """Read photos from two lines each: motif, shape, seed and alt text; then the caption."""
    lines = [line for line in text.splitlines() if line]
    pairs = zip(lines[::2], lines[1::2], strict=True)
    read = [(line.split(" ", 3), words) for line, words in pairs]
    return tuple((Drawing(motif, seed, alt, shape), words) for (motif, shape, seed, alt), words in read)


@dataclass(frozen=True)
class Plain:
    """A standard page."""

    slug: str
    title: str
    lead: str
    body: tuple[Block, ...]


@dataclass(frozen=True)
class Medal:
    """An honour of the register, known by its key; `level` as in the register, `exact` when the day is known.

    `withdrawn` says days ago and reason; `scan`, the picture of the certificate, is shown to everybody.
    """

    key: str
    title: str
    level: int
    issuer: str
    when: Anchor
    recipient: str
    kind: str = "person"
    department: str = ""
    citation: str = ""
    source: str = ""
    number: str = ""
    exact: bool = False
    withdrawn: tuple[int, str] | None = None
    scan: Drawing | None = None


@dataclass(frozen=True)
class Profile:
    """A role model: who, post, citation with its source, keys of medals in the order of the page."""

    slug: str
    title: str
    who: str
    post: str
    lead: str
    when: When
    picture: Drawing
    medals: tuple[str, ...]
    citation: str
    source: str
    body: tuple[Block, ...]
    office: str = "院工会宣传组"
    related: tuple[str, ...] = ()


@dataclass(frozen=True)
class Person:
    """A demo account: staff number, invented name, what the account shows."""

    staff_number: str
    name: str
    part: str


@dataclass(frozen=True)
class Moderated:
    """A story that stands in a workflow state, and the reviewer's comment if it came back."""

    state: str
    story: Story
    comment: str = ""
