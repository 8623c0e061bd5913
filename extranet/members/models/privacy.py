"""The privacy notice (隐私告知) in versions, and what people answered to it (个人信息保护法 7, 13–17)."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from extranet.core.models import AppendOnly


class PrivacyNoticeQuerySet(models.QuerySet["PrivacyNotice"]):
    """Versions of the notice."""

    def current(self, on: date | None = None) -> "PrivacyNotice | None":
        """Return the version that holds on a day (default: today), or None before the first."""
        day = on or timezone.localdate()
        return self.filter(valid_from__lte=day).order_by("-valid_from", "-pk").first()


class PrivacyNotice(models.Model):
    """One version. Whoever has answered to it must find it as it was: then only a new version changes it."""

    title = models.CharField(_("title"), max_length=60)
    text = models.TextField(
        _("text"),
        help_text=_("A blank line between paragraphs; a line that begins with # is a heading."),
    )
    valid_from = models.DateField(
        _("valid from"), help_text=_("From this day everybody is asked to read it at their next visit.")
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PrivacyNoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "-pk"]
        verbose_name = _("privacy notice")
        verbose_name_plural = _("privacy notices")

    def __str__(self) -> str:
        return f"{self.title} {self.valid_from:%Y-%m-%d}"

    def clean(self) -> None:
        """Refuse to change what somebody has agreed to; raises ValidationError."""
        super().clean()
        if self.pk and Consent.objects.filter(notice_id=self.pk).exists():
            raise ValidationError(
                _("People have answered to this version already. Add a new version instead.")
            )

    def pieces(self) -> list[tuple[str, list[str]]]:
        """Return the text as chapters: heading (may be empty) and paragraphs."""
        chapters: list[tuple[str, list[str]]] = [("", [])]
        for block in self.text.replace("\r\n", "\n").split("\n\n"):
            for line in filter(None, (line.strip() for line in block.split("\n"))):
                if line.startswith("#"):
                    chapters.append((line.lstrip("#").strip(), []))
                else:
                    chapters[-1][1].append(line)
        return [chapter for chapter in chapters if any(chapter)]


class Consent(AppendOnly):
    """One answer: given or withdrawn, to which version; the newest of a subject holds.

    Reading the notice itself is acknowledged, once for each version; what the union must know to keep a
    membership rests on the membership and is not withdrawn by a tick. The other subjects are free.
    """

    class Subject(models.TextChoices):
        NOTICE = "notice", _("privacy notice read")
        PORTRAIT = "portrait", _("pictures of me in news and albums")
        CONTACT = "contact", _("mobile and mail shown to my group leader")

    OPTIONAL = (Subject.PORTRAIT, Subject.CONTACT)

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="consents")
    subject = models.CharField(max_length=10, choices=Subject)
    notice = models.ForeignKey(PrivacyNotice, on_delete=models.PROTECT, related_name="+")
    given = models.BooleanField()
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["answered_at", "pk"]
        indexes = [models.Index(fields=["person", "subject"], name="members_consent_of")]

    def __str__(self) -> str:
        return f"{self.get_subject_display()} {self.answered_at:%Y-%m-%d}"

    @classmethod
    def of(cls, person: Any) -> dict[str, "Consent"]:
        """Return the newest answer of a person for each subject."""
        return {row.subject: row for row in cls.objects.filter(person=person).select_related("notice")}
