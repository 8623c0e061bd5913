"""Role models: pages with their honours, the section with its filters, the row on the front page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from cms.kit.cache import changed
from home.models import CommendationPage, CommendationRelatedLink, Honour, NewsRelatedLink
from tests.home.factories import (
    close,
    commendation,
    days_ago,
    honour,
    model_index,
    news,
    news_index,
    picture,
    standard,
    wall,
)

pytestmark = pytest.mark.django_db
MODELS = ("models", {"title": "", "number": 2})


@pytest.fixture
def section(homepage):
    return model_index(homepage, intro="先读他们的一天。")


@pytest.fixture
def gold():
    """Three honours of one person, from low to high."""
    return [
        honour("护理操作能手", level=1, year=2008),
        honour("省优秀护士", level=3, year=2021, month=5),
        honour("全国先进工作者", level=4, year=2026, month=4),
    ]


@pytest.fixture
def lay(homepage):
    """Lay sections out on the home page."""

    def out(*sections):
        homepage.refresh_from_db()
        homepage.sections = list(sections)
        homepage.save()

    return out


def whos(answer):
    return [item.who for item in answer.context["models"]]


def queries_of(client):
    """Count what the front page asks the database when it has been looked at before."""
    client.get("/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/")
    return len(asked)


def withdraw_in_the_table(one):
    Honour.objects.filter(pk=one.pk).update(withdrawn_on="2026-05-01", withdrawn_why="材料不实")
    changed()


def test_a_page_shows_who_it_is_the_citation_and_the_honours_in_the_editors_order(client, section, gold):
    commendation(
        section, "重症医学科护士长", gold, slug="nurse", title="交班本上没有“大概”", post="从事护理二十六年",
        citation="建立床旁核对十一步法。", citation_source="摘自表彰决定",
        cover=picture(description="剪纸肖像"),
    )  # fmt: skip
    answer = client.get("/role-models/nurse/")
    text = answer.content.decode()
    assert [plate.honour.title for plate in answer.context["plates"]] == [one.title for one in gold]
    assert answer.context["first"] == gold[2]
    for words in (
        "交班本上没有“大概”</h1>",
        '<span aria-current="page">重症医学科护士长</span>',
        "<p>建立床旁核对十一步法。</p><cite>摘自表彰决定</cite>",
        '<p class="profile__post">从事护理二十六年</p>',
        'alt="剪纸肖像"',
        '<time class="nowrap" datetime="2021-05">2021年5月</time>',
    ):
        assert words in text, words


def test_a_withdrawn_honour_leaves_the_page_and_the_next_one_stands_first(client, section, gold):
    page = commendation(section, honours=gold, slug="nurse")
    withdraw_in_the_table(gold[2])
    answer = client.get("/role-models/nurse/")
    assert answer.context["first"] == gold[1]
    assert "全国先进工作者" not in answer.content.decode()
    assert CommendationPage.objects.get(pk=page.pk).honoured_with == "护理操作能手 省优秀护士"


def test_a_page_whose_honours_are_all_withdrawn_stays_without_gold(client, section):
    one = honour()
    commendation(section, "技师", [one], slug="alone")
    withdraw_in_the_table(one)
    text = client.get("/role-models/alone/").content.decode()
    assert "技师的故事" in text
    assert 'class="seal' not in text and 'class="plate' not in text and "profile__honour" not in text
    answer = client.get("/role-models/")
    assert whos(answer) == ["技师"]
    assert 'class="seal' not in answer.content.decode()


def test_what_to_read_next_has_pictures_where_the_pages_have_some(client, homepage, section):
    homepage.refresh_from_db()
    told = news(news_index(homepage), "讲述会", slug="told", cover=picture(), lead="九本交班本。")
    homepage.refresh_from_db()
    rules = standard(homepage, "评选办法", slug="rules")
    page = commendation(section, slug="nurse")
    for place, other in enumerate((rules, told)):
        CommendationRelatedLink.objects.create(page=page, related=other, sort_order=place)
    answer = client.get("/role-models/nurse/")
    assert [(item.title, item.lead) for item in answer.context["related_stories"]] == [
        ("讲述会", "九本交班本。")
    ]
    assert [item.title for item in answer.context["related_pages"]] == ["评选办法"]
    close(told)
    assert client.get("/role-models/nurse/").context["related_stories"] == []


def test_a_story_may_lead_to_a_role_model(client, homepage, section):
    page = commendation(section, slug="nurse")
    homepage.refresh_from_db()
    told = news(news_index(homepage), "讲述会", slug="told")
    NewsRelatedLink.objects.create(page=told, related=page)
    assert '/role-models/nurse/"' in client.get("/news/told/").content.decode()


def test_a_closed_page_is_read_by_members_alone_and_named_nowhere(
    client, client_of, person, homepage, section
):
    homepage.refresh_from_db()
    wall(homepage)
    close(commendation(section, "技师", [honour()], slug="inside"))
    assert client.get("/role-models/inside/").status_code == 302
    for address in ("/role-models/", "/role-models/feed/rss/", "/sitemap.xml", "/honours/"):
        assert "inside" not in client.get(address).content.decode(), address
    assert whos(client_of(person()).get("/role-models/")) == ["技师"]


def test_the_section_is_filtered_by_level_and_year_of_the_honour_shown_first(client, section, gold):
    commendation(section, "护士长", gold, slug="nurse", dated_on=days_ago(3))
    commendation(
        section, "护理组", [honour("省工人先锋号", level=3, year=2025)], slug="team", dated_on=days_ago(2)
    )
    commendation(section, "无名", [], slug="bare", dated_on=days_ago(1))
    answer = client.get("/role-models/")
    roll = answer.context["roll"]
    assert whos(answer) == ["无名", "护理组", "护士长"]
    assert [(str(one.label), one.query, one.count) for one in roll.by_level] == [
        ("", "", 3), ("国家级", "?level=national", 1), ("省级", "?level=provincial", 1),
    ]  # fmt: skip
    assert [(one.label, one.count) for one in roll.by_year] == [("", 3), (2026, 1), (2025, 1)]
    assert whos(client.get("/role-models/?level=provincial")) == ["护理组"]
    assert whos(client.get("/role-models/?level=national&year=2026")) == ["护士长"]
    assert whos(client.get("/role-models/?level=hospital")) == []


@pytest.mark.parametrize(
    "query",
    ["?level=x", "?level=", "?year=1999", "?year=x", "?page=2", "?page=0", "?year=2026&page=9", "?year="],
)
def test_a_filter_without_sense_is_a_page_that_does_not_exist(query, client, section):
    commendation(section, honours=[honour(year=2026)])
    assert client.get(f"/role-models/{query}").status_code == 404


def test_twelve_role_models_stand_on_a_page(client, section):
    for place in range(14):
        commendation(section, f"第{place}位", slug=f"m{place}", dated_on=days_ago(place))
    assert whos(client.get("/role-models/"))[0::11] == ["第0位", "第11位"]
    assert whos(client.get("/role-models/?page=2")) == ["第12位", "第13位"]


@pytest.mark.parametrize("number", [6, 120])
def test_the_section_costs_the_same_queries_and_stays_light(
    number, client, section, django_assert_num_queries
):
    cover = picture()
    honours = [honour(f"荣誉{place}", level=1 + place % 4, year=2020 + place % 6) for place in range(6)]
    for place in range(number):
        commendation(
            section, f"第{place}位", honours[place % 6 :], slug=f"m{place}", cover=cover, lead="一句话。" * 8
        )
    client.get("/role-models/")
    with django_assert_num_queries(5):
        answer = client.get("/role-models/")
    assert len(answer.content) < 40_000
    with django_assert_num_queries(5):
        client.get("/role-models/?level=municipal&year=2021")


@pytest.mark.parametrize("number", [1, 12])
def test_a_page_costs_the_same_queries_for_one_honour_and_twelve(
    number, client, homepage, section, django_assert_num_queries
):
    homepage.refresh_from_db()
    index = news_index(homepage)
    honours = [honour(f"荣誉{place}") for place in range(number)]
    page = commendation(section, honours=honours, slug="nurse", cover=picture())
    for place in range(min(6, number)):
        told = news(index, f"动态{place}", slug=f"n{place}")
        CommendationRelatedLink.objects.create(page=page, related=told, sort_order=place)
        index.refresh_from_db()
    client.get("/role-models/nurse/")
    with django_assert_num_queries(7):
        answer = client.get("/role-models/nurse/")
    assert len(answer.context["plates"]) == number
    assert len(answer.content) < 40_000


def test_feeds_and_the_sitemap_name_role_models(client, section):
    commendation(section, "技师", [honour()], slug="nurse", lead="二十二分钟。")
    assert "二十二分钟。" in client.get("/role-models/feed/rss/").content.decode()
    assert "/role-models/nurse/" in client.get("/role-models/feed/atom/").content.decode()
    assert "/role-models/nurse/" in client.get("/sitemap.xml").content.decode()


def test_a_chat_is_shown_the_portrait_and_the_lead(client, section):
    commendation(section, slug="nurse", lead="二十二分钟。", cover=picture())
    text = client.get("/role-models/nurse/").content.decode()
    assert '<meta property="og:description" content="二十二分钟。">' in text
    assert '<meta property="og:type" content="article">' in text
    assert '<meta property="og:image:width" content="1280">' in text


def front(client):
    return {part.kind: part.shown for part in client.get("/").context["sections"]}


@pytest.mark.usefixtures("announced")
def test_the_front_page_shows_the_newest_role_models_of_whom_an_honour_stands(client, lay, homepage, section):
    lay(MODELS)
    assert front(client) == {}
    one = honour("省五一劳动奖章", level=3)
    commendation(section, "旧", [one], slug="old", dated_on=days_ago(9))
    commendation(section, "新", [honour()], slug="new", dated_on=days_ago(1))
    commendation(section, "更旧", [one], slug="older", dated_on=days_ago(30))
    commendation(section, "无", [], slug="bare")
    part = front(client)["models"]
    assert [(item.who, item.honour.title) for item in part["models"]] == [
        ("新", "市劳动模范"), ("旧", "省五一劳动奖章"),
    ]  # fmt: skip
    assert (part["section"].url, part["wall"]) == ("/role-models/", None)
    homepage.refresh_from_db()
    wall(homepage)
    text = client.get("/").content.decode()
    assert 'href="/honours/">荣誉墙</a>' in text
    assert "先进典型</h2>" in text
    withdraw_in_the_table(one)
    assert [item.who for item in front(client)["models"]["models"]] == ["新"]


@pytest.mark.usefixtures("announced")
def test_the_row_costs_the_front_page_of_a_member_two_queries_more(client_of, person, lay, section):
    member = client_of(person())
    lay()
    without = queries_of(member)
    for place in range(9):
        commendation(section, f"第{place}位", [honour(f"荣誉{place}")], slug=f"m{place}")
    lay(("models", {"title": "", "number": 8}))
    assert queries_of(member) == without + 2
    assert len(front(member)["models"]["models"]) == 8


def test_the_front_page_offers_the_feeds_of_sections_that_have_some(client, homepage, section, lay):
    homepage.refresh_from_db()
    wall(homepage)
    lay(MODELS)
    assert [feed.url for feed in client.get("/").context["feeds"]] == [
        "/role-models/feed/rss/", "/role-models/feed/atom/",
    ]  # fmt: skip


def test_the_map_of_the_site_counts_role_models_and_names_the_wall(client, homepage, section):
    from home.models import SitemapPage

    homepage.refresh_from_db()
    wall(homepage)
    commendation(section, slug="nurse")
    homepage.refresh_from_db()
    homepage.add_child(instance=SitemapPage(title="网站地图", slug="map"))
    tree = client.get("/map/").context["tree"]
    assert [(branch.card.title, branch.stories) for branch in tree] == [
        ("先进典型", 1), ("荣誉墙", 0), ("网站地图", 0),
    ]  # fmt: skip


def test_a_certificate_can_be_seen_below_the_story_of_its_own_honour_only(client, section):
    open_one = {"certificate_public": True, "certificate_image": picture("证书")}
    one, other = honour("甲", **open_one), honour("乙", **open_one)
    commendation(section, honours=[one], slug="nurse")
    address = f"/role-models/nurse/certificate/{one.pk}/"
    assert f'href="{address}"' in client.get("/role-models/nurse/").content.decode()
    assert client.get(address).status_code == 200
    assert client.get(f"/role-models/nurse/certificate/{other.pk}/").status_code == 404
    close(Page.objects.get(slug="nurse"))
    assert client.get(address).status_code == 302
