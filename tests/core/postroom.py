"""What tests of notices share: topics of their own, telling, people with mail."""

from datetime import datetime

import pytest
from django.db import transaction
from django.utils import timezone

from extranet.core.models import Notice, NoticeHabits, TopicChoice
from extranet.core.notices import Topic, notify, topics

TOPICS = (
    Topic("bookings", "场馆", robots=True),
    Topic("proposals", "提案", duty=True),
    Topic("aid", "帮扶", duty=True, discreet=True),
)
NOON = "2026-11-24T04:00:00+00:00"  # 12:00 in Shanghai
NIGHT = "2026-11-24T15:30:00+00:00"  # 23:30
MORNING = "2026-11-24T23:00:00+00:00"  # 07:00 of the next day


@pytest.fixture
def room_topics(monkeypatch):
    """Topics of a room of the tests, and no others."""
    monkeypatch.setattr(topics, "_topics", {topic.slug: topic for topic in TOPICS})


@pytest.fixture
def clock(monkeypatch):
    """Let this house believe it is another moment."""

    def set_to(text):
        moment = datetime.fromisoformat(text)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return moment

    return set_to


@pytest.fixture
def reader(person):
    """Somebody with a mail address who wants mail, at any hour unless ``quiet``."""

    def make(*, quiet=False, **modes):
        somebody = person()
        somebody.email = f"r{somebody.pk}@example.org"
        somebody.save()
        NoticeHabits.objects.create(owner=somebody, by_mail=True, keeps_quiet=quiet)
        for topic, mode in modes.items():
            TopicChoice.objects.create(owner=somebody, topic=topic, mode=mode)
        return somebody

    return make


def tell(recipients, *, key="booking:1", topic="bookings", title="活动室停电检修", **more):
    """Tell people something in a transaction of its own."""
    with transaction.atomic():
        notify(recipients, topic=topic, title=title, key=key, **more)


def only(user):
    """Return the one notice of somebody."""
    return Notice.objects.get(recipient=user)
