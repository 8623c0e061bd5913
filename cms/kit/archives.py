"""Zip archives and Office files (which are zip archives): looked into before anybody opens them."""

import struct
import zipfile
from pathlib import PurePath, PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

MOST_ENTRIES = 5_000
LARGEST_LISTING = 2 * 1024 * 1024
MOST_BYTES = 200 * 1024 * 1024
MOST_RATIO = 100
RATIO_COUNTS_FROM = 1024 * 1024
"""Small files may shrink as they like: a megabyte of zeros harms nobody."""

MAIN_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
NESTED = {"zip", "rar", "7z", "gz", "tgz", "bz2", "xz", "tar", "jar", "iso", "cab"}
HARMFUL = {"exe", "dll", "bat", "cmd", "com", "scr", "js", "vbs", "ps1", "msi", "lnk", "hta", "apk", "sh"}

_BROKEN = _(
    "This file is damaged or cannot be opened. Save it again where it comes from, then choose the new file."
)
_BOMB = _("What is packed in this file is far too large. Unpack it and add the files you need one by one.")
_NEST = _("There is an archive inside this archive. Unpack it and add the files you need one by one.")
_LOCKED = _("This archive asks for a password. Pack it without one, then choose it again.")
_MACROS = _("This file carries macros. Save it without macros, then choose it again.")
_PROGRAM = _("There is a program inside this archive. Take it out, pack the rest again, then choose it.")


def is_sound(file: File, extension: str) -> bool:
    """Return whether ``file`` is a harmless archive of the type ``extension`` says.

    Raises ValidationError for bombs, archives in archives, passwords, macros, programs and broken files.
    """
    if file.read(4) != b"PK\x03\x04":
        return False
    _check_listing(file)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _check_sizes(entries, file.size)
            _check_names(entries)
            if extension in MAIN_PARTS:
                return _check_office(archive, {entry.filename for entry in entries}, MAIN_PARTS[extension])
            _check_openable(archive, entries)
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise ValidationError(_BROKEN, code="broken") from error
    return True


def _check_listing(file: File) -> None:
    """Refuse a listing of absurd size before ``zipfile`` reads it into memory."""
    file.seek(max(0, file.size - 65_557))
    tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) < place + 22:
        raise ValidationError(_BROKEN, code="broken")
    entries, size = struct.unpack("<HI", tail[place + 10 : place + 16])
    large = tail[max(0, place - 20) : place].startswith(
        b"PK\x06\x07"
    )  # 64-bit counts: nothing we want is that big
    if large or entries > MOST_ENTRIES or size > LARGEST_LISTING:
        raise ValidationError(_BOMB, code="bomb")


def _check_sizes(entries: list[zipfile.ZipInfo], packed: int) -> None:
    total = sum(entry.file_size for entry in entries)
    ratios = (
        entry.file_size / max(1, entry.compress_size)
        for entry in entries
        if entry.file_size > RATIO_COUNTS_FROM
    )
    bomb = len(entries) > MOST_ENTRIES or total > MOST_BYTES
    bomb = bomb or (total > RATIO_COUNTS_FROM and total / max(1, packed) > MOST_RATIO)
    if bomb or any(ratio > MOST_RATIO for ratio in ratios):
        raise ValidationError(_BOMB, code="bomb")


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    for entry in entries:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        extension = path.suffix.lower().lstrip(".")
        if entry.flag_bits & 1:
            raise ValidationError(_LOCKED, code="locked")
        if path.is_absolute() or ".." in path.parts:
            raise ValidationError(_BROKEN, code="broken")
        if extension in NESTED:
            raise ValidationError(_NEST, code="nested")
        if extension in HARMFUL:
            raise ValidationError(_PROGRAM, code="program")


def _check_office(archive: zipfile.ZipFile, names: set[str], main: str) -> bool:
    if "[Content_Types].xml" not in names or main not in names:
        return False
    if any(PurePath(name).name.lower() == "vbaproject.bin" for name in names):
        raise ValidationError(_MACROS, code="macros")
    for name in names:
        if name.lower().endswith((".xml", ".rels")) and _declares_entities(archive, name):
            raise ValidationError(_BROKEN, code="entities")
    return True


def _declares_entities(archive: zipfile.ZipFile, name: str) -> bool:
    """Return whether an XML part has a document type: Office never writes one, entity bombs need one."""
    before = b""
    with archive.open(name) as part:
        while chunk := part.read(1024 * 1024):
            plain = (before + chunk).replace(b"\0", b"").upper()
            if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
                return True
            before = chunk[-40:]
    return False


def _check_openable(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    for entry in entries:
        if entry.is_dir():
            continue
        with archive.open(entry) as packed:
            start = packed.read(4)
        office = PurePosixPath(entry.filename).suffix.lower().lstrip(".") in MAIN_PARTS
        if start == b"PK\x03\x04" and not office:
            raise ValidationError(_NEST, code="nested")
