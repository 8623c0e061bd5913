"""Sending files, taking them back, handing them over: refusals leave nothing, table and disk agree."""

import hashlib
from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from extranet.core import attachments, trail
from extranet.core.attachments import intakes, limits, services, store
from extranet.core.models import Allowance, Attachment, CaseEvent, Virus
from tests.core.tickets.models import Ticket
from tests.core.tickets.views import INTAKE
from tests.kit import papers
from tests.kit import photographs as pictures

pytestmark = pytest.mark.django_db


@pytest.fixture
def holder(person):
    return person()


def handed_in(holder, form="tickets"):
    with transaction.atomic():
        ticket = Ticket.objects.create(holder=holder)
        attachments.adopt(holder, form, ticket)
    return ticket


def test_a_photo_is_cleaned_named_and_kept_in_private(holder, drop, lying):
    content = pictures.camera_jpeg(300, 200, orientation=6)
    kept = drop(holder, content, "..\\病房 照片.JPEG")
    (file,) = lying()
    stored = file.read_bytes()
    assert (kept.name, kept.kind, kept.media_type) == ("病房 照片.jpg", "jpg", "image/jpeg")
    assert (kept.size, kept.sha256) == (len(stored), hashlib.sha256(stored).hexdigest())
    assert not any(secret in stored for secret in pictures.SECRETS)
    assert file.stat().st_mode & 0o777 == 0o640
    assert (kept.tray, kept.slot, kept.case, kept.sealed_with) == ("tickets", "proof", None, "")
    assert kept.virus == Virus.UNSCANNED  # no scanner is configured
    assert file.name.removesuffix(".jpg").isalnum()
    assert len(file.name) == 16


def test_a_sensitive_one_lies_encrypted_and_opens_as_it_was(holder, drop, lying):
    content = papers.pdf(3)
    kept = drop(holder, content, "诊断证明.pdf", "diagnosis")
    (file,) = lying()
    assert file.suffix == ".vault"
    assert file.stat().st_mode & 0o777 == 0o600
    assert b"%PDF" not in file.read_bytes()
    assert len(kept.sealed_with) == 8
    assert kept.is_sealed is True
    assert b"".join(store.chunks_of(kept)) == content
    assert (kept.size, kept.sha256) == (len(content), hashlib.sha256(content).hexdigest())


def test_the_tray_goes_over_to_the_case_in_the_transaction_that_sends_the_form(holder, drop, lying):
    first, second = drop(holder), drop(holder, papers.pdf(), "诊断.pdf", "diagnosis")
    other = drop(holder, name="另一份.jpg")
    other.tray = "tickets:abc"
    other.save()
    ticket = handed_in(holder)
    assert list(Attachment.objects.of(ticket)) == [first, second]
    assert list(Attachment.objects.in_tray(holder, "tickets")) == []
    assert list(Attachment.objects.in_tray(holder, "tickets:abc")) == [other]
    assert len(lying()) == 3


def test_a_form_that_fails_keeps_its_files_in_the_tray(holder, drop, lying):
    drop(holder)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        attachments.adopt(holder, "tickets", Ticket.objects.create(holder=holder))
        raise ZeroDivisionError
    assert Attachment.objects.in_tray(holder, "tickets").count() == 1
    assert len(lying()) == 1


@pytest.mark.django_db(transaction=True)
def test_handing_over_outside_a_transaction_is_refused(holder, drop):
    drop(holder)
    with pytest.raises(RuntimeError, match="in the transaction"):
        attachments.adopt(holder, "tickets", Ticket.objects.create(holder=holder))


def test_nobody_hands_over_or_takes_back_what_another_has_sent(holder, person, drop, lying):
    mine = drop(holder)
    other = person()
    ticket = handed_in(other)
    assert list(Attachment.objects.of(ticket)) == []
    assert attachments.take_back(other, mine.public_id) is False
    assert Attachment.objects.get() == mine


def test_what_is_taken_back_is_gone_from_table_and_disk(
    holder, drop, lying, django_capture_on_commit_callbacks
):
    mine = drop(holder)
    with django_capture_on_commit_callbacks(execute=True):
        assert attachments.take_back(holder, mine.public_id) is True
    assert (Attachment.objects.count(), lying()) == (0, [])
    assert attachments.take_back(holder, mine.public_id) is False


def test_what_was_handed_over_cannot_be_taken_back(holder, drop, lying):
    mine = drop(holder)
    handed_in(holder)
    assert attachments.take_back(holder, mine.public_id) is False
    assert Attachment.objects.count() == len(lying()) == 1


def test_a_file_with_a_virus_is_not_handed_over(holder, drop):
    drop(holder)
    Attachment.objects.update(virus=Virus.INFECTED)
    with pytest.raises(ValidationError, match=r"证明\.jpg"):
        handed_in(holder)
    assert Ticket.objects.count() == 0
    assert Attachment.objects.get().tray == "tickets"


def test_adding_to_a_case_asks_permission_and_leaves_a_line(ticket, person, lying):
    upload = pictures.upload(papers.pdf(), "合同.pdf")
    with pytest.raises(PermissionDenied):
        attachments.attach(ticket, actor=person(is_superuser=True), slot="proof", upload=upload)
    assert (Attachment.objects.count(), lying(), CaseEvent.objects.count()) == (0, [], 0)
    kept = attachments.attach(ticket, actor=ticket.holder, slot="proof", upload=upload)
    assert Attachment.objects.of(ticket).get() == kept
    line = trail.last(ticket)
    assert (line.verb, line.actor, line.facts) == (
        "attach", ticket.holder, {"file": kept.public_id, "slot": "proof"},
    )  # fmt: skip
    assert line.verb in services.DONE
    assert trail.check(ticket) is None


@pytest.mark.parametrize(
    ("form", "slot"),
    [("unknown", "proof"), ("tickets", "other"), ("tickets:../x", "proof"), ("x" * 70, "proof")],
)
def test_what_nobody_has_registered_nobody_sends(form, slot, holder, lying):
    with pytest.raises(LookupError):
        attachments.put(holder, form=form, slot=slot, upload=pictures.upload(papers.pdf(), "a.pdf"))
    assert lying() == []


def test_an_intake_is_registered_once():
    with pytest.raises(ImproperlyConfigured, match="twice"):
        intakes.register(attachments.Intake(slug="others", model=Ticket, view="tickets.view", slots=()))
    intakes.register(INTAKE)  # the same again is no other


def test_a_form_that_adds_to_a_case_has_a_tray_of_its_own(ticket):
    assert INTAKE.form() == "tickets"
    assert INTAKE.form(ticket) == f"tickets:{ticket.public_id}"
    assert intakes.intake_of(INTAKE.form(ticket)) is INTAKE


# --- limits ----------------------------------------------------------------------------------------------


def refused(raising, code):
    with pytest.raises(ValidationError) as raised:
        raising()
    assert raised.value.code == code
    return raised.value.messages


LIMITS = {
    "MOST_OF_A_CASE": (2, "case"),
    "LARGEST_CASE": (2_500, "case"),
    "MOST_OF_A_DAY": (2, "day"),
    "LARGEST_DAY": (2_500, "day"),
    "LARGEST_MEMBER": (2_500, "member"),
}


@pytest.mark.parametrize("limit", LIMITS)
def test_above_a_limit_a_sentence_says_so_and_nothing_is_left(limit, holder, drop, lying, monkeypatch):
    content = b"x" * 1_000
    drop(holder, content, "a.txt", "minutes")
    drop(holder, content, "b.txt", "minutes")
    value, code = LIMITS[limit]
    monkeypatch.setattr(limits, limit, value)
    (said,) = refused(lambda: drop(holder, content, "c.txt", "minutes"), code)
    assert said.endswith("。")
    assert Attachment.objects.count() == len(lying()) == 2
    assert (Allowance.objects.get().files, Allowance.objects.get().size) == (2, 2_000)


def test_a_slot_takes_so_many(holder, drop, lying):
    for _time in range(3):
        drop(holder)
    refused(lambda: drop(holder), "slot")
    assert Attachment.objects.count() == len(lying()) == 3


def test_what_was_taken_back_still_counts_for_the_day(holder, drop, monkeypatch):
    monkeypatch.setattr(limits, "MOST_OF_A_DAY", 2)
    for _time in range(2):
        attachments.take_back(holder, drop(holder).public_id)
    refused(lambda: drop(holder), "day")


def test_a_new_day_and_another_member_have_room(holder, person, drop, monkeypatch):
    monkeypatch.setattr(limits, "MOST_OF_A_DAY", 1)
    drop(holder)
    drop(person())
    Allowance.objects.update(day=timezone.localdate() - timedelta(days=1))
    drop(holder)
    assert Attachment.objects.count() == 3


def test_a_case_holds_no_more_than_it_may_when_files_are_handed_over(ticket, drop, monkeypatch):
    attachments.attach(
        ticket, actor=ticket.holder, slot="proof", upload=pictures.upload(papers.pdf(), "a.pdf")
    )
    drop(ticket.holder)
    monkeypatch.setattr(limits, "MOST_OF_A_CASE", 1)
    with pytest.raises(ValidationError), transaction.atomic():
        attachments.adopt(ticket.holder, "tickets", ticket)
    assert Attachment.objects.of(ticket).count() == 1


def test_a_full_disk_is_told_in_a_sentence(holder, drop, lying, monkeypatch):
    def full(*_anything, **_more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store.os, "fsync", full)
    refused(lambda: drop(holder), "not_kept")
    assert (Attachment.objects.count(), lying(), Allowance.objects.count()) == (0, [], 0)


# --- what the database and the disk hold against each other ------------------------------------------------


@pytest.mark.parametrize("wrong", [{"tray": ""}, {"object_id": 7}])
def test_a_file_is_about_a_case_or_in_a_tray(wrong, holder, drop):
    drop(holder)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.update(**wrong)


def test_the_sweep_erases_what_has_no_row_and_is_old_enough(holder, drop, lying, settings):
    drop(holder)
    root = lying()[0].parent
    young, old = root / "young.jpg", root / "old.vault"
    for path in (young, old):
        path.write_bytes(b"x")
    before = (timezone.now() - timedelta(hours=2)).timestamp()
    for path in (old, lying()[0] if lying()[0] not in (young, old) else lying()[1]):
        store.os.utime(path, (before, before))
    assert store.sweep() == 1
    assert old not in lying()
    assert len(lying()) == 2
    assert store.missing() == 0


def test_the_sweep_erases_what_a_killed_request_left_of_an_upload(lying, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    left, fresh, other = tmp_path / "tmpabc.upload.pdf", tmp_path / "tmpdef.upload.pdf", tmp_path / "mine.pdf"
    for path in (left, fresh, other):
        path.write_bytes(b"x")
    before = (timezone.now() - timedelta(days=2)).timestamp()
    for path in (left, other):
        store.os.utime(path, (before, before))
    assert store.sweep() == 1
    assert (left.exists(), fresh.exists(), other.exists()) == (False, True, True)


def test_a_row_without_its_file_is_counted(holder, drop, lying):
    drop(holder)
    lying()[0].unlink()
    assert store.missing() == 1
