"""Letting go in time: what is due goes, nothing else; the record says what went."""

import csv
from datetime import date, datetime, timedelta
from io import BytesIO, StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db.models import QuerySet
from django.utils import timezone
from python_calamine import CalamineWorkbook

from cms.kit import jobs
from extranet.core import attachments, reads, retention, trail
from extranet.core.jobs import let_go
from extranet.core.models import Allowance, Attachment, Draft, ReadLog, RetentionRun, Submission, Virus
from extranet.core.models.cases import AppendOnlyError
from extranet.core.retention import Months, Rule
from extranet.core.submissions import keep_draft, new_key, once

pytestmark = pytest.mark.django_db
ZONE = timezone.get_default_timezone()


def ago(**span):
    return timezone.now() - timedelta(**span)


def looked(case, reader, *, at, what="诊断书", why=""):
    trail.note_read(case, reader=reader, what=what, why=why)
    QuerySet.update(ReadLog.objects.filter(pk=ReadLog.objects.latest("pk").pk), read_at=at)


def run(slug):
    return retention.run(retention._rules[slug])


def test_months_are_those_of_the_calendar():
    moment = datetime(2026, 3, 31, 9, tzinfo=ZONE)
    assert Months(1).before(moment) == datetime(2026, 2, 28, 9, tzinfo=ZONE)
    assert Months(13).before(moment) == datetime(2025, 2, 28, 9, tzinfo=ZONE)
    assert Months(3).before(moment) == datetime(2025, 12, 31, 9, tzinfo=ZONE)


def test_files_of_a_forgotten_form_go_and_those_of_one_in_progress_stay(
    person, drop, lying, django_capture_on_commit_callbacks
):
    forgotten, busy, handed = person(), person(), person()
    for owner in (forgotten, busy, handed):
        drop(owner)
    Attachment.objects.update(uploaded_at=ago(days=31))
    young = drop(forgotten)
    keep_draft(busy, "tickets", {"reason": "还在写"})
    with django_capture_on_commit_callbacks(execute=True):
        assert run("trays") == 2
    assert set(Attachment.objects.values_list("uploader", flat=True)) == {forgotten.pk, busy.pk}
    assert young in Attachment.objects.all()
    assert len(lying()) == 2


def test_files_of_a_case_stay(ticket, drop):
    kept = drop(ticket.holder)
    Attachment.objects.filter(pk=kept.pk).update(uploaded_at=ago(days=3650))
    from django.db import transaction

    with transaction.atomic():
        attachments.adopt(ticket.holder, "tickets", ticket)
    assert run("trays") == 0
    assert Attachment.objects.count() == 1


def test_old_drafts_keys_and_counts_go(person):
    holder = person()
    keep_draft(holder, "old", {"a": "b"})
    Draft.objects.update(kept_at=ago(days=31))
    keep_draft(holder, "young", {"a": "b"})
    once(holder, new_key(), lambda: Draft.objects.get(form="young"))
    Submission.objects.update(sent_at=ago(days=91))
    once(holder, new_key(), lambda: Draft.objects.get(form="young"))
    Allowance.objects.create(member=holder, day=timezone.localdate() - timedelta(days=70))
    Allowance.objects.create(member=holder, day=timezone.localdate())
    assert [run(slug) for slug in ("drafts", "submissions", "allowances")] == [1, 1, 1]
    assert [Draft.objects.count(), Submission.objects.count(), Allowance.objects.count()] == [1, 1, 1]


def test_a_file_with_a_virus_goes_after_a_month(person, drop, lying, django_capture_on_commit_callbacks):
    drop(person())
    Attachment.objects.update(virus=Virus.INFECTED, scanned_at=ago(days=31))
    drop(person())
    with django_capture_on_commit_callbacks(execute=True):
        assert run("infected") == 1
    assert Attachment.objects.count() == len(lying()) == 1


def test_looks_stay_noted_for_three_years(ticket, keeper):
    looked(ticket, keeper, at=ago(days=3 * 366 + 2))
    looked(ticket, keeper, at=ago(days=3 * 365 - 2))
    assert run("reads") == 1
    assert ReadLog.objects.count() == 1


def test_no_look_goes_before_six_months_whatever_is_asked(ticket, keeper):
    looked(ticket, keeper, at=ago(days=400))
    looked(ticket, keeper, at=ago(days=180))
    with pytest.raises(ValueError, match="six months"):
        trail.forget_reads(ReadLog.objects.all())
    with pytest.raises(AppendOnlyError):
        ReadLog.objects.all().delete()
    assert ReadLog.objects.count() == 2


def test_the_record_says_what_went_and_is_only_added_to(person):
    keep_draft(person(), "old", {"a": "b"})
    Draft.objects.update(kept_at=ago(days=31))
    run("drafts")
    run("drafts")  # nothing more is due: nothing more is said
    record = RetentionRun.objects.get()
    assert (record.rule, record.label, record.count) == ("drafts", "没有再写下去的草稿", 1)
    assert record.before < record.ran_at
    for attempt in (record.save, record.delete, RetentionRun.objects.all().delete):
        with pytest.raises(AppendOnlyError):
            attempt()


def numbered(monkeypatch, act, batch=2):
    monkeypatch.setattr(retention, "BATCH", batch)
    return Rule(
        slug="numbers", label="numbers", after=timedelta(0), find=lambda before: Draft.objects.all(), act=act
    )


def test_each_batch_goes_together_with_its_line(person, monkeypatch):
    holder = person()
    for number in range(5):
        keep_draft(holder, str(number), {"a": "b"})
    times = iter([None, ZeroDivisionError])

    def act(rows):
        if error := next(times, None):
            rows.delete()
            raise error
        return rows.delete()[0]

    with pytest.raises(ZeroDivisionError):
        retention.run(numbered(monkeypatch, act))
    assert Draft.objects.count() == 3
    assert list(RetentionRun.objects.values_list("count", flat=True)) == [2]


def test_a_rule_that_lets_nothing_go_does_not_run_for_ever(person, monkeypatch):
    keep_draft(person(), "one", {"a": "b"})
    with pytest.raises(RuntimeError, match="does not let go"):
        retention.run(numbered(monkeypatch, lambda rows: 0))


def test_a_rule_that_fails_holds_no_other_up(person, monkeypatch):
    keep_draft(person(), "old", {"a": "b"})
    Draft.objects.update(kept_at=ago(days=31))
    broken = Rule(slug="aaa", label="x", after=timedelta(0), find=lambda before: 1 / 0, act=len)
    monkeypatch.setattr(retention, "_rules", {"aaa": broken, **retention._rules})
    with pytest.raises(ExceptionGroup):
        retention.run_all()
    assert Draft.objects.count() == 0


def test_a_slug_belongs_to_one_rule():
    with pytest.raises(ImproperlyConfigured, match="drafts"):
        retention.register(Rule(slug="drafts", label="x", after=timedelta(1), find=None, act=None))


def test_the_nightly_job_runs_every_rule(person):
    keep_draft(person(), "old", {"a": "b"})
    Draft.objects.update(kept_at=ago(days=31))
    assert any(rhythm.job is let_go for rhythm in jobs.declare.rhythms().values())
    let_go()
    assert Draft.objects.count() == 0


def say(*arguments, **options):
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


def test_a_dry_run_counts_and_changes_nothing(person):
    keep_draft(person(), "old", {"a": "b"})
    Draft.objects.update(kept_at=ago(days=31))
    assert "drafts：将清理 1 条" in say("retention", "--dry-run")
    assert (Draft.objects.count(), RetentionRun.objects.count()) == (1, 0)
    assert dict(retention.due())[retention._rules["drafts"]] == 1
    assert say("retention", "--rule", "trays").startswith("trays：已清理 0 条")
    assert "drafts：已清理 1 条" in say("retention")
    with pytest.raises(CommandError, match="nonsense"):
        say("retention", "--rule", "nonsense")


def test_administrators_see_what_went_and_nobody_else(admin, person, client_of, site):
    RetentionRun(rule="drafts", label="没有再写下去的草稿", before=timezone.now(), count=7).save()
    page = client_of(admin).get("/admin/retention/")
    assert page.status_code == 200
    assert "没有再写下去的草稿" in page.content.decode()
    refused = client_of(person()).get("/admin/retention/")
    assert (refused.status_code, refused.url) == (302, "/admin/login/?next=/admin/retention/")
    assert client_of(admin).post("/admin/retention/").status_code == 405


# --- the looks, for auditors -------------------------------------------------------------------------------


@pytest.fixture
def three_looks(ticket, keeper):
    looked(ticket, keeper, at=datetime(2026, 3, 1, 23, 59, tzinfo=ZONE), what="=HYPERLINK(1)", why="+86")
    looked(ticket, keeper, at=datetime(2026, 3, 2, 0, 0, tzinfo=ZONE), what="收入证明", why="初审")
    looked(ticket, ticket.holder, at=datetime(2026, 3, 31, 12, 0, tzinfo=ZONE))


@pytest.mark.usefixtures("three_looks")
def test_looks_of_some_days_become_a_table_without_formulas(ticket, keeper):
    out = StringIO()
    assert reads.write_csv(reads.between(date(2026, 3, 1), date(2026, 3, 2)), out) == 2
    assert out.getvalue().startswith("\ufeff")
    rows = list(csv.reader(StringIO(out.getvalue().removeprefix("\ufeff"))))
    assert rows[0] == ["时间", "查阅人", "业务类型", "业务", "内容", "理由"]
    kind = str(ticket._meta.verbose_name)
    assert rows[1:] == [
        ["2026-03-01 23:59:00", str(keeper), kind, ticket.public_id, "'=HYPERLINK(1)", "'+86"],
        ["2026-03-02 00:00:00", str(keeper), kind, ticket.public_id, "收入证明", "初审"],
    ]


@pytest.mark.usefixtures("three_looks")
def test_the_workbook_holds_the_same_as_text():
    book = BytesIO()
    assert reads.write_xlsx(reads.between(date(2026, 3, 1), date(2026, 3, 31)), book) == 3
    rows = CalamineWorkbook.from_filelike(BytesIO(book.getvalue())).get_sheet_by_index(0).to_python()
    assert [row[4] for row in rows] == ["内容", "'=HYPERLINK(1)", "收入证明", "诊断书"]
    assert b"<f>" not in book.getvalue()


@pytest.mark.usefixtures("three_looks")
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_command_writes_for_its_caller_alone(tmp_path, ending):
    target = tmp_path / f"reads.{ending}"
    said = say("export_reads", str(target), "--first", "2026-03-02", "--last", "2026-03-31")
    assert said.startswith("已把 2 条查阅记录写入")
    assert target.stat().st_mode & 0o777 == 0o600
    with pytest.raises(CommandError, match="已经存在"):
        say("export_reads", str(target))


@pytest.mark.parametrize("target", ["reads.pdf", "nowhere/reads.csv"])
def test_the_command_says_what_would_work(tmp_path, target):
    with pytest.raises(CommandError, match="请"):
        say("export_reads", str(tmp_path / target))


@pytest.mark.usefixtures("three_looks")
def test_the_table_asks_as_often_for_many_looks_as_for_one(ticket, keeper, connection_count):
    def write():
        reads.write_csv(reads.between(date(2026, 3, 1), date(2026, 3, 31)), StringIO())

    few = connection_count(write)
    for _time in range(20):
        looked(ticket, keeper, at=datetime(2026, 3, 5, 12, 0, tzinfo=ZONE))
    assert connection_count(write) == few
