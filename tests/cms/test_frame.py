"""The frame of every page: identity, menus, strips; kept for visitors, renewed by every change."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.test import RequestFactory
from wagtail.models import PageViewRestriction

from cms.kit import cache, finder, frame
from cms.kit.context import House
from cms.kit.frame import Strip
from cms.kit.models import FooterLink, MenuItem, Navigation, QuickLink, SiteIdentity
from home.models import NewsIndexPage, StandardPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def sections(homepage):
    """Two sections of the site, both marked for menus."""
    news = homepage.add_child(instance=NewsIndexPage(title="工会动态", slug="news", show_in_menus=True))
    rules = homepage.add_child(instance=StandardPage(title="工会章程", slug="rules", show_in_menus=True))
    return news, rules


@pytest.fixture
def menu(site, sections):
    """A menu an editor wrote."""
    navigation = Navigation.objects.create(site=site)
    for number, page in enumerate(sections):
        MenuItem.objects.create(navigation=navigation, page=page, sort_order=number)
    MenuItem.objects.create(navigation=navigation, url="https://example.org/", label="省总工会", sort_order=9)
    return navigation


@pytest.fixture
def strips(monkeypatch):
    """Let a test say what is urgent."""
    monkeypatch.setattr(frame, "_sources", [])
    return frame.provide_strips


def house(path="/", user=None, cookies=None):
    request = RequestFactory().get(path)
    request.user = user or AnonymousUser()
    request.COOKIES.update(cookies or {})
    return House(request)


def labels(ways):
    return [way.label for way in ways]


def test_a_site_without_settings_shows_its_own_name_and_writes_nothing(client, site):
    answer = client.get("/").content.decode()
    assert "职工之家" in answer
    assert SiteIdentity.objects.count() == 0
    assert Navigation.objects.count() == 0


def test_without_a_menu_the_sections_marked_for_menus_stand_in(sections):
    assert labels(house().menu) == ["首页", "工会动态", "工会章程"]


def test_a_written_menu_shows_in_the_editors_order_with_addresses(menu):
    assert [(way.label, way.url) for way in house().menu] == [
        ("工会动态", "/news/"),
        ("工会章程", "/rules/"),
        ("省总工会", "https://example.org/"),
    ]


@pytest.mark.parametrize(
    ("path", "marks"),
    [("/news/", ["page", "", ""]), ("/news/a-story/", ["true", "", ""]), ("/", ["", "", ""])],
)
def test_the_menu_marks_where_the_reader_is(menu, path, marks):
    assert [way.current for way in house(path).menu] == marks


def test_a_page_taken_down_leaves_the_menu(menu, sections):
    sections[0].unpublish()
    assert labels(house().menu) == ["工会章程", "省总工会"]


def test_a_page_for_members_stands_only_in_their_menu(menu, sections, person):
    PageViewRestriction.objects.create(page=sections[1], restriction_type="login")
    assert labels(house().menu) == ["工会动态", "省总工会"]
    assert labels(house(user=person()).menu) == ["工会动态", "工会章程", "省总工会"]


def test_quick_links_and_footer_links_come_from_the_same_place(site, menu, sections):
    QuickLink.objects.create(navigation=menu, page=sections[1], label="章程", hint="全文", sort_order=1)
    FooterLink.objects.create(navigation=menu, page=sections[0], sort_order=1)
    seen = house()
    assert [(way.label, way.hint, way.url) for way in seen.quick_links] == [("章程", "全文", "/rules/")]
    assert labels(seen.footer_links) == ["工会动态"]


def test_the_foot_shows_what_is_filled_in_and_no_empty_slot(client, site):
    SiteIdentity.objects.create(
        site=site, organiser="示范医院工会委员会", phone="6306", icp_number="示ICP备1号"
    )
    answer = client.get("/").content.decode()
    assert "示范医院工会委员会" in answer
    assert "示ICP备1号" in answer
    assert "beian.mps.gov.cn" not in answer
    assert "mailto:" not in answer


def test_mourning_grey_is_written_on_every_page(client, site):
    SiteIdentity.objects.create(site=site, mourning=True)
    assert " data-mourning>" in client.get("/").content.decode()
    assert " data-mourning>" in client.get("/nothing-here/").content.decode()


def test_an_urgent_line_stands_on_pages_sign_in_and_errors(client, site, strips):
    strips(lambda _today, _request: [Strip("停水通知", "/water/")])
    for address in ("/", "/accounts/login/", "/nothing-here/"):
        assert '<a href="/water/">停水通知</a>' in client.get(address).content.decode()


def test_an_urgent_line_of_a_members_page_is_for_members(sections, strips, person):
    PageViewRestriction.objects.create(page=sections[0], restriction_type="login")
    strips(lambda _today, _request: [Strip("内部通知", "/news/", sections[0].path)])
    assert house().strips == []
    assert [strip.text for strip in house(user=person()).strips] == ["内部通知"]


def test_the_source_of_urgent_lines_is_told_the_day_and_asked_once(site, strips):
    asked = []
    strips(lambda today, _request: asked.append(today) or [])
    assert house().strips == []
    assert house().strips == []
    assert len(asked) == 1
    assert isinstance(asked[0], date)


def test_tomorrow_the_frame_is_made_anew(site, strips, monkeypatch):
    strips(lambda today, _request: [Strip(f"{today:%d}", "/")])
    for day in (22, 23):
        monkeypatch.setattr("django.utils.timezone.localdate", lambda day=day: date(2026, 11, day))
        assert [strip.text for strip in house().strips] == [str(day)]


def test_a_visitor_costs_no_query_for_the_frame_once_it_is_kept(menu, django_assert_num_queries):
    assert labels(house().menu)
    with django_assert_num_queries(0):
        seen = house()
        assert len(seen.menu) == 3
        assert seen.identity.house_name == "职工之家"
        assert seen.strips == []


def test_a_member_costs_no_query_where_nothing_is_restricted(menu, person, django_assert_num_queries):
    member = person()
    assert labels(house().menu)
    with django_assert_num_queries(0):
        assert len(house(user=member).menu) == 3


@pytest.mark.parametrize("change", ["page", "identity", "menu", "restriction", "deleted", "moved"])
def test_a_change_is_seen_as_soon_as_it_is_committed(
    menu, sections, site, change, django_capture_on_commit_callbacks
):
    news, rules = sections
    before = cache.generation()
    with django_capture_on_commit_callbacks(execute=True):
        if change == "page":
            news.title = "新闻"
            news.save_revision().publish()
        elif change == "identity":
            SiteIdentity.objects.create(site=site, union_name="示范工会")
        elif change == "menu":
            menu.menu_items.first().delete()
        elif change == "restriction":
            PageViewRestriction.objects.create(page=news, restriction_type="login")
        elif change == "deleted":
            rules.delete()
        else:
            rules.move(news, pos="last-child")
        assert cache.generation() == before
    assert cache.generation() != before


def test_a_change_rolled_back_renews_nothing(menu, site):
    before = cache.generation()
    SiteIdentity.objects.create(site=site)
    assert cache.generation() == before


def test_a_lost_mark_is_made_up_for_by_asking_the_database(db, django_assert_num_queries):
    before = cache.generation()
    cache.changed()  # as if whoever did it died before announcing it
    assert cache.generation() == before
    caches["pages"].clear()
    with django_assert_num_queries(1):
        assert cache.generation() != before
    with django_assert_num_queries(0):
        cache.generation()


def test_the_search_box_appears_with_the_search(client, site, monkeypatch):
    assert 'role="search"' not in client.get("/").content.decode()
    monkeypatch.setattr(finder, "_finder", type("Search", (), {"url": "/search/"})())
    assert 'action="/search/" role="search"' in client.get("/").content.decode()


def test_the_way_to_the_desk_stands_in_every_head_for_visitors_behind_the_sign_in(client, site):
    page = client.get("/").content.decode()
    assert '<a class="tool tool--members" href="/extranet/" rel="nofollow">' in page
    assert client.get("/extranet/")["Location"] == "/accounts/login/?next=/extranet/"


def test_visitors_are_offered_to_sign_in_and_come_back(client, sections):
    answer = client.get("/rules/?a=1").content.decode()
    assert 'href="/accounts/login/?next=%2Frules%2F%3Fa%3D1"' in answer


def test_an_absurdly_long_address_is_not_carried_along(sections):
    assert house("/rules/?" + "a" * 2000).here == "/rules/"


def test_members_see_their_name_and_leave_by_a_form(client_of, site, person):
    answer = client_of(person(name="周宁")).get("/").content.decode()
    assert "周宁" in answer
    assert 'method="post" action="/accounts/logout/"' in answer
    assert "wagtail-userbar" not in answer


def test_editors_find_wagtails_bar(client_of, site, admin):
    assert "wagtail-userbar" in client_of(admin).get("/").content.decode()


def test_a_host_nobody_serves_gets_a_plain_answer(client, site):
    assert client.get("/", headers={"host": "elsewhere.example"}).status_code == 400
