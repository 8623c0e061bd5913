"""The register of rooms: navigation, tiles, addresses, desk, search, reports and dossier read this.

A room (业务) announces itself once, from its ``apps.ready``; nobody names a room anywhere else. Whatever
a room leaves out simply does not show.

Lists that may be long (``waiting``, ``cases``, ``coming``, ``news``) are told how many are wanted and answer
with ``Some``: those, the nearest first, and how many there are. ``first`` makes one from a query. So the desk
costs the same with five cases and with five hundred.
"""

import logging
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, Literal, Protocol, TypeVar

from django.core.exceptions import ImproperlyConfigured

log = logging.getLogger(__name__)

Item = TypeVar("Item")


@dataclass(frozen=True)
class Some(Generic[Item]):
    """The first items of a list, and how many it has in all."""

    items: Sequence[Item] = ()
    total: int = 0


def first(rows: Any, limit: int, make: Callable[[Any], Item]) -> Some[Item]:
    """Return at most ``limit`` of a query's rows, each by ``make``, with the number of all.

    One query where they all fit, else two.
    """
    found = list(rows[: limit + 1])
    total = len(found) if len(found) <= limit else rows.count()
    return Some([make(row) for row in found[:limit]], total)


@dataclass(frozen=True, kw_only=True)
class Tile:
    """A way in: shown on the home page, the desk and in the rail of every page of the members' area.

    Asked on every such page, so it costs no query beside the offices somebody holds (asked once a request);
    a ``hint`` that needs one is lazy (``lazystr``).
    """

    label: Any
    hint: Any
    icon: str
    url: Any


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Something that waits for this person to act (待办): ``act`` is the verb on its link (去评价).

    A room answers with the nearest ``due_on`` first, what has none last.
    """

    title: str
    url: str
    due_on: date | None = None
    since: datetime | None = None
    about: str = ""
    act: Any = ""


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A stop on a case's way (进度): what is done there, whether that is behind, here or ahead, and when.

    ``ended`` is where a way broke off: declined, withdrawn.
    """

    label: Any
    state: Literal["done", "now", "next", "ended"]
    on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Case:
    """One of the person's own cases (我的办事): its way, who holds it (``holder``), what comes (``awaits``).

    ``mine`` tells that it waits for this person; a room answers with the newest change first.
    """

    title: str
    url: str
    status: Any
    changed_at: datetime
    holder: str = ""
    due_on: date | None = None
    number: str = ""
    stops: tuple[Stop, ...] = ()
    awaits: Any = ""
    mine: bool = False
    closed: bool = False


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which cases are asked for: at most ``limit``, open or closed ones, handed in within a year."""

    limit: int
    closed: bool | None = None
    year: int | None = None


@dataclass(frozen=True, kw_only=True)
class Coming:
    """Something dated that lies ahead of this person (接下来): a booking, a course, a meeting."""

    title: str
    url: str
    starts_at: datetime
    place: str = ""
    ends_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class News:
    """A notice this person has not read yet; ``about`` says in a word what it belongs to."""

    title: str
    url: str
    sent_at: datetime
    about: Any = ""


@dataclass(frozen=True, kw_only=True)
class Queue:
    """An officer's queue: how many cases wait in it, how many of them too long, the nearest day."""

    label: Any
    url: str
    number: int
    overdue: int = 0
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Searchable:
    """A kind of thing that search may find: where the rows come from and who may read them."""

    kind: str
    label: Any
    queryset: Callable[[], Any]
    entry: Callable[[Any], dict[str, Any]]
    visible_to: Callable[[Any, Any], Any]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number the records prove, for a period; ``records_url`` leads an officer to them."""

    key: str
    label: Any
    value: int | Decimal
    unit: Any
    records_url: str = ""


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A record that supports a criterion of the accreditation dossier (佐证材料)."""

    criterion: str
    title: str
    dated_on: date
    url: str


@dataclass(frozen=True, kw_only=True)
class Account:
    """An account of the demo: who can sign in, and what they show."""

    staff_number: str
    name: str
    part: str


class Say(Protocol):
    """Tells whoever loads the demo what is being made."""

    def __call__(self, line: str) -> None: ...


@dataclass(frozen=True, kw_only=True)
class Room:
    """A room's door plate: ``slug``, ``label`` and ``weight`` are needed, all else may be absent.

    ``urls`` are mounted at the slug; a room whose addresses stand elsewhere leaves it out. ``icon`` and
    ``main`` say how it stands in the rail: main rooms have a place in the bar of a phone. ``badge`` is the
    number beside it (asked on every page: one query at most). The room that tells ``news`` is the inbox.
    ``mine`` are ways to what is about the person alone, ``about`` says in a line who that person is here
    (科室 · 岗位, one query at most).
    """

    slug: str
    label: Any
    weight: int
    urls: str = ""
    icon: str = ""
    main: bool = False
    tiles: Callable[[Any], Iterable[Tile]] | None = None
    mine: Callable[[Any], Iterable[Tile]] | None = None
    about: Callable[[Any], str] | None = None
    badge: Callable[[Any], int] | None = None
    waiting: Callable[[Any, int], Some[Waiting]] | None = None
    cases: Callable[[Any, Wanted], Some[Case]] | None = None
    coming: Callable[[Any, int], Some[Coming]] | None = None
    news: Callable[[Any, int], Some[News]] | None = None
    queues: Callable[[Any], Iterable[Queue]] | None = None
    searchables: Callable[[], Iterable[Searchable]] | None = None
    figures: Callable[[date, date], Iterable[Figure]] | None = None
    evidence: Callable[[date, date], Iterable[Evidence]] | None = None
    demo: Callable[[Say], None] | None = None
    accounts: Callable[[], Iterable[Account]] | None = None


@dataclass(frozen=True)
class Answer:
    """What one room said; None when it could not be reached."""

    room: Room
    said: Any


_rooms: dict[str, Room] = {}
_SLUG = re.compile(r"[a-z][a-z0-9-]{1,30}")


def register(room: Room) -> None:
    """Enter a room; raises ImproperlyConfigured when another has its slug or the slug is no address."""
    if not _SLUG.fullmatch(room.slug):
        raise ImproperlyConfigured(f"A room cannot be called {room.slug!r}: write a-z, 0-9 and hyphens.")
    if _rooms.setdefault(room.slug, room) is not room:
        raise ImproperlyConfigured(f"Two rooms are called {room.slug}.")


def all_rooms() -> list[Room]:
    """Return the rooms in the order of their weight."""
    return sorted(_rooms.values(), key=lambda room: (room.weight, room.slug))


def ask(part: str, *asked: Any, only: str = "") -> list[Answer]:
    """Ask every room that has ``part``, or ``only`` the one of this slug.

    One that raises is written to the log and silences nobody else.
    """
    rooms = [room for room in all_rooms() if not only or room.slug == only]
    return [Answer(room, _said(room, part, asked)) for room in rooms if getattr(room, part) is not None]


def _said(room: Room, part: str, asked: tuple[Any, ...]) -> Any:
    try:
        said = getattr(room, part)(*asked)
        return said if isinstance(said, Some | str | int) else list(said)
    except Exception:
        log.exception("room %s cannot tell its %s", room.slug, part)
        return None


def gather(part: str, *asked: Any) -> list[Any]:
    """Ask every room for ``part`` (``tiles``, ``figures``, …) and return all answers in one list.

    Unlike ``ask`` it raises what a room raises: a report with figures left out would not be one.
    """
    answers = [getattr(room, part) for room in all_rooms()]
    return [item for tell in answers if tell is not None for item in tell(*asked)]
