"""A newsroom: prepared site, an editor, two reviewers."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from home.models import NewsPage
from tests.prepared import prepared


@pytest.fixture
def queries(db):
    """Return how many queries something asks."""

    def count(ask):
        with CaptureQueriesContext(connection) as asked:
            ask()
        return len(asked)

    return count


@pytest.fixture
def newsroom(person):
    """The basic pages with one person for each task."""
    basics = prepared()
    editor, first, second = person(name="小编"), person(name="初审人"), person(name="复审人")
    editor.groups.add(basics.editors)
    first.groups.add(basics.first_reviewers)
    second.groups.add(basics.second_reviewers)
    return SimpleNamespace(basics=basics, editor=editor, first=first, second=second)


@pytest.fixture
def story(newsroom):
    """Write a draft; keywords are fields."""
    written = 0

    def write(by=None, **fields):
        nonlocal written
        written += 1
        fields = {"title": f"第{written}篇", "live": False, "has_unpublished_changes": True} | fields
        by = by or newsroom.editor
        page = newsroom.basics.news.add_child(instance=NewsPage(owner=by, **fields))
        page.save_revision(user=by)
        return page

    return write
