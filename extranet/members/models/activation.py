"""One-time codes on paper (激活码、恢复码): how somebody without a password comes in for the first time."""

import unicodedata
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac
from django.utils.translation import gettext_lazy as _

from extranet.core.models import public_id

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without I, L, O, 0 and 1: people copy these from paper by hand."""
LENGTH = 10  # 31 signs each: about 49 bits, with five tries in five minutes
GROUP = 5
LIFETIME = {"activation": timedelta(days=14), "recovery": timedelta(hours=24)}


def new_code() -> str:
    """Return a new code as it is kept nowhere: ten signs, no blanks."""
    return get_random_string(LENGTH, ALPHABET)


def grouped(code: str) -> str:
    """Return a code as it is printed: ABCDE-FGHJK."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def bare(typed: str) -> str:
    """Return what somebody typed as a code would read: narrow, upper case, without blanks and hyphens."""
    narrow = unicodedata.normalize("NFKC", typed).upper()
    return "".join(sign for sign in narrow if sign.isalnum())


def digest(code: str, key: str | None = None) -> str:
    """Return what is kept of a code: it proves the code and does not give it back."""
    return salted_hmac("members.code", code, secret=key, algorithm="sha256").hexdigest()


class CodeBatch(models.Model):
    """Codes made in one go (一批激活码): who made them, when, for whom; never the codes themselves."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"


class OneTimeCodeQuerySet(models.QuerySet["OneTimeCode"]):
    """Codes."""

    def open(self) -> "OneTimeCodeQuerySet":
        """Return those that still open the door."""
        return self.filter(used_at=None, voided_at=None, expires_at__gt=timezone.now())


class OneTimeCode(models.Model):
    """One code for one person: works once, until it expires, unless a newer one has been made."""

    class Purpose(models.TextChoices):
        ACTIVATION = "activation", _("first sign-in")
        RECOVERY = "recovery", _("recovery")

    class Checked(models.TextChoices):
        """What the office looked at before it gave a recovery slip; a voice on the telephone is nothing."""

        BADGE = "badge", _("work badge seen")
        ID_CARD = "id_card", _("identity card seen")

    batch = models.ForeignKey(CodeBatch, on_delete=models.PROTECT, related_name="codes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=10, choices=Purpose)
    checked = models.CharField(max_length=10, choices=Checked, blank=True)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)
    mailed = models.BooleanField(default=False)

    objects = OneTimeCodeQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(used_at=None, voided_at=None),
                name="members_one_live_code",
            ),
            models.CheckConstraint(
                condition=~Q(purpose="recovery") | ~Q(checked=""), name="members_recovery_was_checked"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.made_at:%Y-%m-%d}"

    def fits(self, code: str) -> bool:
        """Tell whether this is the code, also after the secret key has been renewed."""
        keys: list[Any] = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        return any([constant_time_compare(self.digest, digest(code, key)) for key in keys])

    @property
    def state(self) -> str:
        """``used``, ``replaced``, ``expired`` or ``open``."""
        if self.used_at:
            return "used"
        if self.voided_at:
            return "replaced"
        return "open" if self.expires_at > timezone.now() else "expired"
