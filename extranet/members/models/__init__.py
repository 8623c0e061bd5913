"""Who is who: people, where they belong, their membership, their offices."""

from .cases import ANSWERS, KEEPS, MembershipCase
from .membership import Membership, MembershipChange, said
from .offices import Office, OfficeKind, offices_of
from .people import User, mobile_shape, staff_number_shape
from .structure import Branch, Department, DepartmentEvent, UnionGroup

__all__ = [
    "ANSWERS",
    "KEEPS",
    "Branch",
    "Department",
    "DepartmentEvent",
    "Membership",
    "MembershipCase",
    "MembershipChange",
    "Office",
    "OfficeKind",
    "UnionGroup",
    "User",
    "mobile_shape",
    "offices_of",
    "said",
    "staff_number_shape",
]
