"""Rules and forms: their list by kind, their archive, what replaces what, what an entry refuses."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from home.models import RulePage
from tests.home.factories import close, days_ago, paper, rule, rules_index

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(homepage):
    """The section of rules and forms."""
    return rules_index(homepage)


def listed(response):
    return [
        (group.label, [entry.card.title for entry in group.items]) for group in response.context["groups"]
    ]


def test_rules_stand_by_kind_in_the_order_of_their_numbers(client, section):
    rule(section, "慰问办法", slug="a", kind="rule", number="院工字〔2025〕3号")
    rule(section, "章程", slug="b", kind="rule", number="院工字〔2024〕1号")
    rule(section, "入会申请表", slug="c", kind="form", number="表1")
    rule(section, "住院慰问流程", slug="d", kind="guide")
    response = client.get("/rules/")
    assert listed(response) == [
        ("章程制度", ["章程", "慰问办法"]),
        ("流程指南", ["住院慰问流程"]),
        ("表格下载", ["入会申请表"]),
    ]
    choices = [(c.label, c.count, c.query, c.current) for c in response.context["book"].by_kind]
    assert choices == [
        ("", 4, "", True),
        ("章程制度", 2, "?kind=rule", False),
        ("流程指南", 1, "?kind=guide", False),
        ("表格下载", 1, "?kind=form", False),
    ]
    narrow = client.get("/rules/?kind=form")
    assert listed(narrow) == [("表格下载", ["入会申请表"])]
    assert '<meta name="robots" content="noindex, follow">' in narrow.content.decode()
    assert client.get("/rules/?kind=law").status_code == 200


def test_a_file_comes_in_one_tap_and_says_what_it_is(client, section):
    document = paper("申请表", "form.docx", content=b"x" * 2048)
    rule(section, "入会申请表", slug="join", kind="form", document=document)
    html = client.get("/rules/").content.decode()
    assert f'href="{document.url}" download aria-label="下载《入会申请表》"' in html
    assert "2 KB" in html
    assert 'href="/rules/join/"' in html
    page = client.get("/rules/join/").content.decode()
    assert f'href="{document.url}" download' in page


def test_what_has_expired_leaves_the_list_and_is_marked_in_the_archive(client, section):
    rule(section, "旧办法", slug="old", valid_until=days_ago(1))
    rule(section, "今天到期", slug="today", valid_until=days_ago(0))
    rule(section, "明天施行", slug="soon", valid_from=days_ago(-1))
    now, archive = client.get("/rules/"), client.get("/rules/?archive=1")
    assert [title for _kind, found in listed(now) for title in found] == ["今天到期", "明天施行"]
    assert "起施行" in now.content.decode()
    assert 'href="/rules/?archive=1"' in now.content.decode()
    assert "存档：1 份已失效的" in now.content.decode()
    assert listed(archive) == [("章程制度", ["旧办法"])]
    assert "已过期" in archive.content.decode()
    assert "已过期" in client.get("/rules/old/").content.decode()


def test_what_was_replaced_leaves_the_list_and_leads_to_the_newer_one(client, section):
    old = rule(section, "慰问办法（试行）", slug="trial")
    rule(section, "慰问办法", slug="new", replaces=old, valid_from=days_ago(3))
    archive = client.get("/rules/?archive=1").content.decode()
    assert listed(client.get("/rules/")) == [("章程制度", ["慰问办法"])]
    assert "已废止" in archive
    assert '现行： <a href="/rules/new/">慰问办法</a>' in archive
    page = client.get("/rules/trial/").content.decode()
    assert "已废止" in page
    assert '<a href="/rules/new/">慰问办法</a>' in page
    assert '<a href="/rules/trial/">慰问办法（试行）</a>' in client.get("/rules/new/").content.decode()


def test_a_draft_or_a_rule_of_tomorrow_replaces_nothing_yet(client, section):
    old = rule(section, "甲", slug="a")
    rule(section, "甲二", slug="a2", replaces=old, live=False)
    rule(section, "甲三", slug="a3", replaces=old, valid_from=days_ago(-1))
    assert listed(client.get("/rules/")) == [("章程制度", ["甲", "甲三"])]
    assert client.get("/rules/?archive=1").status_code == 200
    assert listed(client.get("/rules/?archive=1")) == []


def test_a_successor_a_reader_may_not_read_is_not_named(client, client_of, person, section):
    old = rule(section, "旧的", slug="old")
    close(rule(section, "只给会员", slug="new", replaces=old))
    for address in ("/rules/", "/rules/?archive=1", "/rules/old/", "/sitemap.xml"):
        assert "只给会员" not in client.get(address).content.decode()
    assert "已废止" in client.get("/rules/old/").content.decode()
    assert "只给会员" in client_of(person()).get("/rules/?archive=1").content.decode()


def test_a_file_for_members_leads_visitors_to_the_door(client, client_of, person, section):
    document = paper("内部表", "inside.pdf", closed=True)
    rule(section, "内部表格", slug="inside", document=document)
    html = client.get("/rules/inside/").content.decode()
    assert document.url not in html
    assert "登录后查看" in html
    assert client.get(document.url).status_code == 302
    assert document.url in client_of(person()).get("/rules/inside/").content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "kind=none",
        "kind=%3Cb%3E",
        "archive=0",
        "archive=yes",
        "archive=",
        "page=2",
        "page=0",
        "page=x",
        "year=2024",
        "page=9999999",
    ],
)
def test_what_makes_no_sense_is_a_page_that_does_not_exist(client, section, query):
    rule(section)
    assert client.get(f"/rules/?{query}").status_code == 404


def test_thirty_rules_stand_on_a_page(client, section):
    for number in range(31):
        rule(section, f"办法{number:02}", slug=f"r{number}", number=f"{number:02}")
    assert listed(client.get("/rules/?page=2")) == [("章程制度", ["办法30"])]
    assert 'href="?kind=rule&amp;page=2"' in client.get("/rules/?kind=rule").content.decode()


def errors_of(page):
    with pytest.raises(ValidationError) as refused:
        page.clean()
    return sorted(refused.value.message_dict)


def test_an_entry_needs_a_file_or_a_text_and_days_in_order(section):
    assert errors_of(RulePage(title="空", text="")) == ["document"]
    wrong = RulePage(title="乱", text="<p>x</p>", valid_from=date(2026, 2, 1), valid_until=date(2026, 1, 1))
    assert errors_of(wrong) == ["valid_until"]
    page = rule(section)
    with pytest.raises(IntegrityError), transaction.atomic():
        RulePage.objects.filter(pk=page.pk).update(valid_from=date(2026, 2, 1), valid_until=date(2026, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        RulePage.objects.filter(pk=page.pk).update(replaces=page.pk)
    page.refresh_from_db()
    assert (page.valid_from, page.valid_until, page.replaces) == (None, None, None)


def test_a_circle_of_replacements_is_refused(section):
    first = rule(section, "甲", slug="a")
    second = rule(section, "乙", slug="b", replaces=first)
    first.replaces = second
    assert errors_of(first) == ["replaces"]
    first.replaces = first
    assert errors_of(first) == ["replaces"]
    RulePage.objects.get(pk=second.pk).clean()


@pytest.mark.parametrize(
    ("address", "expected"), [("/rules/", 6), ("/rules/?archive=1", 7), ("/rules/r0/", 5)]
)
def test_the_number_of_queries_does_not_grow(client, section, address, expected, django_assert_num_queries):
    def fill(numbers):
        for number in numbers:
            old = rule(section, f"旧办法{number}", slug=f"r{number}", document=paper(f"旧{number}"))
            rule(section, f"办法{number}", slug=f"n{number}", replaces=old, document=paper(f"新{number}"))

    fill(range(10))
    client.get(address)
    with django_assert_num_queries(expected):
        client.get(address)
    fill(range(10, 100))
    client.get(address)
    with django_assert_num_queries(expected):
        response = client.get(address)
    assert len(response.content) < 40_000
