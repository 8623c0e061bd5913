"""The demo's reports, campaigns, rules and forms: whole, in agreement, their papers closed where they are."""

import re
import zipfile
from datetime import date, timedelta

import pypdfium2
import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from cms.editing.checks import findings
from cms.kit.closed import members_collection
from cms.kit.models import HouseDocument
from home.demo import pictures
from home.demo.days import PLACEHOLDER, resolve, spoken
from home.demo.gathered import period_of
from home.demo.jobs import illustrate
from home.demo.load import load
from home.demo.stories import CAMPAIGNS, REPORTS, RULES
from home.demo.stories.shape import Pages, Table
from home.models import CampaignPage, ReportPage, RulePage
from tests.home.test_demo_texts import DAYS, EMPTY_PHRASES, REAL, WEEKDAYS, strings

pytestmark = pytest.mark.django_db

PIECES = (*REPORTS, *CAMPAIGNS, *RULES)


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker):
    """Load once for the module, with pictures the size of stamps; every test rolls back to it."""
    patch = pytest.MonkeyPatch()
    patch.setattr(pictures, "WIDTH", 96)
    with django_db_blocker.unblock(), transaction.atomic():
        load(log=lambda _line: None)
        yield
        transaction.set_rollback(True)
    patch.undo()


@pytest.fixture
def demo(_loaded, db):
    """The loaded site."""


def test_there_is_enough_of_everything():
    assert (len(REPORTS), len(CAMPAIGNS), len(RULES)) == (8, 2, 13)
    assert sorted(report.kind for report in REPORTS) == [
        *("annual", "annual", "annual", "half-year", "half-year", "plan", "plan", "special"),
    ]
    slugs = [piece.slug for piece in PIECES]
    assert len(slugs) == len(set(slugs))


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece.slug)
def test_no_empty_phrase_real_name_weekday_or_year_of_the_calendar(piece):
    words = "\n".join(strings(piece))
    assert [phrase for phrase in (*EMPTY_PHRASES, *REAL) if phrase in words] == []
    assert WEEKDAYS.findall(words) == []
    assert re.findall(r"20[0-9]{2}年", words) == []
    assert not PLACEHOLDER.search(spoken(words, date(2026, 7, 10)))


@pytest.mark.parametrize("today", DAYS)
def test_reports_lie_in_the_last_four_years_after_what_they_speak_of(today):
    days = [resolve(report.when, today) for report in REPORTS]
    assert all(today - timedelta(days=4 * 366) <= day < today for day in days)
    assert max(days).year - min(days).year >= 2
    for report, day in zip(REPORTS, days, strict=True):
        period = period_of(report.period, day)
        assert period.first <= period.last
        if report.kind != "plan":
            assert period.last <= day, report.slug


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.slug)
def test_every_total_of_a_table_is_the_sum_of_its_rows(report):
    for table in (block for block in report.body if isinstance(block, Table)):
        total = next((row for row in table.rows if row[0] == "合计"), None)
        if total is None:
            continue
        for at, (kind, _head) in enumerate(table.heads):
            if kind == "number":
                assert sum(int(row[at]) for row in table.rows if row is not total) == int(total[at])


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.slug)
def test_every_total_of_a_word_file_is_the_sum_of_its_rows(report):
    for paper in report.papers:
        rows = [line.strip("|").split("|") for line in paper.lines if line.startswith("|")]
        rows = [[cell.strip() for cell in row] for row in rows][1:]
        total = next((row for row in rows if row[0] == "合计"), None)
        for at, cell in enumerate(total or []):
            if cell.isdigit():
                assert sum(int(row[at]) for row in rows if row is not total) == int(cell)


def test_the_papers_of_a_report_say_what_it_says_and_are_for_members(demo):
    inside = members_collection()
    page = ReportPage.objects.get(slug="report-first-half")
    formal, table = page.files
    assert {formal.collection_id, table.collection_id} == {inside.pk}
    assert formal.title == f"{page.title}（正式文本）"
    document = pypdfium2.PdfDocument(formal.file.path)
    text = "".join(sheet.get_textpage().get_text_bounded() for sheet in document).replace("\r\n", "")
    for words in (
        "示范医院工会",
        page.title,
        page.lead,
        "三届二次职代会召开，到会一百九十四人",
        "生活后勤 14 11 3",
        "98 分",
    ):
        assert words in text
    assert f"第 {len(document)} 页 共 {len(document)} 页" in text
    document.close()
    xml = zipfile.ZipFile(table.file.path).read("word/document.xml").decode()
    assert "生活后勤" in xml
    assert f"{page.dated_on.year}年上半年提案办理情况一览" in xml
    for document in (formal, table):
        assert Client().get(document.url).status_code == 302


def test_everything_passes_the_checks_an_editor_would_meet(demo):
    for page in (*ReportPage.objects.all(), *CampaignPage.objects.all(), *RulePage.objects.all()):
        page.full_clean()
        page.clean()
        if hasattr(page, "body"):
            page.body.stream_block.clean(page.body)
        assert findings(page) == [], page.slug


def test_every_page_opens_and_nothing_closed_shows(demo):
    client = Client()
    for page in (*CampaignPage.objects.all(), *RulePage.objects.all()):
        response = client.get(page.url)
        assert response.status_code == 200, page.url
        assert "/reports/" not in response.content.decode()
    for page in ReportPage.objects.all():
        assert client.get(page.url).status_code == 302
    assert client.get("/rules/").context["book"].total == 10
    assert client.get("/rules/?archive=1").context["book"].total == 3


def test_marks_lead_from_what_is_old_to_what_is_new(demo):
    today = timezone.localdate()
    rules = {rule.slug: rule for rule in RulePage.objects.all().standing_on(today)}
    marks = {slug: rule.mark(today) for slug, rule in rules.items() if rule.mark(today)}
    assert marks == {
        "rule-five-visits-trial": "已废止",
        "form-activity-old": "已废止",
        "guide-mutual-aid-before": "已过期",
    }
    assert HouseDocument.objects.filter(title=rules["guide-mutual-aid"].title).count() == 1


def test_campaigns_lead_to_pages_that_are_there(demo):
    for campaign in CAMPAIGNS:
        wanted = sum(len(block.slugs) for block in campaign.body if isinstance(block, Pages))
        assert len(CampaignPage.objects.get(slug=campaign.slug).chosen()) == wanted
    running = CampaignPage.objects.get(slug="learn-from-the-advanced")
    assert running.is_running


def test_the_worker_hangs_the_pictures_of_a_campaign(demo):
    page = CampaignPage.objects.get(slug="spring-songs-and-games")
    assert "gallery" not in {block.block_type for block in page.body}
    illustrate(page.slug, page.pk)
    page.refresh_from_db()
    assert page.cover.title == "迎春合唱"
    assert {"gallery", "pages", "figures", "quote"} <= {block.block_type for block in page.body}


def test_scale_multiplies_the_reports_once(demo):
    load(scale=3, log=lambda _line: None)
    assert ReportPage.objects.count() == 24
    copy = ReportPage.objects.get(slug="report-first-half-3")
    assert copy.dated_on.year == ReportPage.objects.get(slug="report-first-half").dated_on.year - 8
    assert Client().get(copy.url).status_code == 302
    load(scale=3, log=lambda _line: None)
    assert ReportPage.objects.count() == 24
