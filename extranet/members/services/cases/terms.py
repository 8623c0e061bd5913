"""The term of whoever holds an application: since when, until when, and how that was reckoned."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.kit.templatetags.house import han_date
from extranet.core.workdays import Deadline, add_working_days, deadline
from extranet.members.models import MembershipCase

from .kinds import COMPLETION, LONGEST_COMPLETION, TERMS


def term(status: str) -> dict[str, Any]:
    """Return the fields of a term that begins today at this status."""
    today = timezone.localdate()
    return {"held_since": today, "due_on": add_working_days(today, TERMS[status])}


def completion_day() -> date:
    """Return the day a member is offered for what is missing."""
    return add_working_days(timezone.localdate(), COMPLETION)


def check_completion_day(until: date) -> None:
    """Raise ValidationError for a day that is none to complete something by."""
    today = timezone.localdate()
    last = today + timedelta(days=LONGEST_COMPLETION)
    if not today < until <= last:
        facts = {"first": han_date(today + timedelta(days=1)), "last": han_date(last)}
        raise ValidationError({"until": _("Choose a day from %(first)s to %(last)s.") % facts})


def reckoned(case: MembershipCase) -> Deadline | None:
    """Return how the present term was reckoned; None where a day was set, or the calendar changed since."""
    if case.status not in TERMS:
        return None
    shown = deadline(case.held_since, TERMS[case.status])
    return shown if shown.last == case.due_on else None
