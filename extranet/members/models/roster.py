"""Imports of the roster (花名册导入): the file, what it would change, what became of it."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.kit.storage import generated_name, private_storage
from extranet.core.models import public_id

UNDO_FOR = timedelta(days=30)
"""How long an import can be undone (issue: 30 days); its file and rows are forgotten afterwards."""
STALE = timedelta(minutes=5)
"""After so long without an end, work in the background may be asked for again."""


def roster_path(_instance: object, name: str) -> str:
    """Return where an uploaded roster lies: in private, under a name that tells nothing."""
    return generated_name("rosters", name)


class RosterImport(models.Model):
    """One file of the personnel office on its way into the house."""

    class Status(models.TextChoices):
        READ = "read", pgettext_lazy("roster", "columns to be named")
        CHECKING = "checking", pgettext_lazy("roster", "being checked")
        CHECKED = "checked", pgettext_lazy("roster", "checked")
        APPLYING = "applying", pgettext_lazy("roster", "being entered")
        APPLIED = "applied", pgettext_lazy("roster", "entered")
        UNDOING = "undoing", pgettext_lazy("roster", "being undone")
        UNDONE = "undone", pgettext_lazy("roster", "undone")
        DROPPED = "dropped", pgettext_lazy("roster", "dropped")

    BUSY = frozenset({Status.CHECKING, Status.APPLYING, Status.UNDOING})
    OPEN = frozenset({Status.READ, Status.CHECKING, Status.CHECKED})

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now, db_index=True)
    file = models.FileField(upload_to=roster_path, storage=private_storage, max_length=100, blank=True)
    file_name = models.CharField(max_length=130)
    status = models.CharField(max_length=10, choices=Status, default=Status.READ)
    sheet = models.CharField(max_length=60, blank=True)
    header_row = models.PositiveIntegerField(default=1)
    headers = models.JSONField(default=list)  # [[position, words, [examples]], …]
    columns = models.JSONField(default=dict)  # {"<position>": field}; what is not named here is left out
    is_complete = models.BooleanField(default=False)  # whoever is missing has left
    answers = models.JSONField(default=dict)  # {"department": {"消化科": "create" | "<pk>"}, …}
    progress = models.PositiveSmallIntegerField(default=0)
    begun_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=20, blank=True)
    counts = models.JSONField(default=dict)
    unknown = models.JSONField(default=dict)  # {"department": {"消化科": [rows, nearest pk, nearest name]}}
    digest = models.CharField(max_length=64, blank=True)
    made = models.JSONField(default=dict)  # what the import founded: {"department": {"消化科": pk}}
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        verbose_name = _("import of the roster")
        verbose_name_plural = _("imports of the roster")
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["applied", "undoing", "undone"]) | Q(applied_at__isnull=False),
                name="members_applied_roster_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(status="undone") | Q(undone_at__isnull=False),
                name="members_undone_roster_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_busy(self) -> bool:
        """Whether the worker has it in hand."""
        return self.status in self.BUSY

    @property
    def is_stale(self) -> bool:
        """Whether the worker has had it in hand for far too long."""
        return self.is_busy and (not self.begun_at or timezone.now() - self.begun_at > STALE)

    @property
    def undo_until(self) -> Any:
        """When it can be undone for the last time, or None."""
        return self.applied_at + UNDO_FOR if self.applied_at else None

    @property
    def can_be_undone(self) -> bool:
        """Whether it was entered lately enough."""
        until = self.undo_until
        return self.status == self.Status.APPLIED and until is not None and timezone.now() <= until


class RosterRowQuerySet(models.QuerySet["RosterRow"]):
    """Rows of imports."""

    def wrong(self, kind: str = "") -> "RosterRowQuerySet":
        """Return rows with errors, or with errors of one kind."""
        rows = self.filter(kind=RosterRow.Kind.WRONG)
        return rows.filter(codes__contains=f" {kind} ") if kind else rows

    def doubtful(self) -> "RosterRowQuerySet":
        """Return rows somebody should look at before they are entered."""
        return self.filter(is_doubtful=True)


class RosterRow(models.Model):
    """What one row of the file means for one person; a person who is missing in it has no row number."""

    class Kind(models.TextChoices):
        WRONG = "wrong", pgettext_lazy("roster", "with errors")
        NEW = "new", pgettext_lazy("roster", "new")
        CHANGED = "changed", pgettext_lazy("roster", "changed")
        MOVED = "moved", pgettext_lazy("roster", "moved")
        LEAVING = "leaving", pgettext_lazy("roster", "leaving")
        SAME = "same", pgettext_lazy("roster", "unchanged")

    roster = models.ForeignKey(RosterImport, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(null=True)  # as the spreadsheet counts, from 1
    kind = models.CharField(max_length=8, choices=Kind)
    staff_number = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=60, blank=True)
    codes = models.CharField(max_length=300, blank=True)  # " mobile_bad name_missing ", for the filter
    is_doubtful = models.BooleanField(default=False)
    is_protected = models.BooleanField(default=False)  # leaving, and holds an office
    findings = models.JSONField(default=list)  # [[code, field, words of the cell, {facts}], …]
    change = models.JSONField(default=dict)  # {field: [before, after]}
    kept = models.JSONField(default=list)  # fields an undo left, as they were changed since

    objects = RosterRowQuerySet.as_manager()

    class Meta:
        ordering = [models.F("number").asc(nulls_last=True), "staff_number"]
        indexes = [models.Index(fields=["roster", "kind", "number"], name="members_roster_rows")]

    def __str__(self) -> str:
        return f"{self.number}: {self.staff_number}"


class RosterHabit(models.Model):
    """What a header of the files meant the last time, so that nobody names it twice; one row a header."""

    header = models.CharField(max_length=60, unique=True)
    field = models.CharField(max_length=20, blank=True)  # empty: left out, knowingly
    used_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.header
