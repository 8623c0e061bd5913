"""What the worker does for the members' house."""

from .roster import check_roster, enter_roster, forget_rosters, hand_over, undo_roster

__all__ = ["check_roster", "enter_roster", "forget_rosters", "hand_over", "undo_roster"]
