"""What every test may ask: people, a site, a client that signs in."""

import os
import sqlite3
from contextlib import closing
from datetime import datetime, time

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.db import connections
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Site

from cms.kit import cache
from tests.services import tables


def pytest_collection_modifyitems(items):
    """Mark what asks no database: a second run on another one leaves it out."""
    for item in items:
        if not (item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(item.fixturenames)):
            item.add_marker("any_database")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """Begin with the tables laid where the suite runs on SQLite in memory: migrating finds nothing to do."""
    database = connections["default"]
    if database.vendor != "sqlite":
        yield
        return
    with (
        closing(sqlite3.connect(tables.template(house=False))) as laid,
        closing(sqlite3.connect(database.creation._get_test_db_name(), uri=True)) as memory,
    ):
        laid.backup(memory)
        yield


@pytest.fixture(scope="session", autouse=True)
def _furnished_beside(request, tmp_path_factory):
    """Where several processes test and journeys are among it, one furnishes their house from the start."""
    first = os.environ.get("PYTEST_XDIST_WORKER") == "gw0"
    walks = any(item.get_closest_marker("browser") for item in request.session.items)
    if not (first and walks) or "DATABASE_URL" in os.environ:
        yield
        return
    from tests.browser.house import begin, shared

    furnishing = begin(shared(tmp_path_factory.getbasetemp()))
    yield
    furnishing.wait()


@pytest.fixture(autouse=True)
def nothing_kept():
    """Start without what visitors of an earlier test shared: its rows are gone, its cache is not."""
    caches["pages"].clear()


@pytest.fixture(autouse=True)
def every_change_counts(monkeypatch):
    """A test is one transaction that never ends: what was said once in it must be said again."""
    monkeypatch.setattr(cache, "_told", lambda: False)


@pytest.fixture
def on_day(monkeypatch):
    """Let it be noon of another day; the clock goes on from there."""
    ticking = timezone.now

    def set_to(day):
        moment = datetime.combine(day, time(12), timezone.get_default_timezone())
        ahead = moment - ticking()
        monkeypatch.setattr(timezone, "now", lambda: ticking() + ahead)

    return set_to


@pytest.fixture
def person(db):
    """Make a person with the next free staff number; keywords are fields."""
    made = 0

    def make(**fields):
        nonlocal made
        made += 1
        fields.setdefault("staff_number", f"9{made:05d}")
        fields.setdefault("name", f"测试{made}")
        return get_user_model().objects.create_user(password="Corridor-lamp-7", **fields)

    return make


@pytest.fixture
def admin(person):
    """An administrator of the site."""
    return person(name="管理员", is_superuser=True, is_staff=True)


@pytest.fixture
def client_of():
    """Return a client signed in as somebody."""

    def sign_in(user):
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


@pytest.fixture
def site(db):
    """The default site with an empty home page at its root."""
    from home.models import HomePage

    Site.objects.all().delete()
    # Nothing hangs on the page Wagtail begins with; asking every table whether something does takes longest.
    begun = Page.objects.filter(depth=2)
    begun._raw_delete(begun.db)
    Page.objects.filter(depth=1).update(numchild=0)
    home = Page.objects.get(depth=1).add_child(instance=HomePage(title="首页", slug="home"))
    return Site.objects.create(
        hostname="testserver", root_page=home, is_default_site=True, site_name="职工之家"
    )


@pytest.fixture
def homepage(site):
    """The home page of the default site."""
    return site.root_page.specific
