"""File fields that look at what is saved into them: pictures are cleaned, names are kept beside the file."""

from typing import Any

from django.core.files.base import File
from django.db import models
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile
from wagtail.utils.file import hash_filelike

from cms.kit import darkroom, uploads


def store(file: Any) -> None:
    """Store a file that is only assigned so far, before its row: the row then tells what lies there."""
    if file and not file._committed:  # noqa: SLF001 - no public way to ask
        file.save(file.name, file.file, save=False)


class CleanFieldFile(WagtailImageFieldFile):
    """Cleans whatever is saved into it, unless the upload form has done so."""

    def save(self, name: str, content: File, save: bool = True) -> None:  # noqa: FBT001, FBT002
        """Store a clean copy; raises ValidationError for what is no usable picture."""
        if not hasattr(content, "picture_size"):
            content = darkroom.clean(content, name)
        content.seek(0)
        image = self.instance
        image.file_hash, image.file_size = hash_filelike(content), content.size
        content.seek(0)
        super().save(content.name, content, save=False)
        image.width, image.height = content.picture_size
        if save:
            image.save()

    def get_image_dimensions(self) -> tuple[int | None, int | None]:
        """Return the size of the stored picture; nothing is believed about one that is not cleaned yet."""
        return super().get_image_dimensions() if self._committed else (None, None)


class NamedFieldFile(models.fields.files.FieldFile):
    """Remembers what the person called the file, its size and its hash."""

    def save(self, name: str, content: File, save: bool = True) -> None:  # noqa: FBT001, FBT002
        """Store under a generated name."""
        content.seek(0)
        document: Any = self.instance
        document.original_name = uploads.tidy_name(name)
        document.file_hash, document.file_size = hash_filelike(content), content.size
        content.seek(0)
        super().save(name, content, save=save)


class NamedFileField(models.FileField):
    """A file whose own name is kept beside it."""

    attr_class = NamedFieldFile


class CleanImageField(WagtailImageField):
    """An image file that is clean once it is stored."""

    attr_class = CleanFieldFile
