"""The trail of a case in words (办理记录): who did what, when, with what words, as a reader may know."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from . import trail
from .models import Case, CaseEvent
from .workflow import Steps

Facts = Iterable[tuple[Any, Any]]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A line of the history."""

    who: str
    words: Any
    at: datetime
    note: str = ""
    facts: tuple[tuple[Any, Any], ...] = ()


def _by_name(event: CaseEvent) -> str:
    return str(event.actor.get_short_name()) if event.actor else ""


def _everybody(_reader: Any, _event: CaseEvent) -> bool:
    return True


def _no_facts(_event: CaseEvent) -> Facts:
    return ()


@dataclass(frozen=True, kw_only=True)
class Teller:
    """Tells the trail of one kind of case.

    ``steps`` and ``words`` (for lines that are no step) say what was done; ``name_of`` how whoever did it is
    called: officers may be named by their office; ``facts_of`` turns a line's facts into pairs of words;
    ``shown_to`` keeps lines from readers they are not for.
    """

    steps: Steps
    words: Mapping[str, Any] = field(default_factory=dict)
    name_of: Callable[[CaseEvent], str] = _by_name
    facts_of: Callable[[CaseEvent], Facts] = _no_facts
    shown_to: Callable[[Any, CaseEvent], bool] = _everybody

    def tell(self, events: Iterable[CaseEvent], reader: Any) -> list[Entry]:
        """Return the history for a reader, newest first."""
        entries = [self._entry(event, reader) for event in events if self.shown_to(reader, event)]
        return entries[::-1]

    def who(self, event: CaseEvent, reader: Any) -> str:
        """Return how a reader knows whoever did this: themself, a person or an office, or the house."""
        if event.actor_id is None:
            return _("The house")
        return _("You") if event.actor_id == reader.pk else self.name_of(event)

    def done(self, event: CaseEvent) -> Any:
        """Return what was done, in the words of the history."""
        if event.verb in self.steps:
            return self.steps[event.verb].done
        return self.words.get(event.verb, event.verb)

    def _entry(self, event: CaseEvent, reader: Any) -> Entry:
        return Entry(
            who=self.who(event, reader),
            words=self.done(event),
            at=event.happened_at,
            note=event.note,
            facts=tuple(self.facts_of(event)),
        )


def events_of(case: Case) -> list[CaseEvent]:
    """Return the trail of a case with its actors, oldest first (one query)."""
    return list(trail.of(case).select_related("actor").order_by("sequence"))
