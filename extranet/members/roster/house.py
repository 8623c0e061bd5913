"""The house as it stands, read once: everybody and every part of it, for comparing with a roster."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from extranet.members.models import (
    Branch,
    Department,
    Membership,
    Office,
    UnionGroup,
    User,
)

from .columns import bare

Status = Membership.Status
GONE = frozenset({Status.TRANSFERRED, Status.ENDED})


class Person(NamedTuple):
    """Somebody with their membership; the order is that of ``FIELDS``."""

    pk: int
    staff_number: str
    name: str
    mobile: str
    email: str
    is_active: bool
    is_superuser: bool
    membership: int | None
    status: str
    joined_on: Any
    left_on: Any
    department: int | None
    branch: int | None
    group: int | None
    post: str
    title: str
    employment: str
    sex: str
    born_in: Any
    shift: str


OF_THE_MEMBERSHIP = (
    *("pk", "status", "joined_on", "left_on", "department_id", "branch_id", "group_id", "post", "title"),
    *("employment", "sex", "born_in", "shift"),
)
FIELDS = (
    *("pk", "staff_number", "name", "mobile", "email", "is_active", "is_superuser"),
    *(f"membership__{name}" for name in OF_THE_MEMBERSHIP),
)


class Part(NamedTuple):
    """A department, branch or group that is open; ``branch`` and ``group`` are what it belongs to."""

    pk: int
    name: str
    branch: int | None = None
    group: int | None = None


@dataclass
class House:
    """Everything a roster is compared with."""

    people: dict[str, Person]
    names: dict[str, dict[int, str]]
    departments: dict[str, Part] = field(default_factory=dict)
    branches: dict[str, Part] = field(default_factory=dict)
    groups: dict[tuple[int, str], Part] = field(default_factory=dict)
    offices: dict[int, list[tuple[int, str, Any]]] = field(default_factory=dict)
    branch_of: dict[int, int] = field(default_factory=dict)
    """The branch of each group, over or not."""

    @classmethod
    def read(cls) -> "House":
        """Read the house (five queries)."""
        people = {row[1]: Person(*row) for row in User.objects.order_by("pk").values_list(*FIELDS)}
        house = cls(people, {"department": {}, "branch": {}, "group": {}})
        for pk, name, branch, group, closed in Department.objects.order_by("pk").values_list(
            "pk", "name", "branch_id", "group_id", "closed_on"
        ):
            house.names["department"][pk] = name
            if not closed:
                house.departments[bare(name)] = Part(pk, name, branch, group)
        for pk, name, closed in Branch.objects.order_by("pk").values_list("pk", "name", "closed_on"):
            house.names["branch"][pk] = name
            if not closed:
                house.branches[bare(name)] = Part(pk, name)
        for pk, name, branch, closed in UnionGroup.objects.order_by("pk").values_list(
            "pk", "name", "branch_id", "closed_on"
        ):
            house.names["group"][pk] = name
            house.branch_of[pk] = branch
            if not closed:
                house.groups[branch, bare(name)] = Part(pk, name, branch)
        held = defaultdict(list)
        for office in Office.objects.running().select_related("kind").order_by("pk"):
            held[office.person_id].append((office.pk, str(office.kind), office.ends_on))
        house.offices = dict(held)
        return house

    def digest(self) -> str:
        """Return a fingerprint of all that a roster is compared with."""
        made = hashlib.sha256()
        for person in self.people.values():
            made.update(repr(tuple(person)).encode())
        for table in (self.departments, self.branches, self.groups, self.offices):
            made.update(repr(sorted(table.items())).encode())
        return made.hexdigest()

    def part(self, kind: str, name: str, branch: int | None = None) -> Part | None:
        """Return the open part of this name; a group within its branch, or the only one of its name."""
        key = bare(name)
        if kind == "department":
            return self.departments.get(key)
        if kind == "branch":
            return self.branches.get(key)
        if branch is not None:
            return self.groups.get((branch, key))
        same = [group for (_branch, words), group in self.groups.items() if words == key]
        return same[0] if len(same) == 1 else None
