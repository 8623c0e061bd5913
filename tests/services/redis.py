"""A Redis of the tests' own: memory only, gone afterwards."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from redis import Redis
from redis.exceptions import ConnectionError as NotYet

from . import Missing, free_port

REMEDY = "install it (Debian: apt-get install redis-server)"


@contextmanager
def redis() -> Iterator[str]:
    """Start a server on the loopback address and yield its URL; raises Missing."""
    program = shutil.which("redis-server")
    if program is None:
        raise Missing(f"Redis is not installed: {REMEDY}.")
    port = free_port()
    command = [program, "--save", "", "--bind", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    """Return when the server answers; fails after ten seconds."""
    until = time.monotonic() + 10
    with Redis(port=port) as client:
        while not _answers(client):
            if time.monotonic() > until:
                raise AssertionError("Redis did not start within ten seconds")


def _answers(client: Redis) -> bool:
    try:
        return bool(client.ping())
    except NotYet:
        return False
