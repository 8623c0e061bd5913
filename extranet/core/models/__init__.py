"""Tables of the building: cases and their trail, files, notices, submissions, numbers, special days."""

from .attachments import Allowance, Attachment, Virus
from .cases import AppendOnly, Case, CaseEvent, ReadLog, public_id
from .days import SpecialDay
from .exports import Export
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
    "Export",
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
