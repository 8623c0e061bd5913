"""Files of the members' house (附件、材料): about a case, or in the tray of a form not sent yet."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.kit.delivery import type_of
from cms.kit.storage import private_storage

from .cases import Case, public_id

ABOUT_A_CASE = Q(tray="", content_type__isnull=False, object_id__isnull=False)
IN_A_TRAY = ~Q(tray="") & Q(content_type__isnull=True, object_id__isnull=True)
PICTURES = frozenset({"jpg", "png", "webp"})


class Virus(models.TextChoices):
    """What the scanner says (病毒检查)."""

    PENDING = "pending", _("being checked")
    CLEAN = "clean", _("checked")
    INFECTED = "infected", _("carries a virus")
    UNSCANNED = "unscanned", _("not checked")


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Files, asked by what they belong to."""

    def of(self, case: Case) -> "AttachmentQuerySet":
        """Keep those of a case, in the order they came."""
        kind = ContentType.objects.get_for_model(case)
        return self.filter(content_type=kind, object_id=case.pk).order_by("uploaded_at", "pk")

    def in_tray(self, owner: Any, form: str) -> "AttachmentQuerySet":
        """Keep those that wait in somebody's own tray of a form, in the order they came."""
        return self.filter(uploader=owner, tray=form).order_by("uploaded_at", "pk")


class Attachment(models.Model):
    """One file; what it is called was tidied, what type it is we decided ourselves.

    ``slot`` says what it is to the case (材料), such as ``proof``. ``size`` and ``sha256`` are those of the
    file itself; ``sealed_with`` names the key of the vault it lies encrypted under, nothing for one that does
    not.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    content_type = models.ForeignKey(ContentType, null=True, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField(null=True)
    case = GenericForeignKey()
    tray = models.CharField(max_length=60, blank=True)
    slot = models.CharField(max_length=30)
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=5)
    file = models.FileField(storage=private_storage, max_length=100, unique=True)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    sealed_with = models.CharField(max_length=8, blank=True)
    uploader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now, db_index=True)
    virus = models.CharField(max_length=9, choices=Virus, default=Virus.PENDING)
    scanned_at = models.DateTimeField(null=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ABOUT_A_CASE | IN_A_TRAY, name="core_attachment_case_or_tray"),
        ]
        indexes = [
            models.Index(fields=["content_type", "object_id"], name="core_attachment_of_case"),
            models.Index(fields=["uploader", "tray"], name="core_attachment_in_tray"),
            models.Index(fields=["virus", "scanned_at"], name="core_attachment_virus"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_sealed(self) -> bool:
        """Whether it lies encrypted: then each look at it is noted."""
        return bool(self.sealed_with)

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture that a page may show: our own encoder wrote it."""
        return self.kind in PICTURES

    @property
    def can_be_viewed(self) -> bool:
        """Whether the viewer shows it page by page."""
        return self.is_picture or self.kind == "pdf"

    @property
    def media_type(self) -> str:
        """The media type, by our own decision."""
        return type_of(f"x.{self.kind}")

    @property
    def seal_context(self) -> str:
        """The place its encryption is bound to."""
        return f"core.attachment:{self.public_id}"


class Allowance(models.Model):
    """What one member has sent on one day; taken-back files count too. Whoever sends more locks this row."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    day = models.DateField(db_index=True)
    files = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "day"], name="core_allowance_once")]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}: {self.files}"
