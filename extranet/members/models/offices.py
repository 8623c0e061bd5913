"""Offices with terms (职务与任期): rights come from an office, while its term runs, and from nothing else."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .structure import Branch, UnionGroup


class OfficeKind(models.Model):
    """A kind of office (职务): chair, committee member, group leader …; reference data of the admin."""

    class Level(models.TextChoices):
        HOUSE = "house", _("the whole union")
        BRANCH = "branch", _("one branch union")
        GROUP = "group", _("one union group")

    slug = models.SlugField(_("key"), max_length=40, unique=True)
    name = models.CharField(pgettext_lazy("structure", "name"), max_length=40)
    committee = models.CharField(
        _("committee"), max_length=40, blank=True, help_text=_("The body it belongs to, if any.")
    )
    level = models.CharField(_("acts for"), max_length=8, choices=Level, default=Level.HOUSE)
    groups = models.ManyToManyField(
        Group,
        blank=True,
        related_name="office_kinds",
        verbose_name=_("groups of the admin"),
        help_text=_("Whoever holds the office is in these groups, exactly while the term runs."),
    )
    one_holder = models.BooleanField(
        _("one holder at a time"),
        default=False,
        help_text=_("Of the union, or of each branch or group it acts for: terms may not overlap."),
    )
    needs_second_factor = models.BooleanField(_("needs a second factor"), default=False)
    is_public = models.BooleanField(_("shown on the organisation page"), default=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("kind of office")
        verbose_name_plural = _("kinds of office")

    def __str__(self) -> str:
        return self.name


class OfficeQuerySet(models.QuerySet["Office"]):
    """Offices."""

    def running(self, on: date | None = None) -> "OfficeQuerySet":
        """Return those whose term runs on a day (default: today); the last day still counts."""
        day = on or timezone.localdate()
        return self.filter(
            Q(ends_on=None) | Q(ends_on__gte=day),
            Q(stopped_on=None) | Q(stopped_on__gt=day),
            starts_on__lte=day,
        )


class Office(models.Model):
    """Somebody's term in an office (任职)."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="offices",
        verbose_name=_("person"),
    )
    kind = models.ForeignKey(
        OfficeKind, on_delete=models.PROTECT, related_name="offices", verbose_name=_("office")
    )
    branch = models.ForeignKey(
        Branch,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="offices",
        verbose_name=_("branch union"),
    )
    group = models.ForeignKey(
        UnionGroup,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="offices",
        verbose_name=_("union group"),
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    ground = models.CharField(
        _("ground"),
        max_length=80,
        blank=True,
        help_text=_("Election or document number, such as 院工〔2026〕3号."),
    )
    appointed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # The first day on which it no longer ran although its term had not run out: it was ended early.
    stopped_on = models.DateField(null=True, blank=True, editable=False)
    # The last day its holder has been told of: nobody is told twice that the same term runs out.
    told_of_end = models.DateField(null=True, blank=True, editable=False)
    ended_because = models.CharField(_("why it ended"), max_length=80, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        ordering = ["kind__order", "-starts_on"]
        verbose_name = _("office held")
        verbose_name_plural = _("offices held")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="members_term_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
            *(
                models.UniqueConstraint(
                    fields=["person", "kind", "starts_on", *place],
                    condition=Q(stopped_on=None, **empty),
                    name=f"members_office_once_{name}",
                    violation_error_message=_("This person holds this office from this day already."),
                )
                # One for each place: an empty column is equal to none in SQLite's eyes.
                for name, place, empty in (
                    ("house", [], {"branch": None, "group": None}),
                    ("branch", ["branch"], {"group": None}),
                    ("group", ["group"], {}),
                )
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.person}"

    def clean(self) -> None:
        """Ask for the branch or group the office acts for, at its field."""
        super().clean()
        if not self.kind_id:
            return
        level, wrong = self.kind.level, dict[str, Any]()
        if level == OfficeKind.Level.BRANCH and not self.branch_id:
            wrong["branch"] = _("Say for which branch union.")
        if level == OfficeKind.Level.GROUP and not self.group_id:
            wrong["group"] = _("Say for which union group.")
        if wrong:
            raise ValidationError(wrong)

    def runs(self, on: date) -> bool:
        """Tell whether the term runs on a day, as ``running`` does."""
        is_over = self.ends_on is not None and self.ends_on < on
        return self.starts_on <= on and not is_over and (self.stopped_on is None or self.stopped_on > on)

    @property
    def place(self) -> str:
        """Where it acts: the group, the branch, or nothing for the whole union."""
        return str(self.group or self.branch or "")


def offices_of(person: Any) -> list[Office]:
    """Return the offices a person holds today, read once for each loaded person (that is: each request)."""
    held: list[Office] | None = person.__dict__.get("_offices_held")
    if held is None:
        held = list(Office.objects.running().filter(person_id=person.pk).select_related("kind"))
        person.__dict__["_offices_held"] = held
    return held
