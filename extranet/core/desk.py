"""The desk (我的办事): what every room has for one person; a silent room hides no other."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.kit.rooms import Room, Wanted, ask

NEVER = date.max
NO_HOUR = datetime.max.replace(tzinfo=UTC)
GREETINGS = (
    (5, _("%(name)s, thank you for this night")),
    (9, _("Good early morning, %(name)s")),
    (12, _("Good morning, %(name)s")),
    (14, _("Good noon, %(name)s")),
    (18, _("Good afternoon, %(name)s")),
    (23, _("Good evening, %(name)s")),
)
"""Until which hour of the day each one is said; later it is night again."""


@dataclass(frozen=True)
class Line:
    """Something of a room, with the room it is from."""

    room: Room
    item: Any


@dataclass(frozen=True)
class Part:
    """A part of the desk: lines of all rooms, how many there are in all, the rooms that said nothing."""

    lines: list[Line] = field(default_factory=list)
    total: int = 0
    silent: list[Room] = field(default_factory=list)


def waiting(user: Any, limit: int, *, only: str = "") -> Part:
    """Return what waits for this person, overdue and near days first."""
    return _first("waiting", limit, _when_due, user, limit, only=only)


def cases(user: Any, wanted: Wanted, *, only: str = "") -> Part:
    """Return this person's cases, newest change first."""
    return _first("cases", wanted.limit, lambda case: -case.changed_at.timestamp(), user, wanted, only=only)


def coming(user: Any, limit: int) -> Part:
    """Return what lies ahead of this person, the nearest first."""
    return _first("coming", limit, lambda item: item.starts_at, user, limit)


def news(user: Any, limit: int) -> Part:
    """Return the notices this person has not read, newest first."""
    return _first("news", limit, lambda item: -item.sent_at.timestamp(), user, limit)


def queues(user: Any) -> Part:
    """Return the queues this person works at as an officer, those with overdue cases first."""
    return _all("queues", lambda queue: (-queue.overdue, queue.due_on or NEVER), user)


def tiles(user: Any) -> Part:
    """Return the ways into the rooms this person may use, in the order of the rooms."""
    return _all("tiles", lambda _tile: 0, user)


def greeting(name: str, hour: int) -> str:
    """Return the words that fit an hour of the day; whoever is on night duty is thanked."""
    words = next((words for until, words in GREETINGS if hour < until), GREETINGS[0][1])
    return gettext(words) % {"name": name}


def _when_due(item: Any) -> tuple[date, datetime]:
    return item.due_on or NEVER, item.since or NO_HOUR


def _first(part: str, limit: int, key: Callable[[Any], Any], *asked: Any, only: str = "") -> Part:
    answers = ask(part, *asked, only=only)
    told = [answer for answer in answers if answer.said is not None]
    lines = [Line(answer.room, item) for answer in told for item in answer.said.items]
    return Part(
        sorted(lines, key=lambda line: key(line.item))[:limit],
        sum(answer.said.total for answer in told),
        [answer.room for answer in answers if answer.said is None],
    )


def _all(part: str, key: Callable[[Any], Any], user: Any) -> Part:
    answers = ask(part, user)
    lines = [Line(answer.room, item) for answer in answers for item in answer.said or ()]
    lines.sort(key=lambda line: key(line.item))
    return Part(lines, len(lines), [answer.room for answer in answers if answer.said is None])
