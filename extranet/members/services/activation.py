"""Codes that let people in for the first time, or again: made by officers, used once by their owner."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cms.kit import mail
from extranet.core.permissions import may
from extranet.members.models import CodeBatch, OneTimeCode, User
from extranet.members.models.activation import LIFETIME, digest, grouped, new_code

from .sessions import end_sessions
from .telling import tell

PERMISSION = {"activation": "members.activate", "recovery": "members.recover"}
SLIP_MADE = (
    gettext_noop("A recovery slip for your account"),
    gettext_noop(
        "The union office has given out a slip with which a new password can be set. If you did not ask for "
        "it, call the union office at once."
    ),
)
PASSWORD_SET = gettext_noop("A new password has been set with a recovery slip")
MOST_AT_ONCE = 2000  # a whole hospital in a few goes; one page of print each


@dataclass(frozen=True)
class Slip:
    """A code that can be shown now and never again."""

    person: User
    code: str
    expires_at: datetime
    mailed: bool


def make_codes(*, actor: Any, people: Iterable[User], by_mail: bool = False) -> tuple[CodeBatch, list[Slip]]:
    """Make activation codes for people who have no password yet; older codes of theirs stop working.

    With ``by_mail`` whoever has a mail address gets theirs by mail. Raises PermissionDenied, ValidationError
    when nobody is left to make one for or there are more than MOST_AT_ONCE.
    """
    if not may(actor, PERMISSION["activation"]):
        raise PermissionDenied(PERMISSION["activation"])
    with transaction.atomic():
        wanted = _locked(people)
        fit = [one for one in wanted if one.is_active and one.password.startswith(UNUSABLE_PASSWORD_PREFIX)]
        if not fit:
            raise ValidationError(_("Choose at least one person whose account is not activated yet."))
        if len(fit) > MOST_AT_ONCE:
            text = _("Choose at most %(most)s people at a time, a branch for instance.")
            raise ValidationError(text % {"most": MOST_AT_ONCE})
        batch, slips = _issue(actor, fit, purpose="activation", by_mail=by_mail)
        for slip in slips:
            if slip.mailed:
                _mail_code(slip)
    return batch, slips


def make_recovery_slip(*, actor: Any, person: User, checked: str) -> tuple[CodeBatch, Slip]:
    """Make a slip for somebody who stands in the office and was recognised; it works for 24 hours.

    Raises PermissionDenied (never for oneself), ValidationError without a document seen or for a closed
    account.
    """
    if not may(actor, PERMISSION["recovery"], person):
        raise PermissionDenied(PERMISSION["recovery"])
    if checked not in OneTimeCode.Checked.values:
        raise ValidationError({"checked": _("Say which document you have seen.")})
    with transaction.atomic():
        [locked] = _locked([person])
        if not locked.is_active:
            raise ValidationError(_("This account is closed. Open it again first."))
        batch, [slip] = _issue(actor, [locked], purpose="recovery", checked=checked)
        tell(locked, *SLIP_MADE, key=f"slip:{batch.public_id}")
    return batch, slip


def _locked(people: Iterable[User]) -> list[User]:
    keys = [one.pk for one in people]
    found = User.objects.select_for_update().filter(pk__in=keys).in_bulk()
    return [found[key] for key in keys if key in found]


def _issue(
    actor: Any, people: list[User], *, purpose: str, checked: str = "", by_mail: bool = False
) -> tuple[CodeBatch, list[Slip]]:
    now = timezone.now()
    until = now + LIFETIME[purpose]
    live = OneTimeCode.objects.filter(person__in=people, used_at=None, voided_at=None)
    live.update(voided_at=now)
    batch = CodeBatch.objects.create(made_by=actor, made_at=now)
    slips = [Slip(one, new_code(), until, by_mail and bool(one.email)) for one in people]
    OneTimeCode.objects.bulk_create(
        [
            OneTimeCode(
                batch=batch,
                person=slip.person,
                purpose=purpose,
                checked=checked,
                digest=digest(slip.code),
                made_at=now,
                expires_at=until,
                mailed=slip.mailed,
            )
            for slip in slips
        ],
        batch_size=500,
    )
    return batch, slips


def _mail_code(slip: Slip) -> None:
    days = LIFETIME["activation"].days
    text = _(
        "Your account in the workers' home is ready. Open %(address)s, write your staff number and this "
        "code:\n\n%(code)s\n\nIt works once and for %(days)s days."
    )
    facts = {
        "address": settings.BASE_URL + reverse("account_activate"),
        "code": grouped(slip.code),
        "days": days,
    }
    mail.send(slip.person.email, _("Your activation code"), text % facts)


@transaction.atomic
def use_code(code: OneTimeCode, *, password: str, mobile: str = "") -> User:
    """Use a code up: set the password of its owner, end their sessions.

    A mobile is kept where the roster has none; it does not open the door, for only the roster's does. Raises
    ValidationError when the code has been used or replaced in the meantime.
    """
    now = timezone.now()
    if not OneTimeCode.objects.open().filter(pk=code.pk).update(used_at=now):
        raise ValidationError(_("This code has just been used or replaced. Ask for a new one."))
    person = User.objects.select_for_update().get(pk=code.person_id)
    person.set_password(password)
    if mobile and not person.mobile:
        person.mobile, person.mobile_is_known = mobile, False
    person.save(update_fields=["password", "mobile", "mobile_is_known"])
    end_sessions(person)
    if code.purpose == OneTimeCode.Purpose.RECOVERY:
        tell(person, PASSWORD_SET, key=f"code:{code.pk}:used")
    return person
