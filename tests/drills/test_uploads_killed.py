"""kill -9 in the middle of uploads: no row without its file, and after the sweep no file without its row."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from subprocess import PIPE

import pytest

from tests.bench.servers import Server
from tests.drills import uploading
from tests.drills.test_worker_killed import (
    PATIENCE,
    ROOT,
    Ground,
    database_of_its_own,
    on_the_server,
)
from tests.kit import photographs
from tests.services import free_port

pytestmark = pytest.mark.drill
KILLS, SENDERS = 3, 4
PEOPLE = """
from django.test import Client
people = []
for number in range(COUNT):
    person = get_user_model().objects.create_user(f"70000{number}", "Corridor-lamp-7", name=f"会员{number}")
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    people.append(client.cookies["sessionid"].value)
answer = people
"""
LYING = """
from datetime import timedelta
from pathlib import Path
from cms.kit.storage import private_storage
root = Path(private_storage().path("attachments"))

def orphans():
    names = {f"attachments/{p.relative_to(root).as_posix()}" for p in root.rglob("*") if p.is_file()}
    return len(names - set(Attachment.objects.values_list("file", flat=True)))

before = [store.missing(), orphans()]
grace, store.GRACE = store.GRACE, timedelta(seconds=-5)
swept = store.sweep()
store.GRACE = grace
answer = [before, swept, [store.missing(), orphans()], Attachment.objects.count()]
"""
FORKER = (
    """
import json, os, sys
import django
django.setup()
from django.core.exceptions import ValidationError
from extranet.core import vault
from tests.drills.test_worker_killed import meet
"""
    + uploading.REGISTER
    + """
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        try:
            exec(json.loads(line), dict(globals()))
        finally:
            os._exit(0)
    print(child, flush=True)
"""
)


class Forker:
    """A process that has loaded the site once and lets a child of it do each piece of work."""

    def __init__(self, ground):
        command = [sys.executable, "-c", FORKER]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=ground.environment, stdin=PIPE, stdout=PIPE, text=True
        )

    def start(self, code):
        """Let a child run ``code`` and return its number."""
        self.process.stdin.write(json.dumps(code) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    """A site of its own, on the database the suite runs on."""
    url, name = database_of_its_own()
    if name:
        on_the_server(f"CREATE DATABASE {name}")
    made = Ground(tmp_path_factory.mktemp("uploads"), url)
    made.sessions = made.ask(uploading.REGISTER + PEOPLE.replace("COUNT", str(SENDERS)))
    made.forker = Forker(made)
    yield made
    made.forker.process.communicate(timeout=PATIENCE)
    made.close()
    if name:
        on_the_server(f"DROP DATABASE {name} WITH (FORCE)")


def lying(ground):
    """Rows without file and files without row, before and after the sweep; how many it swept; rows."""
    return ground.ask(uploading.REGISTER + LYING)


PERSON = "vault.keyring()\nperson = get_user_model().objects.get(staff_number='700000')\n"
POINTS = {
    "the file is half written": ("store.os.fsync = lambda *_: meet(folder)", "put(person, 'sealed')", 1),
    "the file is there, its row is not": ("quotas.spend = lambda *_: meet(folder)", "put(person)", 1),
    "the row is written and not committed": (
        "scanning.scan_later = lambda *_: meet(folder)",
        "put(person)",
        1,
    ),
    "the row is gone, its file is not": (
        "erase = store.erase; store.erase = lambda *_: meet(folder)",
        "attachments.take_back(person, put(person).public_id)",
        1,
    ),
}


@pytest.mark.parametrize("point", POINTS)
def test_killed_when(ground, point):
    patch, work, left = POINTS[point]
    rows = lying(ground)[3]
    child = ground.forker.start(f"folder = {str(ground.pipes)!r}\n{PERSON}{patch}\n{work}")
    ground.wait_here()
    os.kill(child, signal.SIGKILL)
    before, swept, after, rows_now = lying(ground)
    assert before == [0, left]
    assert swept == left
    assert after == [0, 0]
    assert rows_now == rows


def test_a_web_process_killed_again_and_again_loses_nothing_it_has_acknowledged(ground):
    port = free_port()
    environment = ground.environment | {
        "PORT": str(port),
        "BASE_URL": f"http://127.0.0.1:{port}",
        "WEB_PROCESSES": "1",
        "WEB_THREADS": "4",
        "LOG_LEVEL": "ERROR",
    }
    command = [sys.executable, "-m", "gunicorn", "-c", "python:cms.gunicorn", "tests.drills.uploading"]
    master = subprocess.Popen(command, cwd=ROOT, env=environment)
    photo, until = photographs.camera_jpeg(700, 500), threading.Event()
    senders = [uploading.Sender(port, session, photo, until) for session in ground.sessions]
    try:
        for sender in senders:
            sender.start()
        for _time in range(KILLS):
            wait_for_news(senders)
            _master, *workers = Server(port, master).pids()
            for worker in workers:
                os.kill(worker, signal.SIGKILL)
        wait_for_news(senders)
        until.set()
        for sender in senders:
            sender.join(PATIENCE)
    finally:
        until.set()
        master.terminate()
        master.wait(PATIENCE)
    arrived = [public_id for sender in senders for public_id in sender.arrived]
    before, _swept, after, _rows = lying(ground)
    asked = f"answer = Attachment.objects.filter(public_id__in={arrived!r}).count()"
    kept = ground.ask(uploading.REGISTER + asked)
    lost = sum(sender.lost for sender in senders)
    told = f"{len(arrived)} acknowledged, {lost} cut off, {before[1]} left over"
    sys.stdout.write(f"\n{told}\n")
    assert [sender.refused for sender in senders] == [[]] * SENDERS
    assert (kept, before[0], after) == (len(arrived), 0, [0, 0])


def wait_for_news(senders):
    """Return when every sender has had another photo acknowledged: the site is in the middle of its work."""
    had = [len(sender.arrived) for sender in senders]
    until = time.monotonic() + PATIENCE
    while any(len(sender.arrived) <= before for sender, before in zip(senders, had, strict=True)):
        assert time.monotonic() < until, "no photo arrives any more"
        time.sleep(0.02)


SPEND = """
limits.MOST_OF_A_DAY = 12
person = get_user_model().objects.get(staff_number="700001")
taken = 0
for number in range(6):
    try:
        put(person, number=number)
        taken += 1
    except ValidationError as error:
        assert error.code == "day", error
with open(f"{FOLDER}/taken-{os.getpid()}", "w") as told:
    told.write(str(taken))
"""
MINE = "person = get_user_model().objects.get(staff_number='700001')\n"
CLEAR = "answer = [q.delete()[0] for q in (Attachment.objects, Allowance.objects) for q in [q.all()]]"
COUNT = (
    "answer = [Attachment.objects.filter(uploader=person).count(),"
    " Allowance.objects.get(member=person).files]"
)


def test_many_at_once_get_no_more_than_one_day_allows(ground, tmp_path):
    ground.ask(uploading.REGISTER + CLEAR)
    racers = [ground.forker.start(SPEND.replace("{FOLDER}", str(tmp_path))) for _racer in range(4)]
    until = time.monotonic() + PATIENCE
    while len(told := [path.read_text() for path in tmp_path.glob("taken-*")]) < len(racers) or "" in told:
        assert time.monotonic() < until, "somebody does not come back"
        time.sleep(0.05)
    assert sum(map(int, told)) == 12
    assert ground.ask(uploading.REGISTER + MINE + COUNT) == [12, 12]
