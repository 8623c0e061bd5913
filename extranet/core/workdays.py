"""Working days (工作日): the week, corrected by the editable calendar of holidays and make-up days (调休)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from .models import SpecialDay

SATURDAY = 5
ONE_DAY = timedelta(days=1)
LONGEST = 400
"""Working days one question may span: a year and a half, more than any rule of ours."""


@dataclass(frozen=True)
class Skipped:
    """Days in a row that were not counted, and what they are; ``name`` empty: a weekend."""

    first: date
    last: date
    name: str


@dataclass(frozen=True)
class Deadline:
    """The last day of a term, with the days that were left out on the way."""

    start: date
    days: int
    last: date
    skipped: tuple[Skipped, ...]
    known_until: date | None
    """The last day the calendar speaks of; later holidays may still move the deadline."""

    @property
    def is_certain(self) -> bool:
        """Whether the calendar covers the whole term."""
        return self.known_until is not None and self.last <= self.known_until


def is_working_day(day: date) -> bool:
    """Tell whether a day is worked (one query)."""
    special = SpecialDay.objects.filter(day=day).first()
    return special.is_worked if special else day.weekday() < SATURDAY


def add_working_days(start: date, days: int) -> date:
    """Return the last day of a term of ``days`` working days; ``start`` itself is not counted."""
    return deadline(start, days).last


def deadline(start: date, days: int) -> Deadline:
    """Count ``days`` working days from the day after ``start``, and show the reasoning (two queries).

    Raises ValueError for a term of less than one day or more than LONGEST.
    """
    if not 1 <= days <= LONGEST:
        raise ValueError(days)
    special = {row.day: row for row in SpecialDay.objects.filter(day__gt=start)}
    left, day, rested = days, start, []
    while left:
        day += ONE_DAY
        row = special.get(day)
        if row.is_worked if row else day.weekday() < SATURDAY:
            left -= 1
        else:
            rested.append((day, row.name if row else ""))
    newest = SpecialDay.objects.order_by("-day").values_list("day", flat=True).first()
    until = date(newest.year, 12, 31) if newest else None  # the State Council's notice covers a calendar year
    return Deadline(start, days, day, _runs(rested), until)


def _runs(rested: Iterable[tuple[date, str]]) -> tuple[Skipped, ...]:
    """Join days of the same name that follow each other."""
    runs: list[Skipped] = []
    for day, name in rested:
        if runs and runs[-1].name == name and runs[-1].last == day - ONE_DAY:
            runs[-1] = replace(runs[-1], last=day)
        else:
            runs.append(Skipped(day, day, name))
    return tuple(runs)
