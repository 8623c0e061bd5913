"""Finding the one person a typed name means, and who must show more than a password."""

import unicodedata
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q, QuerySet

from ..models import User, offices_of

MAY_ENTER_THE_ADMIN = "wagtailadmin.access_admin"


def spelled(typed: str) -> str:
    """Return a typed staff number, mobile or mail address in the spelling it is kept in."""
    return "".join(unicodedata.normalize("NFKC", typed).split()).lower()


def person_called(typed: str) -> User | None:
    """Return the person a staff number, mail address or mobile means, or None (always one query).

    A staff number goes before a mail address, both before a mobile. A mobile opens the door only if the
    roster gave it and no other active person has it.
    """
    name = spelled(typed)
    number = name.replace("-", "")
    by_mobile = Q(mobile=number, is_active=True) & ~Q(mobile="")
    asked = Q(staff_number=name) | (Q(email=name) & ~Q(email="")) | by_mobile
    found = list(User.objects.filter(asked)[:10])
    for same in ("staff_number", "email"):
        for person in found:
            if getattr(person, same) == name:
                return person
    return found[0] if len(found) == 1 and found[0].mobile_is_known else None


def not_activated() -> QuerySet[User]:
    """Return those whose account waits for its first password (未激活)."""
    return User.objects.filter(is_active=True, password__startswith=UNUSABLE_PASSWORD_PREFIX)


def account_state(person: User) -> str:
    """Return ``closed`` (停用), ``waiting`` (未激活) or ``open`` (启用)."""
    if not person.is_active:
        return "closed"
    return "open" if person.has_usable_password() else "waiting"


def is_officer(person: Any) -> bool:
    """Tell whether somebody holds an office today or may enter the admin: their sessions are short."""
    return bool(offices_of(person)) or person.has_perm(MAY_ENTER_THE_ADMIN)


def office_needs_second_factor(person: Any) -> bool:
    """Tell whether an office held today asks for a second factor."""
    return settings.MFA_REQUIRED and any(office.kind.needs_second_factor for office in offices_of(person))


def needs_second_factor(person: Any) -> bool:
    """Tell whether somebody must have a second factor: for the admin or for an office held today."""
    return settings.MFA_REQUIRED and (
        office_needs_second_factor(person) or person.has_perm(MAY_ENTER_THE_ADMIN)
    )


def second_factors(person: Any) -> QuerySet[Any]:
    """Return the authenticators and passkeys of a person; recovery codes only stand in for one."""
    return keys_of(person).filter(type__in=("totp", "webauthn"))


def keys_of(person: Any) -> QuerySet[Any]:
    """Return every second proof of a person, recovery codes included."""
    return apps.get_model("mfa", "Authenticator")._default_manager.filter(user_id=person.pk)  # noqa: SLF001
