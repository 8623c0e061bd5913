"""Private storage: files that no address leads to; views check and serve them. Names that tell nothing."""

from pathlib import PurePath

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.utils.crypto import get_random_string
from django.utils.deconstruct import deconstructible

TOKEN = "abcdefghijkmnpqrstuvwxyz23456789"  # noqa: S105 - an alphabet


@deconstructible
class PrivateStorage(FileSystemStorage):
    """Files under PRIVATE_ROOT, without an address of their own."""

    def __init__(self) -> None:
        super().__init__(location=settings.PRIVATE_ROOT)

    def url(self, name: str | None) -> str:  # noqa: ARG002
        """Refuse: a private file has no address; link to the view that checks the reader."""
        raise ValueError("private files have no address")


def private_storage() -> Storage:
    """Return the storage configured for private files."""
    return storages["private"]


def generated_name(folder: str, name: str) -> str:
    """Return ``folder/<12 random characters>.<extension>``: nothing a person typed becomes a path."""
    extension = "".join(c for c in PurePath(name).suffix.lower() if c in ".0123456789" or "a" <= c <= "z")[:6]
    return f"{folder}/{get_random_string(12, TOKEN)}{extension}"


def document_path(_instance: object, name: str) -> str:
    """Return where a document is stored."""
    return generated_name("documents", name)


def media_path(_instance: object, name: str) -> str:
    """Return where a video or sound is stored."""
    return generated_name("media", name)


def thumbnail_path(_instance: object, name: str) -> str:
    """Return where the still picture of a video is stored."""
    return generated_name("media_thumbnails", name)
