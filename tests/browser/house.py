"""A whole house for the journeys: web, worker and mail server as real processes, the demo loaded."""

import fcntl
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import threading
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from tests.bench.servers import ROOT
from tests.services import free_ports, tables

PASSWORD = "Journey-lantern-42"


class Letters(Message):
    """Keeps every mail that arrives and lets a journey wait for the next one."""

    def __init__(self) -> None:
        super().__init__(EmailMessage)
        self.arrived: list[Any] = []
        self.something = threading.Condition()

    def handle_message(self, message: Any) -> None:
        """Keep one mail."""
        with self.something:
            self.arrived.append(message)
            self.something.notify_all()

    def wait_for(self, count: int, seconds: float = 60) -> Any:
        """Return the newest of at least ``count`` mails; fails when they do not come."""
        with self.something:
            assert self.something.wait_for(lambda: len(self.arrived) >= count, seconds), "no mail came"
            return self.arrived[-1]


def _database_of_its_own(address: str) -> str:
    """Make the journeys' database on the server at ``address``; return its address."""
    name = f"journeys_{secrets.token_hex(4)}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return urlsplit(address)._replace(path=f"/{name}").geturl()


PATIENTLY = """
import contextlib, io, time
deadline, got = time.monotonic() + {seconds}, ""
while got != {answer!r} and time.monotonic() < deadline:
    with contextlib.redirect_stdout(io.StringIO()) as said:
        exec({code!r}, {{}})
    got = said.getvalue().strip().splitlines()[-1]
    time.sleep(0.2)
print(got)
"""


INSIDE = """
import contextlib, io, json, sys, traceback
import django
django.setup()
from django.db import connections
for line in sys.stdin:
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said):
            exec(json.loads(line), {"__name__": "inside"})
        answer = {"said": said.getvalue()}
    except BaseException:
        answer = {"failed": said.getvalue() + traceback.format_exc()}
    connections.close_all()
    print(json.dumps(answer), flush=True)
"""
"""A process inside the house that runs what it is told: starting one for each question costs seconds."""


READDRESSED = """
from urllib.parse import urlsplit
from django.conf import settings
from wagtail.models import Site
Site.objects.update(port=urlsplit(settings.BASE_URL).port)
"""


def shared(base: Path) -> Path:
    """Return the folder the processes of a run share: JOURNEYS_FOLDER, or what their own folders lie in."""
    if kept := os.environ.get("JOURNEYS_FOLDER"):
        return Path(kept)
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def stock(folder: Path) -> Path:
    """Return the folder of a furnished house, made once for all processes that share a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    made, draft = folder / "stock", folder / "draft"
    with (folder / "stock.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            shutil.rmtree(draft, ignore_errors=True)  # of one that was stopped half way
            House(draft).furnish()
            draft.rename(made)
    return made


def begin(folder: Path) -> "subprocess.Popen[bytes]":
    """Begin to furnish the stock beside the other tests: whoever needs it waits less."""
    code = f"from pathlib import Path; from tests.browser.house import stock; stock(Path({str(folder)!r}))"
    return subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)


class House:
    """The running site and the hands to move its clock and ask its database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port, self.mail_port = free_ports(2)
        self.url = f"http://127.0.0.1:{self.port}"
        self.letters = Letters()
        self.mail: Controller | None = None
        self.environment = {
            **os.environ,
            "DATA_DIR": str(folder / "data"),
            "DJANGO_SETTINGS_MODULE": "cms.settings.base",
            "STATIC_ROOT": str(folder / "static"),
            "BASE_URL": self.url,
            "PORT": str(self.port),
            "DEMO": "1",
            "DEMO_PASSWORD": PASSWORD,
            "WEB_PROCESSES": "1",
            "EMAIL_URL": f"smtp://127.0.0.1:{self.mail_port}",
        }
        if address := os.environ.get("DATABASE_URL"):
            self.environment["DATABASE_URL"] = _database_of_its_own(address)
        self.process: subprocess.Popen[bytes] | None = None
        self.inside: subprocess.Popen[str] | None = None

    def manage(self, *arguments: str) -> str:
        """Run a management command in this house and return what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def ask(self, code: str) -> str:
        """Run Python inside the house and return what it printed last."""
        if self.inside is None:
            command = [sys.executable, "-c", INSIDE]
            self.inside = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment,
                text=True,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
        assert self.inside.stdin
        assert self.inside.stdout
        self.inside.stdin.write(json.dumps(code) + "\n")
        self.inside.stdin.flush()
        answer = json.loads(self.inside.stdout.readline())
        assert "failed" not in answer, answer
        lines = answer["said"].strip().splitlines()
        return lines[-1] if lines else ""

    def wait_until(self, code: str, answer: str, seconds: float) -> None:
        """Let one process of the house ask until it gets ``answer``; fails after ``seconds``."""
        got = self.ask(PATIENTLY.format(code=code, answer=answer, seconds=seconds))
        assert got == answer, f"still {got}"

    def furnish(self) -> None:
        """Lay the tables, load the demo, let two workers hang all pictures."""
        (self.folder / "data").mkdir(parents=True)
        tables.lay(self.environment)
        self.manage("prepare")
        self.manage("collectstatic", "--noinput", "-v", "0")
        command = [sys.executable, "manage.py", "worker", "--until-empty"]
        given = {"cwd": ROOT, "env": self.environment, "stdout": subprocess.DEVNULL}
        workers = [subprocess.Popen(command, **given) for _core in range(2)]
        assert [worker.wait() for worker in workers] == [0, 0]

    def move_in(self, furnished: Path) -> None:
        """Take a copy of a furnished house's data, at the address of this one; its styles serve both."""
        shutil.copytree(furnished / "data", self.folder / "data")
        self.environment["STATIC_ROOT"] = str(furnished / "static")
        self.ask(READDRESSED)

    def open(self) -> None:
        """Start mail server, web and worker."""
        self.mail = Controller(self.letters, hostname="127.0.0.1", port=self.mail_port)
        self.mail.start()
        with (self.folder / "house.log").open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "up"], cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )

    def close(self) -> None:
        """Stop everything."""
        if self.inside:
            self.inside.communicate(timeout=30)
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=30)
        if self.mail:
            self.mail.stop()


def links_in(letter: Any) -> list[str]:
    """Return the addresses written in a mail's text."""
    body = letter.get_payload(decode=True).decode()
    return re.findall(r"https?://\S+", body)
