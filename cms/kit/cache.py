"""What anonymous visitors share between processes, and how a change ends it.

**The generation** is a number in the database (``Change``) that moves in the transaction of each change, so
whoever reads the database reads the generation that belongs to it. Everything shared is kept under its
generation, in a limited number of places; what is older lies there until something takes its place.

**Announcing.** Asking the database at every visit would cost more than the visit. So after the commit a
random mark is written where all processes look (``announce``); a process asks for the generation when the
mark has changed. Should the mark be lost (disk full, Redis away, process killed between commit and
announcement), processes ask anyway twice a second while they serve (``RECHECK``).

**Snapshots.** What is to be shared is made from one moment of the database (``snapshot``), and what it shares
in turn (menus, counts) is taken from the generation of that moment. Hence nothing kept is older than the
generation it is kept under, and nothing mixes two.

Library signals (page published, setting saved, …) are received here and nowhere else in the house.
"""

import contextlib
import logging
import secrets
import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from hashlib import blake2b
from typing import Any, TypeVar

from django.core.cache import caches
from django.db import DatabaseError, transaction
from django.utils import timezone

T = TypeVar("T")

MARK = "mark"
RECHECK = 0.5
"""Seconds after which a process asks for the generation although nothing was announced."""
DAY = 26 * 3600
HOSTS = 256
"""Places for what depends on the host a visitor asked for: ever new names must not fill the disk."""

log = logging.getLogger("pages")
_known: tuple[str, str, float] = ("", "", 0.0)
"""The last mark seen, the generation asked for then, and when."""
_pinned: ContextVar[str] = ContextVar("generation", default="")


def fetch(*keys: str) -> dict[str, Any]:
    """Return what is kept under these keys; nothing when the cache does not answer."""
    try:
        return caches["pages"].get_many(keys)
    except Exception as error:  # noqa: BLE001 - each cache has errors of its own kind; the site goes on without
        log.warning("the cache does not answer: %s", type(error).__name__)
        return {}


def keep(key: str, value: Any, seconds: int | None) -> None:
    """Keep something, if the cache lets us."""
    try:
        caches["pages"].set(key, value, seconds)
    except Exception as error:  # noqa: BLE001
        log.warning("the cache keeps nothing: %s", type(error).__name__)


def place(name: str, places: int) -> int:
    """Return the place of a name among so many; always the same one."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest()) % places


# --- The generation ---------------------------------------------------------------------------


def changed(**_signal: Any) -> None:
    """Say that something visitors see changes in this transaction; once is enough for each transaction."""
    from cms.kit.models import Change  # noqa: PLC0415 - the kit's tables cannot be imported before the apps

    if not _told():
        Change.objects.create()
        transaction.on_commit(announce, robust=True)


def _told() -> bool:
    """Tell whether this transaction has said so already; what a rolled back savepoint said does not count."""
    return any(waiting[1] is announce for waiting in transaction.get_connection().run_on_commit)


def announce() -> None:
    """Let every process ask for the generation anew."""
    keep(MARK, secrets.token_hex(8), None)


def generation(*, mark: str | None = None, within: float | None = None) -> str:
    """Return the generation that holds: that of the snapshot, else the last announced.

    ``mark`` spares reading it again; ``within`` is how many seconds ago the database must have been asked.
    """
    if pinned := _pinned.get():
        return pinned
    mark = fetch(MARK).get(MARK, "") if mark is None else mark
    seen, number, at = _known
    if number and mark and seen == mark and (within is None or time.monotonic() - at < within):
        return number
    mark = mark or new_mark()
    try:
        number = _read()
    except DatabaseError:
        if not number:
            raise
    remember(mark, number)
    return number


def new_mark() -> str:
    """Write a mark where none is, before the generation is asked for, and return it."""
    mark = secrets.token_hex(8)
    keep(MARK, mark, None)
    return mark


def remember(mark: str, number: str) -> None:
    """Know the generation that was read after ``mark`` was; for this mark nobody asks again."""
    global _known  # noqa: PLW0603 - one tuple, replaced whole
    _known = (mark, number, time.monotonic())


def _read() -> str:
    from cms.kit.models import Change  # noqa: PLC0415

    with transaction.get_connection().cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*), COALESCE(SUM(token), 0) FROM {Change._meta.db_table}")  # noqa: S608, SLF001
        count, total = cursor.fetchone()
    return f"{count}.{total}"


@contextlib.contextmanager
def snapshot() -> Iterator[str]:
    """Read the database as it is at this moment until the block ends; return the generation of that moment.

    Inside a transaction that has begun already it is that transaction's moment.
    """
    with _frozen():
        number = _read()
        token = _pinned.set(number)
        try:
            yield number
        finally:
            _pinned.reset(token)


@contextlib.contextmanager
def _frozen() -> Iterator[None]:
    connection: Any = transaction.get_connection()
    if connection.in_atomic_block:
        yield
        return
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        mode, connection.transaction_mode = connection.transaction_mode, "DEFERRED"  # readers lock nobody out
        block = transaction.atomic()
        try:
            block.__enter__()
        finally:
            connection.transaction_mode = mode
    else:
        block = transaction.atomic()
        block.__enter__()
    with contextlib.ExitStack() as stack:
        stack.push(block.__exit__)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


# --- What is shared ---------------------------------------------------------------------------


def shared(name: str, make: Callable[[], T], *, host: str = "") -> T:
    """Return what is kept as ``name`` for today, made by ``make`` the first time.

    The day is part of it because dates decide what shows (urgent notices, public notices); ``host`` is the
    one a visitor asked for, where it matters.
    """
    key = f"shared:{name}:{place(host, HOSTS)}" if host else f"shared:{name}"
    full = f"{host}:{generation()}:{timezone.localdate():%Y%m%d}"
    kept = fetch(key).get(key)
    if kept is not None and kept[0] == full:
        value: T = kept[1]
        return value
    made = make()
    keep(key, (full, made), DAY)
    return made


def claim(key: str, seconds: int) -> bool:
    """Tell whether it is ours to make what belongs under ``key``; for others it is not, for so many seconds.

    Without an answer of the cache everybody makes their own.
    """
    try:
        return bool(caches["pages"].add(f"making:{key}", 1, seconds))
    except Exception:  # noqa: BLE001
        return True


def give_back(key: str) -> None:
    """Let others make what belongs under ``key``."""
    with contextlib.suppress(Exception):
        caches["pages"].delete(f"making:{key}")
