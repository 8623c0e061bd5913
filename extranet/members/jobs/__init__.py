"""What the worker does for the members' house, one module a matter."""

from . import cases, roster, terms
from .roster import check_roster, enter_roster, forget_rosters, hand_over, undo_roster

__all__ = [
    "cases",
    "check_roster",
    "enter_roster",
    "forget_rosters",
    "hand_over",
    "roster",
    "terms",
    "undo_roster",
]
