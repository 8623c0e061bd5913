"""Where files lie: in public, in private (no address leads there; views check and serve), or as named.

Names tell nothing of what a person typed.
"""

from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage, default_storage, storages
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


CLOSED = "closed/"
"""What the names of pictures and videos of closed collections begin with (会员可读)."""


@deconstructible
class ShownStorage(Storage):
    """Pictures and videos of pages: those named ``closed/…`` lie in private, all others in public.

    The address of a closed one leads to the view that checks the reader: ``closed/pictures/x.jpg`` is asked
    for as ``/pictures/x.jpg``.
    """

    def place(self, name: str) -> Storage:
        """Return the storage a file of this name lies in."""
        return private_storage() if name.startswith(CLOSED) else default_storage

    def url(self, name: str | None) -> str:
        """Return the public address, or that of the checked view."""
        name = name or ""
        return f"/{name.removeprefix(CLOSED)}" if name.startswith(CLOSED) else default_storage.url(name)

    def path(self, name: str) -> str:
        """Return where the file lies on this machine."""
        return self.place(name).path(name)

    def exists(self, name: str) -> bool:
        """Tell whether there is such a file."""
        return self.place(name).exists(name)

    def size(self, name: str) -> int:
        """Return its bytes."""
        return self.place(name).size(name)

    def delete(self, name: str) -> None:
        """Delete it, if it is there."""
        self.place(name).delete(name)

    def get_modified_time(self, name: str) -> datetime:
        """Return when it was last written."""
        return self.place(name).get_modified_time(name)

    def _open(self, name: str, mode: str = "rb") -> File:
        return self.place(name).open(name, mode)

    def _save(self, name: str, content: File[Any]) -> str:
        return self.place(name).save(name, content)


def shown_storage() -> Storage:
    """Return the storage of pictures and videos that pages show."""
    return storages["shown"]


def generated_name(folder: str, name: str) -> str:
    """Return ``folder/<12 random characters>.<extension>``: nothing a person typed becomes a path."""
    extension = "".join(c for c in PurePath(name).suffix.lower() if c in ".0123456789" or "a" <= c <= "z")[:6]
    return f"{folder}/{get_random_string(12, TOKEN)}{extension}"


def document_path(_instance: object, name: str) -> str:
    """Return where a document is stored."""
    return generated_name("documents", name)


def media_path(instance: Any, name: str) -> str:
    """Return where a video or sound is stored: in private when its collection is closed."""
    return generated_name(f"{CLOSED}films" if instance.lies_closed else "media", name)


def thumbnail_path(instance: Any, name: str) -> str:
    """Return where the still picture of a video is stored."""
    return generated_name(f"{CLOSED}films" if instance.lies_closed else "media_thumbnails", name)
