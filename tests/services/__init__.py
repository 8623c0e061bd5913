"""Real services for tests: each is started for the run, or the test says how to get it.

On a laptop a missing service skips its tests; with ``REQUIRE_ALL=1`` it fails them.
"""

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

import pytest


class Missing(Exception):  # noqa: N818
    """A service is not installed; the text says how to get it."""


def free_ports(number: int) -> list[int]:
    """Return so many ports of the loopback address that are free now, each another one."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _one in range(number)]
        for sock in sockets:
            sock.bind(("127.0.0.1", 0))
        return [int(sock.getsockname()[1]) for sock in sockets]


def free_port() -> int:
    """Return a port of the loopback address that is free now."""
    return free_ports(1)[0]


@contextmanager
def needed(service: Callable[[], AbstractContextManager[str]]) -> Iterator[str]:
    """Start a service for a test and yield its URL; without it skip, or fail when REQUIRE_ALL is set."""
    starting = service()
    try:
        url = starting.__enter__()
    except Missing as missing:
        if os.environ.get("REQUIRE_ALL") == "1":
            pytest.fail(str(missing))
        pytest.skip(str(missing))
    try:
        yield url
    finally:
        starting.__exit__(None, None, None)
