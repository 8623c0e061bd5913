"""Tables of the building: cases and their trail, submissions, drafts, numbers, special days, notices."""

from .cases import Case, CaseEvent, ReadLog, public_id
from .days import SpecialDay
from .notices import Notice, NoticeCopy, NoticeHabits, TopicChoice
from .numbers import Counter
from .submissions import Draft, Submission

__all__ = [
    "Case",
    "CaseEvent",
    "Counter",
    "Draft",
    "Notice",
    "NoticeCopy",
    "NoticeHabits",
    "ReadLog",
    "SpecialDay",
    "Submission",
    "TopicChoice",
    "public_id",
]
