"""Tables of the building: cases and their trail, files, submissions, drafts, numbers, special days, notices."""

from .attachments import Allowance, Attachment, Virus
from .cases import AppendOnly, Case, CaseEvent, ReadLog, public_id
from .days import SpecialDay
from .notices import Notice, NoticeCopy, NoticeHabits, TopicChoice
from .numbers import Counter
from .retention import RetentionRun
from .submissions import Draft, Submission

__all__ = [
    "Allowance",
    "AppendOnly",
    "Attachment",
    "Case",
    "CaseEvent",
    "Counter",
    "Draft",
    "Notice",
    "NoticeCopy",
    "NoticeHabits",
    "ReadLog",
    "RetentionRun",
    "SpecialDay",
    "Submission",
    "TopicChoice",
    "Virus",
    "public_id",
]
