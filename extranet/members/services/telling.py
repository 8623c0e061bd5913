"""Telling a person that something happened to their account."""

from typing import Any

from django.utils.translation import gettext as _

from cms.kit import mail


def tell(person: Any, subject: str, text: str) -> None:
    """Tell one person, after the surrounding transaction; who has no mail address is told at the desk only."""
    if person.email:
        foot = _("If this was not you, call the union office at once.")
        mail.send(person.email, subject, f"{text}\n\n{foot}\n")
