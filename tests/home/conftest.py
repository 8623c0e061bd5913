"""A home page with its two sections."""

import pytest
from django.core.cache import caches

from cms.kit import cache
from tests.home.desk import begin
from tests.home.factories import album_index, news_index, notice_index
from tests.prepared import prepared


@pytest.fixture(autouse=True)
def _nothing_shared():
    """What visitors share starts empty in every test."""
    caches["pages"].clear()
    yield
    caches["pages"].clear()


@pytest.fixture
def announced(every_change_counts, monkeypatch):
    """Visitors see each change at once, as after a commit: for tests that look at what they share twice."""

    def never() -> bool:
        cache.announce()
        return False

    monkeypatch.setattr(cache, "_told", never)


@pytest.fixture
def newsroom(homepage):
    """The section of news."""
    return news_index(homepage)


@pytest.fixture
def board(homepage):
    """The section of notices."""
    return notice_index(homepage)


@pytest.fixture
def shelf(homepage):
    """The section of albums."""
    return album_index(homepage)


@pytest.fixture
def basics(db):
    """The basic pages, groups and workflow of a new site."""
    return prepared()


@pytest.fixture
def editor(person, basics):
    """Somebody who writes and fills albums."""
    someone = person(name="小编")
    someone.groups.add(basics.editors)
    return someone


@pytest.fixture
def page(basics, editor):
    """An album that has just been begun."""
    return begin(basics, editor)
