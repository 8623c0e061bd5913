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


grant("members.roster", holds("membership_officer", "chair"))
