"""Mail leaves through a job: whatever the mail server does, no request notices."""

import re
import socket

import pytest
from aiosmtpd.controller import Controller
from django.core import mail as django_mail
from django.core.mail import BadHeaderError, EmailMessage, EmailMultiAlternatives
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from cms.kit import jobs, mail

pytestmark = pytest.mark.django_db


class Office:
    """What the mail server of a test does: keeps messages, and answers as it is told."""

    def __init__(self):
        self.letters = []
        self.answers = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - aiosmtpd's name
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            self.letters.append(envelope)
        return answer


@pytest.fixture
def office(settings):
    """A real mail server on a free port."""
    handler = Office()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.MAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield handler
    controller.stop()


@pytest.fixture
def absent_server(settings):
    """A port that is taken but where nobody listens: every call is refused."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.MAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = taken.getsockname()
        yield


def waiting():
    return DBTaskResult.objects.filter(task_path="cms.kit.mail.deliver").select_related("lease")


def make_due():
    waiting().update(run_after=timezone.now())


def header(envelope, name):
    text = envelope.content.decode()
    return re.search(rf"^{name}: (.*?)\r\n(?![ \t])", text, re.MULTILINE | re.DOTALL).group(1)


def test_a_message_is_queued_then_sent_with_the_message_id_it_got_at_first(office):
    message_id = mail.send("a@example.org", "预约成功", "请按时到场。", html="<p>请按时到场。</p>")
    assert office.letters == []
    assert jobs.run_waiting() == 1
    (letter,) = office.letters
    assert letter.rcpt_tos == ["a@example.org"]
    assert header(letter, "Message-ID") == message_id
    assert b"multipart/alternative" in letter.content
    row = waiting().get()
    assert (row.status, row.args_kwargs) == (
        TaskResultStatus.SUCCESSFUL,
        {"args": [], "kwargs": {}, "wiped": True},
    )


def test_no_commit_no_mail():
    with pytest.raises(RuntimeError), transaction.atomic():
        mail.send("a@example.org", "s", "t")
        raise RuntimeError
    assert waiting().count() == 0


def test_a_line_break_in_the_subject_is_refused_at_once():
    with pytest.raises(BadHeaderError):
        mail.send("a@example.org", "one\ntwo", "t")
    assert waiting().count() == 0


def test_a_refusing_server_is_asked_three_times_then_the_mail_stands_as_failed(office):
    office.answers = ["451 later, a@example.org", "550 never, a@example.org", "451 later", "250 OK"]
    message_id = mail.send("a@example.org", "s", "t")
    waits = []
    for _ in range(3):
        assert jobs.run_waiting(strict=False) == 1
        waits.append(round((waiting().get().run_after - timezone.now()).total_seconds() / 60))
        make_due()
    row = waiting().get()
    assert waits == [2, 30, 0]
    assert (row.status, row.lease.tries, row.lease.losses) == (TaskResultStatus.FAILED, 3, 0)
    assert row.lease.error == "smtplib.SMTPDataError"
    assert "example.org" not in row.traceback
    assert office.letters == []
    assert jobs.retry(row.pk) is True
    assert jobs.run_waiting() == 1
    assert [header(letter, "Message-ID") for letter in office.letters] == [message_id]


def test_an_absent_server_means_another_try_and_no_loss(absent_server):
    mail.send("a@example.org", "s", "t")
    assert jobs.run_waiting(strict=False) == 1
    row = waiting().get()
    assert (row.status, row.lease.losses, row.lease.error) == (
        TaskResultStatus.READY,
        0,
        "ConnectionRefusedError",
    )


def test_a_line_that_breaks_after_the_text_is_sent_at_most_twice(office):
    class Broken(Office):
        async def handle_DATA(self, server, _session, envelope):  # noqa: N802
            self.letters.append(envelope)
            server.transport.abort()
            return "250 OK"

    office.__class__ = Broken
    mail.send("a@example.org", "s", "t")
    for _ in range(3):
        jobs.run_waiting(strict=False)
        make_due()
    row = waiting().get()
    assert (row.status, row.lease.tries, row.lease.losses) == (TaskResultStatus.FAILED, 2, 2)
    assert len({header(letter, "Message-ID") for letter in office.letters}) == 1
    assert len(office.letters) == 2


def test_everything_a_message_carries_arrives(settings):
    message = EmailMultiAlternatives(
        "题目",
        "正文",
        "house@example.org",
        ["a@example.org"],
        ["b@example.org"],
        headers={"Auto-Submitted": "auto"},
    )
    message.cc, message.reply_to = ["c@example.org"], ["d@example.org"]
    message.attach_alternative("<p>正文</p>", "text/html")
    message.attach("表.csv", "甲,乙\n", "text/csv")
    message.attach("x.bin", b"\x00\xff", "application/octet-stream")
    mail.post(message)
    jobs.run_waiting()
    (sent,) = django_mail.outbox
    assert (sent.subject, sent.body, sent.from_email) == ("题目", "正文", "house@example.org")
    assert sent.recipients() == ["a@example.org", "c@example.org", "b@example.org"]
    assert sent.reply_to == ["d@example.org"]
    assert sent.extra_headers["Auto-Submitted"] == "auto"
    assert [tuple(part) for part in sent.alternatives] == [("<p>正文</p>", "text/html")]
    assert [tuple(part) for part in sent.attachments] == [
        ("表.csv", "甲,乙\n", "text/csv"),
        ("x.bin", b"\x00\xff", "application/octet-stream"),
    ]


def test_djangos_own_way_of_sending_is_queued(settings):
    settings.EMAIL_BACKEND = "cms.kit.mail.QueuedBackend"
    assert django_mail.send_mail("s", "t", None, ["a@example.org"]) == 1
    assert django_mail.get_connection().send_messages([EmailMessage("s", "t", None, [])]) == 0
    assert waiting().count() == 1
    assert django_mail.outbox == []
    jobs.run_waiting()
    assert [message.to for message in django_mail.outbox] == [["a@example.org"]]


def test_a_forgotten_password_is_answered_while_the_mail_server_is_away(
    client, person, absent_server, settings
):
    person(email="lin@example.org")
    answer = client.post(reverse("account_reset_password"), {"email": "lin@example.org"})
    assert (answer.status_code, answer["Location"]) == (302, reverse("account_reset_password_done"))
    row = waiting().get()
    assert row.args_kwargs["kwargs"]["letter"]["to"] == ["lin@example.org"]
    jobs.run_waiting(strict=False)
    settings.MAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    make_due()
    assert jobs.run_waiting() == 1
    assert "/accounts/password/reset/key/" in django_mail.outbox[0].body
