"""Who is who: people, where they belong, their membership, their offices."""

from .activation import CodeBatch, OneTimeCode
from .membership import Membership, MembershipChange, said
from .offices import Office, OfficeKind, offices_of
from .people import User, mobile_shape, staff_number_shape
from .privacy import Consent, PrivacyNotice
from .recovery import FactorReset, MailChange
from .sessions import SignedIn
from .roster import RosterHabit, RosterImport, RosterRow
from .structure import Branch, Department, DepartmentEvent, UnionGroup

__all__ = [
    "Branch",
    "CodeBatch",
    "Consent",
    "Department",
    "DepartmentEvent",
    "FactorReset",
    "MailChange",
    "Membership",
    "MembershipChange",
    "Office",
    "OfficeKind",
    "OneTimeCode",
    "PrivacyNotice",
    "RosterHabit",
    "RosterImport",
    "RosterRow",
    "SignedIn",
    "UnionGroup",
    "User",
    "mobile_shape",
    "offices_of",
    "said",
    "staff_number_shape",
]
