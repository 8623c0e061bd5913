"""A case (业务), its trail (办理记录) and who looked at it (查阅记录)."""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
"""Without l, o, 0 and 1, which people read to each other on the phone wrongly."""


def public_id() -> str:
    """Return a new random address of a case: 12 characters, about 60 bits, that tell nothing."""
    return get_random_string(12, ALPHABET)


class AppendOnlyError(Exception):
    """Somebody tried to change or delete what is only ever added to."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows that are only ever added."""

    def update(self, **_fields: Any) -> int:
        """Refuse."""
        raise AppendOnlyError

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise AppendOnlyError


class AppendOnly(models.Model):
    """Abstract: a row that is written once."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new row; raises AppendOnlyError for one that is there already."""
        if not self._state.adding:
            raise AppendOnlyError
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:  # noqa: ARG002
        """Refuse."""
        raise AppendOnlyError


class Case(models.Model):
    """Abstract: a matter that somebody handed in and that must end in an outcome.

    A room adds ``status`` with its own choices. The status changes in ``workflow`` and nowhere else.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    number = models.CharField(_("case number"), max_length=24, unique=True, null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    status: Any

    class Meta:
        abstract = True


class AboutACase(models.Model):
    """Abstract: something about one case of any room."""

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    case = GenericForeignKey()

    class Meta:
        abstract = True


class CaseEvent(AboutACase, AppendOnly):
    """One step of a case: who did what, from where to where, with what words; chained by hashes.

    ``facts`` are what a step decided beside the status (amounts, days), as JSON. The hash covers everything
    shown and the hash before it, so a row changed or taken away in the database is found by ``trail.check``.
    """

    sequence = models.PositiveIntegerField()
    happened_at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=30)
    source = models.CharField(max_length=30, blank=True)
    target = models.CharField(max_length=30)
    note = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "sequence"], name="core_event_in_sequence"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb}"

    def sealed(self) -> str:
        """Return the hash of what this row says and of the row before it."""
        said = [
            self.previous,
            self.content_type_id,
            self.object_id,
            self.sequence,
            self.happened_at.astimezone(timezone.get_default_timezone()).isoformat(),
            self.actor_id,
            self.verb,
            self.source,
            self.target,
            self.note,
            self.facts,
        ]
        return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


class ReadLog(AboutACase, AppendOnly):
    """A look at something sensitive (查阅记录): who, what, why; kept at least six months (GB/T 22239)."""

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(default=timezone.now, db_index=True)
    what = models.CharField(max_length=60)
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-read_at", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id", "read_at"], name="core_read_of_case")]

    def __str__(self) -> str:
        return f"{self.what} {self.read_at:%Y-%m-%d}"
