"""What the inbox shows: lines in groups, filters with their numbers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.kit.templatetags.house import WEEKDAYS, han_date, month_name, short_date
from extranet.core.models import Notice
from extranet.core.notices.reading import Counted
from extranet.core.notices.topics import Topic, topic_of
from extranet.core.notices.words import body_of, title_of

A_WEEK = timedelta(days=7)
UNREAD, DUTY = "unread", "duty"


@dataclass(frozen=True)
class Line:
    """One notice as a line of the inbox."""

    notice: Notice
    topic: Topic
    title: str
    body: str
    when: str

    @property
    def is_new(self) -> bool:
        """Whether it was never opened."""
        return self.notice.read_at is None


@dataclass(frozen=True)
class Group:
    """Lines under one heading."""

    heading: str
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Chip:
    """One filter: where it leads, how many wait there; ``current`` marks the chosen one."""

    label: Any
    url: str
    number: int
    current: bool


def line_of(notice: Notice, now: datetime) -> Line:
    """Return a notice as it is read now."""
    told_at = timezone.localtime(notice.told_at)
    return Line(notice, topic_of(notice.topic), title_of(notice), body_of(notice), _when(told_at, now))


def groups_of(notices: Iterable[Notice]) -> list[Group]:
    """Return notices in groups: unread ones first, the others by day, week and month."""
    now = timezone.localtime()
    lines = [line_of(notice, now) for notice in notices]
    by_heading = groupby(lines, key=lambda line: _heading(line, now.date()))
    return [Group(heading, list(of_group)) for heading, of_group in by_heading]


def _heading(line: Line, today: date) -> str:
    day = timezone.localdate(line.notice.told_at)
    monday = today - timedelta(days=today.weekday())
    if line.is_new:
        return _("Not read yet")
    if day == today:
        return _("Today, %(day)s") % {"day": han_date(day)}
    if day >= monday:
        return _("This week")
    return _("Last week") if day >= monday - A_WEEK else month_name(day)


def _when(told_at: datetime, now: datetime) -> str:
    if told_at.date() == now.date():
        return f"{told_at:%H:%M}"
    if now.date() - told_at.date() < A_WEEK:
        return str(WEEKDAYS[told_at.weekday()])
    return short_date(told_at)


def chips(counted: list[Counted], *, topic: str, show: str) -> Iterator[Chip]:
    """Yield the filters: all, unread, duties, then each topic somebody has notices of."""
    unread, duties = sum(row.unread for row in counted), sum(row.duties for row in counted)
    yield Chip(_("All"), "?", 0, not (topic or show))
    yield Chip(_("Unread"), f"?show={UNREAD}", unread, show == UNREAD)
    if duties:
        waiting = sum(row.duties_unread for row in counted)
        yield Chip(_("Duty"), f"?show={DUTY}", waiting, show == DUTY)
    for row in counted:
        yield Chip(topic_of(row.topic).label, f"?topic={row.topic}", row.unread, topic == row.topic)
