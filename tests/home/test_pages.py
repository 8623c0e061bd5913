"""Standing pages, page types where they belong, addresses, previews."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page, Site

from home.models import (
    AlbumIndexPage,
    AlbumPage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    NoticeIndexPage,
    NoticePage,
    SitemapPage,
    StandardPage,
)
from tests.home.factories import add, category, close, news, picture, standard

pytestmark = pytest.mark.django_db


def test_page_types_are_offered_only_where_they_belong():
    offered = {
        model: set(model.allowed_subpage_models())
        for model in (HomePage, NewsIndexPage, NoticeIndexPage, AlbumIndexPage)
    }
    assert offered == {
        HomePage: {NewsIndexPage, NoticeIndexPage, AlbumIndexPage, StandardPage, SitemapPage},
        NewsIndexPage: {NewsPage},
        NoticeIndexPage: {NoticePage},
        AlbumIndexPage: {AlbumPage},
    }
    assert StandardPage.allowed_subpage_models() == [StandardPage]
    assert [m.allowed_subpage_models() for m in (NewsPage, NoticePage, AlbumPage, SitemapPage)] == [[]] * 4


def test_there_is_one_home_page_and_one_map_of_the_site(homepage):
    root = Page.objects.get(depth=1)
    assert HomePage.can_create_at(root) is False
    assert SitemapPage.can_create_at(homepage) is True
    add(homepage, SitemapPage(title="网站地图", slug="map"))
    assert SitemapPage.can_create_at(homepage) is False


def test_a_chinese_title_becomes_a_short_address_in_pinyin(newsroom):
    assert news(newsroom, "夜班食堂开门了").slug == "ye-ban-shi-tang-kai-men-le"
    assert news(newsroom, "夜班食堂开门了").slug == "ye-ban-shi-tang-kai-men-le-2"
    long = news(newsroom, "工会" * 40).slug
    assert len(long) <= 60
    assert not long.endswith("-")


def test_a_standing_page_shows_its_day_its_pages_and_its_chapter(client, homepage):
    rules = standard(homepage, "规章制度", slug="rules")
    first = standard(rules, "财务办法", slug="money", lead="钱怎么花。", revised_on="2026-03-01")
    standard(rules, "考勤办法", slug="hours")
    close(standard(rules, "内部办法", slug="inside"))
    chapter = client.get("/rules/").context
    assert [(card.title, card.url) for card in chapter["below"]] == [
        ("财务办法", "/rules/money/"),
        ("考勤办法", "/rules/hours/"),
    ]
    assert chapter["chapter"] == []
    response = client.get(first.url)
    assert [card.title for card in response.context["chapter"]] == ["财务办法", "考勤办法"]
    assert [step.title for step in response.context["trail"]] == ["首页", "规章制度"]
    text = response.content.decode()
    assert '<time datetime="2026-03-01">' in text
    assert '<a class="facet__link" href="/rules/money/" aria-current="page">财务办法</a>' in text


def test_a_standing_page_costs_four_queries(client, homepage, django_assert_num_queries):
    rules = standard(homepage, "规章制度", slug="rules")
    for number in range(6):
        standard(rules, f"办法{number}", slug=f"r{number}")
    client.get("/rules/")
    with django_assert_num_queries(4):
        assert len(client.get("/rules/").context["below"]) == 6


@pytest.mark.parametrize("kind", ["news", "notices"])
def test_an_editor_sees_a_draft_as_it_will_stand(kind, client_of, admin, newsroom, board):
    model, parent = (NewsPage, newsroom) if kind == "news" else (NoticePage, board)
    page = add(parent, model(title="旧题", slug="a", cover=picture(), category=category()))
    page.title = "新题"
    page.save_revision()
    response = client_of(admin).get(f"/admin/pages/{page.pk}/view_draft/")
    assert response.status_code == 200
    assert "新题" in response.content.decode()


def test_a_page_that_was_never_saved_can_be_looked_at(admin, newsroom, rf):
    page = NewsPage(title="还没存", slug="new")
    page.depth, page.path = newsroom.depth + 1, newsroom.path + "0001"
    page.set_url_path(newsroom)
    request = rf.get("/")
    request.user = admin
    response = page.make_preview_request(request, page.default_preview_mode)
    assert "还没存" in response.render().content.decode() if hasattr(response, "render") else response.content


def test_the_list_and_the_front_can_be_previewed(client_of, admin, homepage, newsroom):
    for page in (homepage, newsroom):
        page.save_revision()
        assert client_of(admin).get(f"/admin/pages/{page.pk}/view_draft/").status_code == 200


@pytest.mark.parametrize(
    ("host", "found"),
    [("testserver", "首页"), ("second.example.org", "第二家"), ("elsewhere.example.org", "首页")],
)
def test_the_site_is_chosen_by_host_as_wagtail_does(host, found, client, homepage, settings):
    settings.ALLOWED_HOSTS = ["*"]
    root = Page.objects.get(depth=1)
    second = root.add_child(instance=HomePage(title="第二家", slug="second"))
    Site.objects.create(hostname="second.example.org", root_page=second)
    assert client.get("/", headers={"host": host}).context["page"].title == found


def test_no_site_means_no_page(client, db):
    Site.objects.all().delete()
    assert client.get("/").status_code == 404


def test_a_closed_home_page_leads_to_the_sign_in(client, homepage):
    close(homepage)
    assert client.get("/")["Location"] == "/accounts/login/?next=/"


def test_a_title_is_asked_for(newsroom):
    with pytest.raises(ValidationError):
        news(newsroom, "")
    assert NewsPage.objects.count() == 0
