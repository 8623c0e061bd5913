"""Run as a program of its own, with limits: reads a spreadsheet and writes its rows as JSON lines.

``reader.py FILE xlsx|xls|csv`` prints one line ``["sheet", name]`` for each sheet that people see, followed
by its rows, one JSON array each. Exit status 3: asks for a password; 4: cannot be read; 5: too many rows;
6: too many columns.
Nothing of the site is imported here: a file that breaks the reader breaks nothing else. A sheet with one cell
at the far corner makes calamine ask for half a terabyte, which ends the process that asked.
"""

import csv
import io
import json
import resource
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

MEMORY = 480 * 1024 * 1024
SECONDS = 20
MOST_ROWS = 10_000
SPARE_ROWS = 60
"""Rows above the header and empty ones below, which the limit does not mean."""
MOST_COLUMNS = 60
LONGEST_CELL = 300
MOST_TEXT = 24 * 1024 * 1024
LOCKED, UNREADABLE, TOO_LONG, TOO_WIDE = 3, 4, 5, 6
ENCODINGS = ("utf-8-sig", "gb18030")
SEPARATORS = "\t;,"


class Refused(Exception):  # noqa: N818
    """The file goes no further; ``status`` says why."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def limit() -> None:
    """Bound what this process may take."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def plain(cell: Any) -> Any:
    """Return a cell as JSON: text cut to its limit, a whole number without its point, a day as ISO."""
    if isinstance(cell, str):
        return cell[: LONGEST_CELL + 1].strip()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return cell if isinstance(cell, int | float) else str(cell)


def tidy(rows: Iterable[list[Any]]) -> Iterator[list[Any]]:
    """Yield rows without empty cells at their end; refuse too many rows or columns."""
    filled = 0
    for row in rows:
        cells = [plain(cell) for cell in row]
        while cells and cells[-1] == "":
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise Refused(TOO_WIDE)
        filled += bool(cells)
        if filled > MOST_ROWS + SPARE_ROWS:
            raise Refused(TOO_LONG)
        yield cells


def sheets_of_a_workbook(path: str) -> Iterator[tuple[str, Iterable[list[Any]]]]:
    """Yield each visible sheet with its rows, from the first row of the sheet on."""
    import python_calamine as calamine  # noqa: PLC0415 - after the limits stand

    try:
        workbook = calamine.load_workbook(path)
        for about in workbook.sheets_metadata:
            if about.visible != calamine.SheetVisibleEnum.Visible:
                continue
            if about.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = workbook.get_sheet_by_name(about.name)
            if sheet.total_width > 4 * MOST_COLUMNS and sheet.total_height > MOST_ROWS:
                raise Refused(TOO_WIDE)
            yield about.name, (sheet.iter_rows() if sheet.total_height else [])
    except calamine.PasswordError:
        raise Refused(LOCKED) from None
    except calamine.CalamineError:
        raise Refused(UNREADABLE) from None


def text_of(content: bytes) -> str:
    """Return the text of a CSV file in UTF-8, GB18030 or UTF-16."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(UNREADABLE)


def sheets_of_a_text(path: str) -> Iterator[tuple[str, Iterable[list[Any]]]]:
    """Yield the one sheet of a CSV file, whatever separates its cells."""
    text = text_of(Path(path).read_bytes()).replace("\0", "")
    head = text[:20_000].splitlines()[:30]
    separator = max(SEPARATORS, key=lambda mark: max((line.count(mark) for line in head), default=0))
    csv.field_size_limit(10_000_000)
    try:
        yield "", csv.reader(io.StringIO(text), delimiter=separator)
    except csv.Error:
        raise Refused(UNREADABLE) from None


def main(path: str, kind: str) -> int:
    """Do what the module says and return the exit status."""
    sheets = sheets_of_a_text(path) if kind == "csv" else sheets_of_a_workbook(path)
    told = 0
    try:
        for name, rows in sheets:
            sys.stdout.write(json.dumps(["sheet", name[:60]], ensure_ascii=False) + "\n")
            for row in tidy(rows):
                told += sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
                if told > MOST_TEXT:
                    return TOO_LONG
    except Refused as refused:
        return refused.status
    return 0


if __name__ == "__main__":
    limit()
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    try:
        status = main(sys.argv[1], sys.argv[2])
    except Exception:  # noqa: BLE001 - whatever a hostile file does, the caller learns one thing
        status = UNREADABLE
    sys.exit(status)
