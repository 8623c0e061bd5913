"""A whole house for the journeys: web, worker and mail server as real processes, the demo loaded."""

import os
import re
import secrets
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


class House:
    """The running site and the hands to move its clock and ask its database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port, mail = free_ports(2)
        self.url = f"http://127.0.0.1:{self.port}"
        self.letters = Letters()
        self.mail = Controller(self.letters, hostname="127.0.0.1", port=mail)
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
            "EMAIL_URL": f"smtp://127.0.0.1:{self.mail.port}",
        }
        if address := os.environ.get("DATABASE_URL"):
            self.environment["DATABASE_URL"] = _database_of_its_own(address)
        self.process: subprocess.Popen[bytes] | None = None

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
        lines = self.manage("shell", "--no-imports", "-c", code).strip().splitlines()
        return lines[-1] if lines else ""

    def wait_until(self, code: str, answer: str, seconds: float) -> None:
        """Let one process of the house ask until it gets ``answer``; fails after ``seconds``."""
        got = self.ask(PATIENTLY.format(code=code, answer=answer, seconds=seconds))
        assert got == answer, f"still {got}"

    def open(self) -> None:
        """Lay the tables, load the demo, start web and worker, wait until the door opens."""
        self.mail.start()
        (self.folder / "data").mkdir(parents=True, exist_ok=True)
        self.manage("collectstatic", "--noinput", "-v", "0")
        tables.lay(self.environment)
        self.manage("prepare")
        with (self.folder / "house.log").open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "up"], cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )

    def close(self) -> None:
        """Stop everything."""
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=30)
        self.mail.stop()


def links_in(letter: Any) -> list[str]:
    """Return the addresses written in a mail's text."""
    body = letter.get_payload(decode=True).decode()
    return re.findall(r"https?://\S+", body)
