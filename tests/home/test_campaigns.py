"""Campaigns: what they gather, for whom, in how many queries; their list; the home page's section."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from home.models import CampaignPage
from tests.home.factories import (
    campaign,
    campaign_index,
    close,
    days_ago,
    news,
    notice,
    picture,
    report,
    report_index,
    rule,
    rules_index,
    standard,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(homepage):
    """The section of campaigns."""
    return campaign_index(homepage)


def row(*pages, title="一组"):
    return {"type": "pages", "value": {"title": title, "note": "", "pages": [page.pk for page in pages]}}


@pytest.fixture
def gathered(homepage, newsroom, board):
    """A page of every kind."""
    homepage.refresh_from_db()
    reports = report_index(homepage, opened=True)
    homepage.refresh_from_db()
    rules = rules_index(homepage)
    homepage.refresh_from_db()
    return [
        news(newsroom, "报道", lead="一句话", cover=picture()),
        notice(board, "通知"),
        report(reports, "总结", kind="plan"),
        rule(rules, "办法"),
        standard(homepage, "章程", slug="charter"),
    ]


def test_pages_of_any_kind_stand_as_cards_in_the_editors_order(client, section, gathered):
    campaign(section, "学先进", slug="c", body=[row(*reversed(gathered))])
    response = client.get("/campaigns/c/")
    html = response.content.decode()
    places = [html.index(f'">{title}</a></h3>') for title in ("章程", "办法", "总结", "通知", "报道")]
    assert places == sorted(places)
    cards = response.context["cards"]
    assert [cards[page.pk].category for page in gathered] == ["", "", "工作计划", "章程制度", ""]
    assert cards[gathered[0].pk].picture.title == "门诊楼"


def test_what_a_reader_may_not_read_is_left_out_and_an_empty_row_with_it(
    client, client_of, person, section, gathered
):
    story, other = gathered[0], gathered[1]
    campaign(
        section, "学先进", slug="c", body=[row(story, title="会员的"), row(story, other, title="大家的")]
    )
    close(story)
    other.unpublish()
    html = client.get("/campaigns/c/").content.decode()
    for words in ("报道", "通知", "会员的", "大家的"):
        assert words not in html.split("<main")[1].split("</main>")[0]
    html = client_of(person()).get("/campaigns/c/").content.decode()
    assert html.count("报道</a></h3>") == 2
    assert html.split("<main")[1].count('<span class="tag tag--jade">') == 2


def test_a_page_that_is_gone_leaves_its_place_empty(client, section, gathered):
    campaign(section, "学先进", slug="c", body=[row(*gathered[:2])])
    gathered[0].delete()
    response = client.get("/campaigns/c/")
    assert (response.status_code, list(response.context["cards"])) == (200, [gathered[1].pk])


@pytest.mark.parametrize(
    ("starts", "ends", "standing"),
    [
        (-3, 3, "进行中"),
        (-3, None, "进行中"),
        (-9, -1, "已结束"),
        (1, 5, "尚未开始"),
        (0, 0, "进行中"),
        (None, None, ""),
    ],
)
def test_its_days_are_said_in_words(client, section, starts, ends, standing):
    days = {
        name: None if offset is None else days_ago(-offset)
        for name, offset in (("starts_on", starts), ("ends_on", ends))
    }
    page = campaign(section, "学先进", slug="c", **days)
    assert page.standing == standing
    assert standing in client.get("/campaigns/c/").content.decode()


def test_an_end_before_the_beginning_is_refused(section):
    page = CampaignPage(title="x", starts_on=date(2026, 2, 1), ends_on=date(2026, 1, 1))
    with pytest.raises(ValidationError) as refused:
        page.clean()
    assert list(refused.value.message_dict) == ["ends_on"]
    there = campaign(section)
    with pytest.raises(IntegrityError), transaction.atomic():
        CampaignPage.objects.filter(pk=there.pk).update(starts_on=date(2026, 2, 1), ends_on=date(2026, 1, 1))


def test_running_ones_stand_first_and_closed_ones_only_for_members(client, client_of, person, section):
    campaign(section, "旧的", slug="a", starts_on=days_ago(90), ends_on=days_ago(60))
    campaign(section, "早开始", slug="b", starts_on=days_ago(30))
    campaign(section, "晚开始", slug="c", starts_on=days_ago(10), ends_on=days_ago(-9))
    close(campaign(section, "会员的", slug="d", starts_on=days_ago(1)))
    names = [card.title for _page, card in client.get("/campaigns/").context["campaigns"]]
    assert names == ["晚开始", "早开始", "旧的"]
    names = [card.title for _page, card in client_of(person()).get("/campaigns/").context["campaigns"]]
    assert names[0] == "会员的"


@pytest.mark.parametrize("query", ["page=0", "page=2", "page=x", "page=1000000"])
def test_a_page_that_does_not_exist_is_not_found(client, section, query):
    campaign(section)
    assert client.get(f"/campaigns/?{query}").status_code == 404


def test_the_queries_of_a_list_do_not_grow(client, section, django_assert_num_queries):
    for number in range(20):
        campaign(section, f"专题{number}", slug=f"c{number}", cover=picture(f"图{number}"))
    client.get("/campaigns/")
    with django_assert_num_queries(5):
        client.get("/campaigns/")
    for number in range(20, 200):
        campaign(section, f"专题{number}", slug=f"c{number}")
    client.get("/campaigns/")
    with django_assert_num_queries(5):
        response = client.get("/campaigns/")
    assert len(response.context["campaigns"]) == 12
    assert len(response.content) < 40_000


def test_a_campaign_costs_one_query_for_each_kind_of_page(
    client, section, gathered, newsroom, django_assert_num_queries
):
    campaign(section, "学先进", slug="c", body=[row(*gathered)])
    client.get("/campaigns/c/")
    with django_assert_num_queries(9):  # the way and the page, restrictions, the chosen ones, five kinds
        client.get("/campaigns/c/")
    more = [news(newsroom, f"动态{n}", slug=f"n{n}") for n in range(20)]
    page = CampaignPage.objects.get()
    page.body = [row(*gathered), row(*more), row(*more[:5])]
    page.save()
    client.get("/campaigns/c/")
    with django_assert_num_queries(9):
        response = client.get("/campaigns/c/")
    assert len(response.context["cards"]) == 25


@pytest.mark.usefixtures("announced")
def test_the_home_page_shows_the_chosen_campaign_and_nothing_without_one(client, homepage, section):
    page = campaign(section, "学先进", slug="c", lead="交班本。", starts_on=days_ago(3))
    homepage.refresh_from_db()
    homepage.sections = [("campaign", {"campaign": None})]
    homepage.save()
    assert client.get("/").context["sections"] == []
    homepage.sections = [("campaign", {"campaign": page})]
    homepage.save()
    html = client.get("/").content.decode()
    assert 'href="/campaigns/c/"' in html
    assert "进行中" in html
    close(page)
    assert client.get("/").context["sections"] == []
    page.view_restrictions.all().delete()
    page.unpublish()
    assert client.get("/").context["sections"] == []


def test_the_home_page_shows_reports_to_those_who_may_read_them(client, client_of, person, homepage):
    section = report_index(homepage)
    for number in range(6):
        report(section, f"总结{number}", slug=f"r{number}", dated_on=days_ago(number))
    homepage.refresh_from_db()
    homepage.sections = [("reports", {"title": "", "number": 4, "figures": [], "note": ""})]
    homepage.save()
    assert client.get("/").context["sections"] == []
    shown = client_of(person()).get("/").context["sections"][0].shown
    assert [card.title for card in shown["reports"]] == [f"总结{n}" for n in range(4)]
    assert (shown["section"].title, shown["section"].url) == ("工作总结与计划", "/reports/")
