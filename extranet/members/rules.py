"""Who may do what in the members' house: predicates over the offices a person holds today."""

from typing import Any

from rules.predicates import Predicate, predicate

from extranet.core.permissions import grant

from .models import OfficeKind, offices_of
from .models.membership import SEE_MEMBERS

CHAIR, VICE_CHAIR, MEMBERSHIP_OFFICER = "chair", "vice_chair", "membership_officer"
BRANCH_CHAIR, GROUP_LEADER = "branch_chair", "group_leader"
SYSTEM_ADMINISTRATOR = "system_administrator"

KEEP_THE_ROSTER = (CHAIR, MEMBERSHIP_OFFICER)


def holds(*kinds: str) -> Predicate:
    """Return the predicate "holds an office of one of these kinds today", wherever it acts."""

    def test(user: Any) -> bool:
        return any(office.kind.slug in kinds for office in offices_of(user))

    return predicate(test, name=f"holds {' or '.join(kinds)}")


def holds_for(*kinds: str) -> Predicate:
    """Return the predicate "holds one of these offices for the branch or group ``obj`` belongs to".

    ``obj`` has ``branch_id`` and ``group_id``; an office of the whole union acts for everybody. Without an
    object it asks whether there is anybody at all the office acts for.
    """

    def test(user: Any, obj: Any) -> bool:
        return any(
            office.kind.slug in kinds and (obj is None or _reaches(office, obj))
            for office in offices_of(user)
        )

    return predicate(test, name=f"holds {' or '.join(kinds)} here")


def _reaches(office: Any, obj: Any) -> bool:
    """Tell whether an office acts for what ``obj`` belongs to; one that lacks its place acts for nobody."""
    if office.kind.level == OfficeKind.Level.GROUP:
        return bool(office.group_id) and office.group_id == obj.group_id
    if office.kind.level == OfficeKind.Level.BRANCH:
        return bool(office.branch_id) and office.branch_id == obj.branch_id
    return True


@predicate
def is_administrator(user: Any) -> bool:
    """Whoever looks after the site: an empty house has no officer who could appoint the first one."""
    return bool(user.is_superuser)


@predicate
def is_theirs(user: Any, membership: Any) -> bool:
    """The membership is one's own."""
    return membership is not None and membership.person_id == user.pk


grant("members.view", is_theirs | holds_for(*SEE_MEMBERS))
grant("members.directory", holds_for(*SEE_MEMBERS))
grant("members.keep", holds(*KEEP_THE_ROSTER) & ~is_theirs)
grant("members.confirm_shift", holds_for(*KEEP_THE_ROSTER, BRANCH_CHAIR, GROUP_LEADER) & ~is_theirs)
grant("members.structure", holds(*KEEP_THE_ROSTER) | is_administrator)
grant("members.offices", holds(CHAIR, SYSTEM_ADMINISTRATOR) | is_administrator)


@predicate
def is_somebody_else(user: Any, person: Any) -> bool:
    """Tell whether ``person`` is not the user; no person in particular is somebody else."""
    return person is None or bool(person.pk != user.pk)


@predicate
def is_a_second_officer(user: Any, case: Any) -> bool:
    """Tell whether the user neither asked for this reset nor is the person it concerns (双人办理)."""
    return bool(user.pk not in {case.requested_by_id, case.person_id})


grant("members.activate", holds("membership_officer", "chair"))
grant("members.recover", holds("membership_officer", "system_administrator") & is_somebody_else)
grant("members.decide_reset", holds("membership_officer", "system_administrator") & is_a_second_officer)
grant("members.roster", holds("membership_officer", "chair"))
