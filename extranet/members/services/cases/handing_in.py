"""What the member does: hand in, hand in again, withdraw."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from extranet.core import trail, workflow
from extranet.core.models import CaseEvent
from extranet.core.numbering import next_number
from extranet.members.models import Membership, MembershipCase

from . import papers, telling
from .asking import checked, why_closed
from .kinds import SORTS, Status, sort_of
from .steps import HAND_IN, STEPS
from .terms import term


@transaction.atomic
def hand_in(*, actor: Any, kind: str, asked: Mapping[str, Any]) -> MembershipCase:
    """Hand in an application with the files in its tray; its number is given here.

    Raises PermissionDenied for an account that is closed, KeyError for a kind there is not, ValidationError
    at each field or paper that is wrong, or when one of this kind is open; nothing is written then.
    """
    if not (actor.is_authenticated and actor.is_active):
        raise PermissionDenied(HAND_IN)
    sort = SORTS[kind]
    membership = Membership.objects.select_related("person", "branch").filter(person=actor).first()
    if (closed := why_closed(sort, membership)) or membership is None:
        raise ValidationError(closed)
    case = MembershipCase(
        kind=kind,
        person=actor,
        branch=membership.branch,
        number=next_number(sort.series),
        **checked(kind, membership, asked),
        **term(Status.HANDED_IN),
    )
    case.full_clean()
    try:
        with transaction.atomic():
            case.save()
    except IntegrityError as error:  # another tab handed in the same in the same instant
        raise ValidationError(_("You have an application of this kind open already.")) from error
    event = workflow.record(case, trail.Line(verb=HAND_IN, actor=actor))
    papers.hand_over(actor, sort.tray, case)
    telling.tell(case, event)
    return case


def hand_in_again(
    case: MembershipCase, *, actor: Any, note: str = "", asked: Mapping[str, Any] | None = None
) -> CaseEvent:
    """Hand in what was returned, with the files of its own tray, and with other words if ``asked``.

    The branch is the one the applicant belongs to by now. Raises as ``hand_in`` and ``Transition.apply`` do.
    """
    with telling.unchanged_when_refused(case), transaction.atomic():
        membership = Membership.objects.select_related("person", "branch").get(person=case.person_id)
        if closed := why_closed(sort_of(case), membership):
            raise ValidationError(closed)
        said = checked(case.kind, membership, asked if asked is not None else as_said(case))
        changes = {**said, "branch": membership.branch, **term(Status.HANDED_IN)}
        event = STEPS["hand_in_again"].apply(case, actor=actor, note=note, changes=changes)
        case.__dict__.pop("_chaired", None)
        papers.hand_over(actor, papers.tray_of(case), case)
        telling.tell(case, event)
        return event


def withdraw(case: MembershipCase, *, actor: Any, note: str = "") -> CaseEvent:
    """Take an application back before it is entered; raises as ``Transition.apply`` does."""
    with transaction.atomic():
        holders = telling.holders(case)
        event = STEPS["withdraw"].apply(case, actor=actor, note=note, changes={"due_on": None})
        telling.tell_withdrawn(case, event, holders)
        return event


def as_said(case: MembershipCase) -> dict[str, Any]:
    """Return what an application says now, as it is asked for: a form that completes it begins with this."""
    return {
        name: getattr(case, name)
        for name in (
            "reason", "takes_effect_on", "other_union", "other_card", "first_joined_on", "to_branch",
            "to_group", "field", "wanted",
        )
    }  # fmt: skip
