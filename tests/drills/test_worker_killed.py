"""kill -9 of the worker in the middle of a job: effects in the database once, a mail at most twice."""

import json
import os
import re
import select
import signal
import socket
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from subprocess import PIPE
from uuid import uuid4

import psycopg
import pytest
from aiosmtpd.controller import Controller
from django.conf import settings
from django.contrib.auth.models import Group

from cms.kit import jobs
from tests.services import tables

pytestmark = pytest.mark.drill
PATIENCE = 120
ROOT = Path(__file__).resolve().parents[2]
CLERK = """
import json, sys
from django.contrib.auth.models import Group
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from cms.kit import jobs, mail
from cms.kit.models import Lease
from tests.drills import test_worker_killed as drill
for line in sys.stdin:
    desk = dict(globals())
    exec(json.loads(line), desk)
    print(json.dumps(desk["answer"], default=str), flush=True)
"""


# --- what the workers run ---------------------------------------------------------------------------------


def meet(folder: str) -> None:
    """Tell the test that we are here, and wait until it lets us go on."""
    (Path(folder) / "here").write_text("x")
    (Path(folder) / "go").read_text()


@jobs.job
def write_two(folder: str) -> None:
    """Two writes in the job's own transaction; the test kills between them."""
    Group.objects.create(name="first")
    meet(folder)
    Group.objects.create(name="second")


@jobs.job(atomic=False)
def write_two_at_the_end(folder: str) -> None:
    """Slow work outside, two writes inside ``done``; the test kills between them."""
    with jobs.done():
        Group.objects.create(name="first")
        meet(folder)
        Group.objects.create(name="second")


@jobs.job
def write_one(name: str) -> None:
    """A name that can be written only once."""
    Group.objects.create(name=name)


# --- the ground: an own database and data folder, workers as real processes -------------------------------


class Ground:
    """A site of its own, asked and driven through its command line."""

    def __init__(self, folder: Path, database_url: str):
        self.pipes = folder
        os.mkfifo(folder / "here")
        os.mkfifo(folder / "go")
        # Kept open: a worker that says "here" never waits for a reader, and we never block in opening.
        self._here = os.open(folder / "here", os.O_RDWR | os.O_NONBLOCK)
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "cms.settings.base",
            "DATA_DIR": str(folder / "data"),
            "DATABASE_URL": database_url,
            "DEMO": "0",
        }
        tables.lay(self.environment)
        self.manage("migrate", "-v0")
        self.manage("createcachetable")
        # What comes every hour has come now: the drill's job is the only one.
        self.manage("worker", "--until-empty")
        self._clerk = self.start("shell", "-v0", "-c", CLERK, stdin=PIPE, stdout=PIPE, text=True)

    def close(self) -> None:
        """Send the clerk home."""
        self._clerk.communicate(timeout=PATIENCE)
        os.close(self._here)

    def start(self, *arguments: str, **options) -> subprocess.Popen:
        """Start a command and return the process."""
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, **options)

    def manage(self, *arguments: str) -> str:
        """Run a command to its end and return what it said."""
        ended = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        return ended.stdout

    def ask(self, code: str):
        """Let the clerk run Python in the site; what it calls ``answer`` comes back as JSON."""
        self._clerk.stdin.write(json.dumps(code) + "\n")
        self._clerk.stdin.flush()
        return json.loads(self._clerk.stdout.readline())

    def wait_here(self) -> None:
        """Wait until a job says that it is in the middle."""
        ready, _, _ = select.select([self._here], [], [], PATIENCE)
        assert ready, "no worker came to the middle of the job"
        os.read(self._here, 10)

    def let_go(self) -> None:
        """Let the job in the middle go on."""
        (self.pipes / "go").write_text("x")

    def let_lapse(self) -> None:
        """Let the time of the dead worker's lease pass."""
        self.ask("answer = Lease.objects.exclude(until=None).update(until='2020-01-01T00:00:00Z')")

    def state(self) -> list:
        """Return status, tries and losses of the only job, and the names that were written."""
        return self.ask(
            "row = DBTaskResult.objects.get(); lease = Lease.objects.get();"
            "names = list(Group.objects.order_by('name').values_list('name', flat=True));"
            "answer = [row.status, lease.tries, lease.losses, names]"
        )


def database_of_its_own() -> tuple[str, str]:
    """Return the URL and the name of a fresh database beside the suite's; both empty for SQLite."""
    default = settings.DATABASES["default"]
    if "postgresql" not in default["ENGINE"]:
        return "", ""
    name = f"drill_{uuid4().hex[:10]}"
    who = ":".join(filter(None, [default["USER"], default["PASSWORD"]]))
    place = ":".join(filter(None, [default["HOST"].replace("/", "%2F"), str(default["PORT"])]))
    return f"postgres://{who}@{place}/{name}".replace("//@", "//"), name


def on_the_server(statement: str) -> None:
    given = settings.DATABASES["default"]
    keys = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    server = {ours: given[theirs] for ours, theirs in keys.items() if given[theirs]}
    with psycopg.connect(dbname="postgres", autocommit=True, **server) as connection:
        connection.execute(statement)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A site on SQLite, or on the PostgreSQL server that the suite runs on."""
    url, name = database_of_its_own()
    if name:
        on_the_server(f"CREATE DATABASE {name}")
    made = Ground(tmp_path_factory.mktemp("drill"), url)
    yield made
    made.close()
    if name:
        on_the_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def ground(place):
    """The site with nothing waiting."""
    place.ask("answer = [DBTaskResult.objects.all().delete(), Group.objects.all().delete()]")
    return place


def kill(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGKILL)
    assert process.wait(PATIENCE) == -signal.SIGKILL


@pytest.mark.parametrize("job", ["write_two", "write_two_at_the_end"])
def test_a_worker_killed_in_the_middle_leaves_nothing_and_the_next_one_does_it_once(ground, job):
    ground.ask(f"answer = jobs.enqueue(drill.{job}, folder={str(ground.pipes)!r})")
    first = ground.start("worker")
    ground.wait_here()
    kill(first)
    assert ground.state() == ["RUNNING", 1, 0, []]
    until = datetime.fromisoformat(ground.ask("answer = Lease.objects.get().until.isoformat()"))
    now = datetime.fromisoformat(ground.ask("answer = timezone.now().isoformat()"))
    assert until - now < timedelta(seconds=75)

    ground.let_lapse()
    second = ground.start("worker", "--until-empty")
    ground.wait_here()
    ground.let_go()
    assert second.wait(PATIENCE) == 0
    assert ground.state() == ["SUCCESSFUL", 2, 1, ["first", "second"]]


def test_a_job_that_dies_three_times_stands_as_failed_and_can_be_run_again(ground):
    ground.ask(f"answer = jobs.enqueue(drill.write_two, folder={str(ground.pipes)!r})")
    for tries in (1, 2, 3):
        worker = ground.start("worker")
        ground.wait_here()
        kill(worker)
        assert ground.state() == ["RUNNING", tries, tries - 1, []]
        ground.let_lapse()
    ground.manage("worker", "--until-empty")
    assert ground.state() == ["FAILED", 3, 3, []]
    assert ground.ask("answer = jobs.retry(DBTaskResult.objects.get().pk)") is True
    last = ground.start("worker", "--until-empty")
    ground.wait_here()
    ground.let_go()
    assert last.wait(PATIENCE) == 0
    assert ground.state() == ["SUCCESSFUL", 1, 0, ["first", "second"]]


def test_a_polite_end_lets_the_job_finish(ground):
    ground.ask(f"answer = jobs.enqueue(drill.write_two, folder={str(ground.pipes)!r})")
    worker = ground.start("worker")
    ground.wait_here()
    worker.send_signal(signal.SIGTERM)
    ground.let_go()
    assert worker.wait(PATIENCE) == 0
    assert ground.state() == ["SUCCESSFUL", 1, 0, ["first", "second"]]


def test_three_workers_side_by_side_do_each_job_once(ground):
    ground.ask("answer = [jobs.enqueue(drill.write_one, name=f'n{number:03}') for number in range(90)]")
    workers = [ground.start("worker", "--until-empty") for _ in range(3)]
    assert [worker.wait(PATIENCE) for worker in workers] == [0, 0, 0]
    facts = ground.ask(
        "answer = [Group.objects.count(), list(Lease.objects.values_list('tries', flat=True).distinct()),"
        "DBTaskResult.objects.filter(status='SUCCESSFUL', task_path__endswith='write_one').count()]"
    )
    assert facts == [90, [1], 90]


class DeadlyOffice:
    """A mail server that takes a message and, as long as it is told so, kills the sender before saying so."""

    def __init__(self, kills: int):
        self.kills = kills
        self.letters: list[bytes] = []
        self.sender: subprocess.Popen | None = None

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - aiosmtpd's name
        self.letters.append(envelope.content)
        if len(self.letters) <= self.kills:
            self.sender.send_signal(signal.SIGKILL)
        return "250 OK"


@pytest.mark.parametrize(("kills", "status", "tries"), [(1, "SUCCESSFUL", 2), (2, "FAILED", 2)])
def test_a_mail_is_sent_at_most_twice_with_one_message_id(ground, kills, status, tries):
    office = DeadlyOffice(kills)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    ground.environment["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
    try:
        message_id = ground.ask("answer = mail.send('a@example.org', 'subject', 'text')")
        for _ in range(kills):
            office.sender = ground.start("worker")
            assert office.sender.wait(PATIENCE) == -signal.SIGKILL
            ground.let_lapse()
        ground.manage("worker", "--until-empty")
    finally:
        controller.stop()
    found = [
        re.search(rb"^Message-ID: (.*?)\r\n", letter, re.MULTILINE).group(1).decode()
        for letter in office.letters
    ]
    assert found == [message_id, message_id]
    assert ground.state()[:2] == [status, tries]
