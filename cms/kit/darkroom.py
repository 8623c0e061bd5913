"""Pictures as bytes: a hostile upload becomes a clean one, a clean one every size (Pillow, no database).

What a clean picture is: upright, without any metadata but a small colour profile, RGB or grey, at most
4,096 pixels on its longest side, of the type its name says. An animated GIF keeps its first picture, as PNG.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms

LONGEST = 4096
UNDRAFTED_PIXELS = 26_000_000
"""Limit for types that must be decoded whole; baseline JPEG may have WAGTAILIMAGES_MAX_IMAGE_PIXELS."""
MOST_SCANS = 200
LARGEST_PROFILE = 64 * 1024
PNG_PIXELS = 6_000_000
"""An opaque PNG above this is a photo: kept as JPEG."""

KINDS = {
    "jpg": {"JPEG", "MPO"},
    "jpeg": {"JPEG", "MPO"},
    "png": {"PNG"},
    "webp": {"WEBP"},
    "gif": {"GIF"},
    "heic": {"HEIF"},
    "heif": {"HEIF"},
}
ENCODERS: dict[str, dict[str, Any]] = {
    "avif": {"format": "AVIF", "quality": 58, "speed": 9, "max_threads": 1},
    "webp": {"format": "WEBP", "quality": 75, "method": 2},
    "jpeg": {"format": "JPEG", "quality": 76, "progressive": True},
}
SMALL = 400
SMALL_QUALITY = {"avif": 48, "webp": 68}
"""Thumbnails, drawn at twice their size: what is spared is not seen, and a page has dozens of them."""
SUFFIXES = {".png": "PNG", ".webp": "WEBP", ".jpg": "JPEG"}
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_UNKNOWN = _(
    "This is no picture this site can use. Save it as JPG, PNG, WebP, GIF or HEIC, then choose it again."
)
_DISGUISED = _(
    "The name ends in .%(extension)s, but the file is of another type. "
    "Open it, save it as JPG, then choose it again."
)
_BROKEN = _(
    "This picture is damaged or incomplete. Save it again where it comes from, then choose the new file."
)
_BOMB = _(
    "This picture is too large, with %(width)s × %(height)s pixels. "
    "Make it smaller or save it as JPG, then choose it again; at most %(most)s million pixels."
)
_BOMB_UNREAD = _(
    "This picture declares too many pixels. "
    "Make it smaller or save it as JPG, then choose it again; at most %(most)s million pixels."
)


class CleanPicture(ContentFile):
    """The bytes of a clean picture; ``name`` ends in the type they are of.

    ``picture_size`` (width, height) also marks an upload as clean, see ``clean_in_place``.
    """

    def __init__(self, content: bytes, name: str, picture_size: tuple[int, int]) -> None:
        super().__init__(content, name)
        self.picture_size = picture_size


@dataclass(frozen=True, slots=True)
class Print:
    """One encoded size."""

    width: int
    height: int
    kind: str
    content: bytes


def clean(file: File, name: str | None = None) -> CleanPicture:
    """Return a clean copy of a picture; raises ValidationError with a sentence for whoever chose it."""
    name = name or file.name or ""
    extension = PurePath(name).suffix.lower().lstrip(".")
    if extension not in KINDS:
        raise ValidationError(_UNKNOWN, code="unknown")
    with _opened(file) as picture:
        if picture.format not in KINDS[extension]:
            raise ValidationError(_DISGUISED, code="disguised", params={"extension": extension})
        _check_pixels(picture, file)
        try:
            return _cleaned(picture, name)
        except ValidationError:
            raise
        except Exception as error:
            # Every codec fails in its own way on hostile bytes; to the person it is one and the same.
            raise ValidationError(_BROKEN, code="broken") from error


def clean_in_place(upload: UploadedFile) -> None:
    """Clean an upload where it lies: whatever a view does with it afterwards, it is clean already."""
    picture = clean(upload)
    stream: Any = upload.file
    stream.seek(0)
    stream.truncate()
    for chunk in picture.chunks():
        stream.write(chunk)
    stream.seek(0)
    upload.name, upload.size = picture.name, picture.size
    upload.content_type = Image.MIME[SUFFIXES[PurePath(picture.name or "").suffix]]
    upload.picture_size = picture.picture_size  # type: ignore[attr-defined]


def develop(file: Any, widths: Iterable[int], kinds: Iterable[str] = tuple(ENCODERS)) -> Iterator[Print]:
    """Yield every size in every kind, largest first, from one decode of a clean picture.

    A picture is never enlarged: the sizes stop at its own width (see ``ladder``).
    """
    with Image.open(file) as picture:
        steps = ladder(picture.width, widths)
        profile = _kept_profile(picture)
        height = round(picture.height * steps[-1] / picture.width)
        picture.draft(picture.mode, (steps[-1], height))
        full = picture.size
        picture.load()
        print_ = _plain(picture)
    for width in reversed(steps):
        size = (width, max(1, round(full[1] * width / full[0])))
        if print_.size != size:
            print_ = print_.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
        for kind in kinds:
            options = dict(ENCODERS[kind])
            if width <= SMALL and kind in SMALL_QUALITY:
                options["quality"] = SMALL_QUALITY[kind]
            yield Print(*size, kind, _encoded(print_, profile, **options))


def ladder(own: int, widths: Iterable[int]) -> list[int]:
    """Return the widths to make of a picture ``own`` pixels wide, none enlarged or nearly twice."""
    steps: list[int] = []
    for width in sorted(widths):
        step = min(width, own)
        if not steps or step >= steps[-1] * 1.15:
            steps.append(step)
    return steps


@contextmanager
def _opened(file: File) -> Iterator[Image.Image]:
    import pillow_heif  # noqa: PLC0415 - costs a worker 12 MB; only uploads need it

    pillow_heif.register_heif_opener(thumbnails=False)
    file.seek(0)
    try:
        # Reads the header alone; a bomb is refused by what it declares.
        picture = Image.open(file, formats=["JPEG", "PNG", "WEBP", "GIF", "HEIF"])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        params = {"most": _millions(UNDRAFTED_PIXELS)}
        raise ValidationError(_BOMB_UNREAD, code="pixels", params=params) from None
    except Exception as error:
        raise ValidationError(_UNKNOWN, code="unknown") from error
    with picture:
        yield picture


def _millions(pixels: int) -> int:
    return pixels // 1_000_000


def _check_pixels(picture: Image.Image, file: File) -> None:
    whole = picture.format not in KINDS["jpg"] or bool(picture.info.get("progressive"))
    most = UNDRAFTED_PIXELS if whole else settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
    if picture.width * picture.height > most:
        params = {"width": picture.width, "height": picture.height, "most": _millions(most)}
        raise ValidationError(_BOMB, code="pixels", params=params)
    if picture.info.get("progressive"):
        # Each scan walks over the whole picture: thousands of them in a small file cost minutes.
        place = file.tell()
        file.seek(0)
        scans = file.read().count(b"\xff\xda")
        file.seek(place)
        if scans > MOST_SCANS:
            raise ValidationError(_BROKEN, code="broken")


def _cleaned(picture: Image.Image, name: str) -> CleanPicture:
    source = picture.format or ""
    profile = _kept_profile(picture)
    turn = _turn(picture)
    longest = max(picture.size)
    for part in (8, 4, 2):
        # Decoding at a half, quarter or eighth: enough for us, and a fraction of the memory.
        if longest / part >= LONGEST * 0.75:
            picture.draft(picture.mode, (picture.width // part, picture.height // part))
            break
    picture.load()
    clean_one = _plain(picture)
    if max(clean_one.size) > LONGEST:
        scale = LONGEST / max(clean_one.size)
        size = (max(1, round(clean_one.width * scale)), max(1, round(clean_one.height * scale)))
        clean_one = clean_one.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    if turn is not None:
        clean_one = clean_one.transpose(turn)
    opaque = clean_one.mode != "RGBA"
    options: dict[str, Any] = {"format": "PNG"}
    if source == "WEBP":
        options = {"format": "WEBP", "quality": 90, "method": 2}
    elif opaque and (source not in {"PNG", "GIF"} or clean_one.width * clean_one.height > PNG_PIXELS):
        options = {"format": "JPEG", "quality": 88}
    suffix = next(suffix for suffix, kind in SUFFIXES.items() if kind == options["format"])
    content = _encoded(clean_one, profile, **options)
    return CleanPicture(content, f"{PurePath(name).stem[:80]}{suffix}", clean_one.size)


def _turn(picture: Image.Image) -> Image.Transpose | None:
    try:
        return _TURNS.get(picture.getexif().get(0x0112, 1))
    except Exception:  # noqa: BLE001 - broken EXIF in an otherwise good photo: as if there were none
        return None


def _plain(picture: Image.Image) -> Image.Image:
    """Return a loaded picture as L, RGB or RGBA (only if something shows through), without its ``info``."""
    mode = picture.mode
    if mode == "CMYK":
        picture = _from_print_colours(picture)
    elif mode.startswith(("I", "F")):
        picture = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    elif mode in {"RGBA", "LA", "La", "PA", "RGBa"} or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        if picture.getchannel("A").getextrema() == (255, 255):
            picture = picture.convert("RGB")
    elif mode == "1":
        picture = picture.convert("L")
    elif mode not in {"L", "RGB"}:
        picture = picture.convert("RGB")
    picture.info = {}
    return picture


def _from_print_colours(picture: Image.Image) -> Image.Image:
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(picture.info["icc_profile"]))
        converted = ImageCms.profileToProfile(
            picture, profile, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except Exception:  # noqa: BLE001 - no profile or a broken one: the plain formula
        converted = None
    return converted or picture.convert("RGB")


def _kept_profile(picture: Image.Image) -> bytes | None:
    """Return the colour profile if it is small, sound, fits the colours and is not sRGB anyway."""
    content = picture.info.get("icc_profile")
    if not content or len(content) > LARGEST_PROFILE:
        return None
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(content)).profile
        space, text = profile.xcolor_space.strip(), profile.profile_description or ""
    except Exception:  # noqa: BLE001 - a broken profile is dropped
        return None
    fits = picture.mode in {"GRAY": {"L", "1"}, "RGB": {"RGB", "RGBA", "P"}}.get(space, set())
    return content if fits and "sRGB" not in text else None


def _encoded(picture: Image.Image, profile: bytes | None, **options: Any) -> bytes:
    if options["format"] == "JPEG" and picture.mode == "RGBA":
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture, mask=picture.getchannel("A"))
        picture = ground
    if profile:
        options["icc_profile"] = profile
    out = BytesIO()
    picture.save(out, **options)
    return out.getvalue()
