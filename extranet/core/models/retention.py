"""What the house let go of, and when (保存期限)."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .cases import AppendOnly


class RetentionRun(AppendOnly):
    """A batch of things deleted or blanked because their time was over; written together with that."""

    rule = models.CharField(_("rule"), max_length=40, db_index=True)
    label = models.CharField(_("what"), max_length=120)
    ran_at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    before = models.DateTimeField(_("older than"))
    count = models.PositiveIntegerField(_("how many"))

    class Meta:
        ordering = ["-ran_at", "-pk"]
        verbose_name = _("retention record")
        verbose_name_plural = _("retention records")

    def __str__(self) -> str:
        return f"{self.rule} {self.ran_at:%Y-%m-%d}: {self.count}"
