"""Ways back in that need somebody else: a lost second factor (第二验证重置), a changed mail address."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from extranet.core.models import Case

from .activation import OneTimeCode


class FactorReset(Case):
    """Taking away a person's second factor (双人办理): one officer asks, another one decides."""

    class Status(models.TextChoices):
        REQUESTED = "requested", _("waits for a second officer")
        APPROVED = "approved", _("approved")
        DONE = "done", _("second factor removed")
        DECLINED = "declined", _("declined")

    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.REQUESTED)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="factor_resets"
    )
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    checked = models.CharField(
        pgettext_lazy("document", "checked"), max_length=10, choices=OneTimeCode.Checked
    )
    reason = models.CharField(_("what happened"), max_length=200)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("reset of a second factor")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(status="requested"), name="members_one_reset_waits"
            ),
            models.CheckConstraint(
                condition=~Q(person=F("requested_by")), name="members_reset_not_for_oneself"
            ),
        ]

    def __str__(self) -> str:
        return str(self.number or self.public_id)


class MailChange(models.Model):
    """A new mail address that waits for its owner to open the link sent to it."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_changes"
    )
    address = models.EmailField()
    digest = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d}"
