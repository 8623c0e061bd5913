"""Reading notices: what is there, opening one, reading all at once and taking that back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q
from django.utils import timezone

from extranet.core.models import Notice
from extranet.core.models.notices import NoticeQuerySet


@dataclass(frozen=True)
class Counted:
    """How many notices of a topic somebody has, how many of them unread, how many duties."""

    topic: str
    number: int
    unread: int
    duties: int
    duties_unread: int


def unread_count(user: Any) -> int:
    """Return how many notices somebody has not opened (one query, answered by an index)."""
    return Notice.objects.visible_to(user).unread().count() if user.is_authenticated else 0


def of_person(user: Any) -> NoticeQuerySet:
    """Return somebody's notices: unread ones first, then by time, newest first."""
    return Notice.objects.visible_to(user).order_by(F("read_at").desc(nulls_first=True), "-told_at", "-pk")


def count_by_topic(user: Any) -> list[Counted]:
    """Return what somebody has, by topic, most first (one query)."""
    duty, unread = Q(is_duty=True), Q(read_at=None)
    rows = Notice.objects.visible_to(user).order_by().values_list("topic")
    counted = rows.annotate(
        number=Count("pk"),
        unread=Count("pk", filter=unread),
        duties=Count("pk", filter=duty),
        duties_unread=Count("pk", filter=duty & unread),
    )
    return sorted((Counted(*row) for row in counted), key=lambda row: (-row.number, row.topic))


def open_notice(notice: Notice) -> None:
    """Mark a notice as read; one read before keeps its first moment."""
    Notice.objects.filter(pk=notice.pk).unread().update(read_at=timezone.now())


def mark_unread(notice: Notice) -> None:
    """Keep a notice for later."""
    Notice.objects.filter(pk=notice.pk).update(read_at=None)


def mark_all_read(user: Any) -> tuple[int, datetime]:
    """Mark everything unread as read; returns how many, and the moment by which it can be taken back."""
    now = timezone.now()
    return Notice.objects.visible_to(user).unread().update(read_at=now), now


def undo_mark_all(user: Any, moment: datetime) -> int:
    """Make what was read at exactly this moment unread again; returns how many."""
    return Notice.objects.visible_to(user).filter(read_at=moment).update(read_at=None)
