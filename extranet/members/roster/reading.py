"""Opening a roster that somebody uploaded: refused in a sentence, or a sheet with its header row found."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from shutil import copyfileobj
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from cms.kit.uploads import check_document, extension_of

from . import reader
from .columns import COLUMNS, HEADERS, NEEDED, WORDS, bare

LARGEST = 20 * 1024 * 1024
KINDS = ("xlsx", "xls", "csv")
PATIENCE = 30
HEADER_WITHIN = 30
"""Rows in which the headings are looked for."""
FEWEST_HEADINGS = 2
EXAMPLES = 3
EXAMPLE = [WORDS["template"][column.key][0] for column in COLUMNS]
"""The row that shows in the template how it is done: nobody real."""

_KIND = _("Choose a roster as XLSX, XLS or CSV. Other files can be saved as one of these in Excel or WPS.")
_SIZE = _("This file is larger than 20 MB. A roster of 10,000 rows has about 2 MB: take pictures out of it.")
_BROKEN = _("This file cannot be read. Open it in Excel or WPS, save it as XLSX, then choose it again.")
_LOCKED = _("This file asks for a password. Save it without one, then choose it again.")
_LONG = _("This file has more than 10,000 rows. Split it into several files and import one after the other.")
_WIDE = _("This sheet has more than 60 columns. Delete those that do not belong to the roster.")
_EMPTY = _("There are no rows in this file. Fill in at least one person under the headings.")
_NO_HEADINGS = _(
    "No headings were found in the first 30 rows. Write the names of the columns into one row, "
    "such as those of the template."
)
_REFUSALS = {
    reader.LOCKED: (_LOCKED, "locked"),
    reader.TOO_LONG: (_LONG, "rows"),
    reader.TOO_WIDE: (_WIDE, "columns"),
}


@dataclass(frozen=True)
class Sheet:
    """One sheet: rows as the spreadsheet counts them (from 1), without empty ones and repeated headings."""

    name: str
    header_row: int
    headers: list[tuple[int, str]]
    rows: list[tuple[int, list[Any]]]

    def examples(self, position: int) -> list[str]:
        """Return the first few different words of a column."""
        cells = (str(row[position])[:40] for _n, row in self.rows[:200] if position < len(row))
        return list(islice(dict.fromkeys(cell for cell in cells if cell), EXAMPLES))


def check(file: File, name: str) -> None:
    """Refuse what is no spreadsheet of bearable size: by name, first bytes and what is packed in it."""
    if extension_of(name) not in KINDS:
        raise ValidationError(_KIND, code="kind")
    if (file.size or 0) > LARGEST:
        raise ValidationError(_SIZE, code="size")
    check_document(file, name)


def read(file: File, name: str) -> Sheet:
    """Return the sheet that looks like a roster; raises ValidationError with a sentence."""
    with _on_disk(file) as path:
        done = _run(path, extension_of(name))
    sheets = list(_sheets(done))
    known = [sheet for sheet in sheets if _score(sheet[2]) >= len(NEEDED)]
    best = next(iter(known or [sheet for sheet in sheets if sheet[2]]), None)
    if best is None:
        raise ValidationError(
            _NO_HEADINGS if any(rows for _n, rows, _h, _at in sheets) else _EMPTY, code="headings"
        )
    return _sheet(*best)


def _run(path: str, kind: str) -> str:
    command = [sys.executable, "-I", str(Path(reader.__file__)), path, kind]
    try:
        done = subprocess.run(  # noqa: S603 - our own reader, with limits
            command, capture_output=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        raise ValidationError(_BROKEN, code="slow") from None
    if done.returncode:
        sentence, code = _REFUSALS.get(done.returncode, (_BROKEN, "broken"))
        raise ValidationError(sentence, code=code)
    return done.stdout.decode("utf-8", "replace")


def _sheets(text: str) -> Iterator[tuple[str, list[list[Any]], list[Any], int]]:
    """Yield name, rows, header cells and the header's place of every sheet that was read."""
    name: str | None = None
    rows: list[list[Any]] = []
    for line in text.split("\n"):
        if not line:
            continue
        cells = json.loads(line)
        if cells[:1] == ["sheet"] and line.startswith('["sheet", '):
            if name is not None:
                yield (name, rows, *_headings(rows))
            name, rows = cells[1], []
        else:
            rows.append(cells)
    if name is not None:
        yield (name, rows, *_headings(rows))


def _headings(rows: list[list[Any]]) -> tuple[list[Any], int]:
    """Return the row of headings and its place: the one that has most known words, or the first of words."""
    early = list(enumerate(rows[:HEADER_WITHIN]))
    at, row = max(early, key=lambda pair: (_score(pair[1]), -pair[0]), default=(0, []))
    if _score(row):
        return row, at
    for at, row in early:
        words = [cell for cell in row if isinstance(cell, str) and not cell[:1].isdigit() and cell]
        if len(words) >= FEWEST_HEADINGS and len(words) == sum(cell != "" for cell in row):
            return row, at
    return [], 0


def _score(row: list[Any]) -> int:
    fields = {HEADERS[bare(cell)] for cell in row if isinstance(cell, str) and bare(cell) in HEADERS}
    return len(fields) + 100 * fields.issuperset(NEEDED) if fields else 0


def _sheet(name: str, rows: list[list[Any]], header: list[Any], at: int) -> Sheet:
    body = [
        (number, row)
        for number, row in enumerate(rows[at + 1 :], at + 2)
        if any(cell != "" for cell in row) and row != header and [str(cell) for cell in row] != EXAMPLE
    ]
    if not body:
        raise ValidationError(_EMPTY, code="empty")
    if len(body) > reader.MOST_ROWS:
        raise ValidationError(_LONG, code="rows")
    headers = [(place, str(words)[:60]) for place, words in enumerate(header) if words != ""]
    return Sheet(name, at + 1, headers, body)


@contextmanager
def _on_disk(file: File) -> Iterator[str]:
    """Give the file a path of its own for the reader."""
    with NamedTemporaryFile(prefix="roster-") as copy:
        file.seek(0)
        copyfileobj(file, copy)
        copy.flush()
        file.seek(0)
        yield copy.name
