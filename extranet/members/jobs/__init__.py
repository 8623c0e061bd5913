"""What the worker does for the members' house; importing it makes the periodic jobs known."""

from .cases import remind_of_the_late, take_effect

__all__ = ["remind_of_the_late", "take_effect"]
