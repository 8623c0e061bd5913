"""Days that are not what their weekday says: holidays (节假日) and make-up working days (调休)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

SATURDAY = 5


class SpecialDay(models.Model):
    """A holiday, or a weekend day that is worked; all other days follow the week."""

    day = models.DateField(
        _("date"), unique=True, error_messages={"unique": _("This day is in the calendar already.")}
    )
    is_worked = models.BooleanField(
        _("worked"), default=False, help_text=_("Tick it for a weekend day that is worked instead.")
    )
    name = models.CharField(_("occasion"), max_length=20)
    is_seeded = models.BooleanField(default=False, editable=False)
    """Written by ``seed_workdays`` and not touched since; what a person wrote is never overwritten by it."""

    class Meta:
        ordering = ["day"]
        verbose_name = _("special day")
        verbose_name_plural = _("working-day calendar")

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.name}"

    def clean(self) -> None:
        """Refuse a weekday marked as worked: it is worked anyway, so a slip of the year or month."""
        super().clean()
        if self.is_worked and self.day and self.day.weekday() < SATURDAY:
            raise ValidationError({"day": _("This is no weekend day: it is worked anyway.")})
