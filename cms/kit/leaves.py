"""Pages of a PDF as pictures, for browsers that show none (WeChat's): drawn on demand, kept privately.

The reading is done by ``leafing.py`` in a process of its own with limits of memory and time, at most two at
once in the whole house.
"""

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfileobj, rmtree
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.core.files.base import File
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db.models.fields.files import FieldFile

from . import leafing

WIDTHS = (820, 1400)
MOST_PAGES = 1000
AT_ONCE = 2
PATIENCE = 20.0
"""Seconds a reader waits for a free place, and a page may take to be drawn."""


class Unreadable(Exception):  # noqa: N818 - says what the file is
    """The PDF is broken, takes too much, or has no such page."""


class Locked(Unreadable):
    """The PDF asks for a password."""


class NoSuchPage(Unreadable):
    """The PDF has fewer pages."""


class Busy(Exception):  # noqa: N818
    """Too many pages are being drawn: try again soon."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One page as a picture in memory: WebP of this size; ``pages`` is how many the PDF has."""

    content: bytes
    pages: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page as a picture: WebP of this size, in a file; ``pages`` is how many the PDF has."""

    path: Path
    pages: int
    width: int
    height: int


def count(file: File) -> int:
    """Return how many pages a PDF has; raises Locked or Unreadable."""
    with _at_hand(file) as path:
        return int(_read(path).split()[0])


def draw(file: File, page: int, width: int = WIDTHS[0]) -> Drawn:
    """Return page ``page`` (from 1) of a PDF, drawn now and kept nowhere; raises as ``leaf`` does."""
    if not 1 <= page <= MOST_PAGES or width not in WIDTHS:
        raise NoSuchPage
    with _at_hand(file) as path, turn():
        line, _newline, picture = _read(path, str(page), str(width)).partition(b"\n")
    pages, own_width, own_height = map(int, line.split())
    return Drawn(picture, pages, own_width, own_height)


def leaf(file: File, key: str, page: int, width: int = WIDTHS[0]) -> Leaf:
    """Return page ``page`` (from 1) of a PDF, drawn or from what is kept under ``key`` (the file's hash).

    Raises NoSuchPage, Locked, Unreadable or Busy.
    """
    if not 1 <= page <= MOST_PAGES or width not in WIDTHS:
        raise NoSuchPage
    if not key.isalnum():
        raise Unreadable
    folder = _folder() / key
    for kept in folder.glob(f"{page}-{width}-*.webp"):
        _page, _width, pages, own_width, own_height = map(int, kept.stem.split("-"))
        return Leaf(kept, pages, own_width, own_height)
    drawn = draw(file, page, width)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{page}-{width}-{drawn.pages}-{drawn.width}-{drawn.height}.webp"
    with NamedTemporaryFile(dir=folder, delete=False) as draft:
        draft.write(drawn.content)
    Path(draft.name).replace(target)
    return Leaf(target, drawn.pages, drawn.width, drawn.height)


def tidy(keys: set[str], most_bytes: int = 500 * 1024 * 1024) -> int:
    """Delete what is kept of files that are gone (not in ``keys``), then the oldest above the limit.

    Returns how many files went.
    """
    gone = 0
    pictures: list[Path] = []
    for folder in _folder().iterdir():
        if not folder.is_dir():
            continue
        inside = list(folder.iterdir())
        if folder.name not in keys:
            rmtree(folder, ignore_errors=True)
            gone += len(inside)
        else:
            pictures += inside
    dated = sorted(((path.stat().st_mtime, path.stat().st_size, path) for path in pictures), reverse=True)
    total = 0
    for _time, size, path in dated:
        total += size
        if total > most_bytes:
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def _folder() -> Path:
    folder = Path(settings.PRIVATE_ROOT) / "cache" / "leaves"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _read(path: str, *what: str) -> bytes:
    # -I: no path or environment of ours reaches the child; it needs Pillow and pdfium alone.
    command = [sys.executable, "-I", leafing.__file__, path, *what]
    try:
        # What lies in memory is handed on as an open file; the child opens it by its number.
        open_ones = [int(path.rpartition("/")[2])] if path.startswith(leafing.OPEN_FILE) else []
        done = subprocess.run(  # noqa: S603
            command, capture_output=True, timeout=PATIENCE, check=False, pass_fds=open_ones
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable from error
    if done.returncode:
        kinds = {leafing.LOCKED: Locked, leafing.NO_PAGE: NoSuchPage}
        raise kinds.get(done.returncode, Unreadable)
    return done.stdout


@contextmanager
def _at_hand(file: File) -> Iterator[str]:
    """Give the file a path: its own, or that of a copy in memory, so that nothing is left on a disk."""
    if isinstance(file, FieldFile):
        yield file.path
    elif isinstance(file, TemporaryUploadedFile):
        yield file.temporary_file_path()
    elif hasattr(os, "memfd_create"):
        with os.fdopen(os.memfd_create("page"), "w+b") as copy:
            file.seek(0)
            copyfileobj(file, copy)
            copy.flush()
            yield f"{leafing.OPEN_FILE}{copy.fileno()}"
    else:  # no Linux
        with NamedTemporaryFile(suffix=".pdf", dir=_folder()) as lying:
            file.seek(0)
            copyfileobj(file, lying)
            lying.flush()
            yield lying.name


@contextmanager
def turn() -> Iterator[None]:
    """Wait for one of the few places; raises Busy."""
    until = time.monotonic() + PATIENCE
    while True:
        for place in range(AT_ONCE):
            with (_folder() / f"place-{place}").open("w") as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    continue
                yield
                return
        if time.monotonic() > until:
            raise Busy
        time.sleep(0.05)
