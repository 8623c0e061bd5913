"""A client of ClamAV's daemon: one command, INSTREAM, over TCP or a unix socket."""

import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

PATIENCE = 30.0
"""Seconds without a word until the scanner counts as away; it works through 20 MB in a few."""
LONGEST_ANSWER = 4096


class Away(Exception):  # noqa: N818 - says what is the matter
    """Nobody answers at the address."""


class Unable(Exception):  # noqa: N818
    """The scanner answered that it cannot judge this file (too large for it, say)."""


def scan(url: str, chunks: Iterable[bytes]) -> str:
    """Return the name of the virus found, nothing for a clean file; raises Away or Unable."""
    try:
        with _connected(url) as link:
            link.sendall(b"zINSTREAM\0")
            try:
                for chunk in chunks:
                    link.sendall(len(chunk).to_bytes(4, "big") + chunk)
                link.sendall(bytes(4))
            except (BrokenPipeError, ConnectionResetError):
                pass  # it stops listening when it has had enough, and says why
            answer = _answer(link)
    except OSError as error:
        raise Away(str(error)) from error
    if answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    if answer != "stream: OK":
        raise Unable(answer)
    return ""


def version(url: str) -> str:
    """Return what the scanner says it is; raises Away."""
    try:
        with _connected(url) as link:
            link.sendall(b"zVERSION\0")
            return _answer(link)
    except OSError as error:
        raise Away(str(error)) from error


def _connected(url: str) -> socket.socket:
    parts = urlsplit(url)
    if parts.scheme == "unix":
        link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        link.settimeout(PATIENCE)
        try:
            link.connect(parts.path)
        except OSError:
            link.close()
            raise
        return link
    return socket.create_connection((parts.hostname or "", parts.port or 0), PATIENCE)


def _answer(link: socket.socket) -> str:
    """Return what is said up to the NUL; raises ConnectionResetError when the line goes dead before."""
    said = b""
    while not said.endswith(b"\0"):
        part = link.recv(LONGEST_ANSWER)
        if not part or len(said) > LONGEST_ANSWER:
            raise ConnectionResetError("no answer")
        said += part
    return said.rstrip(b"\0").decode("utf-8", "replace").strip()
