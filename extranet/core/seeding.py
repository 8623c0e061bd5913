"""Seeding the working-day calendar from ``chinesecalendar``, which repeats the State Council's yearly notice.

The library is asked here alone, by commands, never while somebody waits for a page: it raises for years it
does not know, and the editable table has the last word.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from .models import SpecialDay

NATIONAL_DAY = (10, 1)
LONGEST_NAME = 20


class UnknownYearError(Exception):
    """The library does not know this year; the text says what to do."""


@dataclass
class Changes:
    """What seeding a year changes; ``kept`` are rows a person wrote that differ from the library."""

    year: int
    added: list[SpecialDay] = field(default_factory=list)
    changed: list[SpecialDay] = field(default_factory=list)
    removed: list[SpecialDay] = field(default_factory=list)
    kept: list[SpecialDay] = field(default_factory=list)

    @property
    def is_nothing(self) -> bool:
        """Whether the table says so already."""
        return not (self.added or self.changed or self.removed)


def official_days(year: int) -> dict[date, SpecialDay]:
    """Return the days of a year that are not what their weekday says, unsaved; raises UnknownYearError."""
    from chinese_calendar import Holiday, constants  # noqa: PLC0415 - only when somebody seeds

    if date(year, *NATIONAL_DAY) not in constants.holidays:
        last = max(day.year for day in constants.holidays)
        raise UnknownYearError(
            _(
                "The package chinesecalendar knows the years up to %(last)s. Update it once the State "
                "Council has published %(year)s, or enter the days in the admin under working-day calendar."
            )
            % {"last": last, "year": year}
        )
    names = {holiday.value: holiday.chinese for holiday in Holiday}
    found = {}
    with translation.override(settings.LANGUAGE_CODE):
        for day, name in constants.holidays.items():
            if day.year == year:
                found[day] = _row(day, names[name], is_worked=False)
        for day, name in constants.workdays.items():
            if day.year == year:
                made_up = _("%(holiday)s, made up for") % {"holiday": names[name]}
                found[day] = _row(day, made_up, is_worked=True)
    return found


def _row(day: date, name: str, *, is_worked: bool) -> SpecialDay:
    return SpecialDay(day=day, name=name[:LONGEST_NAME], is_worked=is_worked, is_seeded=True)


def compare(year: int) -> Changes:
    """Return what seeding ``year`` would change; raises UnknownYearError."""
    official, changes = official_days(year), Changes(year)
    for row in SpecialDay.objects.filter(day__year=year):
        wanted = official.pop(row.day, None)
        same = wanted is not None and (wanted.is_worked, wanted.name) == (row.is_worked, row.name)
        if same:
            continue
        if not row.is_seeded:
            changes.kept.append(row)
        elif wanted is None:
            changes.removed.append(row)
        else:
            row.is_worked, row.name = wanted.is_worked, wanted.name
            changes.changed.append(row)
    changes.added.extend(official[day] for day in sorted(official))
    return changes


def seed(year: int) -> Changes:
    """Bring a year in line with the library, all or nothing; what a person wrote stays.

    Raises UnknownYearError; nothing is changed then.
    """
    with transaction.atomic():
        changes = compare(year)
        SpecialDay.objects.filter(pk__in=[row.pk for row in changes.removed]).delete()
        SpecialDay.objects.bulk_update(changes.changed, ["is_worked", "name"])
        SpecialDay.objects.bulk_create(changes.added, ignore_conflicts=True)
    return changes


def seed_empty(years: Iterable[int]) -> list[Changes]:
    """Seed the years of which nothing has been entered and the library knows; says what was done.

    A year that somebody began to enter is theirs: a day taken out by hand does not come back by itself.
    """
    entered = {first.year for first in SpecialDay.objects.dates("day", "year")}
    done = []
    for year in years:
        if year not in entered:
            try:
                done.append(seed(year))
            except UnknownYearError:
                continue
    return done
