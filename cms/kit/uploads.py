"""What may come in: name, first bytes and a real opening of a file must agree, within limits.

Each check raises ValidationError with a sentence that says what would work; it stores nothing. Pictures are
checked and cleaned by ``cms.kit.darkroom``; here are documents, videos and sounds.
"""

import unicodedata
from collections.abc import Callable
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from cms.kit import archives, films, leaves

LARGEST_DOCUMENT = 50 * 1024 * 1024
LARGEST_FILM = 500 * 1024 * 1024
LONGEST_NAME = 120

_TOO_LARGE = _("This file is larger than %(most)s MB. Make it smaller or split it, then choose it again.")
_KINDS = _("Files of this type cannot be added. These can: %(kinds)s.")
_DISGUISED = _(
    "The name ends in .%(extension)s, but the file is of another type. "
    "Open it, save it as .%(extension)s, then choose it again."
)
_BROKEN = _(
    "This file is damaged or cannot be opened. Save it again where it comes from, then choose the new file."
)
_LOCKED = _("This PDF asks for a password. Save it without one, then choose it again.")
_NO_TEXT = _("This is no plain text. Save it as UTF-8 text, then choose it again.")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = {"doc": ("WordDocument",), "xls": ("Workbook", "Book"), "ppt": ("PowerPoint Document",)}
_ENCODINGS = ("utf-8-sig", "gb18030")


def tidy_name(name: str | None) -> str:
    """Return a file name fit to be shown and saved under: no folder, nothing invisible, of bounded length."""
    plain = PurePath((name or "").replace("\\", "/")).name
    plain = "".join(c for c in plain if not unicodedata.category(c).startswith("C") and c not in '<>:"|?*')
    path = PurePath(plain.strip(" .") or "file")
    return path.stem[: LONGEST_NAME - len(path.suffix[:10])].strip() + path.suffix[:10]


def extension_of(name: str | None) -> str:
    """Return the extension of a file name in lower case, without the dot."""
    return PurePath(name or "").suffix.lower().lstrip(".")


def check_document(file: File, name: str | None = None) -> None:
    """Refuse what is no sound document of the type its name says."""
    extension = extension_of(name or file.name)
    check = _DOCUMENTS.get(extension)
    if check is None:
        kinds = ", ".join(kind.upper() for kind in _DOCUMENTS)
        raise ValidationError(_KINDS, code="kind", params={"kinds": kinds})
    _check(file, extension, check, LARGEST_DOCUMENT)


def check_film(file: File, kinds: list[str], name: str | None = None) -> None:
    """Refuse what is no sound video or sound of one of these ``kinds`` (extensions)."""
    extension = extension_of(name or file.name)
    if extension not in kinds or extension not in films.CHECKS:
        raise ValidationError(
            _KINDS, code="kind", params={"kinds": ", ".join(kind.upper() for kind in kinds)}
        )
    _check(file, extension, lambda film, _extension: films.CHECKS[extension](film), LARGEST_FILM)


def _check(file: File, extension: str, check: Callable[[File, str], bool], most: int) -> None:
    """Run a check that returns whether the file is of the type its extension says."""
    if file.size > most:
        raise ValidationError(_TOO_LARGE, code="size", params={"most": most // (1024 * 1024)})
    file.seek(0)
    try:
        agrees = check(file, extension)
    except ValidationError:
        raise
    except Exception as error:
        # Parsers fail in many ways on hostile bytes; to the person it is one and the same.
        raise ValidationError(_BROKEN, code="broken") from error
    finally:
        file.seek(0)
    if not agrees:
        raise ValidationError(_DISGUISED, code="disguised", params={"extension": extension})


def _pdf(file: File, _extension: str) -> bool:
    if file.read(5) != b"%PDF-":
        return False
    try:
        leaves.count(file)
    except leaves.Locked as error:
        raise ValidationError(_LOCKED, code="locked") from error
    except leaves.Unreadable as error:
        raise ValidationError(_BROKEN, code="broken") from error
    return True


def _ole(file: File, extension: str) -> bool:
    """An old Office file: the compound file's header is sound and its directory names the right stream."""
    header = file.read(512)
    if not header.startswith(_OLE):
        return False
    shift = int.from_bytes(header[30:32], "little")
    if shift not in {9, 12} or header[28:30] != b"\xfe\xff" or file.size < 3 << shift:
        raise ValidationError(_BROKEN, code="broken")
    # Directory entries are UTF-16, 128 bytes each; searching them spares a parser of the whole format.
    entries = _directory(file, 1 << shift, int.from_bytes(header[48:52], "little"))
    return any(name.encode("utf-16-le") + b"\0\0" in entries for name in _OLE_STREAMS[extension])


def _directory(file: File, sector: int, first: int) -> bytes:
    """Return the directory's first sector, or everything where it is laid out unusually."""
    file.seek((first + 1) * sector)
    found = file.read(sector)
    if "Root Entry".encode("utf-16-le") not in found:
        raise ValidationError(_BROKEN, code="broken")
    file.seek(0)
    return found + file.read()


def _text(file: File, _extension: str) -> bool:
    content = file.read()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = content.decode("utf-16").encode()
    if any(byte in content for byte in (b"\0", b"\x01", b"\x02", b"\x1b")):
        raise ValidationError(_NO_TEXT, code="text")
    for encoding in _ENCODINGS:
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    raise ValidationError(_NO_TEXT, code="text")


_DOCUMENTS: dict[str, Callable[[File, str], bool]] = {
    "pdf": _pdf,
    "docx": archives.is_sound,
    "xlsx": archives.is_sound,
    "pptx": archives.is_sound,
    "doc": _ole,
    "xls": _ole,
    "ppt": _ole,
    "txt": _text,
    "csv": _text,
    "zip": archives.is_sound,
}
