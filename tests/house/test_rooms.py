"""A room of the tests proves the whole contract of the register."""

import importlib
import sys
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.urls import NoReverseMatch, clear_url_caches, include, path, reverse

import cms.urls
from cms.kit import rooms
from cms.kit.doors import door
from cms.kit.rooms import Case, Coming, Evidence, Figure, Room, Searchable, Tile, Waiting

PARTS = ["tiles", "waiting", "cases", "coming", "searchables", "figures", "evidence", "demo"]
ATTIC_URLS = "tests.house.test_rooms_attic"
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@door("members")
def attic(request):
    return HttpResponse("attic")


@contextmanager
def registered(*wanted):
    """Let rooms stand for a while, with their addresses; afterwards the register is as it was."""
    before = dict(rooms._rooms)
    sys.modules[ATTIC_URLS] = SimpleNamespace(
        __name__=ATTIC_URLS, app_name="attic", urlpatterns=[path("", attic, name="list")]
    )
    try:
        for room in wanted:
            rooms.register(room)
        remake_urls()
        yield
    finally:
        rooms._rooms.clear()
        rooms._rooms.update(before)
        del sys.modules[ATTIC_URLS]
        remake_urls()


def remake_urls():
    importlib.reload(cms.urls)
    clear_url_caches()


def attic_room(**parts):
    return Room(**{"slug": "attic", "label": "Attic", "weight": 50, "urls": ATTIC_URLS, **parts})


def whole_room(said=None):
    """Return a room that has every part."""
    return attic_room(
        tiles=lambda user: [Tile(label="Attic", hint="Look around", icon="house", url=reverse("attic:list"))],
        waiting=lambda user: [
            Waiting(title="A box waits", url="/attic/1/", due_on=date(2026, 11, 30)),
            Waiting(title="A box without a date", url="/attic/2/"),
        ],
        cases=lambda user: [
            Case(title="My box", url="/attic/1/", status="open", changed_at=datetime(2026, 11, 1, tzinfo=UTC))
        ],
        coming=lambda user: [
            Coming(
                title="Airing", url="/attic/3/", starts_at=datetime(2026, 12, 1, 9, tzinfo=UTC), place="Attic"
            )
        ],
        searchables=lambda: [
            Searchable(
                kind="box",
                label="Boxes",
                queryset=lambda: [1, 2],
                entry=lambda row: {"title": f"Box {row}"},
                visible_to=lambda rows, user: rows[:1],
            )
        ],
        figures=lambda first, last: [
            Figure(key="boxes", label="Boxes", value=Decimal("2.5"), unit="m³", records_url="/attic/")
        ],
        evidence=lambda first, last: [
            Evidence(criterion="3.2", title=f"Inventory {first.year}", dated_on=last, url="/attic/")
        ],
        demo=lambda say: say("two boxes"),
    )


def test_a_room_of_all_parts_is_heard_in_every_one(person, db):
    somebody = person()
    with registered(whole_room()):
        assert "/attic/" in [tile.url for tile in rooms.gather("tiles", somebody)]
        assert [item.due_on for item in rooms.gather("waiting", somebody)] == [date(2026, 11, 30), None]
        assert [case.status for case in rooms.gather("cases", somebody)] == ["open"]
        assert [item.place for item in rooms.gather("coming", somebody)] == ["Attic"]
        (searchable,) = rooms.gather("searchables")
        assert searchable.visible_to(searchable.queryset(), somebody) == [1]
        assert searchable.entry(1) == {"title": "Box 1"}
        assert [figure.value for figure in rooms.gather("figures", *YEAR)] == [Decimal("2.5")]
        assert [proof.dated_on for proof in rooms.gather("evidence", *YEAR)] == [date(2026, 12, 31)]
        said = []
        for room in rooms.all_rooms():
            if room.slug == "attic":
                room.demo(said.append)
        assert said == ["two boxes"]


def test_a_rooms_addresses_are_mounted_under_its_slug(client, client_of, person, db):
    somebody = person()
    with registered(attic_room()):
        assert reverse("attic:list") == "/attic/"
        answer = client.get("/attic/")
        assert answer.status_code == 302
        assert answer.url == "/accounts/login/?next=/attic/"
        assert client_of(somebody).get("/attic/").content == b"attic"


def test_a_room_that_leaves_has_no_address(db):
    with registered(attic_room()):
        pass
    assert "attic" not in {room.slug for room in rooms.all_rooms()}
    with pytest.raises(NoReverseMatch):
        reverse("attic:list")


@pytest.mark.parametrize("part", [part for part in PARTS if part != "demo"])
def test_a_room_that_leaves_a_part_out_shows_nothing_of_it(part):
    asked = {"searchables": (), "figures": YEAR, "evidence": YEAR}.get(part, (AnonymousUser(),))
    before = rooms.gather(part, *asked)
    with registered(attic_room()):
        assert rooms.gather(part, *asked) == before


def test_rooms_stand_in_the_order_of_their_weight():
    cellar = Room(slug="cellar", label="Cellar", weight=10, urls=ATTIC_URLS)
    with registered(attic_room(), cellar):
        ours = [room.slug for room in rooms.all_rooms() if room.slug in {"attic", "cellar"}]
        assert ours == ["cellar", "attic"]


def test_two_rooms_of_one_slug_are_refused():
    with registered(attic_room()):
        with pytest.raises(ImproperlyConfigured, match="attic"):
            rooms.register(attic_room(label="Another attic"))
        assert [room.label for room in rooms.all_rooms() if room.slug == "attic"] == ["Attic"]


@pytest.mark.parametrize("slug", ["", "Attic", "a", "attic/1", "阁楼", "admin room"])
def test_a_slug_that_is_no_address_is_refused(slug):
    before = rooms.all_rooms()
    with pytest.raises(ImproperlyConfigured, match="room"):
        rooms.register(attic_room(slug=slug))
    assert rooms.all_rooms() == before


def test_a_room_called_like_an_address_of_the_house_fails_the_checks():
    from cms.checks import rooms_have_addresses_of_their_own

    rooms._rooms["admin"] = attic_room(slug="admin")
    try:
        assert [found.id for found in rooms_have_addresses_of_their_own()] == ["cms.E008"]
    finally:
        del rooms._rooms["admin"]


def test_include_takes_what_a_room_names():
    with registered(attic_room()):
        assert include(ATTIC_URLS)[1] == "attic"
