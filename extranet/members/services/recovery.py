"""A lost second factor: one officer asks after seeing a document, another one decides; all on record."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from extranet.core import trail
from extranet.core.numbering import next_number
from extranet.core.permissions import may
from extranet.core.workflow import Steps, Transition, record
from extranet.members.models import FactorReset, OneTimeCode, User
from extranet.members.selectors.sign_in import keys_of, second_factors

from .sessions import end_sessions
from .telling import tell

Status = FactorReset.Status
STEPS = Steps(
    (
        Transition(
            verb="approve",
            label=gettext_lazy("Approve and remove"),
            done=gettext_lazy("Approved"),
            permission="members.decide_reset",
            sources=frozenset({Status.REQUESTED}),
            target=Status.APPROVED,
        ),
        Transition(
            verb="decline",
            label=gettext_lazy("Decline"),
            done=gettext_lazy("Declined"),
            permission="members.decide_reset",
            sources=frozenset({Status.REQUESTED}),
            target=Status.DECLINED,
            note="required",
        ),
        Transition(
            verb="remove",
            label=gettext_lazy("Remove the second factor"),
            done=gettext_lazy("Second factor removed"),
            permission="members.decide_reset",
            sources=frozenset({Status.APPROVED}),
            target=Status.DONE,
            note="none",
        ),
    )
)
REQUESTED = (
    gettext_noop("A request about your second factor"),
    gettext_noop(
        "The union office has asked to remove the second factor of your account. If you did not ask for it, "
        "call the union office at once."
    ),
)
DECIDED = {
    "approve": (
        gettext_noop("Your second factor has been removed"),
        gettext_noop(
            "Sign in with your password and set up a new one. If you did not ask for it, call the union "
            "office at once."
        ),
    ),
    "decline": (
        gettext_noop("The request to remove your second factor was declined"),
        gettext_noop("Everything stays as it was. If you did not ask for it, call the union office at once."),
    ),
}
"""What the person is told of each decision: title and text."""


def request_reset(*, actor: Any, person: User, checked: str, reason: str) -> FactorReset:
    """Ask that a person's second factor be removed; they are told at once.

    Raises PermissionDenied (never for oneself), ValidationError at the field, or when there is nothing to
    remove or a request waits already.
    """
    if not may(actor, "members.recover", person):
        raise PermissionDenied("members.recover")
    _check(person, checked, reason)
    case = FactorReset(person=person, requested_by=actor, checked=checked, reason=reason.strip())
    try:
        with transaction.atomic():
            case.number = next_number("SR")
            case.save()
            record(
                case, trail.Line(verb="request", actor=actor, note=case.reason, facts={"checked": checked})
            )
            tell(person, *REQUESTED, key=f"reset:{case.public_id}:requested")
    except IntegrityError as error:
        raise ValidationError(_("A request for this person waits already.")) from error
    return case


def _check(person: User, checked: str, reason: str) -> None:
    wrong = {}
    if checked not in OneTimeCode.Checked.values:
        wrong["checked"] = _("Say which document you have seen.")
    if not reason.strip():
        wrong["reason"] = _("Say in a sentence what happened.")
    if wrong:
        raise ValidationError(wrong)
    if not second_factors(person).exists():
        raise ValidationError(_("This person has no second factor."))


def decide_reset(case: FactorReset, *, verb: str, actor: Any, note: str = "") -> None:
    """Approve (the factor goes and all sessions end in the same transaction) or decline.

    Raises what ``Transition.apply`` raises; LookupError for another verb.
    """
    if verb not in DECIDED:
        raise LookupError(verb)
    with transaction.atomic():
        STEPS[verb].apply(case, actor=actor, note=note)
        person = case.person
        if verb == "approve":
            keys_of(person).delete()
            end_sessions(person)
            STEPS["remove"].apply(case, actor=actor)
        tell(person, *DECIDED[verb], key=f"reset:{case.public_id}:{case.status}")
