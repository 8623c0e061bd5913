"""Lists as files (导出): XLSX and CSV, written as they are read, with nothing in them that would calculate.

``answer`` sends one and writes down who took it (``Export``) before the first byte leaves. A cell that begins
with ``=``, ``+``, ``-``, ``@``, a tab or a line break would be a formula where the file is opened: it gets an
apostrophe in front, as spreadsheets do themselves. Numbers are numbers and need none.
"""

import csv
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, BinaryIO, Literal, cast

import xlsxwriter
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone

from cms.kit.delivery import disposition
from cms.kit.files import NEVER_KEPT

from .listing import Listing, in_words
from .models import Export

Kind = Literal["xlsx", "csv"]
KINDS: tuple[Kind, ...] = ("xlsx", "csv")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""With the wide ones: a Chinese spreadsheet takes them for the narrow."""

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
BOM = "\ufeff"
NARROWEST, WIDEST = 8, 40


def answer(listing: Listing, kind: Kind, *, user: Any) -> HttpResponseBase:
    """Send all rows of a list, as filtered and sorted, as a file; who took it is written down first."""
    number = listing.rows.count()
    on_export(user, str(listing.what), number, kind=kind, narrowed=listing.form.said)
    heads = [str(column.label) for column in listing.shown("file")]
    return sent(str(listing.what), kind, heads, listing.taken())


def sent(what: str, kind: Kind, heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> HttpResponseBase:
    """Send rows as a file called after what they are and the day; who takes them is written down before."""
    name = f"{what}-{timezone.localdate():%Y%m%d}.{kind}"
    headers = {
        "Content-Disposition": disposition(name, inline=False),
        "Cache-Control": NEVER_KEPT,
        "X-Content-Type-Options": "nosniff",
    }
    if kind == "csv":
        return StreamingHttpResponse(csv_lines(heads, rows), content_type=TYPES["csv"], headers=headers)
    return FileResponse(xlsx(heads, rows), content_type=TYPES["xlsx"], headers=headers)


def on_export(user: Any, what: str, number: int, *, kind: str, narrowed: dict[str, str]) -> Export:
    """Write down that somebody takes a list of so many rows home; other exports call this too."""
    taken = Export(taker=user, what=what[:60], number=number, kind=kind, narrowed=narrowed)
    taken.save()
    return taken


def harmless(value: Any) -> Any:
    """Return a cell that no spreadsheet calculates."""
    said = in_words(value)
    return f"'{said}" if isinstance(said, str) and said.startswith(FORMULA) else said


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[bytes]:
    """Yield a CSV in UTF-8 line by line, marked as such for Excel."""
    writer = csv.writer(cast("Any", _Echo()))
    yield (BOM + writer.writerow([harmless(head) for head in heads])).encode()
    for row in rows:
        yield writer.writerow([_plain(harmless(value)) for value in row]).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, date) else value


def xlsx(heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> BinaryIO:
    """Return a workbook of one sheet; rows are written as they come, memory stays the same for any number."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by whoever sends it
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet()
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "when": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
    }
    titles = [str(head) for head in heads]
    for at, title in enumerate(titles):
        sheet.set_column(at, at, min(WIDEST, max(NARROWEST, 2 * len(title) + 4)))
    sheet.freeze_panes(1, 0)
    for at, title in enumerate(titles):
        sheet.write_string(0, at, harmless(title), formats["head"])
    for line, row in enumerate(rows, start=1):
        for at, value in enumerate(row):
            _write(sheet, line, at, harmless(value), formats)
    book.close()
    file.seek(0)
    return cast("BinaryIO", file)


def _write(sheet: Any, line: int, at: int, value: Any, formats: dict[str, Any]) -> None:
    """Write one cell as what it is."""
    if isinstance(value, datetime):
        local = timezone.localtime(value).replace(tzinfo=None)
        sheet.write_datetime(line, at, local, formats["when"])
    elif isinstance(value, date):
        sheet.write_datetime(line, at, value, formats["day"])
    elif isinstance(value, bool):
        sheet.write_boolean(line, at, value)
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(line, at, value)
    elif value:
        sheet.write_string(line, at, value)
