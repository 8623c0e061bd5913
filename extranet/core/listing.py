"""Lists of cases (列表): columns and filters are declared; page, order and export come from the declaration.

::

    class Tickets(Listing):
        what = _("Tickets")
        columns = (
            Column(name="number", label=_("Number"), value="number", sort="number", url=_url),
            Column(name="status", label=_("State"), value="get_status_display", kind="tag", tone=_tone),
            Column(name="handed_in", label=_("Handed in"), value="created_at", sort="created_at"),
        )
        filters = (Choice(name="state", label=_("State"), by="status", choices=Status.choices),)
        order = "-handed_in"

    page = Tickets(Ticket.objects.visible_to(user), user=user, asked=request.GET)

A page costs one query for the count and one for its rows, however many there are; what a column shows of
other tables comes along by the ``select_related`` of the room's queryset. What is asked in the address and
cannot be (a filter's value, an order, a page) raises Http404; names nobody knows are passed over, as
messengers add their own.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar, Literal
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from .narrowing import Choice, Days, Filter, Narrowing, Words

__all__ = ["Cell", "Choice", "Column", "Days", "Filter", "Line", "Listing", "Words"]

Kind = Literal["text", "number", "money", "day", "when", "tag"]
LONGEST_PAGE_NUMBER = 6


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column. ``value`` is an attribute (dots lead on) or a function of the row, ``sort`` its field.

    The first column names the row: its ``url`` is the way to it. ``only`` says ``page`` or ``file`` where a
    column is for one of them. ``tone`` colours a tag: jade, gold, vermilion or nothing.
    """

    name: str
    label: Any
    value: str | Callable[[Any], Any]
    sort: str = ""
    kind: Kind = "text"
    url: Callable[[Any], str] | None = None
    tone: Callable[[Any], str] | None = None
    only: Literal["", "page", "file"] = ""

    def of(self, row: Any) -> Any:
        """Return what the column says of a row."""
        if callable(self.value):
            return self.value(row)
        said = row
        for name in self.value.split("."):
            said = getattr(said, name, None)
            said = said() if callable(said) else said
        return said


@dataclass(frozen=True)
class Cell:
    """What stands in one place of the table."""

    column: Column
    value: Any
    url: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Line:
    """A row of the table."""

    row: Any
    cells: list[Cell]

    @property
    def head(self) -> Cell:
        """The cell that names the row."""
        return self.cells[0]


@dataclass(frozen=True)
class Head:
    """The head of a column: ``url`` sorts by it, ``order`` says how it is sorted now (for ``aria-sort``)."""

    column: Column
    url: str = ""
    order: str = ""


class Listing:
    """One list for one reader."""

    what: ClassVar[Any]
    columns: ClassVar[tuple[Column, ...]]
    filters: ClassVar[tuple[Filter, ...]] = ()
    order: ClassVar[str] = ""
    per_page: ClassVar[int] = 20
    empty: ClassVar[Any] = _("Nothing is here yet.")

    def __init__(self, rows: Any, *, user: Any, asked: Mapping[str, Any]) -> None:
        """Take the rows this reader may see and what the address asks; raises Http404 for what cannot be."""
        self.asked = asked
        self.form = Narrowing(self.filters, user, asked)
        if not self.form.is_valid():
            raise Http404
        self.sort = self._sort()
        self.rows = self._ordered(self.form.narrow(rows))

    @property
    def narrowed(self) -> bool:
        """Whether a filter leaves anything out."""
        return bool(self.form.said)

    @cached_property
    def page(self) -> Page[Any]:
        """The page the address asks for; raises Http404 for one that is not there."""
        paginator = Paginator(self.rows, self.per_page)
        number = self.asked.get("p", "1")
        if not number.isascii() or not number.isdigit() or len(number) > LONGEST_PAGE_NUMBER:
            raise Http404
        if not 1 <= int(number) <= paginator.num_pages:
            raise Http404
        return paginator.page(int(number))

    @cached_property
    def lines(self) -> list[Line]:
        """The rows of the page as the table shows them."""
        return [self._line(row) for row in self.page.object_list]

    @property
    def heads(self) -> list[Head]:
        """The heads of the table; one that is sorted by turns the order round."""
        return [self._head(column) for column in self.shown("page")]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a new filter must not lose: the order."""
        return [("sort", self.sort)] if self.sort != self.order else []

    def shown(self, where: Literal["page", "file"]) -> list[Column]:
        """Return the columns of the page, or those of a file."""
        return [column for column in self.columns if column.only in {"", where}]

    def taken(self) -> Iterator[list[Any]]:
        """Yield all rows of the list, not only those of a page, as a file shows them."""
        columns = self.shown("file")
        for row in self.rows.iterator(chunk_size=2000):
            yield [column.of(row) for column in columns]

    def _sort(self) -> str:
        sort = self.asked.get("sort", "") or self.order
        known = {column.name for column in self.columns if column.sort}
        if sort and sort.removeprefix("-") not in known:
            raise Http404
        return sort

    def _ordered(self, rows: Any) -> Any:
        """Sort, and make ties stand still, or a row could be on two pages and another on none."""
        if not self.sort:
            return rows.order_by(*(rows.query.order_by or rows.model._meta.ordering), "pk")  # noqa: SLF001
        name = self.sort.removeprefix("-")
        back = "-" if self.sort.startswith("-") else ""
        column = next(column for column in self.columns if column.name == name)
        return rows.order_by(f"{back}{column.sort}", f"{back}pk")

    def _line(self, row: Any) -> Line:
        return Line(
            row,
            [
                Cell(
                    column,
                    column.of(row),
                    column.url(row) if column.url else "",
                    column.tone(row) if column.tone else "",
                )
                for column in self.shown("page")
            ],
        )

    def _head(self, column: Column) -> Head:
        if not column.sort:
            return Head(column)
        back = self.sort == column.name
        order = {column.name: "ascending", f"-{column.name}": "descending"}.get(self.sort, "")
        return Head(column, self._query(sort=f"-{column.name}" if back else column.name), order)

    def _query(self, **changed: str) -> str:
        kept = dict(self.form.said)
        if self.sort != self.order:
            kept["sort"] = self.sort
        return f"?{urlencode({**kept, **changed})}"


def in_words(value: Any) -> Any:
    """Return a value as a file shows it: numbers and days stay what they are, all else becomes text."""
    if value is None:
        return ""
    return value if isinstance(value, bool | int | float | Decimal | date | datetime) else str(value)
