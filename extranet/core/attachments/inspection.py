"""Looking at a file before it is kept: name, first bytes and a real opening agree; it is one thing only."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from cms.kit import darkroom, uploads

from .intakes import PHOTOS
from .limits import LARGEST, MB

_KIND = _(
    "Files of this type cannot be added. Save it as PDF or take a photo of it, then choose that. "
    "These can be added: %(kinds)s."
)
_TOO_LARGE = _("This file is larger than %(most)s MB. Make it smaller or split it, then choose it again.")
_EMPTY = _("This file is empty. Choose it again where it was saved.")
_TWO_THINGS = _(
    "This file is two things in one, so it is not safe. "
    "Open it, save it anew as PDF or take a photo of it, then choose that."
)
_HEAD = 1024
_TAIL = 65_557
"""Bytes at the end in which a zip archive has its directory: 22, and a comment of at most 65,535."""
_PAGES = (b"<!doctype", b"<html", b"<svg", b"<script", b"<?php", b"<?xml", b"{\\rtf")


@dataclass(frozen=True, kw_only=True)
class Sound:
    """A file that may be kept; pictures are clean already."""

    file: File[Any]
    name: str
    kind: str


def inspect(upload: File[Any], kinds: tuple[str, ...]) -> Sound:
    """Return the file as it may be kept; raises ValidationError with a sentence for whoever chose it."""
    name = uploads.tidy_name(upload.name)
    kind = uploads.extension_of(name)
    if kind not in kinds:
        told = ", ".join(dict.fromkeys(one.upper().replace("JPEG", "JPG") for one in kinds))
        raise ValidationError(_KIND, code="kind", params={"kinds": told})
    if not upload.size:
        raise ValidationError(_EMPTY, code="empty")
    if upload.size > LARGEST:
        raise ValidationError(_TOO_LARGE, code="size", params={"most": LARGEST // MB})
    if kind in PHOTOS:
        picture = darkroom.clean(upload, name)
        shown = uploads.tidy_name(picture.name)
        return Sound(file=picture, name=shown, kind=uploads.extension_of(shown))
    uploads.check_document(upload, name)
    if _is_two_things(upload, kind):
        raise ValidationError(_TWO_THINGS, code="polyglot")
    return Sound(file=upload, name=name, kind=kind)


def _is_two_things(upload: File[Any], kind: str) -> bool:
    """Tell whether a sound document is one of another type as well, for a reader that looks elsewhere."""
    upload.seek(0)
    head = upload.read(_HEAD)
    upload.seek(max(0, upload.size - _TAIL))
    tail = upload.read()
    upload.seek(0)
    if kind != "pdf" and b"%PDF-" in head:
        return True
    if kind == "txt" and head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PAGES):
        return True
    return kind not in {"docx", "xlsx", "pptx"} and _ends_as_archive(tail)


def _ends_as_archive(tail: bytes) -> bool:
    """Tell whether a zip directory ends exactly where the file does: by chance it never would."""
    place = tail.rfind(b"PK\x05\x06")
    while place >= 0:
        if len(tail) - place - 22 == int.from_bytes(tail[place + 20 : place + 22], "little"):
            return True
        place = tail.rfind(b"PK\x05\x06", 0, place)
    return False
