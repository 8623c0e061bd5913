"""Pictures for the tests, made here: camera-like, transparent, hostile."""

import random
import struct
import zlib
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

SECRETS = (b"Real Name", b"SN-0042", b"Benchcam", b"GPSLatitude", b"ProfileAuthor", b"52.520")
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>52.520</exif:GPSLatitude></x:xmpmeta>'


def scene(width, height, mode="RGB"):
    """A picture with detail, the same for the same size; red top left, blue bottom right."""
    grain = random.Random(width * height)  # noqa: S311
    small = Image.frombytes("RGB", (16, 12), grain.randbytes(16 * 12 * 3)).resize((width, height))
    small.paste((220, 20, 20), (0, 0, width // 4, height // 4))
    small.paste((20, 20, 220), (width * 3 // 4, height * 3 // 4, width, height))
    return small.convert(mode)


def exif(orientation=1):
    """What a phone writes: place, serial number, author, orientation."""
    data = Image.Exif()
    data[0x0112], data[0x013B], data[0x010F] = orientation, "Real Name", "Benchcam"
    data.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 36.0)})
    data.get_ifd(0x8769)[0xA431] = "SN-0042"
    return data


def encoded(image, kind="JPEG", **options):
    """The bytes of a picture."""
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def camera_jpeg(width=1600, height=1200, orientation=1, **options):
    """A JPEG as a phone makes it."""
    return encoded(
        scene(width, height), exif=exif(orientation), xmp=XMP, comment=b"Real Name", quality=90, **options
    )


def upload(content, name="photo.jpg", content_type="image/jpeg"):
    """An uploaded file."""
    return SimpleUploadedFile(name, content, content_type)


def png_of(width, height, rows=b""):
    """A PNG that declares any size; without ``rows`` it holds zeros for all of it."""

    def chunk(kind, content):
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    packer = zlib.compressobj(9)
    if not rows:
        line = bytes(1 + (width + 7) // 8)
        rows = b"".join(packer.compress(line) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
