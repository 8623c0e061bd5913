"""Where people belong: departments (科室), branch unions (分工会) and their groups (工会小组).

The hospital draws the departments, the union the branches and groups. None of them is ever deleted: what is
over gets its last day, and every renaming, move and merger stays on record.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from extranet.core.models import AppendOnly


class OpenQuerySet(models.QuerySet[Any]):
    """Parts of the house that may be over."""

    def open(self) -> "OpenQuerySet":
        """Return those that are not over."""
        return self.filter(closed_on=None)


class Branch(models.Model):
    """A branch union (分工会)."""

    name = models.CharField(pgettext_lazy("structure", "name"), max_length=40, unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    closed_on = models.DateField(_("last day"), null=True, blank=True)

    objects = OpenQuerySet.as_manager()

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("branch union")
        verbose_name_plural = _("branch unions")

    def __str__(self) -> str:
        return self.name


class UnionGroup(models.Model):
    """A union group (工会小组) within a branch."""

    branch = models.ForeignKey(
        Branch, on_delete=models.PROTECT, related_name="groups", verbose_name=_("branch union")
    )
    name = models.CharField(pgettext_lazy("structure", "name"), max_length=40)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    closed_on = models.DateField(_("last day"), null=True, blank=True)

    objects = OpenQuerySet.as_manager()

    class Meta:
        ordering = ["branch__order", "branch__name", "order", "name"]
        verbose_name = _("union group")
        verbose_name_plural = _("union groups")
        constraints = [
            models.UniqueConstraint(
                fields=["branch", "name"],
                name="members_group_once_in_branch",
                violation_error_message=_("This branch union has a group of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A department (科室): where somebody works, and through which group they belong to the union."""

    name = models.CharField(pgettext_lazy("structure", "name"), max_length=40)
    code = models.CharField(
        _("code"),
        max_length=20,
        blank=True,
        help_text=_("As the personnel office writes it; may stay empty."),
    )
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        verbose_name=_("part of"),
    )
    branch = models.ForeignKey(
        Branch,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="departments",
        verbose_name=_("branch union"),
    )
    group = models.ForeignKey(
        UnionGroup,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="departments",
        verbose_name=_("union group"),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    closed_on = models.DateField(_("last day"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="absorbed",
        editable=False,
        verbose_name=_("merged into"),
    )

    objects = OpenQuerySet.as_manager()

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(closed_on=None),
                name="members_open_department_once",
                violation_error_message=_("There is a department of this name already."),
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=~Q(code=""),
                name="members_department_code_once",
                violation_error_message=_("Another department has this code."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(closed_on__isnull=False),
                name="members_merged_department_is_over",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DepartmentEvent(AppendOnly):
    """What became of a department: renamed, moved, merged, over, open again."""

    class Kind(models.TextChoices):
        OPENED = "opened", _("opened")
        RENAMED = "renamed", _("renamed")
        MOVED = "moved", _("moved")
        MERGED = "merged", _("merged")
        CLOSED = "closed", _("closed")

    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind)
    happened_on = models.DateField()
    before = models.CharField(max_length=120, blank=True)
    after = models.CharField(max_length=120, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-happened_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.happened_on}"
