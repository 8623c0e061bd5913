"""Images (图片) with consent and source, and their renditions.

What an editor hands in is never stored as it came: images are cleaned (``cms.kit.darkroom``) however they
arrive, stored privately under generated names, and shown through renditions: public files, or private ones
when their collection is closed (``cms.kit.closed``).
"""

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from PIL import Image as PillowImage
from wagtail.images.models import AbstractImage, AbstractRendition, ImageQuerySet, get_upload_to
from wagtail.models import UploadedFile

from cms.kit import closed
from cms.kit.storage import CLOSED, generated_name, private_storage

from .fields import CleanImageField, store

_FOLLOWING = ("served", "rendered_at", "width", "height", "file_size", "file_hash")


class Consent(models.TextChoices):
    """Portrait consent (肖像授权, Civil Code art. 1019)."""

    NOT_NEEDED = "not_needed", _("Nobody can be recognised")
    GIVEN = "given", _("Everybody shown has agreed")
    MISSING = "missing", _("Not asked yet")
    WITHDRAWN = "withdrawn", _("Withdrawn: shown nowhere")


class HouseImageQuerySet(closed.ClosableQuerySet, ImageQuerySet):
    """Images, asked with their people in mind; those changed in bulk are followed like one that is saved."""

    def lacking_consent(self) -> "HouseImageQuerySet":
        """Keep those whose people have not been asked yet."""
        return self.filter(consent=Consent.MISSING)

    def shown(self) -> "HouseImageQuerySet":
        """Leave out those whose consent was withdrawn."""
        return self.exclude(consent=Consent.WITHDRAWN)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete with all files at once, as one image is."""
        from cms.kit import photo_files  # noqa: PLC0415 - it names this model

        with transaction.atomic():
            photo_files.take_away(self.select_for_update())
            return super().delete()


class HouseImage(AbstractImage):
    """A cleaned picture; ``description`` is its alt text, ``served`` says which sizes lie ready.

    In a closed collection ``served["closed"]`` is that collection, and every rendition lies in private.
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
        indexes = [models.Index(fields=["file"], name="kit_image_file")]  # each closed picture sent asks

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

    @property
    def closed_in(self) -> int | None:
        """The closed collection it lies in, or None: told without a query."""
        return (self.served or {}).get("closed")

    def _set_image_file_metadata(self) -> None:
        """Do nothing: the field knows size and hash of what it stores, and leaves no file open."""

    def get_upload_to(self, filename: str) -> str:
        """Return where the original is stored, privately."""
        return generated_name("originals", filename)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a clean file, then let the renditions follow: new file, other collection, other consent."""
        from cms.kit import photo_files, photos  # noqa: PLC0415 - both name this model

        fields = kwargs.get("update_fields")
        if fields is not None and not {"file", "consent", "collection"} & set(fields):
            super().save(*args, **kwargs)
            return
        store(self.file)
        with transaction.atomic():
            closed.hold()
            old = type(self).objects.select_for_update().filter(pk=self.pk).first() if self.pk else None
            # What the worker has written since this copy was read stays true.
            self.served, self.rendered_at = (old.served, old.rendered_at) if old else ({}, None)
            shut = self.collection_id if closed.is_closed(self.collection_id) else None
            if old and self._draws_anew(old, shut):
                photo_files.take_away([old])
                self.served, self.rendered_at = {}, None
            self.served = photo_files.marked(self.served, shut)
            if fields is not None:
                kwargs["update_fields"] = {*fields, *_FOLLOWING}
            super().save(*args, **kwargs)
            if old and old.file.name != self.file.name:
                transaction.on_commit(lambda: old.file.storage.delete(old.file.name))
            if self.rendered_at is None and not self.is_withdrawn:
                photos.render_later(self)

    def _draws_anew(self, old: "HouseImage", shut: int | None) -> bool:
        """Tell whether nothing drawn of ``old`` may stay: other file, withdrawn before or now, moved."""
        return (
            old.is_withdrawn
            or self.is_withdrawn
            or self.file.name != old.file.name
            or (old.closed_in is None) != (shut is None)
        )

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the image with its files at once, not when a worker finds the time."""
        from cms.kit import photo_files  # noqa: PLC0415

        with transaction.atomic():
            photo_files.take_away([self])
            return super().delete(*args, **kwargs)

    def create_rendition(self, filter: Any) -> "HouseRendition":  # noqa: A002
        """Draw one rendition on demand (the admin's previews) and lay it where pictures of its kind lie.

        It is drawn before the row is locked and laid after: if the picture was closed, withdrawn or replaced
        meanwhile, it is drawn again as what it is now.
        """
        drawn_of, made = self, self.generate_rendition_file(filter)
        with transaction.atomic():
            now = type(self).objects.select_for_update().get(pk=self.pk)
            if (now.file.name, now.is_withdrawn) != (drawn_of.file.name, drawn_of.is_withdrawn):
                made = now.generate_rendition_file(filter)
            rendition, _made = HouseRendition.objects.get_or_create(
                image=now,
                filter_spec=filter.spec,
                focal_point_key=filter.get_cache_key(now),
                defaults={"file": made},
            )
        rendition.image = self
        return rendition

    def create_renditions(self, *filters: Any) -> dict[Any, "HouseRendition"]:
        """Draw several, one by one."""
        return {wanted: self.create_rendition(wanted) for wanted in filters}

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
    """One size and format of an image; its name says whether it lies in public or in private."""

    image = models.ForeignKey(HouseImage, related_name="renditions", on_delete=models.CASCADE)

    def get_upload_to(self, filename: str) -> str:
        """Return where it is stored: in private when the picture's collection is closed."""
        name = super().get_upload_to(filename)
        return name if self.image.closed_in is None else CLOSED + name.replace("images/", "pictures/", 1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="kit_rendition_once"
            )
        ]


# Wagtail keeps an upload whose form is not complete yet in public; here it waits in private. The callable is
# what migrations look at, so Wagtail's own table stays as it is.
_waiting = UploadedFile._meta.get_field("file")  # noqa: SLF001
_waiting.storage = private_storage()
_waiting._storage_callable = default_storage  # noqa: SLF001
