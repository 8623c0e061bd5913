"""The notes of who looked (查阅记录) as a table for auditors: CSV or XLSX, written row by row."""

import csv
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import BinaryIO, TextIO

import xlsxwriter
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .models import ReadLog

BATCH = 2_000
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def neutral(cell: str) -> str:
    """Return a cell no spreadsheet takes for a formula: an apostrophe stands before what begins like one."""
    return f"'{cell}" if cell.startswith(_STARTS_A_FORMULA) else cell


def between(first: date, last: date) -> QuerySet[ReadLog]:
    """Return the looks of these days, both included, oldest first."""
    zone = timezone.get_default_timezone()
    begins = datetime.combine(first, time.min, zone)
    ends = datetime.combine(last, time.max, zone)
    reads = ReadLog.objects.filter(read_at__gte=begins, read_at__lte=ends)
    return reads.select_related("reader", "content_type").order_by("read_at", "pk")


def heading() -> list[str]:
    """Return the names of the columns."""
    return [
        _("When"),
        pgettext("look", "Who"),
        _("Kind of case"),
        _("Case"),
        pgettext("look", "What"),
        pgettext("look", "Why"),
    ]


def rows(reads: QuerySet[ReadLog]) -> Iterator[list[str]]:
    """Yield the cells of each look, neutralised; the numbers of the cases come with one query a batch."""
    waiting: list[ReadLog] = []
    for read in reads.iterator(BATCH):
        waiting.append(read)
        if len(waiting) == BATCH:
            yield from _batch(waiting)
            waiting = []
    yield from _batch(waiting)


def _batch(reads: list[ReadLog]) -> Iterator[list[str]]:
    wanted: dict[int, set[int]] = {}
    for read in reads:
        wanted.setdefault(read.content_type_id, set()).add(read.object_id)
    names: dict[tuple[int, int], str] = {}
    for read in {read.content_type_id: read for read in reads}.values():
        model = read.content_type.model_class()
        if model is not None:
            cases = model._base_manager.in_bulk(wanted[read.content_type_id])  # noqa: SLF001
            names |= {
                (read.content_type_id, pk): getattr(case, "number", "") or getattr(case, "public_id", "")
                for pk, case in cases.items()
            }
    for read in reads:
        when = timezone.localtime(read.read_at).strftime("%Y-%m-%d %H:%M:%S")
        case = names.get((read.content_type_id, read.object_id), str(read.object_id))
        cells = [when, str(read.reader), str(read.content_type.name), case, read.what, read.why]
        yield [neutral(cell) for cell in cells]


def write_csv(reads: QuerySet[ReadLog], out: TextIO) -> int:
    """Write a CSV that spreadsheets open in Chinese; returns the rows."""
    out.write("\ufeff")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(heading())
    count = 0
    for row in rows(reads):
        writer.writerow(row)
        count += 1
    return count


def write_xlsx(reads: QuerySet[ReadLog], out: BinaryIO) -> int:
    """Write a workbook, a row at a time; every cell is text. Returns the rows."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        sheet.set_column(0, 5, 24)
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(heading()):
            sheet.write_string(0, column, name, bold)
        count = 0
        for count, row in enumerate(rows(reads), start=1):
            for column, cell in enumerate(row):
                sheet.write_string(count, column, cell)
    return count
