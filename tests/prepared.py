"""The prepared site, made once by each test process and put back from memory after that."""

from typing import Any

from django.db import connection
from wagtail.models import Site

from home.first_steps import Basics, prepare

Rows = list[tuple[Any, ...]]
_kept: dict[str, tuple[Rows, Rows]] = {}
"""What each table that preparing changes held before, and after."""


def prepared() -> Basics:
    """Return what a site stands on, as `prepare` makes it: half a second of work each time."""
    if _kept and all(_rows(table) == before for table, (before, _after) in _kept.items()):
        for table, (_before, after) in _kept.items():
            _replace(table, after)
        Site.clear_site_root_paths_cache()
    elif not _kept:
        before = _everything()
        prepare()
        after = _everything()
        _kept.update({table: (before[table], rows) for table, rows in after.items() if rows != before[table]})
    return prepare()  # finds everything there


def _everything() -> dict[str, Rows]:
    return {table: _rows(table) for table in connection.introspection.table_names()}


def _rows(table: str) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own tables
        return sorted(cursor.fetchall(), key=repr)


def _replace(table: str, rows: Rows) -> None:
    name, places = connection.ops.quote_name(table), ", ".join(["%s"] * len(rows[0]) if rows else [])
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {name}")  # noqa: S608 - our own tables
        if rows:
            cursor.executemany(f"INSERT INTO {name} VALUES ({places})", rows)  # noqa: S608 - our own tables
