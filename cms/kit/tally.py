"""Where one machine counts its throttles: a small SQLite file beside the house's database, for all processes.

The database itself has one write lock and waits for the disk at every commit. Signing in counts some fifteen
times: twenty people at the start of a shift would wait for one another. What is counted here lasts minutes,
so nothing waits for the disk; a power failure may forget it.
"""

import pickle
import random
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

PATIENCE = 5
"""Seconds a process waits for another one's write, which takes well under a millisecond."""
SWEEP_EVERY = 200
"""Writes, on average, after which what has ended is thrown away."""
NEVER = 1e18
LAYOUT = """
PRAGMA journal_mode=WAL;
PRAGMA synchronous=OFF;
CREATE TABLE IF NOT EXISTS entries
    (name TEXT PRIMARY KEY, value BLOB NOT NULL, ends REAL NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS entries_ends ON entries (ends);
"""
PUT = """
INSERT INTO entries VALUES (?, ?, ?)
ON CONFLICT (name) DO UPDATE SET value = excluded.value, ends = excluded.ends
"""
ADD = f"{PUT} WHERE entries.ends <= ?"


class Tally(BaseCache):
    """Django's cache interface over the SQLite file LOCATION; each call is one statement."""

    def __init__(self, location: str | Path, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.path = Path(location)
        self._local = threading.local()

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return what is kept, ``default`` when there is nothing or it has ended."""
        ask = "SELECT value FROM entries WHERE name = ? AND ends > ?"
        row = self._do(ask, self.make_key(key, version), time.time()).fetchone()
        return pickle.loads(row[0]) if row else default  # noqa: S301 - our own private file

    def set(
        self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        """Keep a value in place of whatever was there."""
        self._do(PUT, self.make_key(key, version), pickle.dumps(value), self._end(timeout))
        if random.randrange(SWEEP_EVERY) == 0:  # noqa: S311 - when to sweep is no secret
            self._do("DELETE FROM entries WHERE ends <= ?", time.time())

    def add(
        self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Keep a value unless there is one; tell whether it was kept. Of many at once one hears True."""
        told = (self.make_key(key, version), pickle.dumps(value), self._end(timeout), time.time())
        return self._do(ADD, *told).rowcount == 1

    def touch(self, key: str, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Let what is there end later; tell whether there was anything."""
        ask = "UPDATE entries SET ends = ? WHERE name = ? AND ends > ?"
        return self._do(ask, self._end(timeout), self.make_key(key, version), time.time()).rowcount == 1

    def delete(self, key: str, version: int | None = None) -> bool:
        """Throw something away; tell whether it was there."""
        return self._do("DELETE FROM entries WHERE name = ?", self.make_key(key, version)).rowcount == 1

    def clear(self) -> None:
        """Throw everything away."""
        self._do("DELETE FROM entries")

    def close(self, **kwargs: Any) -> None:
        """Keep the file open between requests: opening it costs more than ten answers."""

    def _end(self, timeout: float | None) -> float:
        end = self.get_backend_timeout(timeout)  # None: it never ends
        return NEVER if end is None else end

    def _do(self, statement: str, *values: Any) -> sqlite3.Cursor:
        return self._open().execute(statement, values)

    def _open(self) -> sqlite3.Connection:
        """Return this thread's connection, a new one when the file was taken away or a process has forked."""
        place = self.path.stat().st_ino if self.path.exists() else None
        known = getattr(self._local, "known", None)
        if known is None or known[0] != (threading.get_native_id(), place):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            link = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
            self.path.chmod(0o600)
            link.executescript(LAYOUT)
            known = self._local.known = ((threading.get_native_id(), self.path.stat().st_ino), link)
        connection: sqlite3.Connection = known[1]
        return connection
