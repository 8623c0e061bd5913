"""A mail address changes when its owner has opened the link sent to it."""

from datetime import timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cms.kit import mail
from extranet.members.models import MailChange, User
from extranet.members.models.activation import digest

from .telling import tell

WORKS_FOR = timedelta(hours=24)
CHANGED = (
    gettext_noop("Your mail address has changed"),
    gettext_noop(
        "From now on mail goes to your new address. If this was not you, call the union office at once."
    ),
)


@transaction.atomic
def ask_for_mail(person: Any, address: str) -> MailChange:
    """Send a link to a new address; nothing changes before it is opened. Older links stop working.

    An address that somebody else uses gets no link and no different answer: who has an account is not told.
    """
    address = address.strip().lower()
    key = get_random_string(40)
    MailChange.objects.filter(person=person, used_at=None).delete()
    change = MailChange.objects.create(person=person, address=address, digest=digest(key))
    if not User.objects.filter(email=address).exclude(pk=person.pk).exists():
        link = settings.BASE_URL + reverse("account_mail_confirm", args=[key])
        text = _(
            "Somebody, probably you, wants to use this address in the workers' home. This link confirms "
            "it; it works once and for a day:\n\n%(link)s\n\nIf it was not you, leave this mail alone."
        )
        mail.send(address, _("Please confirm this mail address"), text % {"link": link})
    return change


def waiting_mail(key: str) -> MailChange | None:
    """Return the change a link stands for, or None when it is used, replaced or too old."""
    since = timezone.now() - WORKS_FOR
    found = MailChange.objects.filter(digest=digest(key), used_at=None, asked_at__gte=since)
    return found.select_related("person").filter(person__is_active=True).first()


def confirm_mail(key: str) -> User:
    """Put the confirmed address into use and tell the old one.

    Raises ValidationError when the link no longer works or somebody else uses the address by now.
    """
    gone = _("This link no longer works. Ask for a new one on the page of your account.")
    change = waiting_mail(key)
    if change is None:
        raise ValidationError(gone)
    try:
        with transaction.atomic():
            if not MailChange.objects.filter(pk=change.pk, used_at=None).update(used_at=timezone.now()):
                raise ValidationError(gone)
            person = User.objects.select_for_update().get(pk=change.person_id)
            tell(person, *CHANGED, key=f"mail:{change.pk}")  # mailed to the old address
            person.email = change.address
            person.save(update_fields=["email"])
            # The old address must not reset the password any more.
            apps.get_model("account", "EmailAddress")._default_manager.filter(user=person).delete()  # noqa: SLF001
    except IntegrityError as error:
        raise ValidationError(gone) from error
    return person
