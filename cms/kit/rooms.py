"""The register of rooms: navigation, tiles, addresses, desk, search, reports and dossier read this.

A room (业务) announces itself once, from its ``apps.ready``; nobody names a room anywhere else. Whatever
a room leaves out simply does not show.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True, kw_only=True)
class Tile:
    """A way in: shown on the home page and the desk."""

    label: Any
    hint: Any
    icon: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Something that waits for this person to act (待办)."""

    title: str
    url: str
    due_on: date | None = None
    since: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Case:
    """One of the person's own cases (我的办事) with where it stands."""

    title: str
    url: str
    status: Any
    changed_at: datetime
    holder: str = ""
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Coming:
    """Something dated that lies ahead of this person (接下来): a booking, a course, a meeting."""

    title: str
    url: str
    starts_at: datetime
    place: str = ""


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

    ``urls`` are mounted at the slug; a room whose addresses stand elsewhere leaves it out.
    """

    slug: str
    label: Any
    weight: int
    urls: str = ""
    tiles: Callable[[Any], Iterable[Tile]] | None = None
    waiting: Callable[[Any], Iterable[Waiting]] | None = None
    cases: Callable[[Any], Iterable[Case]] | None = None
    coming: Callable[[Any], Iterable[Coming]] | None = None
    searchables: Callable[[], Iterable[Searchable]] | None = None
    figures: Callable[[date, date], Iterable[Figure]] | None = None
    evidence: Callable[[date, date], Iterable[Evidence]] | None = None
    demo: Callable[[Say], None] | None = None
    accounts: Callable[[], Iterable[Account]] | None = None


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


def gather(part: str, *asked: Any) -> list[Any]:
    """Ask every room for ``part`` (``tiles``, ``waiting``, …) and return all answers in one list."""
    answers = [getattr(room, part) for room in all_rooms()]
    return [item for ask in answers if ask is not None for item in ask(*asked)]
