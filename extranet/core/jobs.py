"""What the worker does for the building; importing it makes the periodic jobs known."""

from .notices.copies import carry_copies, mail_copy
from .notices.digest import daily_mails
from .notices.robots import say_to_group

__all__ = ["carry_copies", "daily_mails", "mail_copy", "say_to_group"]
