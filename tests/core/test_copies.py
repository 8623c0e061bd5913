"""Mail copies: to who wants them, in their hours, silent about the matter, never twice, seen to the end."""

import smtplib
from datetime import datetime

import pytest
from django.core import mail
from django.urls import reverse
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from cms.kit import jobs
from extranet.core.models import Notice, NoticeCopy
from extranet.core.models.notices import CopyState, Mode
from extranet.core.notices import Wish, open_notice, save_wishes
from tests.core.postroom import MORNING, NIGHT, NOON, only, tell

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("room_topics")]


def mail_jobs():
    return DBTaskResult.objects.filter(task_path="extranet.core.notices.copies.mail_copy")


def states():
    return list(NoticeCopy.objects.order_by("pk").values_list("state", flat=True))


def test_what_the_teller_mails_has_no_copy(reader):
    somebody = reader(proposals=Mode.NOW)
    tell(somebody, topic="proposals", mailed=True)
    jobs.run_waiting()
    assert (only(somebody).mail, NoticeCopy.objects.count()) == (Mode.NEVER, 0)


def test_nobody_gets_mail_who_did_not_ask_for_it(person):
    somebody = person(email="somebody@example.org")
    tell(somebody, topic="proposals")
    jobs.run_waiting()
    assert (mail.outbox, NoticeCopy.objects.count(), only(somebody).mail) == ([], 0, "never")


def test_nobody_gets_mail_without_an_address(reader):
    somebody = reader(bookings="now")
    somebody.email = ""
    somebody.save()
    tell(somebody)
    jobs.run_waiting()
    assert mail.outbox == []


def test_a_mail_says_that_there_is_news_and_where_and_nothing_of_it(reader, settings):
    somebody = reader(bookings="now")
    tell(somebody, title="张三的住院慰问批下来了", body="两千元", url="/aid/abc/")
    assert mail.outbox == []
    jobs.run_waiting()
    (letter,) = mail.outbox
    notice = only(somebody)
    assert letter.to == [somebody.email]
    assert letter.subject == "您有一条新进展"
    assert letter.body.splitlines() == [
        "您有一条新进展：场馆。",
        "",
        "登录后在这里看：",
        settings.BASE_URL + reverse("core:notice", args=[notice.public_id]),
        "",
        "要不要收邮件，由您定：",
        settings.BASE_URL + reverse("core:choices"),
    ]
    assert letter.extra_headers["Message-ID"] == NoticeCopy.objects.get().message_id
    assert NoticeCopy.objects.get().state == CopyState.SENT


def test_a_discreet_topic_is_not_named_in_a_mail(reader):
    tell(reader(), topic="aid", title="您的申请有了进展")
    jobs.run_waiting()
    (letter,) = mail.outbox
    assert letter.body.startswith("您有一条新进展。\n") and "帮扶" not in letter.body


def test_duties_leave_at_once_though_they_were_muted(reader):
    somebody = reader(proposals="never", bookings="never")
    tell(somebody, key="a", topic="proposals")
    tell(somebody, key="b", duty=True)
    tell(somebody, key="c")
    jobs.run_waiting()
    assert len(mail.outbox) == 2
    assert Notice.objects.get(key="c").mail == "never"


def test_the_same_event_is_mailed_once_whatever_runs_again(reader):
    from extranet.core.notices.copies import carry_copies, mail_copy

    somebody = reader(bookings="now")
    tell(somebody)
    jobs.run_waiting()
    tell(somebody)
    carry_copies("booking:1")
    mail_copy(NoticeCopy.objects.get().pk)
    jobs.run_waiting()
    assert len(mail.outbox) == 1


def test_what_was_read_meanwhile_needs_no_mail(reader):
    somebody = reader(bookings="now")
    tell(somebody)
    jobs.run_waiting(most=1)  # planned, not sent
    open_notice(only(somebody))
    jobs.run_waiting()
    assert (mail.outbox, states()) == ([], [CopyState.DROPPED])


@pytest.mark.parametrize("change", ["left", "switched off"])
def test_who_left_or_switched_mail_off_meanwhile_gets_none(reader, change):
    somebody = reader(bookings="now")
    tell(somebody)
    jobs.run_waiting(most=1)
    if change == "left":
        somebody.is_active = False
        somebody.save()
    else:
        save_wishes(somebody, Wish(by_mail=False))
    jobs.run_waiting()
    assert (mail.outbox, states()) == ([], [CopyState.DROPPED])


def test_at_night_a_mail_waits_until_the_morning(reader, clock):
    clock(NIGHT)
    somebody = reader(quiet=True, bookings="now")
    tell(somebody)
    jobs.run_waiting()
    assert (mail.outbox, states()) == ([], [CopyState.WAITING])
    assert mail_jobs().get().run_after == datetime.fromisoformat(MORNING)
    clock(MORNING)
    jobs.run_waiting()
    assert len(mail.outbox) == 1


def test_a_worker_that_comes_late_at_night_waits_too(reader, clock):
    clock(NOON)
    somebody = reader(quiet=True, bookings="now")
    tell(somebody)
    jobs.run_waiting(most=1)
    clock(NIGHT)
    jobs.run_waiting()
    assert (mail.outbox, mail_jobs().get(status=TaskResultStatus.READY).run_after) == (
        [],
        datetime.fromisoformat(MORNING),
    )


def test_who_works_nights_has_quiet_hours_of_their_own(reader, clock):
    somebody = reader(quiet=True, bookings="now")
    at = datetime.fromisoformat(NOON).time()
    save_wishes(
        somebody,
        Wish(
            by_mail=True,
            quiet_from=at.replace(hour=8),
            quiet_until=at.replace(hour=16),
            modes={"bookings": "now"},
        ),
    )
    clock(NIGHT)
    tell(somebody, key="night")
    jobs.run_waiting()
    assert len(mail.outbox) == 1
    clock("2026-11-25T04:00:00+00:00")
    tell(somebody, key="noon")
    jobs.run_waiting()
    assert len(mail.outbox) == 1
    assert mail_jobs().get().run_after == datetime.fromisoformat("2026-11-25T08:00:00+00:00")


@pytest.fixture
def broken_server(monkeypatch):
    """A mail server that refuses, until told otherwise."""
    answers = {"error": smtplib.SMTPServerDisconnected("x")}

    def hand_over(message):
        mail.outbox.append(message)
        if answers["error"]:
            raise jobs.Unsure from answers["error"]

    monkeypatch.setattr("cms.kit.mail.hand_over", hand_over)
    return answers


def test_a_lost_answer_leads_to_one_more_try_with_the_same_message_id(reader, broken_server):
    tell(reader(bookings="now"))
    for _time in range(4):
        DBTaskResult.objects.update(run_after="2020-01-01T00:00:00Z")
        jobs.run_waiting(strict=False)
    assert len(mail.outbox) == 2
    assert len({letter.extra_headers["Message-ID"] for letter in mail.outbox}) == 1
    copy = NoticeCopy.objects.get()
    assert (copy.state, copy.tries, copy.error) == (CopyState.FAILED, 2, "SMTPServerDisconnected")
    assert mail_jobs().get().status == TaskResultStatus.FAILED


def test_a_failed_copy_leaves_when_an_administrator_lets_it_run_again(reader, broken_server):
    tell(reader(bookings="now"))
    for _time in range(3):
        DBTaskResult.objects.update(run_after="2020-01-01T00:00:00Z")
        jobs.run_waiting(strict=False)
    broken_server["error"] = None
    assert jobs.retry(mail_jobs().get().pk)
    jobs.run_waiting()
    copy = NoticeCopy.objects.get()
    assert (copy.state, copy.sent_at is not None) == (CopyState.SENT, True)


def test_a_worker_killed_between_mail_and_mark_sends_the_same_letter_once_more(reader, monkeypatch):
    from cms.kit.jobs import run
    from cms.kit.models.jobs import Lease
    from extranet.core.notices import copies

    class KilledError(BaseException):
        pass

    def killed(*_words, **_more):
        raise KilledError

    tell(reader(bookings="now"))
    jobs.run_waiting(most=1)
    for _time in range(3):
        if claimed := run.claim("worker"):
            with monkeypatch.context() as patch, pytest.raises(KilledError):
                patch.setattr(copies, "settle", killed)
                run.perform(claimed)
            Lease.objects.update(until="2020-01-01T00:00:00Z")
            assert jobs.reap() == 1
    assert len(mail.outbox) == 2
    assert len({letter.extra_headers["Message-ID"] for letter in mail.outbox}) == 1
    assert mail_jobs().get().status == TaskResultStatus.FAILED


def test_planning_goes_on_where_a_killed_worker_stopped(reader, monkeypatch):
    from extranet.core.notices import copies

    people = [reader(bookings="now") for _number in range(5)]
    tell(people)
    monkeypatch.setattr(copies, "BATCH", 2)
    plan, planned = copies._plan, []

    def killed(notices):
        plan(notices)
        planned.append(len(notices))
        if len(planned) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(copies, "_plan", killed)
    with pytest.raises(KeyboardInterrupt):
        copies.carry_copies("booking:1")
    assert Notice.objects.filter(mail="").count() == 3  # the second batch was rolled back whole
    assert NoticeCopy.objects.count() == mail_jobs().count() == 2
    monkeypatch.setattr(copies, "_plan", plan)
    copies.carry_copies("booking:1")
    jobs.run_waiting()
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted(person.email for person in people)
