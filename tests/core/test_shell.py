"""The shell: ways to the rooms, what is new, who is here; the door to it from the website."""

import pytest
from django.test import RequestFactory

from cms.kit.rooms import Room, Some, Tile
from extranet.core.shell import Shell

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.tickets.house_urls")]


def tile(label, url):
    return Tile(label=label, hint="", icon="house", url=url)


def room(slug, weight, *tiles, **parts):
    return Room(slug=slug, label=slug, weight=weight, tiles=lambda user: tiles, **parts)


@pytest.fixture
def rooms(stand):
    stand(
        room("aid", 40, tile("Aid", "/aid/"), icon="aid"),
        room("bookings", 10, tile("Book", "/bookings/"), tile("Use", "/bookings/use/"), main=True),
        room("training", 20, tile("Learn", "/training/"), main=True),
        room("clubs", 30, tile("Clubs", "/clubs/"), main=True),
        room(
            "inbox",
            50,
            tile("Notices", "/extranet/inbox/"),
            news=lambda user, limit: Some(),
            badge=lambda user: 3,
            mine=lambda user: [tile("My data", "/mine/")],
            about=lambda user: "消化内科 · 护士",
        ),
    )


def shell(path, user):
    request = RequestFactory().get(path)
    request.user = user
    return Shell(request)


def test_two_main_rooms_stand_in_the_bar_and_all_others_under_more(rooms, person):
    here = shell("/extranet/", person())
    assert [place.url for place in here.bar] == ["/bookings/", "/training/"]
    assert [(place.url, place.label) for place in here.more] == [
        ("/bookings/use/", "Use"),
        ("/clubs/", "Clubs"),
        ("/aid/", "Aid"),
    ]
    assert (here.inbox.url, here.inbox.badge) == ("/extranet/inbox/", 3)
    assert [place.url for place in here.mine] == ["/mine/"]
    assert here.about == "消化内科 · 护士"


@pytest.mark.parametrize(
    ("path", "lit"),
    [
        ("/extranet/", {"/extranet/": "page"}),
        ("/extranet/cases/", {"/extranet/": "true"}),
        ("/extranet/inbox/", {"/extranet/inbox/": "page"}),
        ("/bookings/use/today/", {"/bookings/use/": "true"}),
        ("/bookings/", {"/bookings/": "page"}),
        ("/news/", {}),
    ],
)
def test_a_page_lights_the_nearest_way_and_no_other(path, lit, rooms, person):
    here = shell(path, person())
    places = [here.desk, *here.bar, *here.more, here.inbox, *here.mine]
    assert {place.url: place.current for place in places if place.current} == lit
    assert here.more_is_here == path.startswith("/bookings/use/")
    assert here.me_is_here == (path == "/extranet/inbox/")


def test_a_house_without_rooms_has_a_desk_and_a_way_out(stand, client_of, person):
    stand()
    page = client_of(person(name="田禾")).get("/extranet/").content.decode()
    assert '<a class="rail__link" href="/extranet/" aria-current="page">' in page
    assert page.count('class="rail__narrow"') == 1
    assert '<form method="post" action="/accounts/logout/">' in page
    assert "<b>田禾</b>" in page
    assert 'class="badge"' not in page


def test_a_badge_says_its_number_in_words_and_stops_at_ninety_nine(stand, client_of, person):
    stand(
        room(
            "inbox",
            1,
            tile("Notices", "/extranet/inbox/"),
            news=lambda user, limit: Some(),
            badge=lambda user: 120,
        )
    )
    page = client_of(person()).get("/extranet/").content.decode()
    assert '<span aria-hidden="true">99+</span><span class="visually-hidden">，120 条未读</span>' in page


def test_the_tab_says_what_the_heading_says(client_of, person, stand):
    stand()
    page = client_of(person()).get("/extranet/waiting/").content.decode()
    assert "<h1>等您办</h1>" in page
    assert "<title>等您办 - " in page
    assert '<meta name="robots" content="noindex">' in page


def test_every_page_has_one_main_a_skip_link_and_is_kept_by_nobody(client_of, person, stand):
    stand()
    answer = client_of(person()).get("/extranet/")
    page = answer.content.decode()
    assert page.index('<a class="skip-link" href="#main">') < page.index('<main class="page" id="main"')
    assert answer["Cache-Control"] == "private, no-store"
    assert "cms/css/members.css" in page
    assert "cms/css/house.css" not in page


def test_the_website_leads_visitors_and_members_to_the_desk(client, client_of, person, site):
    page = client.get("/").content.decode()
    assert '<a class="tool tool--members" href="/extranet/" rel="nofollow">' in page
    assert "我的办事" not in page
    page = client_of(person()).get("/").content.decode()
    assert '<a class="tool tool--members" href="/extranet/" rel="nofollow">' in page
    assert "我的办事" in page
