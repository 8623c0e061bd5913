"""Who may do what in the members' house: predicates over the offices a person holds today."""

from typing import Any

from rules.predicates import Predicate, predicate

from extranet.core.permissions import grant

from .models import offices_of


def holds(*kinds: str) -> Predicate:
    """Return the predicate "holds an office of one of these kinds today", wherever it acts."""

    def test(user: Any) -> bool:
        return any(office.kind.slug in kinds for office in offices_of(user))

    return predicate(test, name=f"holds {' or '.join(kinds)}")


def holds_for(*kinds: str) -> Predicate:
    """Return the predicate "holds one of these offices for the branch or group ``obj`` belongs to".

    ``obj`` has ``branch_id`` and ``group_id``; an office of the whole union acts for everybody.
    """

    def test(user: Any, obj: Any) -> bool:
        return any(office.kind.slug in kinds and _reaches(office, obj) for office in offices_of(user))

    return predicate(test, name=f"holds {' or '.join(kinds)} here")


def _reaches(office: Any, obj: Any) -> bool:
    if office.group_id:
        return bool(office.group_id == obj.group_id)
    if office.branch_id:
        return bool(office.branch_id == obj.branch_id)
    return True


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
