"""A shelf of files that processes share: Django's cache interface without what visitors would pay for.

Django's own file cache lists its folder at every write and packs what it keeps. Here a name is a file,
nothing is ever counted or culled: whoever uses the shelf takes its names from a limited number of places (see
``cms.kit.cache``). A file is replaced whole; a torn or foreign one counts as missing, and so does everything
on a disk that is full, gone or not ours to write: the page is then made anew.
"""

import contextlib
import logging
import os
import pickle
import struct
import threading
import time
import zlib
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

CHECK, UNTIL = struct.Struct("<I"), struct.Struct("<d")
"""How a file begins: checksum of all that follows, then when it ends (seconds since the epoch)."""
UNTIL_AT, HEAD = CHECK.size, CHECK.size + UNTIL.size
NEVER = float("inf")
REMEMBERED = 64
"""Files of which a process remembers the bytes: at most 8 MB of pages."""
log = logging.getLogger("pages")


class FileShelf(BaseCache):
    """Named files under LOCATION."""

    def __init__(self, location: str | Path, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.folder = str(location)
        self._file = lru_cache(maxsize=4096)(self._path)
        self._read: dict[str, tuple[tuple[int, int, int], bytes]] = {}

    def _path(self, key: str, version: int | None) -> str:
        name = blake2b(self.make_key(key, version).encode(), digest_size=16).hexdigest()
        return f"{self.folder}/{name}"

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return what is kept, ``default`` when there is nothing whole."""
        try:
            raw = self._whole(self._file(key, version))
            if UNTIL.unpack_from(raw, UNTIL_AT)[0] < time.time():
                return default
            return pickle.loads(memoryview(raw)[HEAD:])  # noqa: S301 - our own private folder
        except FileNotFoundError:
            return default
        except Exception as error:  # noqa: BLE001 - whatever is wrong with a kept thing, it can be made anew
            log.info("kept file not read: %s", type(error).__name__)
            return default

    def _whole(self, path: str) -> bytes:
        """Return a file whose checksum is right; what was read and has not changed is remembered."""
        facts = os.stat(path)  # noqa: PTH116 - a third of the time pathlib takes, at every visit
        stamp = (facts.st_ino, facts.st_mtime_ns, facts.st_size)
        known = self._read.get(path)
        if known is not None and known[0] == stamp:
            return known[1]
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            facts = os.fstat(file.fileno())
            raw = file.readall()
        if CHECK.unpack_from(raw)[0] != zlib.crc32(memoryview(raw)[UNTIL_AT:]):
            raise ValueError("torn")
        if len(self._read) >= REMEMBERED:
            self._read.clear()
        self._read[path] = ((facts.st_ino, facts.st_mtime_ns, facts.st_size), raw)
        return raw

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep a value; where it cannot be written, nothing is kept, not even what was there before."""
        target = self._file(key, version)
        try:
            os.replace(self._written(target, value, timeout), target)  # noqa: PTH105
        except OSError as error:
            log.warning("nothing kept: %s", error.strerror)
            with contextlib.suppress(OSError):
                os.unlink(target)  # noqa: PTH108

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep a value unless one is there; of several who try at once, one succeeds.

        Where nothing can be written everybody succeeds: nobody waits for what will never lie there.
        """
        target = self._file(key, version)
        if self.has_key(key, version):
            return False
        try:
            draft = self._written(target, value, timeout)
            with contextlib.suppress(OSError):
                os.unlink(target)  # noqa: PTH108 - what had ended
            try:
                os.link(draft, target)
            finally:
                os.unlink(draft)  # noqa: PTH108
        except FileExistsError:
            return False
        except OSError as error:
            log.warning("nothing kept: %s", error.strerror)
        return True

    def _written(self, target: str, value: Any, timeout: Any) -> str:
        """Write a draft beside the target and return its path; on any error it is gone again."""
        until = self.get_backend_timeout(timeout)
        body = UNTIL.pack(NEVER if until is None else until) + pickle.dumps(value, 5)
        draft = f"{target}.{os.getpid()}.{threading.get_ident()}"
        flags = os.O_CREAT | os.O_WRONLY | os.O_TRUNC
        try:
            descriptor = os.open(draft, flags, 0o600)
        except FileNotFoundError:
            os.makedirs(self.folder, mode=0o700, exist_ok=True)  # noqa: PTH103
            descriptor = os.open(draft, flags, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(CHECK.pack(zlib.crc32(body)) + body)
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(draft)  # noqa: PTH108
            raise
        return draft

    def has_key(self, key: str, version: int | None = None) -> bool:
        """Tell whether something whole is kept under this key."""
        return self.get(key, self, version) is not self

    def delete(self, key: str, version: int | None = None) -> bool:
        """Keep nothing under this key."""
        try:
            os.unlink(self._file(key, version))  # noqa: PTH108
        except OSError:
            return False
        return True

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Let what is kept end later."""
        value = self.get(key, self, version)
        if value is self:
            return False
        self.set(key, value, timeout, version)
        return True

    def clear(self) -> None:
        """Keep nothing any more."""
        with contextlib.suppress(OSError):
            for entry in os.scandir(self.folder):
                with contextlib.suppress(OSError):
                    os.unlink(entry.path)  # noqa: PTH108
