"""Videos and sounds: is it one, and does it tell where it was made (phones write that into MP4 files)?"""

from collections.abc import Callable, Iterator

from django.core.files.base import File

_CONTAINERS = {b"moov", b"trak"}
_PRIVATE = {b"udta", b"meta", b"uuid"}
"""Boxes with place, device and author; players need none of them."""
_MOST_BOXES = 2_000
_BRANDS = (
    b"isom",
    b"iso2",
    b"iso4",
    b"iso5",
    b"iso6",
    b"mp41",
    b"mp42",
    b"avc1",
    b"dash",
    b"M4A ",
    b"M4V ",
    b"MSNV",
    b"3gp",
)

_FRAME_BITS, _LAYER_3 = 0xFFE6, 0xFFE2
_HEADER, _LONG_HEADER = 8, 16

Box = tuple[bytes, int, int]


def is_mp4(file: File) -> bool:
    """Return whether the file is MP4 with a complete list of boxes; ValueError when it breaks off."""
    start = file.read(12)
    if start[4:8] != b"ftyp" or not start[8:12].startswith(_BRANDS):
        return False
    if b"moov" not in {kind for kind, _place, _size in _boxes(file, 0, file.size)}:
        raise ValueError("no index")
    return True


def is_webm(file: File) -> bool:
    """Return whether the file is WebM, which its header says in its first bytes."""
    start = file.read(64)
    return start.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in start


def is_mp3(file: File) -> bool:
    """Return whether the file begins with a tag or a frame of MPEG layer 3."""
    start = file.read(3)
    frame = int.from_bytes(start[:2], "big") & _FRAME_BITS
    return start == b"ID3" or frame == _LAYER_3


CHECKS: dict[str, Callable[[File], bool]] = {"mp4": is_mp4, "m4a": is_mp4, "webm": is_webm, "mp3": is_mp3}


def forget_place(file: File) -> int:
    """Blank the boxes of an MP4 upload that tell place, device or author, in place; return how many."""
    blanked = 0
    for _kind, place, size in list(_private_boxes(file, 0, file.size)):
        file.seek(place + 4)
        file.write(b"free")
        for start in range(8, size, 1 << 20):
            file.write(bytes(min(1 << 20, size - start)))
        blanked += 1
    file.seek(0)
    return blanked


def _private_boxes(file: File, start: int, end: int) -> Iterator[Box]:
    for kind, place, size in _boxes(file, start, end):
        if kind in _PRIVATE:
            yield kind, place, size
        elif kind in _CONTAINERS:
            yield from _private_boxes(file, place + 8, place + size)


def _boxes(file: File, start: int, end: int) -> Iterator[Box]:
    """Yield type, place and size of the boxes between two places; ValueError when they do not add up."""
    for _count in range(_MOST_BOXES):
        if start == end:
            return
        file.seek(start)
        header = file.read(16)
        size, kind = int.from_bytes(header[:4], "big"), header[4:8]
        least = _HEADER
        if size == 1:
            size, least = int.from_bytes(header[8:16], "big"), _LONG_HEADER
        elif size == 0:
            size = end - start
        if len(header) < _HEADER or size < least or start + size > end:
            raise ValueError("box breaks off")
        yield kind, start, size
        start += size
    raise ValueError("too many boxes")
