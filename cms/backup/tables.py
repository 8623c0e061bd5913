"""The database in a backup: a consistent copy while others write, and the way back."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from . import POSTGRESQL, SQLITE, BackupError

Facts = dict[str, Any]


def on_sqlite() -> bool:
    """Tell whether the site runs on SQLite."""
    return connection.vendor == "sqlite"


def member() -> str:
    """Return the name of the database inside an archive."""
    return SQLITE if on_sqlite() else POSTGRESQL


def database_path() -> Path:
    """Return where the SQLite database lies."""
    return Path(settings.DATABASES["default"]["NAME"])


def copy_to(folder: Path) -> tuple[Path, Facts]:
    """Write a consistent copy into ``folder``; returns it with its rows a table and applied migrations."""
    return _copy_sqlite(folder) if on_sqlite() else _copy_postgresql(folder)


def _copy_sqlite(folder: Path) -> tuple[Path, Facts]:
    target = folder / SQLITE
    source = f"file:{database_path()}?mode=rw"  # "ro" may not open a database in WAL mode; nothing is written
    try:
        # One step: a reader in WAL mode sees one moment, and writers go on meanwhile.
        with closing(sqlite3.connect(source, uri=True)) as live, closing(sqlite3.connect(target)) as copy:
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # a file of its own, without companions
    except sqlite3.Error as error:
        raise BackupError(_("The database could not be read: %(error)s.") % {"error": error}) from error
    return target, facts_of_sqlite(target)


def facts_of_sqlite(path: Path) -> Facts:
    """Return rows a table and migrations of a SQLite file; raises BackupError when it is damaged."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            sound = database.execute("PRAGMA integrity_check").fetchone()[0]
            if sound != "ok":
                raise BackupError(_("The database in the archive is damaged."))
            names = [
                row[0]
                for row in database.execute(
                    "SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%' "
                    "AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
                )
            ]
            rows = {
                name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
                for name in names
            }
            applied = database.execute("SELECT app, name FROM django_migrations").fetchall()
    except sqlite3.Error as error:
        raise BackupError(_("The database in the archive is damaged.")) from error
    return {"rows": rows, "migrations": sorted(f"{app}.{name}" for app, name in applied)}


def _copy_postgresql(folder: Path) -> tuple[Path, Facts]:
    target = folder / POSTGRESQL
    with transaction.atomic(), connection.cursor() as cursor:
        # The rows are counted in the very moment that pg_dump copies.
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        moment = cursor.fetchone()[0]
        run(
            "pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--snapshot={moment}", f"--file={target}"
        )
        facts = facts_of_postgresql()
    return target, facts


def facts_of_postgresql() -> Facts:
    """Return rows a table and migrations of the connected database."""
    with connection.cursor() as cursor:
        rows = {}
        for name in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608
            rows[name] = cursor.fetchone()[0]
    applied = MigrationRecorder(connection).applied_migrations()
    return {"rows": rows, "migrations": sorted(f"{app}.{name}" for app, name in applied)}


def run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on our database; raises BackupError with what it said."""
    if shutil.which(program) is None:
        raise BackupError(
            _("%(program)s is missing: install PostgreSQL's client programs (Debian: postgresql-client).")
            % {"program": program}
        )
    chosen = settings.DATABASES["default"]
    environment = {**os.environ}
    for name, key in (("PGHOST", "HOST"), ("PGPORT", "PORT"), ("PGUSER", "USER"), ("PGPASSWORD", "PASSWORD")):
        if chosen.get(key):
            environment[name] = str(chosen[key])
    environment["PGDATABASE"] = connection.settings_dict["NAME"]
    done = subprocess.run(  # noqa: S603 - our own arguments
        [program, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        said = (done.stderr.strip().splitlines() or [str(done.returncode)])[-1]
        raise BackupError(f"{program}: {said}")


def is_empty() -> bool:
    """Tell whether there is no table yet."""
    if on_sqlite():
        if not database_path().exists():
            return True
        with closing(sqlite3.connect(f"file:{database_path()}?mode=ro", uri=True)) as database:
            return database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    return not connection.introspection.table_names()


def put_back(copy: Path, facts: Facts, aside: Path | None) -> None:
    """Make ``copy`` the database of the site; a SQLite file that was there is moved to the folder ``aside``.

    Raises BackupError, leaving PostgreSQL as it was.
    """
    if on_sqlite():
        connection.close()
        target = database_path()
        for old in target.parent.glob(f"{target.name}*"):
            if aside is None:  # an empty file or what a connection left beside it
                old.unlink()
            else:
                aside.mkdir(parents=True, exist_ok=True)
                shutil.move(old, aside / old.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        copy.replace(target)
        target.chmod(0o600)
        return
    wanted = ("--clean", "--if-exists", "--no-owner", "--no-acl", "--single-transaction", "--exit-on-error")
    run("pg_restore", *wanted, f"--dbname={connection.settings_dict['NAME']}", str(copy))
    if facts_of_postgresql()["rows"] != facts["rows"]:
        raise BackupError(_("The database does not hold what the archive promised."))
