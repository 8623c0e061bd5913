"""Videos and sounds (视频、音频): public files, private ones in a closed collection."""

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtailmedia.models import AbstractMedia, MediaQuerySet

from cms.kit import closed
from cms.kit.storage import CLOSED, media_path, shown_storage, thumbnail_path


class HouseMediaQuerySet(closed.ClosableQuerySet, MediaQuerySet):
    """Videos and sounds; those moved in bulk are followed."""


class HouseMedia(AbstractMedia):
    """A video or sound of the library, shown on pages with its thumbnail.

    In a closed collection both files lie in private and come through the checked view; their names tell.
    """

    file = models.FileField(_("file"), upload_to=media_path, storage=shown_storage)
    thumbnail = models.FileField(_("thumbnail"), upload_to=thumbnail_path, storage=shown_storage, blank=True)
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

    objects = HouseMediaQuerySet.as_manager()

    is_withdrawn = False

    class Meta:
        verbose_name = _("video or sound")
        verbose_name_plural = _("videos and sounds")

    @property
    def closed_in(self) -> int | None:
        """The collection that closes it to visitors, or None: told without a query."""
        return self.collection_id if (self.file.name or "").startswith(CLOSED) else None

    @property
    def lies_closed(self) -> bool:
        """Whether its collection is closed to visitors: asked when a file is stored."""
        return closed.is_closed(self.collection_id)

    def clean(self, *args: Any, **kwargs: Any) -> None:
        """Let the library look at the extension, unless the form has refused the file already."""
        if self.file:
            super().clean(*args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, then let the files lie where the collection says."""
        from cms.kit import film_files  # noqa: PLC0415 - it needs this model

        with transaction.atomic():
            closed.hold()
            super().save(*args, **kwargs)
            film_files.settle(self, shut=self.lies_closed)
