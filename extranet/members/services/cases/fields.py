"""What an application may correct: reading it from the roster, understanding what is wanted, writing it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.kit.templatetags.house import long_date, month_name
from extranet.members.models import (
    Department,
    Membership,
    MembershipCase,
    MembershipChange,
    User,
    mobile_shape,
    said,
)
from extranet.members.services.membership import Ground, change

Field = MembershipCase.Field
OF_THE_PERSON = frozenset({Field.NAME, Field.MOBILE})
DAYS = frozenset({Field.BORN_IN, Field.JOINED_ON})
LONGEST = 120
ENDS_SHOWN = (3, 4)
"""Digits of a mobile number that history shows, at its beginning and its end."""


def present(membership: Membership, field: str) -> str:
    """Return what the roster says now, as it is compared: a day in ISO, a department by its key."""
    if field == Field.DEPARTMENT:
        return str(membership.department_id or "")
    value = getattr(membership.person if field in OF_THE_PERSON else membership, field)
    return value.isoformat() if isinstance(value, date) else str(value or "")


def understood(field: str, typed: str) -> str:
    """Return what is wanted in the same spelling; raises ValidationError with a sentence."""
    typed = " ".join(typed.split())
    if not typed:
        raise ValidationError(_("Write what is right."))
    if field in DAYS:
        return _day(field, typed).isoformat()
    typed = _CHECKED.get(field, str)(typed)
    longest = _longest(field)
    if len(typed) > longest:
        raise ValidationError(_("At most %(most)d characters."), params={"most": longest})
    return typed


def in_words(field: str, kept: str) -> str:
    """Return what is kept of a field as people read it."""
    if not kept:
        return ""
    if field == Field.DEPARTMENT:
        department = Department.objects.filter(pk=int(kept)).first()
        return str(department or "")
    if field == Field.SEX:
        return str(Membership.Sex(kept).label) if kept in Membership.Sex.values else kept
    if field == Field.BORN_IN:
        return month_name(date.fromisoformat(kept))
    return long_date(date.fromisoformat(kept)) if field in DAYS else kept


def write(membership: Membership, field: str, kept: str, ground: Ground) -> None:
    """Write a corrected field into the roster, with its line of history; raises ValidationError."""
    if field in OF_THE_PERSON:
        _write_person(membership, field, kept, ground)
    else:
        change(membership, {field: _value(field, kept)}, ground)


def _write_person(membership: Membership, field: str, kept: str, ground: Ground) -> None:
    person = membership.person
    before = getattr(person, field)
    setattr(person, field, kept)
    person.clean_fields(exclude={one.name for one in person._meta.fields} - {field})  # noqa: SLF001
    person.save(update_fields=[field])
    shown = _masked if field == Field.MOBILE else said
    MembershipChange(
        membership=membership,
        field=field,
        before=shown(before),
        after=shown(kept),
        happened_on=ground.on,
        actor=ground.actor,
        source=ground.source,
        reason=ground.reason,
    ).save()


def _value(field: str, kept: str) -> Any:
    if field == Field.DEPARTMENT:
        department = Department.objects.open().filter(pk=int(kept)).first()
        if department is None:
            raise ValidationError(_("The department that was asked for has been closed meanwhile."))
        return department
    return date.fromisoformat(kept) if field in DAYS else kept


def _masked(number: str) -> str:
    """Return a mobile number that tells whether it changed, and no more."""
    first, last = ENDS_SHOWN
    return f"{number[:first]}****{number[-last:]}" if len(number) > first + last else "****" * bool(number)


def _department(typed: str) -> str:
    if not typed.isdecimal() or not Department.objects.open().filter(pk=int(typed)).exists():
        raise ValidationError(_("Choose one of the departments."))
    return str(int(typed))


def _sex(typed: str) -> str:
    if typed not in Membership.Sex.values:
        raise ValidationError(_("Choose one of the two."))
    return typed


def _mobile(typed: str) -> str:
    number = typed.replace(" ", "").replace("-", "")
    mobile_shape(number)
    return number


_CHECKED: dict[str, Callable[[str], str]] = {
    Field.DEPARTMENT: _department,
    Field.SEX: _sex,
    Field.MOBILE: _mobile,
}


def _day(field: str, typed: str) -> date:
    """Return a day; a month stands for its first day."""
    is_month = field == Field.BORN_IN
    try:
        day = date.fromisoformat(f"{typed}-01" if is_month and len(typed) == len("1990-05") else typed)
    except ValueError:
        words = _("Write the month as 1990-05.") if is_month else _("Write the day as 2019-07-01.")
        raise ValidationError(words) from None
    if day > timezone.localdate():
        raise ValidationError(_("This day lies ahead."))
    return day.replace(day=1) if is_month else day


def _longest(field: str) -> int:
    owner: Any = User if field in OF_THE_PERSON else Membership
    return int(owner._meta.get_field(field).max_length or LONGEST)  # noqa: SLF001
