"""Who may do what in the members' house: predicates over the offices a person holds today."""

from typing import Any

from rules.predicates import Predicate, always_deny, predicate

from extranet.core.permissions import grant

from .models import ANSWERS, KEEPS, MembershipCase, OfficeKind, offices_of
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


# Applications about memberships (会籍业务): the branch answers, whoever keeps the roster enters.


@predicate
def is_applicant(user: Any, case: Any) -> bool:
    """The application is one's own: then one decides nothing about it (回避)."""
    return case is not None and case.person_id == user.pk


@predicate
def is_unchaired(_user: Any, case: Any) -> bool:
    """The branch has nobody to answer: no chair, or the applicant is the chair."""
    return case is not None and not case.is_chaired


@predicate
def is_being_completed(_user: Any, case: Any) -> bool:
    """The applicant still has time to add what was missing."""
    return case is not None and case.status == MembershipCase.Status.RETURNED and not case.is_overdue


@predicate
def lies_ahead(_user: Any, case: Any) -> bool:
    """It is to take effect on a later day."""
    return case is not None and case.lies_ahead


answers = ~is_applicant & (holds_for(ANSWERS) | (is_unchaired & holds(*KEEPS)))
keeps = ~is_applicant & holds(*KEEPS)

# None of these asks where an application stands, or whoever comes second would hear "not yours" instead of
# who was first: the steps say from where they lead.
grant("members.cases", holds_for(ANSWERS) | holds(*KEEPS))
grant("members.cases_export", holds(*KEEPS))
grant("members.case_view", is_applicant | holds_for(ANSWERS) | holds(*KEEPS))
grant("members.case_own", is_applicant)
grant("members.case_answer", answers)
grant("members.case_decline", answers & ~is_being_completed)
grant("members.case_keep", keeps)
grant("members.case_enter", keeps & ~lies_ahead)
grant("members.case_schedule", keeps & lies_ahead)
grant("members.case_take_effect", always_deny)  # the house itself does, when the day has come
grant("members.case_urge", keeps & ~is_unchaired)
