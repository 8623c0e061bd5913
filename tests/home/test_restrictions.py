"""A closed page (隐私设置) is absent wherever pages are listed, for whoever may not read it."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from wagtail.models import Page, PageViewRestriction

from cms.kit.models.pages import Reader, restricted_paths, visible_to
from home.models import SitemapPage, StandardPage
from tests.home.factories import add, close, news, notice, notice_index, standard

pytestmark = pytest.mark.django_db

EVERYWHERE = ("/", "/news/", "/news/feed/rss/", "/news/feed/atom/", "/sitemap.xml", "/map/", "/news/open/")


@pytest.fixture
def public(homepage, newsroom):
    """A site with an open story, a map and a front."""
    homepage.refresh_from_db()
    add(homepage, SitemapPage(title="网站地图", slug="map"))
    newsroom.refresh_from_db()
    homepage.refresh_from_db()
    homepage.sections = [("news", {"title": "", "index": None, "pictures": 3, "headlines": 4})]
    homepage.save()
    return news(newsroom, "公开", slug="open")


def mentions(client, words):
    return [address for address in EVERYWHERE if words in client.get(address).content.decode()]


@pytest.mark.usefixtures("announced")
def test_a_closed_story_is_absent_everywhere_for_visitors(client, client_of, person, public, newsroom):
    newsroom.refresh_from_db()
    story = news(newsroom, "会员福利", slug="gifts")
    found = mentions(client, "gifts")
    assert found == ["/", "/news/", "/news/feed/rss/", "/news/feed/atom/", "/sitemap.xml", "/news/open/"]
    close(story)
    assert mentions(client, "gifts") == []
    assert mentions(client, "会员福利") == []
    assert mentions(client_of(person()), "gifts") == ["/", "/news/", "/news/open/"]


def test_a_visitor_is_led_to_the_sign_in_and_a_member_reads(client, client_of, person, newsroom):
    close(news(newsroom, "会员福利", slug="gifts", lead="每人一份。"))
    response = client.get("/news/gifts/")
    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=/news/gifts/"
    response = client_of(person()).get("/news/gifts/")
    assert "每人一份。" in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_a_closed_section_closes_everything_below_it(client, public, newsroom):
    newsroom.refresh_from_db()
    close(newsroom)
    assert client.get("/news/open/").status_code == 302
    assert mentions(client, "/news/open/") == []


def test_what_moves_into_a_closed_chapter_is_closed_and_open_again_when_it_leaves(client, homepage):
    inside = standard(homepage, "会员园地", slug="inside")
    page = standard(homepage, "办法", slug="rules")
    close(inside)
    page.refresh_from_db()
    inside.refresh_from_db()
    page.move(inside, pos="last-child")
    assert client.get("/inside/rules/").status_code == 302
    assert "rules" not in client.get("/sitemap.xml").content.decode()
    page = StandardPage.objects.get(pk=page.pk)
    homepage.refresh_from_db()
    page.move(homepage, pos="last-child")
    assert client.get("/rules/").status_code == 200
    assert "/rules/" in client.get("/sitemap.xml").content.decode()


def test_an_alias_of_a_closed_page_is_closed_as_well(client, homepage, newsroom):
    story = news(newsroom, "会员福利", slug="gifts")
    homepage.refresh_from_db()
    notice_index(homepage)
    alias = story.create_alias(parent=Page.objects.get(pk=newsroom.pk), update_slug="copy")
    close(story)
    assert client.get("/news/copy/").status_code == 302
    assert list(visible_to(Page.objects.filter(pk__in=[story.pk, alias.pk]), AnonymousUser())) == []


def test_a_group_reads_what_is_open_to_it_and_nobody_else(client_of, person, admin, newsroom):
    committee = Group.objects.create(name="女工委")
    story = news(newsroom, "委员会材料", slug="papers")
    close(story, committee)
    insider, outsider = person(), person()
    insider.groups.add(committee)
    pages = Page.objects.filter(pk=story.pk)
    for reader, may in ((insider, True), (outsider, False), (admin, True), (AnonymousUser(), False)):
        assert visible_to(pages, reader).exists() is may
        assert (restricted_paths(reader) == []) is may
    assert client_of(insider).get("/news/papers/").status_code == 200
    assert client_of(outsider).get("/news/papers/").status_code == 302
    insider.groups.clear()
    assert client_of(insider).get("/news/papers/").status_code == 302


def test_a_page_is_read_only_by_who_passes_every_restriction_above_it(person, homepage):
    committee = Group.objects.create(name="女工委")
    outer = standard(homepage, "外", slug="outer")
    inner = standard(outer, "内", slug="inner")
    close(outer)
    close(inner, committee)
    member = person()
    assert visible_to(Page.objects.filter(pk=inner.pk), member).exists() is False
    assert visible_to(Page.objects.filter(pk=outer.pk), member).exists() is True


def test_a_shared_password_opens_no_list(client_of, person, newsroom):
    story = news(newsroom, "口令", slug="word")
    PageViewRestriction.objects.create(
        page=story, restriction_type=PageViewRestriction.PASSWORD, password="x"
    )
    assert "口令" not in client_of(person()).get("/news/").content.decode()


def test_the_restrictions_are_read_once_for_a_whole_answer(newsroom, django_assert_num_queries):
    close(newsroom)
    reader = Reader(AnonymousUser())
    with django_assert_num_queries(1):
        assert reader.hidden == [newsroom.path]
        assert reader.may_read(newsroom.path + "0001") is False
        assert [row.page_id for row in reader.on(newsroom.path + "0001")] == [newsroom.pk]
        assert reader.on("0001") == []


def test_a_preview_needs_the_right_to_edit(client, client_of, person, admin, newsroom):
    story = news(newsroom, "草稿里的话", slug="draft", live=False)
    story.save_revision()
    address = f"/admin/pages/{story.pk}/view_draft/"
    for reader in (client, client_of(person())):
        response = reader.get(address)
        assert response.status_code in (302, 403)
        assert "草稿里的话" not in response.content.decode()
    assert "草稿里的话" in client_of(admin).get(address).content.decode()


def test_notices_closed_to_visitors_stand_nowhere_on_the_front(client, homepage, board):
    close(notice(board, "内部通知"))
    homepage.refresh_from_db()
    homepage.sections = [("front", {"story": None, "notices": 6})]
    homepage.save()
    assert "内部通知" not in client.get("/").content.decode()
