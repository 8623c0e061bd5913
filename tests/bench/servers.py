"""Real gunicorn servers with one worker each, and what a request costs them in CPU time."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.services import free_port

ROOT = Path(__file__).resolve().parents[2]
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Server:
    """A running server: its port and the process that owns its tree."""

    port: int
    process: subprocess.Popen[bytes]

    def pids(self) -> list[int]:
        """Return the process and all its descendants."""
        found = [self.process.pid]
        for pid in found:
            for children in Path(f"/proc/{pid}/task").glob("*/children"):
                found += [int(child) for child in children.read_text().split()]
        return found

    def cpu_seconds(self) -> float:
        """Return user and system time spent so far by the whole tree."""
        fields = [Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split() for pid in self.pids()]
        return sum(int(field[11]) + int(field[12]) for field in fields) / TICKS

    def resident_mib(self) -> float:
        """Return the resident memory of the largest process, in MiB."""
        sizes = [int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in self.pids()]
        return max(sizes) * os.sysconf("SC_PAGE_SIZE") / 2**20

    def get(self, path: str, times: int = 1) -> tuple[int, bytes]:
        """Ask for a path over one kept connection and return the last status and body."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        status, body = 0, b""
        for _ in range(times):
            link.request("GET", path, headers={"Accept": "text/html"})
            answer = link.getresponse()
            status, body = answer.status, answer.read()
        link.close()
        return status, body

    def cpu_ms(self, path: str, times: int) -> float:
        """Return CPU milliseconds for one request of ``path``, averaged over ``times``."""
        before = self.cpu_seconds()
        self.get(path, times)
        return (self.cpu_seconds() - before) * 1000 / times


@contextmanager
def serving(application: str, environment: dict[str, str], threads: int = 1) -> Iterator[Server]:
    """Run ``application`` under gunicorn with one worker until the block ends."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-w", "1", "--threads", str(threads), "-k", "gthread"]
    command += ["--no-control-socket", "-b", f"127.0.0.1:{port}", "--log-level", "error", application]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment})
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                if time.monotonic() > deadline or process.poll() is not None:
                    raise SystemExit(f"{application} did not start") from None
                time.sleep(0.05)
        yield Server(port, process)
    finally:
        process.terminate()
        process.wait(timeout=20)
