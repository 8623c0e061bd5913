"""A room of the tests proves the whole contract of the register."""

import importlib
import sys
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.urls import NoReverseMatch, clear_url_caches, include, path, reverse

import cms.urls
from cms.kit import rooms
from cms.kit.doors import door
from cms.kit.rooms import (
    Case,
    Coming,
    Evidence,
    Figure,
    News,
    Queue,
    Room,
    Searchable,
    Some,
    Stop,
    Tile,
    Waiting,
    Wanted,
)

LONG = {"waiting": (None, 5), "cases": (None, Wanted(limit=5)), "coming": (None, 5), "news": (None, 5)}
"""Parts that are told how many are wanted, with what they are asked."""
PARTS = [*LONG, "tiles", "mine", "about", "badge", "queues", "accounts", "searchables", "figures", "evidence"]
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


NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
BOXES = [
    Waiting(title="A box waits", url="/attic/1/", due_on=date(2026, 11, 30), act="Open it"),
    Waiting(title="A box without a date", url="/attic/2/"),
]
MY_BOX = Case(
    title="My box",
    url="/attic/1/",
    status="open",
    changed_at=NOON,
    stops=(Stop(label="Packed", state="done"), Stop(label="Carried up", state="now")),
)
AIRING = Coming(title="Airing", url="/attic/3/", starts_at=NOON, place="Attic")


def whole_room(said=None):
    """Return a room that has every part."""
    return attic_room(
        tiles=lambda user: [Tile(label="Attic", hint="Look around", icon="house", url=reverse("attic:list"))],
        mine=lambda user: [Tile(label="My boxes", hint="", icon="card", url="/attic/mine/")],
        about=lambda user: "Attic, first floor",
        badge=lambda user: 2,
        waiting=lambda user, limit: Some(BOXES[:limit], len(BOXES)),
        cases=lambda user, wanted: Some([MY_BOX][: wanted.limit], 1),
        coming=lambda user, limit: Some([AIRING], 1),
        news=lambda user, limit: Some([News(title="A leak", url="/attic/4/", sent_at=NOON)], 7),
        queues=lambda user: [Queue(label="To sort", url="/attic/", number=12, overdue=1)],
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
        assert [tile.url for tile in ours("tiles", somebody)] == ["/extranet/attic/"]
        told = {part: ours(part, somebody, *asked[1:]) for part, asked in LONG.items()}
        assert {part: some.total for part, some in told.items()} == {
            "waiting": 2,
            "cases": 1,
            "coming": 1,
            "news": 7,
        }
        assert [stop.state for stop in told["cases"].items[0].stops] == ["done", "now"]
        assert [item.title for item in ours("waiting", somebody, 1).items] == ["A box waits"]
        assert ours("mine", somebody)[0].label == "My boxes"
        assert (ours("about", somebody), ours("badge", somebody)) == ("Attic, first floor", 2)
        assert [queue.overdue for queue in ours("queues", somebody)] == [1]
        (searchable,) = ours("searchables")
        assert searchable.visible_to(searchable.queryset(), somebody) == [1]
        assert searchable.entry(1) == {"title": "Box 1"}
        assert [figure.value for figure in ours("figures", *YEAR)] == [Decimal("2.5")]
        assert [proof.dated_on for proof in ours("evidence", *YEAR)] == [date(2026, 12, 31)]
        assert ours("figures", *YEAR)[0] in rooms.gather("figures", *YEAR)
        said = []
        for room in rooms.all_rooms():
            if room.slug == "attic":
                room.demo(said.append)
        assert "two boxes" in said


def ours(part, *asked):
    """Return what the attic says."""
    (answer,) = rooms.ask(part, *asked, only="attic")
    return answer.said


def test_a_room_that_raises_is_written_down_and_silences_nobody(caplog, person, db):
    def fail(user, limit):
        raise ZeroDivisionError

    somebody = person()
    cellar = Room(slug="cellar", label="Cellar", weight=10, waiting=fail)
    with registered(whole_room(), cellar):
        told = {answer.room.slug: answer.said for answer in rooms.ask("waiting", somebody, 5)}
        assert told["cellar"] is None
        assert told["attic"].total == 2
        with pytest.raises(ZeroDivisionError):
            rooms.gather("waiting", somebody, 5)
    assert [record.getMessage() for record in caplog.records] == ["room cellar cannot tell its waiting"]
    assert caplog.records[0].exc_info[0] is ZeroDivisionError


def test_the_first_rows_of_a_query_cost_one_query_where_all_fit(person, django_assert_num_queries):
    people = get_user_model().objects.order_by("staff_number")
    for _one in range(4):
        person()
    with django_assert_num_queries(1):
        assert rooms.first(people, 4, str).total == 4
    with django_assert_num_queries(2):
        some = rooms.first(people, 2, lambda row: row.staff_number)
    assert (some.items, some.total) == (["900001", "900002"], 4)


def test_a_room_whose_addresses_stand_elsewhere_mounts_none(db):
    with registered(attic_room(urls="")), pytest.raises(NoReverseMatch):
        reverse("attic:list")


def test_a_rooms_addresses_are_mounted_under_its_slug(client, client_of, person, db):
    somebody = person()
    with registered(attic_room()):
        assert reverse("attic:list") == "/extranet/attic/"
        answer = client.get("/extranet/attic/")
        assert answer.status_code == 302
        assert answer.url == "/accounts/login/?next=/extranet/attic/"
        assert client_of(somebody).get("/extranet/attic/").content == b"attic"


def test_a_room_that_leaves_has_no_address(db):
    with registered(attic_room()):
        pass
    assert "attic" not in {room.slug for room in rooms.all_rooms()}
    with pytest.raises(NoReverseMatch):
        reverse("attic:list")


@pytest.mark.parametrize("part", PARTS)
def test_a_room_that_leaves_a_part_out_shows_nothing_of_it(part):
    asked = {"searchables": (), "accounts": (), "figures": YEAR, "evidence": YEAR, **LONG}.get(part, (None,))
    with registered(attic_room()):
        assert rooms.ask(part, *asked, only="attic") == []


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
