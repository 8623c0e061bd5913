"""What officers do with an application before it is entered: approve, return, decline, urge."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from extranet.core import trail
from extranet.core.models import CaseEvent
from extranet.members.models import MembershipCase

from . import telling
from .kinds import Status
from .steps import STEPS
from .terms import check_completion_day, completion_day, term


def approve(case: MembershipCase, *, actor: Any, note: str = "") -> CaseEvent:
    """Approve for the branch; the office has its term to enter it then."""
    return _step(case, "approve", actor, note, term(Status.APPROVED))


def return_for_completion(
    case: MembershipCase, *, actor: Any, note: str, until: date | None = None, verb: str = "return"
) -> CaseEvent:
    """Return it with words what is missing, until a day; ``verb`` "send_back" is the office's.

    Raises ValidationError for a day that has passed or lies too far ahead.
    """
    if until is not None:
        check_completion_day(until)
    changes = {
        "held_since": timezone.localdate(),
        "due_on": until or completion_day(),
        "answer": note.strip(),
    }
    return _step(case, verb, actor, note, changes)


def decline(case: MembershipCase, *, actor: Any, note: str, verb: str = "decline") -> CaseEvent:
    """Decline with the reason; ``verb`` "refuse" is the office's."""
    return _step(case, verb, actor, note, {"due_on": None, "answer": note.strip()})


def urge(case: MembershipCase, *, actor: Any) -> CaseEvent:
    """Remind whoever answers for the branch, at most once a day; raises ValidationError the second time."""
    last = trail.of(case).filter(verb="urge").order_by("-sequence").first()
    if last is not None and timezone.localtime(last.happened_at).date() == timezone.localdate():
        raise ValidationError(_("They were reminded today already. Wait a day before you do it again."))
    return _step(case, "urge", actor, "", {})


def _step(case: MembershipCase, verb: str, actor: Any, note: str, changes: dict[str, Any]) -> CaseEvent:
    """Take a step and tell whom it concerns; raises as ``Transition.apply`` does."""
    with transaction.atomic():
        event = STEPS[verb].apply(case, actor=actor, note=note, changes=changes)
        telling.tell(case, event)
        return event
