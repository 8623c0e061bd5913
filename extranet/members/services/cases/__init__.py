"""Applications about memberships (会籍业务): handed in, answered by the branch, entered by the office."""

from .asking import Opening, openings
from .deciding import approve, decline, return_for_completion, urge
from .entering import enter, schedule, take_effect, take_effect_today
from .handing_in import as_said, hand_in, hand_in_again, withdraw
from .kinds import RULE, SLOTS, SORTS, TERMS, Sort, sort_of
from .papers import INTAKE, tray_of
from .saying import facts
from .steps import HAND_IN, HANDED_IN, STEPS
from .telling import TOPIC, holders, keepers, remind
from .terms import completion_day, reckoned

__all__ = [
    "HANDED_IN",
    "HAND_IN",
    "INTAKE",
    "RULE",
    "SLOTS",
    "SORTS",
    "STEPS",
    "TERMS",
    "TOPIC",
    "Opening",
    "Sort",
    "approve",
    "as_said",
    "completion_day",
    "decline",
    "enter",
    "facts",
    "hand_in",
    "hand_in_again",
    "holders",
    "keepers",
    "openings",
    "reckoned",
    "remind",
    "return_for_completion",
    "schedule",
    "sort_of",
    "take_effect",
    "take_effect_today",
    "tray_of",
    "urge",
    "withdraw",
]
