"""What members keep themselves: their mobile number."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_noop

from extranet.members.models import User

from .telling import tell

CHANGED = gettext_noop("Your mobile number was changed")


@transaction.atomic
def change_mobile(person: User, mobile: str, *, actor: Any) -> bool:
    """Write a person's own mobile number, or none; tell whether it changed.

    They are told, so that nobody else's change goes unnoticed. Raises
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
    tell(locked, CHANGED)
    person.mobile = mobile
    return True
