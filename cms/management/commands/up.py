"""`manage.py up`: the site and its worker under one roof; one Ctrl-C ends both."""

import ctypes
import errno
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.kit.rooms import gather

GRACE = 30.0
"""Seconds the children get to finish what they do."""
STEADY = 60.0
LONGEST_WAIT = 30.0
NOTICE_DEATH = 0.2
MOST_PORT = 65535
DIE_WITH_PARENT = 1  # prctl's PR_SET_PDEATHSIG


@dataclass(kw_only=True)
class Child:
    """One program that is kept running."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    wait: float = 1.0
    start_at: float = 0.0
    started_at: float = 0.0

    def start(self) -> None:
        """Start it in a process group of its own, so that a Ctrl-C reaches it through us alone."""
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - our own programs
            self.command,
            cwd=settings.ROOT,
            process_group=0,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - no thread runs here
        )

    def tend(self) -> int | None:
        """Start it when it is time; return its exit code in the moment it is found dead."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.start_at:
                self.start()
            return None
        code = self.process.poll()
        if code is None:
            return None
        self.wait = 1.0 if now - self.started_at > STEADY else min(self.wait * 2, LONGEST_WAIT)
        self.process, self.start_at = None, now + self.wait
        return code

    def end(self, number: int) -> None:
        """Send a signal, if it runs."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)


@dataclass(kw_only=True)
class Supervisor:
    """Keeps children running until it is told to stop."""

    children: list[Child]
    say: Callable[[str], None]
    open_at: tuple[str, int]
    greet: Callable[[], None]
    greeted: bool = False
    stopping: bool = False
    _bell: tuple[int, int] = field(default_factory=os.pipe)

    def stop(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        """Ask for the end; safe in a signal handler."""
        self.stopping = True
        os.write(self._bell[1], b"!")

    def run(self) -> None:
        """Start the children and keep them running; returns when all have ended."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self.stop)
        try:
            while not self.stopping:
                for child in self.children:
                    code = child.tend()
                    if code is not None:
                        facts = {"name": child.name, "code": code, "seconds": round(child.wait)}
                        text = _("%(name)s ended (%(code)s); starting it again in %(seconds)s s.")
                        self.say(text % facts)
                if not self.greeted and _answers(self.open_at):
                    self.greeted = True
                    self.greet()
                select.select([self._bell[0]], [], [], NOTICE_DEATH)
        finally:
            self.end()

    def end(self) -> None:
        """End the children politely, then firmly."""
        for child in self.children:
            child.end(signal.SIGTERM)
        until = time.monotonic() + GRACE
        for child in self.children:
            if child.process is None:
                continue
            try:
                child.process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.end(signal.SIGKILL)
                child.process.wait()


def _die_with_parent() -> None:
    """On Linux, let a child end when this process is killed and cannot tell it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)


def _answers(place: tuple[str, int]) -> bool:
    """Say whether somebody listens there."""
    try:
        with socket.create_connection(place, timeout=0.2):
            return True
    except OSError:
        return False


def _check_free(host: str, port: int) -> None:
    """Raise CommandError with one sentence when the address cannot be listened on."""
    if port > MOST_PORT:
        raise CommandError(both(lambda: _("PORT: write a number from 1 to 65535.")))
    try:
        family, kind, _proto, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            text = both(lambda: _("Port %(port)s is in use: choose another one, as in PORT=8123 make run."))
        else:
            text = both(lambda: _("%(host)s:%(port)s cannot be opened: check BIND_HOST and PORT."))
        raise CommandError(text % {"host": host, "port": port}) from error


def both(text: Callable[[], str]) -> str:
    """Return a text in Chinese and in English, one line each."""
    lines = []
    for language in ("zh-hans", "en"):
        with override(language):
            lines.append(text())
    return "\n".join(dict.fromkeys(lines))


class Command(BaseCommand):
    """Serves the site and runs its jobs until Ctrl-C."""

    help = "Serve the site with gunicorn and run the background jobs; one Ctrl-C ends both."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Run until asked to stop; raises CommandError when the port is taken."""
        host, port = settings.BIND_HOST, settings.PORT
        _check_free(host, port)
        python = sys.executable
        web = [python, "-m", "gunicorn", "-c", "python:cms.gunicorn", "cms.wsgi"]
        worker = [python, str(settings.ROOT / "manage.py"), "worker"]
        reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - only compared
        Supervisor(
            children=[Child(name="web", command=web), Child(name="worker", command=worker)],
            say=self.stderr.write,
            open_at=(reachable, port),
            greet=self.greet,
        ).run()
        self.stdout.write(both(lambda: _("Ended. Everything is saved.")))

    def greet(self) -> None:
        """Say where to go and, in the demo, who can sign in."""
        lines = [both(lambda: _("The site is open: %(url)s") % {"url": f"{settings.BASE_URL}/"})]
        lines.append(both(lambda: _("Editors write at: %(url)s") % {"url": f"{settings.BASE_URL}/admin/"}))
        if settings.DEMO:
            lines += self.who_can_sign_in()
        if not settings.MFA_REQUIRED:
            words = both(lambda: _("Attention: this demo lets officers in without a second factor."))
            lines.append(words)
        lines.append(both(lambda: _("Ctrl-C ends it.")))
        self.stdout.write("\n".join(["", *lines, ""]))
        self.stdout.flush()

    def who_can_sign_in(self) -> list[str]:
        """Return one line for each account of the demo."""
        from home import demo  # noqa: PLC0415 - only a demo pays for it

        rows, password = demo.accounts()
        rows += [(one.part, one.staff_number, one.name) for one in gather("accounts")]
        head = both(lambda: _("Demo accounts (password of all: %(password)s)") % {"password": password})
        return [head, *(f"  {number:<8} {name}  {role}" for role, number, name in rows)]
