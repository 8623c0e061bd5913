"""Who is who: people, where they belong, their membership, their offices."""

from .membership import Membership, MembershipChange, said
from .offices import Office, OfficeKind, offices_of
from .people import User, mobile_shape, staff_number_shape
from .roster import RosterHabit, RosterImport, RosterRow
from .structure import Branch, Department, DepartmentEvent, UnionGroup

__all__ = [
    "Branch",
    "Department",
    "DepartmentEvent",
    "Membership",
    "MembershipChange",
    "Office",
    "OfficeKind",
    "RosterHabit",
    "RosterImport",
    "RosterRow",
    "UnionGroup",
    "User",
    "mobile_shape",
    "offices_of",
    "said",
    "staff_number_shape",
]
