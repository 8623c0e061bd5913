"""Periods (时期) as people say them: a half-year, a year, a quarter, some months, some days."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from django.template.defaultfilters import date as date_format
from django.utils.translation import gettext, pgettext

WHOLE = {
    (1, 12): "year",
    (1, 6): "first half",
    (7, 12): "second half",
    (1, 3): "first quarter",
    (4, 6): "second quarter",
    (7, 9): "third quarter",
    (10, 12): "fourth quarter",
}


@dataclass(frozen=True)
class Period:
    """From one day to another, both counted."""

    first: date
    last: date

    @property
    def whole_months(self) -> bool:
        """Whether it begins and ends with a month."""
        return self.first.day == 1 and self.last.day == monthrange(self.last.year, self.last.month)[1]

    @property
    def label(self) -> str:
        """Say it in words: 2026年上半年, 2026年度, 2026年1月至5月, 2026年1月25日至11月10日."""
        if self.whole_months and self.first.year == self.last.year:
            name = WHOLE.get((self.first.month, self.last.month))
            if name:
                return _named(name) % {"year": self.first.year}
        return self.days if not self.whole_months else self.months

    @property
    def months(self) -> str:
        """Say from which month to which."""
        form = pgettext("month of a year", "Y-n")
        if (self.first.year, self.first.month) == (self.last.year, self.last.month):
            return date_format(self.first, form)
        same_year = self.first.year == self.last.year
        last = date_format(self.last, pgettext("month in a list", "n") if same_year else form)
        return gettext("%(first)s to %(last)s") % {"first": date_format(self.first, form), "last": last}

    @property
    def days(self) -> str:
        """Say from which day to which."""
        form = pgettext("date", "Y-n-j")
        if self.first == self.last:
            return date_format(self.first, form)
        same_year = self.first.year == self.last.year
        last = date_format(self.last, pgettext("date of this year", "n/j") if same_year else form)
        return gettext("%(first)s to %(last)s") % {"first": date_format(self.first, form), "last": last}


def _named(name: str) -> str:
    return {
        "year": pgettext("period", "the year %(year)s"),
        "first half": pgettext("period", "first half of %(year)s"),
        "second half": pgettext("period", "second half of %(year)s"),
        "first quarter": pgettext("period", "first quarter of %(year)s"),
        "second quarter": pgettext("period", "second quarter of %(year)s"),
        "third quarter": pgettext("period", "third quarter of %(year)s"),
        "fourth quarter": pgettext("period", "fourth quarter of %(year)s"),
    }[name]
