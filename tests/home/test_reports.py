"""Reports and plans: their page, their list, their period, what a report refuses."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import PageViewRestriction

from home.models import ReportAttachment, ReportKind, ReportPage, ReportRelatedLink
from home.periods import Period
from tests.home.factories import category, close, days_ago, news, paper, report, report_index, standard

pytestmark = pytest.mark.django_db

BODY = [
    {
        "type": "text",
        "value": "<h2>一、开好职代会</h2><p>到会<b>一百九十四</b>人。</p><h3>分组</h3><p>八组。</p>",
    },
    {"type": "figures", "value": {"title": "二、走访 & 慰问", "items": [], "note": ""}},
    {"type": "text", "value": "<h2></h2><h2>三、不足</h2><ul><li>太慢</li></ul>"},
]


@pytest.fixture
def section(homepage):
    """An open section of reports."""
    return report_index(homepage, opened=True)


def titles(response):
    return [item.title for group in response.context["groups"] for item in group.items]


def attach(page, *documents):
    for order, document in enumerate(documents):
        ReportAttachment.objects.create(page=page, document=document, sort_order=order)


@pytest.mark.parametrize(
    ("first", "last", "label"),
    [
        ((2026, 1, 1), (2026, 6, 30), "2026年上半年"),
        ((2026, 7, 1), (2026, 12, 31), "2026年下半年"),
        ((2026, 1, 1), (2026, 12, 31), "2026年度"),
        ((2026, 4, 1), (2026, 6, 30), "2026年第二季度"),
        ((2026, 2, 1), (2026, 5, 31), "2026年2月至5月"),
        ((2024, 2, 1), (2024, 2, 29), "2024年2月"),
        ((2025, 7, 1), (2026, 6, 30), "2025年7月至2026年6月"),
        ((2026, 1, 25), (2026, 11, 10), "2026年1月25日至11月10日"),
        ((2025, 12, 30), (2026, 1, 2), "2025年12月30日至2026年1月2日"),
        ((2026, 3, 8), (2026, 3, 8), "2026年3月8日"),
    ],
)
def test_a_period_is_said_as_people_say_it(first, last, label):
    assert Period(date(*first), date(*last)).label == label


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"period_from": date(2026, 1, 1)}, ["period_until"]),
        ({"period_until": date(2026, 1, 1)}, ["period_from"]),
        ({"period_from": date(2026, 2, 1), "period_until": date(2026, 1, 31)}, ["period_until"]),
        ({"period_from": date(2026, 1, 1), "period_until": date(2026, 1, 1)}, []),
        ({}, []),
    ],
)
def test_a_period_has_both_its_days_in_order(section, fields, wrong):
    page = ReportPage(title="总结", slug="x", **fields)
    assert sorted(page.contradictions()) == wrong
    if wrong:
        with pytest.raises(ValidationError):
            page.clean()
        with pytest.raises(ValidationError):
            section.add_child(instance=page)
        assert not ReportPage.objects.exists()
        section.refresh_from_db()
        there = report(section, slug="there")
        with pytest.raises(IntegrityError), transaction.atomic():
            ReportPage.objects.filter(pk=there.pk).update(**fields)


def test_a_report_shows_its_period_its_figures_and_its_chapters_in_order(client, section):
    report(
        section,
        "上半年总结",
        slug="h1",
        lead="五十二件提案。",
        kind=ReportKind.HALF_YEAR,
        period_from=date(2026, 1, 1),
        period_until=date(2026, 6, 30),
        source="院工会办公室",
        deliberated_by="第六次会议",
        figures=[{"type": "figure", "value": {"number": "98", "unit": "分", "text": "验收", "note": ""}}],
        body=BODY,
    )
    response = client.get("/reports/h1/")
    html = response.content.decode()
    assert response.status_code == 200
    for words in ("半年总结", "2026年上半年", "院工会办公室", "第六次会议", "98", "五十二件提案。"):
        assert words in html
    assert '<li><a href="#c1">一、开好职代会</a></li>' in html
    assert '<li><a href="#c2">二、走访 &amp; 慰问</a></li>' in html
    assert '<li><a href="#c3">三、不足</a></li>' in html
    assert '<h2 id="c1">一、开好职代会</h2>' in html
    assert '<h2 id="c3">三、不足</h2>' in html
    assert html.count('href="#c') == 3
    assert 'property="og:title" content="上半年总结"' in html
    assert 'property="article:section" content="半年总结"' in html
    assert response.context["trail"][-1].title == "工作总结与计划"


def test_attachments_stand_below_and_a_pdf_can_be_looked_into(client, section):
    page = report(section, slug="h1")
    pdf, word = paper(), paper("提案一览", "list.docx", content=b"PK")
    attach(page, pdf, word)
    html = client.get("/reports/h1/").content.decode()
    assert f'href="{pdf.url}" download' in html
    assert f'href="/documents/{pdf.pk}/view/"' in html
    assert f'href="{word.url}" download' in html
    assert f'href="/documents/{word.pk}/view/"' not in html
    assert '<a href="#files">附件</a>' in html


def test_what_only_members_may_have_is_counted_for_visitors_and_never_named(
    client, client_of, person, section
):
    page = report(section, slug="h1")
    attach(page, paper(), paper("收支明细", "money.pdf", closed=True))
    html = client.get("/reports/h1/").content.decode()
    assert "还有 1 份文件只给会员看" in html
    assert "/accounts/login/?next=%2Freports%2Fh1%2F" in html
    assert "收支明细" not in html
    assert "收支明细" in client_of(person()).get("/reports/h1/").content.decode()


def test_the_list_is_by_years_and_narrows_by_kind_and_year(client, section):
    report(section, "甲", kind="half-year", dated_on=date(2026, 7, 10))
    report(section, "乙", slug="b", kind="plan", dated_on=date(2026, 1, 28))
    report(section, "丙", slug="c", kind="annual", dated_on=date(2025, 1, 20))
    every = client.get("/reports/")
    assert titles(every) == ["甲", "乙", "丙"]
    assert [group.month.year for group in every.context["groups"]] == [2026, 2025]
    assert '<h2 class="month-head">2026年</h2>' in every.content.decode()
    archive = every.context["archive"]
    assert [(c.label, c.count, c.query) for c in archive.by_category] == [
        ("", 3, ""),
        ("年度总结", 1, "?kind=annual"),
        ("半年总结", 1, "?kind=half-year"),
        ("工作计划", 1, "?kind=plan"),
    ]
    assert [(c.label, c.count) for c in archive.by_year] == [(2026, 2), (2025, 1)]
    assert titles(client.get("/reports/?kind=plan")) == ["乙"]
    assert titles(client.get("/reports/?kind=plan&year=2026")) == ["乙"]
    assert titles(client.get("/reports/?year=2025")) == ["丙"]
    empty = client.get("/reports/?kind=special")
    assert (empty.status_code, titles(empty)) == (200, [])


@pytest.mark.parametrize(
    "query",
    [
        "kind=none",
        "kind=%3Cscript%3E",
        "page=2",
        "page=0",
        "page=x",
        "year=2023",
        "year=x",
        "month=1",
        "page=1000000",
    ],
)
def test_what_makes_no_sense_is_a_page_that_does_not_exist(client, section, query):
    report(section, dated_on=date(2026, 7, 10))
    assert client.get(f"/reports/?{query}").status_code == 404


def test_twelve_reports_stand_on_a_page(client, section):
    for number in range(14):
        report(section, f"总结{number}", slug=f"r{number}", dated_on=days_ago(number))
    assert titles(client.get("/reports/")) == [f"总结{n}" for n in range(12)]
    assert titles(client.get("/reports/?page=2")) == ["总结12", "总结13"]


def test_neighbours_and_chosen_pages_stand_below(client, section, newsroom):
    story = news(newsroom, "提案有了回音", category=category())
    old = report(section, "旧", slug="old", dated_on=date(2025, 7, 1))
    page = report(section, "中", slug="mid", dated_on=date(2026, 1, 1))
    report(section, "新", slug="new", dated_on=date(2026, 7, 1))
    ReportRelatedLink.objects.create(page=page, related=story)
    context = client.get("/reports/mid/").context
    assert {way: card.title for way, card in context["turn"].items()} == {"older": "旧", "newer": "新"}
    assert [card.title for card in context["related"]] == ["提案有了回音"]
    close(story)
    close(old)
    context = client.get("/reports/mid/").context
    assert list(context["turn"]) == ["newer"]
    assert context["related"] == []


def test_an_open_section_has_feeds_of_its_reports(client, section):
    report(section, "上半年总结", slug="h1", lead="五十二件。", source="院工会办公室", kind="half-year")
    for kind in ("rss", "atom"):
        text = client.get(f"/reports/feed/{kind}/").content.decode()
        for words in ("上半年总结", "五十二件。", "院工会办公室", "半年总结"):
            assert words in text
    assert 'type="application/rss+xml"' in client.get("/reports/").content.decode()


def test_a_new_section_is_closed_by_one_restriction_and_stays_open_once_lifted(homepage):
    section = report_index(homepage)
    restriction = PageViewRestriction.objects.get()
    assert (restriction.page_id, restriction.restriction_type) == (section.pk, PageViewRestriction.LOGIN)
    report(section)
    section.save_revision().publish()
    assert PageViewRestriction.objects.count() == 1
    restriction.delete()
    section.refresh_from_db()
    section.title = "总结"
    section.save_revision().publish()
    assert not PageViewRestriction.objects.exists()


def test_however_many_links_a_report_has_they_cost_one_query(
    client, section, homepage, django_assert_num_queries
):
    homepage.refresh_from_db()
    other = standard(homepage, slug="charter")
    link = f'<p><a linktype="page" id="{other.pk}">章程</a></p>'
    callout = {"type": "callout", "value": {"tone": "plain", "title": "", "text": link}}
    page = report(section, slug="h1", body=[{"type": "text", "value": link}])
    client.get("/reports/h1/")
    with django_assert_num_queries(7):
        client.get("/reports/h1/")
    page.body = [*[{"type": "text", "value": link}] * 5, callout]
    page.save()
    with django_assert_num_queries(7):
        html = client.get("/reports/h1/").content.decode()
    assert html.count('<a href="/charter/">章程</a>') == 6


@pytest.mark.parametrize(
    "address", ["/reports/", "/reports/?year=2024", "/reports/?kind=plan", "/reports/r0/"]
)
def test_the_number_of_queries_does_not_grow(client, section, address, django_assert_num_queries):
    def fill(numbers):
        for number in numbers:
            report(
                section,
                f"总结{number}",
                slug=f"r{number}",
                kind="plan",
                dated_on=date(2024, 1, 1 + number % 28),
            )

    fill(range(20))
    attach(ReportPage.objects.get(slug="r0"), paper(), paper("二", "b.pdf"))
    client.get(address)
    expected = 7 if address.endswith("r0/") else 4
    with django_assert_num_queries(expected):
        client.get(address)
    fill(range(20, 200))
    client.get(address)
    with django_assert_num_queries(expected):
        response = client.get(address)
    assert len(response.content) < 40_000


def test_days_of_tomorrow_do_not_pin_a_report(section):
    page = report(section, dated_on=timezone.localdate())
    assert page.is_pinned is False
    assert (page.category, page.cover, page.author) == (None, None, None)
