"""The list of a section: order, paging, filters, counts, what must not show."""

from datetime import date, timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.home.factories import category, close, days_ago, many_news, news, notice, picture

pytestmark = pytest.mark.django_db

LONGEST_ADDRESS = 4000


def titles(response):
    return [item.title for group in response.context["groups"] for item in group.items]


def test_the_newest_story_comes_first_and_the_later_written_of_one_day(client, newsroom):
    for number, title in ((3, "旧的"), (1, "同日先写"), (1, "同日后写")):
        news(newsroom, title, dated_on=days_ago(number))
    assert titles(client.get("/news/")) == ["同日后写", "同日先写", "旧的"]


def test_twelve_stories_stand_on_a_page_and_the_pager_knows_the_rest(client, newsroom, settings):
    settings.BASE_URL = "https://union.example.org"
    many_news(newsroom, 25)
    first, last = client.get("/news/"), client.get("/news/?page=3")
    assert titles(first) == [f"动态{n:04}" for n in range(24, 12, -1)]
    assert titles(last) == ["动态0000"]
    assert (first.context["archive"].total, first.context["archive"].pages) == (25, 3)
    assert '<link rel="next" href="/news/?page=2">' in first.content.decode()
    assert 'rel="prev" href' not in first.content.decode().split("<body>")[0]
    head = client.get("/news/?page=2").content.decode()
    assert '<link rel="prev" href="/news/">' in head
    assert '<link rel="next" href="/news/?page=3">' in head
    assert '<link rel="canonical" href="https://union.example.org/news/?page=2">' in head


@pytest.mark.parametrize(
    "query",
    [
        "page=0", "page=-1", "page=2", "page=1000000000", "page=x", "page=",
        "page=1.5", "page=٣", "page=1%00",
        "year=x", "year=0", "year=99999", "year=2023", "year=1899", "month=3", "year=2024&month=13",
        "year=2024&month=0", "year=2024&month=2", "category=none", "category=%00", "category=<script>",
        "category=" + "x" * 10_000, "utm=" + "x" * 1_200, "page=1" + "0" * 900,
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_a_page_that_does_not_exist(client, newsroom, query):
    news(newsroom, dated_on=date(2024, 3, 5))
    # The door refuses zero bytes and endless addresses before any page is asked.
    refused = "%00" in query or len(query) > LONGEST_ADDRESS
    assert client.get(f"/news/?{query}").status_code == (400 if refused else 404)


def test_an_unknown_parameter_changes_nothing(client, newsroom):
    news(newsroom, "一则")
    assert titles(client.get("/news/?from=chat&page=1")) == ["一则"]


def test_category_year_and_month_narrow_the_list_and_say_how_many(client, newsroom):
    life, voice = category(), category("民主管理", "voice", 1)
    news(newsroom, "甲", category=life, dated_on=date(2025, 3, 1))
    news(newsroom, "乙", category=life, dated_on=date(2025, 4, 1))
    news(newsroom, "丙", category=voice, dated_on=date(2024, 4, 30))
    news(newsroom, "丁", dated_on=date(2025, 12, 31))

    every = client.get("/news/").context["archive"]
    assert [(c.label, c.count, c.query) for c in every.by_category] == [
        ("", 4, ""),
        ("职工生活", 2, "?category=life"),
        ("民主管理", 1, "?category=voice"),
    ]
    assert [(c.label, c.count) for c in every.by_year] == [(2025, 3), (2024, 1)]
    assert every.by_month == []

    lively = client.get("/news/?category=life&year=2025")
    assert titles(lively) == ["乙", "甲"]
    archive = lively.context["archive"]
    assert [(c.label, c.count, c.query) for c in archive.by_month] == [
        (4, 1, "?category=life&year=2025&month=4"),
        (3, 1, "?category=life&year=2025&month=3"),
    ]
    assert [(c.label, c.count, c.current) for c in archive.by_category] == [
        ("", 3, False),
        ("职工生活", 2, True),
    ]
    assert titles(client.get("/news/?year=2025&month=12")) == ["丁"]
    assert titles(client.get("/news/?year=2024&month=4")) == ["丙"]
    assert client.get("/news/?category=voice&year=2025").status_code == 404


def test_a_filtered_page_asks_robots_not_to_keep_it_and_says_what_it_shows(client, newsroom):
    news(newsroom, category=category(), dated_on=date(2025, 3, 1))
    plain = client.get("/news/").content.decode()
    narrow = client.get("/news/?category=life&year=2025&month=3").content.decode()
    assert "noindex" not in plain
    assert '<meta name="robots" content="noindex, follow">' in narrow
    assert "<title>工会动态 · 职工生活 · " in narrow


def test_a_category_without_stories_says_so(client, newsroom):
    category("社团", "clubs")
    response = client.get("/news/?category=clubs")
    assert response.status_code == 200
    assert titles(response) == []
    assert 'class="empty"' in response.content.decode()


def test_pinned_stories_stand_first_until_their_day_and_are_told_once(client, newsroom):
    many_news(newsroom, 14)
    news(newsroom, "置顶的", dated_on=date(2023, 1, 1), pinned_until=timezone.localdate())
    news(newsroom, "过期的", dated_on=date(2023, 1, 2), pinned_until=days_ago(1))
    first, second = client.get("/news/"), client.get("/news/?page=2")
    assert titles(first) == ["置顶的", *(f"动态{n:04}" for n in range(13, 2, -1))]
    assert titles(second) == ["动态0002", "动态0001", "动态0000", "过期的"]
    assert first.context["groups"][0].month is None
    assert [g.month for g in first.context["groups"][1:]] == [date(2024, 1, 1)]
    assert titles(client.get("/news/?year=2023")) == ["过期的", "置顶的"]


def test_more_pinned_stories_than_a_page_holds_go_on_on_the_next(client, newsroom):
    many_news(newsroom, 13, pinned_until=timezone.localdate())
    news(newsroom, "平常的", dated_on=date(2026, 1, 1))
    assert titles(client.get("/news/")) == [f"动态{n:04}" for n in range(12, 0, -1)]
    assert titles(client.get("/news/?page=2")) == ["动态0000", "平常的"]


def test_what_is_not_published_is_neither_listed_nor_counted(client, newsroom):
    news(newsroom, "在线")
    news(newsroom, "草稿", live=False)
    news(newsroom, "将来", live=False, go_live_at=timezone.now() + timedelta(days=1))
    news(newsroom, "撤下").unpublish()
    response = client.get("/news/")
    assert titles(response) == ["在线"]
    assert response.context["archive"].total == 1


def test_a_closed_story_is_there_for_members_only_and_marked(client, client_of, person, newsroom):
    close(news(newsroom, "会员福利", category=category(), dated_on=date(2025, 1, 1)))
    news(newsroom, "公开", dated_on=date(2024, 1, 1))
    for_visitors = client.get("/news/")
    assert titles(for_visitors) == ["公开"]
    assert for_visitors.context["archive"].total == 1
    assert [c.label for c in for_visitors.context["archive"].by_category] == [""]
    assert [c.label for c in for_visitors.context["archive"].by_year] == [2024]
    for_members = client_of(person()).get("/news/")
    assert titles(for_members) == ["会员福利", "公开"]
    marks = [item.closed for group in for_members.context["groups"] for item in group.items]
    assert marks == [True, False]


def test_a_section_without_stories_has_a_first_word_and_for_editors_a_button(
    client, client_of, admin, newsroom
):
    plain = client.get("/news/").content.decode()
    write = f'href="{reverse("wagtailadmin_pages:add_subpage", args=[newsroom.pk])}"'
    assert 'class="empty"' in plain
    assert write not in plain
    assert write in client_of(admin).get("/news/").content.decode()


def test_the_newest_notices_stand_beside_the_news(client, newsroom, board):
    for number in range(4):
        notice(board, f"通知{number}", slug=f"t{number}", dated_on=days_ago(number))
    assert [item.title for item in client.get("/news/").context["notices"]] == ["通知0", "通知1", "通知2"]


@pytest.mark.parametrize("query", ["", "?page=2", "?category=life", "?year=2024"])
def test_a_list_costs_the_same_queries_for_thirteen_stories_and_for_two_hundred(
    query, client, newsroom, board, django_assert_num_queries
):
    life, cover = category(), picture()
    many_news(newsroom, 13, category=life, cover=cover)
    client.get("/news/")
    with django_assert_num_queries(5):
        assert len(titles(client.get(f"/news/{query}"))) == (1 if query == "?page=2" else 12)
    for number in range(187):
        news(
            newsroom,
            f"更多{number}",
            slug=f"m{number}",
            category=life,
            cover=cover,
            dated_on=date(2024, 6, 1),
        )
    client.get("/news/")
    with django_assert_num_queries(5):
        assert len(titles(client.get(f"/news/{query}"))) == 12


def test_a_very_first_view_stays_within_twenty_queries(client, newsroom, board):
    many_news(newsroom, 13)
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as asked:
        client.get("/news/")
    assert len(asked) <= 20


def test_a_full_page_of_a_large_archive_is_smaller_than_forty_kilobytes(client, newsroom):
    words = "职工代表大会提案办理情况通报" * 3
    for year in range(2005, 2027):
        many_news_of_year(newsroom, year, words)
    assert len(client.get("/news/?year=2020").content) < 40_000


def many_news_of_year(index, year, lead):
    for month in range(1, 13):
        news(index, f"{year}-{month}", dated_on=date(year, month, 1), lead=lead, cover=None)
