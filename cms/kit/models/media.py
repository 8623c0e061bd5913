"""Images (图片) with consent and source, their renditions, documents (文件) and videos (视频).

What an editor hands in is never stored as it came: images are cleaned (``cms.kit.darkroom``) however they
arrive, stored privately under generated names, and shown through renditions; documents stay private and come
through the checked view; videos are public.
"""

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from PIL import Image as PillowImage
from wagtail.documents.models import AbstractDocument, DocumentQuerySet
from wagtail.images.models import AbstractImage, AbstractRendition, ImageQuerySet, get_upload_to
from wagtail.models import CollectionViewRestriction, UploadedFile
from wagtailmedia.models import AbstractMedia

from cms.kit.storage import document_path, generated_name, media_path, private_storage, thumbnail_path

from .fields import CleanImageField, NamedFileField, store

_FOLLOWING = ("served", "rendered_at", "width", "height", "file_size", "file_hash")


class Consent(models.TextChoices):
    """Portrait consent (肖像授权, Civil Code art. 1019)."""

    NOT_NEEDED = "not_needed", _("Nobody can be recognised")
    GIVEN = "given", _("Everybody shown has agreed")
    MISSING = "missing", _("Not asked yet")
    WITHDRAWN = "withdrawn", _("Withdrawn: shown nowhere")


class HouseImageQuerySet(ImageQuerySet):
    """Images, asked with their people in mind."""

    def lacking_consent(self) -> "HouseImageQuerySet":
        """Keep those whose people have not been asked yet."""
        return self.filter(consent=Consent.MISSING)

    def shown(self) -> "HouseImageQuerySet":
        """Leave out those whose consent was withdrawn."""
        return self.exclude(consent=Consent.WITHDRAWN)


class HouseImage(AbstractImage):
    """A cleaned picture; ``description`` is its alt text, ``served`` says which sizes lie ready.

    Consent not asked yet only warns the editor: sixty photos of an outing must not vanish for want of a tick.
    Withdrawn consent takes every rendition away at once, and nothing shows the picture any more, the admin
    included. Choosing another consent brings it back.
    """

    file = CleanImageField(
        _("file"),
        upload_to=get_upload_to,
        storage=private_storage,
        width_field="width",
        height_field="height",
    )
    source = models.CharField(
        _("source"),
        max_length=120,
        blank=True,
        help_text=_("Who took or drew it; shown under the picture."),
    )
    consent = models.CharField(_("portrait consent"), max_length=12, choices=Consent, default=Consent.MISSING)
    served = models.JSONField(default=dict, editable=False)
    rendered_at = models.DateTimeField(null=True, blank=True, editable=False)

    admin_form_fields = (
        "title",
        "file",
        "description",
        "source",
        "consent",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    objects = HouseImageQuerySet.as_manager()

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]

    @property
    def default_alt_text(self) -> str:
        """Return the alt text, never a file name."""
        return self.description

    @property
    def lacks_consent(self) -> bool:
        """Say whether the people shown have not been asked yet: the editor is reminded."""
        return self.consent == Consent.MISSING

    @property
    def is_withdrawn(self) -> bool:
        """Say whether nobody may see the picture any more."""
        return self.consent == Consent.WITHDRAWN

    def _set_image_file_metadata(self) -> None:
        """Do nothing: the field knows size and hash of what it stores, and leaves no file open."""

    def get_upload_to(self, filename: str) -> str:
        """Return where the original is stored, privately."""
        return generated_name("originals", filename)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a clean file, then let the renditions follow: new file, consent withdrawn or given again."""
        from cms.kit import photos  # noqa: PLC0415 - the job's module names this model

        fields = kwargs.get("update_fields")
        if fields is not None and not {"file", "consent"} & set(fields):
            super().save(*args, **kwargs)
            return
        store(self.file)
        with transaction.atomic():
            old = type(self).objects.select_for_update().filter(pk=self.pk).first() if self.pk else None
            # What the worker has written since this copy was read stays true.
            self.served, self.rendered_at = (old.served, old.rendered_at) if old else ({}, None)
            if old and (old.is_withdrawn or self.is_withdrawn or self.file.name != old.file.name):
                photos.withdraw_files(old)
                self.served, self.rendered_at = {}, None
            if fields is not None:
                kwargs["update_fields"] = {*fields, *_FOLLOWING}
            super().save(*args, **kwargs)
            if old and old.file.name != self.file.name:
                transaction.on_commit(lambda: old.file.storage.delete(old.file.name))
            if self.rendered_at is None and not self.is_withdrawn:
                photos.render_later(self)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the image with its files at once, not when a worker finds the time."""
        from cms.kit import photos  # noqa: PLC0415

        storage, name = self.file.storage, self.file.name
        with transaction.atomic():
            photos.withdraw_files(self)
            gone = super().delete(*args, **kwargs)
            transaction.on_commit(lambda: storage.delete(name))
        return gone

    def generate_rendition_file(self, filter: Any, *, source: File | None = None) -> File:  # noqa: A002
        """Draw one rendition on demand (the admin's previews); grey stands in for a withdrawn picture."""
        if self.is_withdrawn:
            sheet = BytesIO()
            PillowImage.new("L", (min(self.width, 800), min(self.height, 800)), 190).save(sheet, "PNG")
            sheet.seek(0)
            source = File(sheet, name="withdrawn.png")
        made = super().generate_rendition_file(filter, source=source)
        with made:  # Wagtail leaves its temporary file to the garbage collector
            made.seek(0)
            return ContentFile(made.read(), name=made.name)


class HouseRendition(AbstractRendition):
    """One size and format of an image."""

    image = models.ForeignKey(HouseImage, related_name="renditions", on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="kit_rendition_once"
            )
        ]


class HouseDocumentQuerySet(DocumentQuerySet):
    """Documents, asked with a reader in mind."""

    def visible_to(self, user: Any) -> "HouseDocumentQuerySet":
        """Leave out documents of collections, or below collections, that ``user`` may not read."""
        if user.is_active and getattr(user, "is_superuser", False):
            return self
        barred = CollectionViewRestriction.objects.all()
        if user.is_authenticated:
            barred = barred.exclude(restriction_type=CollectionViewRestriction.LOGIN).exclude(
                restriction_type=CollectionViewRestriction.GROUPS, groups__in=user.groups.all()
            )
        hidden = Q()
        for path in barred.values_list("collection__path", flat=True):
            hidden |= Q(collection__path__startswith=path)
        return self.exclude(hidden) if hidden else self


class HouseDocument(AbstractDocument):
    """A file that always comes through the checked view; its collection decides who may read it, not the page
    that links to it. ``original_name`` is the name it came with and leaves with.
    """

    file = NamedFileField(_("file"), upload_to=document_path, storage=private_storage)
    original_name = models.CharField(max_length=150, blank=True, editable=False)

    admin_form_fields = ("title", "file", "collection", "tags")

    objects = HouseDocumentQuerySet.as_manager()

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]

    @property
    def filename(self) -> str:
        """Return the name a reader sees and saves."""
        return self.original_name or super().filename

    def _set_document_file_metadata(self) -> None:
        """Do nothing: the field knows size and hash of what it stores, and leaves no file open."""

    def clean(self) -> None:
        """Let Wagtail look at the extension, unless the form has refused the file already."""
        if self.file:
            super().clean()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new file before its row, and let the replaced one go with the commit."""
        store(self.file)
        with transaction.atomic():
            old = type(self).objects.filter(pk=self.pk).first() if self.pk else None
            super().save(*args, **kwargs)
            if old and old.file.name != self.file.name:
                transaction.on_commit(lambda: old.file.storage.delete(old.file.name))


class HouseMedia(AbstractMedia):
    """A video or sound of the library, shown on pages with its thumbnail."""

    file = models.FileField(_("file"), upload_to=media_path)
    thumbnail = models.FileField(_("thumbnail"), upload_to=thumbnail_path, blank=True)
    transcript = models.TextField(
        _("transcript"),
        blank=True,
        help_text=_("What is said and shown, for those who cannot hear or see it."),
    )

    admin_form_fields = (
        "title",
        "file",
        "collection",
        "duration",
        "width",
        "height",
        "thumbnail",
        "transcript",
        "tags",
    )

    class Meta:
        verbose_name = _("video or sound")
        verbose_name_plural = _("videos and sounds")

    def clean(self, *args: Any, **kwargs: Any) -> None:
        """Let the library look at the extension, unless the form has refused the file already."""
        if self.file:
            super().clean(*args, **kwargs)


# Wagtail keeps an upload whose form is not complete yet in public; here it waits in private. The callable is
# what migrations look at, so Wagtail's own table stays as it is.
_waiting = UploadedFile._meta.get_field("file")  # noqa: SLF001
_waiting.storage = private_storage()
_waiting._storage_callable = default_storage  # noqa: SLF001
