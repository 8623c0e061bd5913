"""Tables of the building: cases and their trail, submissions, drafts, numbers, special days, exports."""

from .cases import AppendOnly, Case, CaseEvent, ReadLog, public_id
from .days import SpecialDay
from .exports import Export
from .numbers import Counter
from .submissions import Draft, Submission

__all__ = [
    "AppendOnly",
    "Case",
    "CaseEvent",
    "Counter",
    "Draft",
    "Export",
    "ReadLog",
    "SpecialDay",
    "Submission",
    "public_id",
]
