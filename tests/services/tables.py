"""A SQLite database with every table laid, made once and copied: laying them takes half a minute each time.

It is kept with pytest's own cache until a migration, a setting or a package changes.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHELF = ROOT / ".pytest_cache" / "tables"
THE_HOUSE = ("cms.settings.base", "cms.settings.dev")
DEPENDS = ("requirements.lock", "cms/settings/*.py", "**/migrations/*.py", "**/models/*.py", "**/models.py")


def lay(environment: dict[str, str]) -> None:
    """Lay the tables of a house on SQLite before it opens; one on a server lays its own."""
    scheme, _separator, file = environment.get("DATABASE_URL", "").partition(":///")
    if scheme not in {"", "sqlite"}:
        return
    place = Path(file) if file else Path(environment["DATA_DIR"]) / "private" / "database.sqlite3"
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(template(house=environment["DJANGO_SETTINGS_MODULE"] in THE_HOUSE), place)


def template(*, house: bool) -> Path:
    """Return the file with the tables of the house, or of tests, which have a room of their own.

    Of several processes one makes it.
    """
    settings = THE_HOUSE[0] if house else "cms.settings.test"
    SHELF.mkdir(parents=True, exist_ok=True)
    made = SHELF / f"{settings}-{_state()}.sqlite3"
    with (SHELF / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            for old in SHELF.glob(f"{settings}-*"):
                old.unlink()
            _make(made, settings)
    return made


def _make(made: Path, settings: str) -> None:
    draft = made.with_suffix(".draft")
    kept = {
        name: value for name, value in os.environ.items() if name not in {"DATA_DIR", "PYTEST_XDIST_WORKER"}
    }
    environment = {**kept, "DJANGO_SETTINGS_MODULE": settings, "DATABASE_URL": f"sqlite:///{draft}"}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
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
