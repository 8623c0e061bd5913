"""Telling a person that something happened to their account."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import get_random_string
from django.utils.translation import gettext, gettext_noop

from cms.kit import mail
from extranet.core.notices import notify

NOT_YOU = gettext_noop("If this was not you, call the union office at once.")


def tell(person: Any, title: str, text: str = NOT_YOU, *, key: str = "") -> None:
    """Tell one person (message ids): in the inbox, for the record, and by mail where there is an address.

    The mail leaves at once, whatever the person chose, and says what happened: whoever was robbed of an
    account cannot sign in to read it there. ``key`` names the event; without one every call is its own.
    """
    with transaction.atomic():
        notify(
            person,
            topic="account",
            title=title,
            body=text,
            url=reverse("account_overview"),
            key=f"account:{key or get_random_string(20)}",
            mailed=True,
        )
        if person.email:
            with translation.override(settings.LANGUAGE_CODE):
                subject = gettext(title)
                mail.send(person.email, subject, f"{subject}\n\n{gettext(text)}\n")
