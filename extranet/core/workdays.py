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

    @property
    def left_out(self) -> dict[str, int]:
        """How many days were not counted, by what they are, in the order in which they come."""
        days: dict[str, int] = {}
        for run in self.skipped:
            days[run.name] = days.get(run.name, 0) + (run.last - run.first).days + 1
        return days


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
    return Deadline(start, days, day, _runs(rested), known_until(start))


def known_until(since: date) -> date | None:
    """Return the last day of the years in a row, from that of ``since``, that have been entered (one query).

    The State Council's notice covers a calendar year; None when that year has not been entered.
    """
    entered = {first.year for first in SpecialDay.objects.dates("day", "year")}
    year = since.year
    while year in entered:
        year += 1
    return date(year - 1, 12, 31) if year > since.year else None


@dataclass(frozen=True)
class Year:
    """What the calendar knows of a year: days off and weekend days worked; neither: it was not entered."""

    number: int
    holidays: int
    worked: int

    @property
    def is_entered(self) -> bool:
        """Whether anything stands there."""
        return bool(self.holidays or self.worked)


def years(today: date) -> list[Year]:
    """Return the years from the first entered to the next one, gaps and all, newest first (one query)."""
    counted: dict[int, list[int]] = {today.year: [0, 0], today.year + 1: [0, 0]}
    for day, is_worked in SpecialDay.objects.values_list("day", "is_worked"):
        counted.setdefault(day.year, [0, 0])[is_worked] += 1
    span = range(max(counted), min(counted) - 1, -1)
    return [Year(number, *counted.get(number, [0, 0])) for number in span]


def _runs(rested: Iterable[tuple[date, str]]) -> tuple[Skipped, ...]:
    """Join days of the same name that follow each other."""
    runs: list[Skipped] = []
    for day, name in rested:
        if runs and runs[-1].name == name and runs[-1].last == day - ONE_DAY:
            runs[-1] = replace(runs[-1], last=day)
        else:
            runs.append(Skipped(day, day, name))
    return tuple(runs)
