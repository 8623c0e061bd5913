"""The register of honours (荣誉称号): what the union, its teams and its people were awarded.

A row is public as soon as it is saved. Nothing leaves the register: a withdrawn honour (撤销) stays, unseen.
"""

from calendar import monthrange
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.template.defaultfilters import date as date_format
from django.utils import timezone
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.models import RevisionMixin
from wagtail.search import index

from cms.kit.models import HouseDocument
from cms.kit.templatetags.house import month_name
from home import selectors

FIRST_YEAR, LAST_YEAR = 1900, 2999
LONGEST_MONTH, DECEMBER = 31, 12
WITHDRAWAL = ("withdrawn_on", "withdrawn_why", "withdrawn_by")


class Level(models.IntegerChoices):
    """Who awards: the higher the number, the higher the level."""

    NATIONAL = 4, _("National level")
    PROVINCIAL = 3, _("Provincial level")
    MUNICIPAL = 2, _("Municipal level")
    HOSPITAL = 1, _("Hospital level")

    @property
    def slug(self) -> str:
        """The word that stands for the level in addresses."""
        return str(self.name).lower()

    @property
    def seal(self) -> str:
        """The one character in the small seal: 国 省 市 院."""
        return str(SEALS[self])


SEALS = {
    Level.NATIONAL: pgettext_lazy("seal of an honour", "N"),
    Level.PROVINCIAL: pgettext_lazy("seal of an honour", "P"),
    Level.MUNICIPAL: pgettext_lazy("seal of an honour", "M"),
    Level.HOSPITAL: pgettext_lazy("seal of an honour", "H"),
}


class Kind(models.TextChoices):
    """Who was awarded."""

    UNION = "union", pgettext_lazy("kind of honour", "The union")
    TEAM = "team", pgettext_lazy("kind of honour", "Teams")
    PERSON = "person", pgettext_lazy("kind of honour", "Persons")


class HonourQuerySet(models.QuerySet["Honour"]):
    """Honours, asked for the wall."""

    def standing(self) -> "HonourQuerySet":
        """Leave out what was withdrawn: all the public may see."""
        return self.filter(withdrawn_on__isnull=True)

    def in_order(self) -> "HonourQuerySet":
        """Newest year first; within it the highest level, then the editors' order, then the newest."""
        newest = (models.F(part).desc(nulls_last=True) for part in ("month", "day"))
        return self.order_by("-year", "-level", "sort_order", *newest, "pk")


class Honour(RevisionMixin, models.Model):
    """One honour: who awarded what to whom, when, by which document, and whether it still stands."""

    title = models.CharField(
        _("title"), max_length=60, help_text=_("As it stands on the certificate, without the year.")
    )
    level = models.PositiveSmallIntegerField(_("level"), choices=Level)
    issuer = models.CharField(_("awarded by"), max_length=80, help_text=_("Who awarded it."))
    year = models.PositiveSmallIntegerField(_("year"))
    month = models.PositiveSmallIntegerField(_("month"), null=True, blank=True)
    day = models.PositiveSmallIntegerField(_("day"), null=True, blank=True)
    document_number = models.CharField(_("document number"), max_length=60, blank=True)
    kind = models.CharField(_("awarded to"), max_length=6, choices=Kind, default=Kind.PERSON)
    recipient = models.CharField(
        _("recipient"),
        max_length=60,
        help_text=_("As everybody may read it: a post or a team does as well as a name."),
    )
    department = models.CharField(_("department"), max_length=60, blank=True)
    citation = models.CharField(
        _("citation"), max_length=80, blank=True, help_text=_("One line that says what for.")
    )
    citation_source = models.CharField(
        _("source of the citation"), max_length=40, blank=True, help_text=_("Such as the decision.")
    )
    certificate_image = models.ForeignKey(
        "kit.HouseImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("picture of the certificate"),
    )
    certificate_file = models.ForeignKey(
        "kit.HouseDocument",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("file of the certificate"),
    )
    certificate_public = models.BooleanField(
        _("show the certificate to everybody"),
        default=False,
        help_text=_("Otherwise it is kept for the register alone. Look for numbers and names first."),
    )
    sort_order = models.PositiveSmallIntegerField(
        _("place"),
        default=0,
        help_text=_("Among honours of the same year and level; the smaller number stands first."),
    )
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, editable=False)
    withdrawn_why = models.CharField(
        _("reason of the withdrawal"), max_length=300, blank=True, editable=False
    )
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )

    objects = HonourQuerySet.as_manager()

    class Meta:
        verbose_name = _("honour")
        verbose_name_plural = _("honours")
        permissions = [("withdraw_honour", _("Can withdraw and restore honours"))]
        indexes = [models.Index(fields=["year", "level"], name="home_honour_wall")]
        constraints = [
            models.CheckConstraint(
                name="home_honour_level_known",
                condition=Q(level__in=Level.values),
                violation_error_message=_("Choose one of the four levels."),
            ),
            models.CheckConstraint(
                name="home_honour_kind_known",
                condition=Q(kind__in=Kind.values),
                violation_error_message=_("Choose whom it was awarded to."),
            ),
            models.CheckConstraint(
                name="home_honour_year_sane",
                condition=Q(year__range=(FIRST_YEAR, LAST_YEAR)),
                violation_error_message=_("Write the year with four digits, such as 2026."),
            ),
            models.CheckConstraint(
                name="home_honour_day_whole",
                condition=Q(month__isnull=True, day__isnull=True)
                | Q(month__isnull=False, month__range=(1, DECEMBER))
                & (Q(day__isnull=True) | Q(day__isnull=False, day__range=(1, LONGEST_MONTH))),
                violation_error_message=_("Write month and day as numbers; a day needs its month."),
            ),
            models.CheckConstraint(
                name="home_honour_withdrawn_whole",
                condition=Q(withdrawn_on__isnull=True, withdrawn_why="", withdrawn_by__isnull=True)
                | Q(withdrawn_on__isnull=False) & ~Q(withdrawn_why=""),
                violation_error_message=_("A withdrawal needs its date and its reason."),
            ),
        ]

    def __str__(self) -> str:
        words = f"{self.year} · {self.title} · {self.recipient}"
        return words if self.is_standing else gettext("%(honour)s (withdrawn)") % {"honour": words}

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep what only a step may say (withdrawn or not) as it is; let the search hear of the change."""
        if kwargs.get("update_fields") is None and not self._state.adding:
            # A form opened before a withdrawal, or an old version brought back, must not undo it.
            fields = {field.name for field in self._meta.concrete_fields if not field.primary_key}
            kwargs["update_fields"] = fields - set(WITHDRAWAL)
        super().save(*args, **kwargs)
        if kwargs.get("update_fields") != ["latest_revision"]:
            transaction.on_commit(self._tell_search)

    @property
    def is_standing(self) -> bool:
        """Whether it was not withdrawn."""
        return self.withdrawn_on is None

    @property
    def rank(self) -> Level:
        """The level with its seal."""
        return Level(self.level)

    @property
    def when(self) -> str:
        """The day, month or year it was awarded, as far as it is known, in words."""
        if self.month is None:
            return pgettext("archive year", "%(year)s") % {"year": self.year}
        if self.day is None:
            return month_name(date(self.year, self.month, 1))
        return date_format(date(self.year, self.month, self.day), pgettext("date", "Y-n-j"))

    @property
    def iso(self) -> str:
        """The same for machines: 2026, 2026-04 or 2026-04-18."""
        parts = [f"{part:02}" for part in (self.month, self.day) if part]
        return "-".join([f"{self.year:04}", *parts])

    @property
    def earliest(self) -> date:
        """The first day it can have been awarded on."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def has_open_certificate(self) -> bool:
        """Whether there is a certificate everybody may see."""
        picture = selectors.shown(self.certificate_image)
        return self.certificate_public and bool(picture or self.certificate_file_id)

    def clean(self) -> None:
        """Refuse what contradicts itself, each at its field."""
        super().clean()
        problems = {**self._wrong_day(), **self._wrong_certificate()}
        if self.citation_source.strip() and not self.citation.strip():
            problems["citation"] = _("Write the line that comes from this source.")
        if self.citation.strip() and not self.citation_source.strip():
            problems["citation_source"] = _("Write where the citation is taken from.")
        if problems:
            raise ValidationError(problems)

    def _wrong_day(self) -> dict[str, Any]:
        """Return the message for the part of the date that cannot be, or nothing."""
        if not self.year:
            return {}
        month = 1 if self.month is None else self.month
        sane = FIRST_YEAR <= self.year <= LAST_YEAR
        faults = (
            ("year", not sane, _("Write the year with four digits, such as 2026.")),
            ("month", not 1 <= month <= DECEMBER, _("Write the month as a number from 1 to 12.")),
            ("month", self.day is not None and self.month is None, _("Write the month as well.")),
        )
        for field, wrong, words in faults:
            if wrong:
                return {field: words}
        if self.day is not None and not 1 <= self.day <= monthrange(self.year, month)[1]:
            return {"day": _("This month has no such day.")}
        if self.earliest > timezone.localdate():
            field = "year" if self.month is None else "month" if self.day is None else "day"
            return {field: _("This day has not come yet; write the day it was awarded.")}
        return {}

    def _wrong_certificate(self) -> dict[str, Any]:
        if not self.certificate_public:
            return {}
        if not self.certificate_image_id and not self.certificate_file_id:
            return {"certificate_public": _("Choose a picture or a file of the certificate first.")}
        mine = HouseDocument.objects.filter(pk=self.certificate_file_id)
        if self.certificate_file_id and not mine.visible_to(AnonymousUser()).exists():
            return {
                "certificate_file": _("It lies in a collection that visitors may not read. Move it first.")
            }
        return {}

    def _tell_search(self) -> None:
        for link in self.links.select_related("page"):
            index.insert_or_update_object(link.page)
