"""Whatever a picture tells of place, device or person, in any format: nothing of it is stored or served."""

import json
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.core.files.base import ContentFile
from PIL import Image, PngImagePlugin

from cms.kit import photos
from cms.kit.models import HouseImage
from tests.kit import photographs as pictures

IPTC = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x0d\x1c\x02\x50\x00\x09Real Name"
TELLING = (*pictures.SECRETS, b"Photoshop", b"8BIM", b"xmpmeta", b"Exif", b"EXIF", b"exif")


def jpeg():
    """Everything a camera and an editor's program write: EXIF, XMP, IPTC, a comment, an extra segment."""
    content = pictures.camera_jpeg(500, 350, orientation=6)
    extra = b"".join(
        b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body
        for marker, body in ((0xED, IPTC), (0xEC, b"Ducky Real Name"), (0xE5, b"SN-0042"))
    )
    return content[:2] + extra + content[2:] + b"SN-0042 after the end"


def png():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "Real Name")
    notes.add_text("Comment", "SN-0042 " * 200, zip=True)
    notes.add_itxt("XML:com.adobe.xmp", pictures.XMP.decode())
    picture = pictures.scene(500, 350)
    return pictures.encoded(picture, "PNG", pnginfo=notes, exif=pictures.exif(6)) + b"SN-0042"


def webp():
    return pictures.encoded(pictures.scene(500, 350), "WEBP", exif=pictures.exif(6), xmp=pictures.XMP)


def moving_webp():
    scenes = [pictures.scene(500, 350), pictures.scene(500, 350).rotate(180)]
    return pictures.encoded(
        scenes[0], "WEBP", save_all=True, append_images=scenes[1:], exif=pictures.exif(), xmp=pictures.XMP
    )


def gif():
    return pictures.encoded(pictures.scene(500, 350).convert("P"), "GIF", comment=b"Real Name SN-0042")


def heic():
    import pillow_heif

    pillow_heif.register_heif_opener()
    return pictures.encoded(
        pictures.scene(500, 350), "HEIF", exif=pictures.exif(), xmp=pictures.XMP, quality=60
    )


def mpo():
    """Two pictures in one file, as phones keep their portraits."""
    second = pictures.scene(500, 350).rotate(180)
    second.encoderinfo = {"exif": pictures.exif()}
    return pictures.encoded(pictures.scene(500, 350), "MPO", save_all=True, append_images=[second])


SOURCES = {
    "a.jpg": jpeg,
    "a.png": png,
    "a.webp": webp,
    "moving.webp": moving_webp,
    "a.gif": gif,
    "a.heic": heic,
    "two.jpg": mpo,
}


@pytest.fixture
def lying(db, settings, tmp_path):
    """Store, draw and preview a picture; return every file that then lies anywhere."""
    settings.MEDIA_ROOT = tmp_path / "public"

    def files(name):
        image = HouseImage(title="图", file=ContentFile(SOURCES[name](), name))
        image.save()
        photos.render(image)
        for spec in ("max-165x165", "fill-300x200", "width-500|format-webp", "original"):
            image.get_rendition(spec)
        public = [path for path in Path(configured.MEDIA_ROOT).rglob("*") if path.is_file()]
        return image, [Path(image.file.path), *public]

    return files


@pytest.mark.parametrize("name", SOURCES)
def test_the_source_of_the_test_does_tell(name):
    assert any(secret in SOURCES[name]() for secret in TELLING)


@pytest.mark.parametrize("name", SOURCES)
def test_no_file_tells_anything(lying, name):
    image, files = lying(name)
    assert len(files) == 1 + 3 * len(image.served["sizes"]) + 4
    told = {(path.suffix, secret) for path in files for secret in TELLING if secret in path.read_bytes()}
    assert told == set()
    for path in files:
        with Image.open(path) as opened:
            assert dict(opened.getexif()) == {}
            assert not {"exif", "xmp", "comment", "photoshop", "icc_profile", "Author"} & set(opened.info)
            assert getattr(opened, "n_frames", 1) == 1


@pytest.mark.parametrize("name", SOURCES)
def test_only_parts_that_make_up_the_picture_are_stored(lying, name):
    _image, files = lying(name)
    assert {kind: set(parts) - ALLOWED[kind] for path in files for kind, parts in [parts_of(path)]} == {
        kind: set() for kind in {parts_of(path)[0] for path in files}
    }


ALLOWED = {
    "jpg": {0xE0, 0xDB, 0xC0, 0xC2, 0xC4, 0xDA, 0xDD},
    "png": {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"},
    "webp": {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"},
    "avif": {b"av01", b""},
}


def parts_of(path):
    """The kind of a picture and the segments, chunks or items it is made of."""
    content, kind = path.read_bytes(), path.suffix.lstrip(".")
    if kind == "jpg":
        assert content.endswith(b"\xff\xd9")
        return kind, list(segments(content))
    if kind == "png":
        return kind, list(chunks(content, 8, ">", length_first=True))
    if kind == "webp":
        assert len(content) == struct.unpack("<I", content[4:8])[0] + 8
        return kind, list(chunks(content, 12, "<", length_first=False))
    return kind, [content[at + 8 : at + 12] for at in places(content, b"infe\x02\x00\x00")]


def segments(content):
    at = 2
    while content[at + 1] != 0xDA:
        yield content[at + 1]
        at += 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
    yield 0xDA


def chunks(content, at, order, *, length_first):
    while at < len(content):
        first, second = content[at : at + 4], content[at + 4 : at + 8]
        length, name = (first, second) if length_first else (second, first)
        size = struct.unpack(f"{order}I", length)[0]
        yield name
        at += 8 + size + (4 if length_first else size % 2)


def places(content, mark):
    at = content.find(mark)
    while at >= 0:
        yield at + 4
        at = content.find(mark, at + 1)


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp"])
def test_rotation_is_applied_in_every_format_that_has_it(lying, name):
    image, _files = lying(name)
    assert (image.width, image.height) == (350, 500)
    with Image.open(image.file.path) as opened:
        assert opened.size == (350, 500)
    assert image.served["sizes"] == [[350, 500]]


# --- Hostile files: quickly, and in little memory ----------------------------------------------

MEASURE = """
import json, resource, sys, time
import django
django.setup()
import pillow_heif
from django.core.exceptions import ValidationError
from django.core.files.base import File
from cms.kit import darkroom
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
before, said = peak(), {}
for name in sys.argv[2:]:
    began, code = time.process_time(), ""
    try:
        darkroom.clean(File(open(f"{sys.argv[1]}/{name}", "rb")), name)
    except ValidationError as error:
        code = error.code
    said[name] = [code, time.process_time() - began]
print(json.dumps([said, peak() - before]))
"""


def cost_of(folder, files):
    """What cleaning says to each file with its CPU seconds, and the memory of them all, in one process."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    command = [sys.executable, "-c", MEASURE, str(folder), *files]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def wide_gif():
    """A GIF of 60,000 × 60,000 in a few bytes."""
    return (
        b"GIF89a" + struct.pack("<HH", 60_000, 60_000) + b"\x80\0\0" + bytes(6) + b"\x21\xf9\x04" + bytes(200)
    )


def wide_webp():
    """A WebP that declares 16,383 × 16,383."""
    content = pictures.encoded(Image.new("L", (16, 16)), "WEBP", lossless=True)
    at = content.index(b"VP8L") + 9
    return content[:at] + struct.pack("<I", 0x3FFF | 0x3FFF << 14) + content[at + 4 :]


HOSTILE = {
    "bomb.png": (lambda: pictures.png_of(20_000, 20_000), "pixels"),
    "large.png": (lambda: pictures.png_of(5_200, 5_200), "pixels"),
    "bomb.gif": (wide_gif, "unknown"),
    "bomb.webp": (wide_webp, "pixels"),
    "cut.jpg": (lambda: pictures.camera_jpeg()[:20_000], "broken"),
    "zeros.jpg": (lambda: b"\xff\xd8\xff\xe0" + bytes(5_000_000), "unknown"),
    "drawing.svg": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>' * 1000, "unknown"),
    "drawing.jpg": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>' * 1000, "unknown"),
    "really-a.jpg": (lambda: pictures.encoded(pictures.scene(40, 30), "PNG"), "disguised"),
    "scan.png": (lambda: pictures.encoded(pictures.scene(40, 30), "TIFF"), "unknown"),
    "empty.jpg": (lambda: b"", "unknown"),
}


def test_hostile_files_are_refused_within_a_second_each_and_a_hundred_megabytes(tmp_path):
    said, mebibytes = cost_of(tmp_path, {name: make() for name, (make, _code) in HOSTILE.items()})
    assert {name: code for name, (code, _seconds) in said.items()} == {
        name: code for name, (_make, code) in HOSTILE.items()
    }
    assert max(seconds for _code, seconds in said.values()) < 1
    assert mebibytes < 100


def test_a_photo_of_fifty_megapixels_is_accepted_within_bounds(tmp_path):
    content = pictures.encoded(Image.new("RGB", (8160, 6144), (90, 120, 150)), quality=80)
    said, mebibytes = cost_of(tmp_path, {"phone.jpg": content})
    ((code, seconds),) = said.values()
    assert code == ""
    assert seconds < 2
    assert mebibytes < 150
