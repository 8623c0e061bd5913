"""Entering an application into the roster (登记): here the membership changes, in the same transaction."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from extranet.core.models import CaseEvent
from extranet.members.models import Membership, MembershipCase, MembershipChange
from extranet.members.services import membership as roster
from extranet.members.services.membership import Ground

from . import fields, telling
from .asking import first_day, still_right
from .kinds import Kind, Status
from .steps import STEPS

log = logging.getLogger("members")


def enter(case: MembershipCase, *, actor: Any, note: str = "") -> CaseEvent:
    """Enter it: the membership changes now.

    Raises as ``Transition.apply`` does, and ValidationError when what it stands on has changed meanwhile;
    then nothing is written.
    """
    return _enter(case, "enter", actor=actor, officer=actor, note=note)


def schedule(case: MembershipCase, *, actor: Any, note: str = "") -> CaseEvent:
    """Enter it for its day, which lies ahead: the house itself carries it out then. Raises as ``enter``."""
    with telling.unchanged_when_refused(case), transaction.atomic():
        changes = {"held_since": timezone.localdate(), "due_on": case.takes_effect_on, "entered_by": actor}
        event = STEPS["schedule"].apply(case, actor=actor, note=note, changes=changes)
        still_right(case, _locked(case))
        telling.tell(case, event)
        return event


def take_effect(case: MembershipCase) -> CaseEvent:
    """Carry out what was entered for a day that has come; raises as ``enter``."""
    return _enter(case, "take_effect", actor=None, officer=case.entered_by)


def take_effect_today() -> tuple[int, int]:
    """Carry out everything whose day has come; return how many were, and how many could not be.

    What could not be stays open, overdue, with its reason told to the officers.
    """
    done = left = 0
    due = MembershipCase.objects.filter(status=Status.SCHEDULED, takes_effect_on__lte=timezone.localdate())
    for case in due.select_related("entered_by").order_by("takes_effect_on", "pk"):
        try:
            take_effect(case)
            done += 1
        except ValidationError as error:
            left += 1
            log.warning("case %s could not take effect", case.public_id)
            telling.tell_stuck(case, " ".join(error.messages))
    return done, left


def _enter(case: MembershipCase, verb: str, *, actor: Any, officer: Any, note: str = "") -> CaseEvent:
    with telling.unchanged_when_refused(case), transaction.atomic():
        changes = {"due_on": None, "entered_on": timezone.localdate(), "entered_by": officer}
        event = STEPS[verb].apply(case, actor=actor, note=note, changes=changes)
        membership = _locked(case)
        still_right(case, membership)
        telling.tell(case, event)  # before access ends: the last notice is theirs to be told
        ground = Ground(
            on=first_day(case), actor=officer, source=MembershipChange.Source.CASE, reason=_why(case)
        )
        _CARRY_OUT[case.kind](case, membership, ground)
        return event


def _locked(case: MembershipCase) -> Membership:
    rows = Membership.objects.select_for_update(of=("self",)).select_related("person", "branch", "department")
    return rows.get(person=case.person_id)


def _why(case: MembershipCase) -> str:
    """Return what the history of the membership says: the case, and the other union."""
    return " ".join(filter(None, (case.number, case.other_union, case.other_card)))


def _join(_case: MembershipCase, membership: Membership, ground: Ground) -> None:
    roster.enter(membership.person, ground)


def _arrive(case: MembershipCase, membership: Membership, ground: Ground) -> None:
    roster.enter(membership.person, ground, joined_on=case.first_joined_on)


def _move(case: MembershipCase, membership: Membership, ground: Ground) -> None:
    roster.change(membership, {"branch": case.to_branch, "group": case.to_group}, ground)


def _depart(_case: MembershipCase, membership: Membership, ground: Ground) -> None:
    roster.transfer_out(membership, ground)


def _leave(_case: MembershipCase, membership: Membership, ground: Ground) -> None:
    roster.end(membership, ground)


def _correct(case: MembershipCase, membership: Membership, ground: Ground) -> None:
    fields.write(membership, case.field, case.wanted, ground)


_CARRY_OUT: dict[str, Callable[[MembershipCase, Membership, Ground], None]] = {
    Kind.JOIN: _join,
    Kind.ARRIVE: _arrive,
    Kind.MOVE: _move,
    Kind.DEPART: _depart,
    Kind.LEAVE: _leave,
    Kind.CORRECT: _correct,
}
