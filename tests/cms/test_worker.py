"""The worker's loop, the supervisor of site and worker, and the list of jobs in the admin."""

import os
import signal
import socket
import sys
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from cms.kit import jobs
from cms.kit.jobs import declare, run, worker
from cms.kit.models import Lease, WorkerPulse
from cms.management.commands import up

pytestmark = pytest.mark.django_db
employed: list[worker.Worker] = []


@jobs.job(label="Note a name")
def note(name: str) -> None:
    Group.objects.create(name=name)


@jobs.job
def note_and_ask_for_the_end(name: str) -> None:
    os.kill(os.getpid(), signal.SIGTERM)
    Group.objects.create(name=name)


@jobs.job(tries=1)
def fail() -> None:
    raise ValueError("张三")


@pytest.fixture(autouse=True)
def quiet(monkeypatch):
    """Nothing else waits, nothing periodic comes, and the signals of the test run stay as they are."""
    monkeypatch.setattr(declare, "_rhythms", {})
    monkeypatch.setattr(worker, "discover", lambda: None)
    DBTaskResult.objects.all().delete()
    Group.objects.all().delete()
    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    kept = [signal.getsignal(number) for number in numbers]
    yield
    for number, handler in zip(numbers, kept, strict=True):
        signal.signal(number, handler)


def names() -> list[str]:
    return sorted(Group.objects.values_list("name", flat=True))


def work(*flags: str) -> str:
    said = StringIO()
    call_command("worker", *flags, stdout=said)
    return said.getvalue().strip()


# --- the worker -------------------------------------------------------------------------------------------


def test_a_worker_runs_all_that_waits_and_leaves_a_sign_of_life():
    jobs.enqueue(note, name="a")
    jobs.enqueue(note, name="b")
    assert work("--until-empty") == "2 jobs run"
    assert names() == ["a", "b"]
    assert jobs.pulse().last_seen == WorkerPulse.objects.get().seen_at


def test_a_worker_told_to_work_once_leaves_the_rest():
    jobs.enqueue(note, name="a")
    jobs.enqueue(note, name="b")
    assert work("--once") == "1 jobs run"
    assert jobs.pulse().waiting == 1
    assert work("--once") == "1 jobs run"
    assert work("--once") == "0 jobs run"


def test_a_failing_job_does_not_end_the_worker():
    jobs.enqueue(fail)
    jobs.enqueue(note, name="a")
    assert work("--until-empty") == "2 jobs run"
    assert (names(), jobs.pulse().failed) == (["a"], 1)


def test_sigterm_lets_the_job_in_hand_finish_and_leaves_the_others_waiting():
    jobs.enqueue(note_and_ask_for_the_end, name="a")
    jobs.enqueue(note, name="b")
    assert work() == ""
    assert (names(), jobs.pulse().waiting) == (["a"], 1)


def test_a_worker_takes_back_what_a_dead_one_left():
    jobs.enqueue(note, name="a")
    run.claim("dead")
    Lease.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert work("--until-empty") == "1 jobs run"
    assert (names(), Lease.objects.get().losses) == (["a"], 1)


def test_a_worker_survives_a_database_that_does_not_answer(monkeypatch, caplog):
    jobs.enqueue(note, name="a")
    answers = [OperationalError("gone")]
    honest = worker.claim
    monkeypatch.setattr(
        worker, "claim", lambda name: (_ for _ in ()).throw(answers.pop()) if answers else honest(name)
    )
    monkeypatch.setattr(worker, "POLL", 0)
    assert work("--until-empty") == "1 jobs run"
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == [
        "the database does not answer; trying again"
    ]


def test_a_bounded_run_gives_up_when_the_database_stays_away(monkeypatch):
    monkeypatch.setattr(worker, "claim", lambda _name: (_ for _ in ()).throw(OperationalError("gone")))
    monkeypatch.setattr(worker, "POLL", 0)
    with pytest.raises(OperationalError, match="gone"):
        work("--until-empty")


class TwoBeats:
    """Stands in for the end of the worker: comes after two heartbeats."""

    def __init__(self):
        self.left = 2

    def wait(self, seconds):
        assert seconds == 15
        self.left -= 1
        return self.left < 0


@pytest.fixture
def heart(monkeypatch):
    """A worker with a job in hand whose heart beats in this thread."""

    class Kept:
        @staticmethod
        def close_all():
            return None

    monkeypatch.setattr(worker, "connections", Kept)
    beating = worker.Worker()
    beating._ended = TwoBeats()
    jobs.enqueue(note, name="a")
    beating._run = run.claim(beating.name)
    beating._since = worker.time.monotonic()
    return beating


def test_the_heart_renews_the_lease_and_the_sign_of_life(heart):
    Lease.objects.update(until=timezone.now())
    heart._beat()
    assert Lease.objects.get().until > timezone.now() + timedelta(seconds=60)
    assert WorkerPulse.objects.get().name == heart.name


def test_a_locked_database_skips_a_beat(heart, monkeypatch):
    monkeypatch.setattr(
        worker, "renew", lambda _run: (_ for _ in ()).throw(OperationalError("database is locked"))
    )
    heart._beat()
    assert heart._ended.left == -1


def test_a_worker_with_a_hanging_job_ends_itself(heart, monkeypatch):
    def leave(code):
        raise SystemExit(code)

    monkeypatch.setattr(worker.os, "_exit", leave)
    heart._since -= 601
    with pytest.raises(SystemExit) as ended:
        heart._beat()
    assert ended.value.code == worker.HUNG


# --- site and worker together -----------------------------------------------------------------------------


def test_a_taken_port_is_one_sentence_that_names_port(settings):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings.PORT = taken.getsockname()[1]
        with pytest.raises(CommandError, match=rf"Port {settings.PORT} is in use: .*PORT="):
            call_command("up")


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 70000), ("192.0.2.1", 8000)])
def test_an_impossible_address_is_refused_before_anything_starts(settings, host, port):
    settings.BIND_HOST, settings.PORT = host, port
    with pytest.raises(CommandError, match="PORT"):
        call_command("up")


def test_a_crashed_child_is_started_again_and_the_end_ends_all():
    said = []
    steady = up.Child(name="steady", command=[sys.executable, "-c", "import signal; signal.pause()"])
    crashing = up.Child(name="crashing", command=[sys.executable, "-c", "raise SystemExit(3)"])
    keeper = up.Supervisor(children=[steady, crashing], say=said.append, open_at=("127.0.0.1", 1), greet=list)

    def hear(line):
        said.append(line)
        if len(said) == 2:
            keeper.stop()

    keeper.say = hear
    with translation.override("en"):
        keeper.run()
    assert said == [
        "crashing ended (3); starting it again in 2 s.",
        "crashing ended (3); starting it again in 4 s.",
    ]
    assert steady.process.returncode == -signal.SIGTERM


def test_the_greeting_says_where_to_go_and_in_the_demo_who_can_sign_in(settings, monkeypatch):
    from home import demo

    rows = [("编辑", "200001", "林静")]
    monkeypatch.setattr(demo, "accounts", lambda: (rows, "Bright-corridor-9"), raising=False)
    settings.DEMO, settings.BASE_URL = True, "http://127.0.0.1:8123"
    said = StringIO()
    up.Command(stdout=said).greet()
    text = said.getvalue()
    assert "The site is open: http://127.0.0.1:8123/\n" in text
    assert "http://127.0.0.1:8123/admin/" in text
    assert "Bright-corridor-9" in text and "  200001   林静  编辑\n" in text


# --- the list in the admin --------------------------------------------------------------------------------


@pytest.fixture
def keeper(person):
    """Somebody who may enter the admin and tend jobs."""
    user = person()
    wanted = [("wagtailadmin", "access_admin"), ("kit", "tend_jobs")]
    for app, codename in wanted:
        user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    return user


def failed_job():
    pk = jobs.enqueue(fail)
    jobs.run_waiting(strict=False)
    return DBTaskResult.objects.get(pk=pk)


def test_the_list_shows_failed_ones_first_with_the_kind_of_error_and_a_button(client_of, keeper):
    jobs.enqueue(note, name="a")
    row = failed_job()
    jobs.enqueue(note, run_after=timedelta(hours=1), name="later")
    page = client_of(keeper).get(reverse("jobs"))
    rows = [(found.task_path.rpartition(".")[2], found.status) for found in page.context["object_list"]]
    assert rows == [("fail", "FAILED"), ("note", "READY"), ("note", "SUCCESSFUL")]
    text = page.content.decode()
    assert "Note a name" in text and "ValueError" in text and "张三" not in text
    assert text.count(f'action="{reverse("jobs_retry", args=[row.pk])}"') == 1


def test_the_list_is_filtered_and_paged(client_of, keeper):
    failed_job()
    for number in range(31):
        jobs.enqueue(note, name=f"n{number}")
    client = client_of(keeper)
    assert len(client.get(reverse("jobs")).context["object_list"]) == 30
    assert len(client.get(reverse("jobs"), {"p": 2}).context["object_list"]) == 2
    found = client.get(reverse("jobs"), {"status": "FAILED"}).context["object_list"]
    assert [row.status for row in found] == ["FAILED"]
    found = client.get(reverse("jobs_results"), {"task_path": "tests.cms.test_worker.fail"}).context[
        "object_list"
    ]
    assert [row.status for row in found] == ["FAILED"]


def test_the_list_takes_as_many_queries_for_many_rows(client_of, keeper, django_assert_max_num_queries):
    for number in range(30):
        jobs.enqueue(note, name=f"n{number}")
    client = client_of(keeper)
    client.get(reverse("jobs"))
    with django_assert_max_num_queries(22):
        client.get(reverse("jobs"))


def test_a_failed_job_runs_again_at_the_press_of_a_button(client_of, keeper):
    row = failed_job()
    client = client_of(keeper)
    answer = client.post(reverse("jobs_retry", args=[row.pk]))
    assert (answer.status_code, answer["Location"]) == (302, reverse("jobs"))
    row.refresh_from_db()
    assert (row.status, row.lease.tries) == (TaskResultStatus.READY, 0)
    client.post(reverse("jobs_retry", args=[row.pk]))
    row.refresh_from_db()
    assert row.status == TaskResultStatus.READY


def test_all_failed_jobs_run_again_at_once(client_of, keeper):
    failed_job()
    failed_job()
    client_of(keeper).post(reverse("jobs_retry_failed"))
    assert (jobs.pulse().failed, jobs.pulse().waiting) == (0, 2)


def test_without_the_permission_there_is_no_list_and_no_button(client_of, keeper):
    row = failed_job()
    keeper.user_permissions.remove(*keeper.user_permissions.filter(codename="tend_jobs"))
    client = client_of(keeper)
    for ask in (client.get, client.post):
        assert ask(reverse("jobs")).status_code == 302
    assert client.post(reverse("jobs_retry", args=[row.pk])).status_code == 302
    assert client.post(reverse("jobs_retry_failed")).status_code == 302
    row.refresh_from_db()
    assert row.status == TaskResultStatus.FAILED
    assert reverse("jobs") not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_a_link_or_a_foreign_form_runs_nothing_again(client_of, keeper):
    row = failed_job()
    address = reverse("jobs_retry", args=[row.pk])
    assert client_of(keeper).get(address).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(keeper, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert strict.post(address).status_code == 403
    row.refresh_from_db()
    assert row.status == TaskResultStatus.FAILED
    token = strict.get(reverse("jobs")).context["csrf_token"]
    assert strict.post(address, {"csrfmiddlewaretoken": str(token)}).status_code == 302
