"""What members keep themselves: their mobile number."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from extranet.members.models import User

from .terms import announce


@transaction.atomic
def change_mobile(person: User, mobile: str, *, actor: Any) -> bool:
    """Write a person's own mobile number, or none; tell whether it changed.

    They are told by mail where they have an address, so that nobody else's change goes unnoticed. Raises
    PermissionDenied for anybody else, ValidationError at the field.
    """
    if actor.pk != person.pk:
        raise PermissionDenied
    locked = User.objects.select_for_update().get(pk=person.pk)
    if locked.mobile == mobile:
        return False
    locked.mobile = mobile
    locked.clean_fields(exclude=["password", "name", "email"])
    locked.save(update_fields=["mobile"])
    with translation.override(settings.LANGUAGE_CODE):
        announce(
            [locked],
            _("Your mobile number was changed"),
            _("If that was not you, call the union's office."),
            reverse("members:me"),
        )
    person.mobile = mobile
    return True
