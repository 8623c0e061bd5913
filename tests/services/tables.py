"""Databases with every table laid, made once and copied: laying them takes half a minute each time.

For SQLite a file, kept with pytest's own cache; on a PostgreSQL server a database to copy from. Either serves
until a migration, a setting or a package changes.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[2]
SHELF = ROOT / ".pytest_cache" / "tables"
THE_HOUSE = ("cms.settings.base", "cms.settings.dev")
DEPENDS = ("requirements.lock", "cms/settings/*.py", "**/migrations/*.py", "**/models/*.py", "**/models.py")


def lay(environment: dict[str, str]) -> None:
    """Lay the tables of a house before it opens, in place of an empty database."""
    house, url = environment["DJANGO_SETTINGS_MODULE"] in THE_HOUSE, environment.get("DATABASE_URL", "")
    scheme, _separator, file = url.partition(":///")
    if scheme not in {"", "sqlite"}:
        _copy_on_server(url, house=house)
        return
    place = Path(file) if file else Path(environment["DATA_DIR"]) / "private" / "database.sqlite3"
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(template(house=house), place)


def template(*, house: bool) -> Path:
    """Return the file with the tables of the house, or of tests, which have a room of their own.

    Of several processes one makes it.
    """
    settings = _settings(house=house)
    made = SHELF / f"{settings}-{_state()}.sqlite3"
    with _alone():
        if not made.exists():
            for old in SHELF.glob(f"{settings}-*"):
                old.unlink()
            _make(made, settings)
    return made


def _copy_on_server(url: str, *, house: bool) -> None:
    server, _slash, name = url.rpartition("/")
    source = f"tables_{'house' if house else 'tests'}_{_state()}"
    with _alone(), psycopg.connect(f"{server}/postgres", autocommit=True) as link:
        if not link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [source]).fetchone():
            link.execute(f"CREATE DATABASE {source}_draft")
            _migrate(_settings(house=house), f"{server}/{source}_draft")
            link.execute(f"ALTER DATABASE {source}_draft RENAME TO {source}")
        link.execute(f"DROP DATABASE IF EXISTS {name}")
        link.execute(f"CREATE DATABASE {name} TEMPLATE {source}")


def _settings(*, house: bool) -> str:
    return THE_HOUSE[0] if house else "cms.settings.test"


@contextmanager
def _alone() -> Iterator[None]:
    SHELF.mkdir(parents=True, exist_ok=True)
    with (SHELF / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _migrate(settings: str, url: str) -> None:
    left_out = {"DATA_DIR", "PYTEST_XDIST_WORKER"}
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    environment = {**kept, "DJANGO_SETTINGS_MODULE": settings, "DATABASE_URL": url}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environment, check=True)


def _make(made: Path, settings: str) -> None:
    draft = made.with_suffix(".draft")
    _migrate(settings, f"sqlite:///{draft}")
    link = sqlite3.connect(draft, isolation_level=None)
    link.execute("PRAGMA journal_mode=DELETE")  # one file that can be copied, into memory too
    link.close()
    draft.rename(made)


def _state() -> str:
    digest = sha256()
    for pattern in DEPENDS:
        for path in sorted(ROOT.glob(pattern)):
            if not {".venv", "node_modules"} & set(path.parts):
                digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]
