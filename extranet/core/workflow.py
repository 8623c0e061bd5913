"""Steps of a case: a status changes only here. Lock, permission, status, save, history, in one transaction.

A room writes its steps as data, one ``Transition`` a verb; buttons, the check on the server, the history line
and the diagram all come from them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _

from . import trail
from .models import Case, CaseEvent
from .permissions import may

case_recorded = Signal()
"""Sent with ``case`` and ``event`` in the step's transaction; search listens, rooms do not."""

Note = Literal["none", "optional", "required"]


class StepTakenError(Exception):
    """The case has moved on: the step cannot be taken any more. ``event`` says who took which one."""

    def __init__(self, event: CaseEvent | None) -> None:
        super().__init__(event)
        self.event = event


@dataclass(frozen=True, kw_only=True)
class Transition:
    """One step: from which statuses to which, who may take it, what it asks for.

    ``label`` is the verb on the button (提交), ``done`` the words of the history (已提交). ``note`` says
    whether the step asks for words. ``hint`` is said before it is taken: what follows, what cannot be undone;
    ``grave`` marks a step that ends a matter or takes something away.
    """

    verb: str
    label: Any
    done: Any
    permission: str
    sources: frozenset[str]
    target: str
    note: Note = "optional"
    hint: Any = ""
    grave: bool = False

    def open_to(self, user: Any, case: Case) -> bool:
        """Tell whether this person may take the step now: the button shows exactly then."""
        return case.status in self.sources and may(user, self.permission, case)

    def apply(
        self,
        case: Case,
        *,
        actor: Any,
        note: str = "",
        changes: Mapping[str, Any] | None = None,
        facts: Mapping[str, Any] | None = None,
    ) -> CaseEvent:
        """Take the step: write the status and the fields in ``changes``, and the history with ``facts``.

        Raises PermissionDenied, ValidationError for missing words, StepTakenError when the case is no longer
        where it was; nothing is written then.
        """
        note = note.strip()
        with transaction.atomic():
            locked = type(case)._default_manager.select_for_update().get(pk=case.pk)  # noqa: SLF001
            if not may(actor, self.permission, locked):
                raise PermissionDenied(self.permission)
            if locked.status not in self.sources:
                raise StepTakenError(trail.last(locked))
            if self.note == "required" and not note:
                raise ValidationError({"note": _("Say in a sentence why.")}, code="required")
            source = locked.status
            written = {**(changes or {}), "status": self.target, "changed_at": timezone.now()}
            for name, value in written.items():
                setattr(case, name, value)
            case.save(update_fields=list(written))
            return record(
                case,
                trail.Line(verb=self.verb, actor=actor, source=source, note=note, facts=facts or {}),
            )


def record(case: Case, line: trail.Line) -> CaseEvent:
    """Write a line of history, and let search know."""
    event = trail.add(case, line)
    case_recorded.send(type(case), case=case, event=event)
    return event


@dataclass(frozen=True)
class Steps:
    """All steps of one kind of case, found by verb."""

    steps: tuple[Transition, ...]
    _by_verb: dict[str, Transition] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_verb.update({step.verb: step for step in self.steps})
        if len(self._by_verb) != len(self.steps):
            raise ValueError("two steps have the same verb")

    def __getitem__(self, verb: str) -> Transition:
        return self._by_verb[verb]

    def __contains__(self, verb: object) -> bool:
        return verb in self._by_verb

    def __iter__(self) -> Any:
        return iter(self.steps)

    def open_to(self, user: Any, case: Case) -> list[Transition]:
        """Return the steps this person may take now, in the order they were written."""
        return [step for step in self.steps if step.open_to(user, case)]

    def dead_ends(self, statuses: Iterable[str]) -> set[str]:
        """Return the statuses no step leaves: a room's test holds them against its final ones."""
        left = {source for step in self.steps for source in step.sources}
        return set(statuses) - left
