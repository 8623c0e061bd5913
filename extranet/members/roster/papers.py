"""Writing spreadsheets: the roster, the template, and a file's own rows with what is wrong beside them."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO, cast

import xlsxwriter

from extranet.core.export import harmless
from extranet.members.models import Membership

from .columns import CHOICES, COLUMNS, WORDS, written
from .findings import Finding, line
from .reading import Sheet

TEMPLATE = WORDS["template"]
AS_TEXT = {"staff_number", "mobile"}
"""Columns a spreadsheet must not take for numbers: it would drop zeros and round long ones."""
LAST_ROW = 10_000
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
FIELDS = (
    *(
        "person__staff_number",
        "person__name",
        "sex",
        "born_in",
        "department__name",
        "post",
        "title",
        "employment",
    ),
    *("person__mobile", "person__email", "joined_on", "branch__name", "group__name", "shift", "status"),
)
"""Where the cells of ``COLUMNS`` come from."""


def rows_of(memberships: Any) -> Iterator[list[str]]:
    """Yield the cells of each membership in the order of the columns, as a roster is read again."""
    for row in memberships.values_list(*FIELDS).iterator(chunk_size=1000):
        cells = []
        for column, value in zip(COLUMNS, row, strict=True):
            if column.kind == "word":
                cells.append(written(column.key, value))
            elif column.kind == "month" and value:
                cells.append(f"{value:%Y-%m}")
            else:
                cells.append("" if value is None else str(value))
        yield cells


def as_csv(rows: Iterable[list[str]]) -> bytes:
    """Return a roster as CSV in UTF-8 with its mark, which Excel asks for."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([column.header for column in COLUMNS])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return ("\ufeff" + text.getvalue()).encode()


def as_xlsx(rows: Iterable[list[str]]) -> BinaryIO:
    """Return a roster as a workbook, written row by row."""
    file, book = _book()
    sheet = _roster_sheet(book)
    for number, row in enumerate(rows, 1):
        for at, cell in enumerate(row):
            if cell:
                sheet.write_string(number, at, harmless(cell))
    return _closed(file, book)


def template() -> BinaryIO:
    """Return the template: headings, an example, lists to choose from, a sheet that explains each column."""
    file, book = _book()
    sheet = _roster_sheet(book)
    soft = book.add_format({"font_color": "#777777", "italic": False})
    for at, column in enumerate(COLUMNS):
        sheet.write_string(1, at, TEMPLATE[column.key][0], soft)
        if column.key in CHOICES:
            allowed = [words[0] for words in WORDS[column.key].values()]
            sheet.data_validation(1, at, LAST_ROW, at, {"validate": "list", "source": allowed})
    guide = book.add_worksheet(TEMPLATE["guide"])
    bold, wrap = (
        book.add_format({"bold": True, "bottom": 1}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    guide.set_column(0, 1, 12)
    guide.set_column(2, 2, 80, wrap)
    guide.write_row(0, 0, TEMPLATE["guide_heads"], bold)
    for number, column in enumerate(COLUMNS, 1):
        need = TEMPLATE["needed"] if column.is_needed else TEMPLATE["optional"]
        guide.write_row(number, 0, [column.header, need, TEMPLATE[column.key][1]])
    for number, rule in enumerate(TEMPLATE["rules"], len(COLUMNS) + 2):
        guide.write_string(number, 2, rule)
    return _closed(file, book)


def with_findings(sheet: Sheet, columns: Mapping[int, str], found: Mapping[int, list[Finding]]) -> BinaryIO:
    """Return the rows of a file as they came, what is wrong with each in front, wrong cells marked.

    ``found`` has findings by row number. Whoever mends the cells can upload the workbook as it is.
    """
    file, book = _book()
    paper = book.add_worksheet(TEMPLATE["sheet"])
    bold = book.add_format({"bold": True, "bottom": 1})
    said = book.add_format({"font_color": "#9C1C1C", "text_wrap": True, "valign": "top"})
    marked = book.add_format({"bg_color": "#FBE3DF"})
    places = {field: at for at, field in columns.items()}
    paper.set_column(0, 0, 60)
    paper.set_column(1, 60, 14)
    paper.freeze_panes(1, 1)
    paper.write_string(0, 0, TEMPLATE["findings"], bold)
    for at, words in sheet.headers:
        paper.write_string(0, at + 1, words, bold)
    for number, (place, row) in enumerate(sheet.rows, 1):
        findings = found.get(place, [])
        if findings:
            paper.write_string(number, 0, "\n".join(line(finding) for finding in findings), said)
        wrong = {places.get(finding.field) for finding in findings}
        for at, cell in enumerate(row):
            _write(paper, number, at + 1, cell, marked if at in wrong else None)
        for at in {at for at in wrong if at is not None and at >= len(row)}:
            paper.write_blank(number, at + 1, None, marked)
    paper.autofilter(0, 0, len(sheet.rows), 1 + max(at for at, _words in sheet.headers))
    return _closed(file, book)


def _write(paper: Any, number: int, at: int, cell: Any, form: Any) -> None:
    if isinstance(cell, str):
        if cell or form:
            paper.write_string(number, at, harmless(cell), form)
    else:
        paper.write_number(number, at, cell, form)


def _book() -> tuple[BinaryIO, Any]:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by whoever sends it
    return cast("BinaryIO", file), xlsxwriter.Workbook(file, OPTIONS)


def _roster_sheet(book: Any) -> Any:
    """Add the sheet of the roster with its headings."""
    sheet = book.add_worksheet(TEMPLATE["sheet"])
    text = book.add_format({"num_format": "@"})
    bold = book.add_format({"bold": True, "bottom": 1})
    needed = book.add_format({"bold": True, "bottom": 1, "font_color": "#9C1C1C"})
    for at, column in enumerate(COLUMNS):
        sheet.set_column(
            at, at, 24 if column.kind == "email" else 14, text if column.key in AS_TEXT else None
        )
    sheet.freeze_panes(1, 2)
    for at, column in enumerate(COLUMNS):
        sheet.write_string(0, at, column.header, needed if column.is_needed else bold)
    return sheet


def _closed(file: BinaryIO, book: Any) -> BinaryIO:
    book.close()
    file.seek(0)
    return file


def everybody(scope: str, branch: int | None = None) -> Any:
    """Return the memberships of a scope (here, members, all), of one branch if named, by staff number."""
    rows = Membership.objects.order_by("person__staff_number")
    if branch:
        rows = rows.filter(branch=branch)
    if scope == "members":
        return rows.filter(status__in=[Membership.Status.ACTIVE, Membership.Status.RETAINED])
    gone = [Membership.Status.TRANSFERRED, Membership.Status.ENDED]
    return rows if scope == "all" else rows.exclude(status__in=gone)
