"""What people chose to get by mail: whether at all, each topic when, in which hours nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from extranet.core.models import NoticeHabits, TopicChoice
from extranet.core.models.notices import QUIET_FROM, QUIET_UNTIL, Mode

from .topics import Topic, all_topics, topic_of


@dataclass(frozen=True, kw_only=True)
class Wish:
    """All a person chose; ``modes`` holds a mode for each topic."""

    by_mail: bool = False
    keeps_quiet: bool = True
    quiet_from: time = QUIET_FROM
    quiet_until: time = QUIET_UNTIL
    modes: Mapping[str, str] = field(default_factory=dict)


def open_modes(topic: Topic) -> list[Mode]:
    """Return the modes a person may choose for a topic: a duty cannot be muted."""
    return [Mode.NOW, Mode.DIGEST] if topic.duty else list(Mode)


def usual_mode(topic: Topic) -> Mode:
    """Return how mail leaves for whoever has not chosen: duties at once, all else once a day."""
    return Mode.NOW if topic.duty else Mode.DIGEST


def wishes_of(person: Any) -> Wish:
    """Return what a person chose, with the usual for what they did not (two queries)."""
    habits = NoticeHabits.objects.filter(owner=person).first() or NoticeHabits(owner=person)
    chosen = dict(TopicChoice.objects.filter(owner=person).values_list("topic", "mode"))
    return Wish(
        by_mail=habits.by_mail,
        keeps_quiet=habits.keeps_quiet,
        quiet_from=habits.quiet_from,
        quiet_until=habits.quiet_until,
        modes={topic.slug: _allowed(topic, chosen.get(topic.slug)) for topic in all_topics()},
    )


def save_wishes(person: Any, wish: Wish) -> None:
    """Keep what a person chose.

    Raises ValueError for a duty that is muted, an unknown mode or topic, quiet hours without a length.
    """
    topics = {topic.slug: topic for topic in all_topics()}
    wrong = [slug for slug, mode in wish.modes.items() if mode not in _open(topics.get(slug))]
    if wrong or wish.quiet_from == wish.quiet_until:
        raise ValueError(f"cannot be chosen: {wrong or wish.quiet_from}")
    hours = {name: getattr(wish, name) for name in ("by_mail", "keeps_quiet", "quiet_from", "quiet_until")}
    rows = [TopicChoice(owner=person, topic=slug, mode=mode) for slug, mode in wish.modes.items()]
    with transaction.atomic():
        NoticeHabits.objects.update_or_create(owner=person, defaults=hours)
        TopicChoice.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["owner", "topic"], update_fields=["mode"]
        )


def _open(topic: Topic | None) -> list[Mode]:
    return open_modes(topic) if topic else []


def _allowed(topic: Topic, mode: str | None) -> str:
    return mode if mode in open_modes(topic) else usual_mode(topic)


class Wishes:
    """What many people chose, read at once (two queries for a batch)."""

    def __init__(self, people: Iterable[int], topics: Iterable[str]) -> None:
        owners = list(people)
        self._habits = {
            row.owner_id: row for row in NoticeHabits.objects.filter(owner__in=owners, by_mail=True)
        }
        rows = TopicChoice.objects.filter(owner__in=list(self._habits), topic__in=list(topics))
        self._modes = {(row.owner_id, row.topic): row.mode for row in rows}

    def mode(self, person: Any, topic: str, *, duty: bool) -> Mode:
        """Return when a notice is mailed to this person; never without an address, a wish, or a way in."""
        if person.pk not in self._habits or not person.email or not person.is_active:
            return Mode.NEVER
        about = topic_of(topic)
        mode = Mode(_allowed(about, self._modes.get((person.pk, topic))))
        return Mode.NOW if duty and mode == Mode.NEVER else mode

    def leaves_at(self, person: int, now: datetime) -> datetime:
        """Return when a mail may leave: now, or at the end of the person's quiet hours."""
        habits = self._habits.get(person)
        if habits is None or not habits.is_quiet(now):
            return now
        local = timezone.localtime(now)
        end = habits.quiet_until
        morning = local.replace(hour=end.hour, minute=end.minute, second=0, microsecond=0)
        return morning if morning > local else morning + timedelta(days=1)
