"""How far a case has come (进度): its way as a line of stops, who holds it and until when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cms.kit.rooms import Stop
from cms.kit.templatetags.house import han_date, short_date

from .models import Case, CaseEvent
from .workdays import Deadline


@dataclass(frozen=True)
class Mark:
    """A stop of the way: what is done there, and the statuses of a case that has done it and no more."""

    label: Any
    statuses: frozenset[str]


@dataclass(frozen=True)
class Way:
    """The way of one kind of case, straight on; ``ends`` are the statuses where it breaks off, in words.

    A case that was returned stands at the last mark it has passed: put that status there too.
    """

    marks: tuple[Mark, ...]
    ends: Mapping[str, Any] = field(default_factory=dict)

    def position(self, status: str) -> int:
        """Return which mark a status stands at, from 0; -1 for one that is not on the way."""
        return next((at for at, mark in enumerate(self.marks) if status in mark.statuses), -1)

    def stops(self, case: Case, events: Iterable[CaseEvent] = ()) -> tuple[Stop, ...]:
        """Return the line of a case; with its ``events`` every stop behind has its day.

        Raises LookupError for a status that is neither on the way nor an end of it.
        """
        trail = list(events)
        days = self._days(case, trail)
        at = self.position(case.status)
        if at >= 0:
            return tuple(
                Stop(label=mark.label, state=_state(place - at), on=days.get(place) if place <= at else None)
                for place, mark in enumerate(self.marks)
            )
        if case.status not in self.ends:
            raise LookupError(f"{case.status} is not on the way")
        reached = max((self.position(event.source) for event in trail), default=0)
        behind = [
            Stop(label=mark.label, state="done", on=days.get(place))
            for place, mark in enumerate(self.marks[: max(reached, 0) + 1])
        ]
        last = timezone.localtime(trail[-1].happened_at).date() if trail else None
        return (*behind, Stop(label=self.ends[case.status], state="ended", on=last))

    def _days(self, case: Case, trail: list[CaseEvent]) -> dict[int, date]:
        """Return the day each mark was last passed."""
        days = {0: timezone.localtime(case.created_at).date()}
        for event in trail:
            came, went = self.position(event.source), self.position(event.target)
            for place in range(max(came + 1, 1), went + 1):
                days[place] = timezone.localtime(event.happened_at).date()
        return days


def _state(ahead: int) -> Any:
    return "done" if ahead <= 0 else "now" if ahead == 1 else "next"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a case stands, for its card: who holds it, what is awaited, until when and why then.

    ``holder`` is how whoever holds it is called to this reader (``mine``: the reader), ``basis`` the rule
    the term comes from, ``facts`` more pairs of a word and what it says.
    """

    stops: tuple[Stop, ...] = ()
    holder: Any = ""
    awaits: Any = ""
    mine: bool = False
    due_on: date | None = None
    deadline: Deadline | None = None
    basis: Any = ""
    facts: tuple[tuple[Any, Any], ...] = ()

    @property
    def until(self) -> date | None:
        """The last day, reckoned or set."""
        return self.deadline.last if self.deadline else self.due_on

    def reckoning(self) -> list[str]:
        """Return in sentences how the last day was found, empty where it was set by hand."""
        if self.deadline is None:
            return []
        lines = [_counted(self.deadline), *_left_out(self.deadline)]
        lines.append(_("So it ends on %(day)s.") % {"day": han_date(self.deadline.last)})
        if not self.deadline.is_certain:
            lines.append(_uncertain(self.deadline))
        if self.basis:
            lines.append(_("By: %(rule)s") % {"rule": self.basis})
        return lines


def _counted(term: Deadline) -> str:
    words = ngettext(
        "Counted from the day after %(day)s: %(days)d working day.",
        "Counted from the day after %(day)s: %(days)d working days.",
        term.days,
    )
    return words % {"day": han_date(term.start), "days": term.days}


def _left_out(term: Deadline) -> list[str]:
    """Say which days were not counted: weekends by their number, holidays by name."""
    weekends = sum((run.last - run.first).days + 1 for run in term.skipped if not run.name)
    named = [f"{run.name} {_span(run.first, run.last)}" for run in term.skipped if run.name]
    if weekends:
        words = ngettext("%(count)d day of weekends", "%(count)d days of weekends", weekends)
        named.insert(0, words % {"count": weekends})
    return [_("Not counted: %(days)s.") % {"days": pgettext("list", ", ").join(named)}] if named else []


def _span(start: date, end: date) -> str:
    return short_date(start) if start == end else f"{short_date(start)}–{short_date(end)}"


def _uncertain(term: Deadline) -> str:
    if term.known_until is None:
        return _("The calendar knows no holidays yet: they may move this day.")
    words = _("The calendar is known until %(day)s; holidays announced later may move this day.")
    return words % {"day": han_date(term.known_until)}
