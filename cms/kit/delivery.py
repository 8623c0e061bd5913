"""Sending files: in parts when a player asks for parts, not at all when the browser has them."""

import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.http.request import MediaType
from django.utils.http import http_date, parse_etags

_NUMBER = re.compile(r"[0-9]{0,18}")
CHUNK = 256 * 1024
TYPES = {
    "avif": "image/avif",
    "webp": "image/webp",
    "jpg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "txt": "text/plain",
    "csv": "text/csv",
    "zip": "application/zip",
}


def type_of(name: str) -> str:
    """Return the media type by extension; what we do not know is a heap of bytes."""
    return TYPES.get(Path(name).suffix.lower().lstrip("."), "application/octet-stream")


def may_show(content_type: str) -> bool:
    """Return whether a browser may show this type from a public address: pictures, videos, sounds."""
    return MediaType(content_type).main_type in {"image", "video", "audio"}


def disposition(name: str, *, inline: bool) -> str:
    """Return a Content-Disposition (RFC 6266): the true name, and an ASCII one for old browsers."""
    path = Path(name)
    plain = path.suffix if path.suffix.isascii() else ""
    fallback = name if name.isascii() and not set(name) & set('"\\%') else f"file{plain}"
    safe = "".join(c for c in fallback if c.isprintable() and c not in '"\\')
    kind = "inline" if inline else "attachment"
    return f"{kind}; filename=\"{safe}\"; filename*=UTF-8''{quote(name, safe='')}"


def deliver(
    request: HttpRequest, path: Path, *, content_type: str, headers: dict[str, str], fresh: bool = True
) -> HttpResponseBase:
    """Answer with a file: 206, 416 for ranges, 304 when ``fresh`` and the browser has it, HEAD without body.

    Raises FileNotFoundError when it is not there.
    """
    stat = path.stat()
    etag = f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
    headers = {
        "Accept-Ranges": "bytes",
        "ETag": etag,
        "Last-Modified": http_date(stat.st_mtime),
        "X-Content-Type-Options": "nosniff",
        **headers,
    }
    if fresh and _has_it(request, etag, stat.st_mtime):
        response: HttpResponseBase = HttpResponse(status=304, headers=headers)
        del response["Content-Type"]
        return response
    part = _asked_part(request, etag, stat.st_size)
    if part is None:
        unmet = {"Content-Range": f"bytes */{stat.st_size}", "X-Content-Type-Options": "nosniff"}
        return HttpResponse(status=416, headers=unmet)
    start, end = part
    status = 200
    headers["Content-Length"] = str(end - start)
    if (start, end) != (0, stat.st_size):
        status = 206
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{stat.st_size}"
    if request.method == "HEAD":
        return HttpResponse(status=status, content_type=content_type, headers=headers)
    if status == 200:  # noqa: PLR2004
        # FileResponse lets the server copy from file to socket by itself.
        answer = FileResponse(path.open("rb"), content_type=content_type)
        for name, value in headers.items():
            answer[name] = value  # afterwards: it sets a Content-Disposition of its own
        return answer
    return StreamingHttpResponse(
        _read_part(path.open("rb"), start, end), status=status, content_type=content_type, headers=headers
    )


def _has_it(request: HttpRequest, etag: str, changed: float) -> bool:
    known = request.headers.get("If-None-Match")
    if known is not None:
        return "*" in known or etag in parse_etags(known.replace("W/", ""))
    try:
        return int(changed) <= parsedate_to_datetime(request.headers["If-Modified-Since"]).timestamp()
    except (KeyError, ValueError, TypeError, OverflowError):
        return False


def _asked_part(request: HttpRequest, etag: str, size: int) -> tuple[int, int] | None:
    """Return start and end (exclusive) of what is asked; None when nothing of it exists.

    Several ranges at once, other units and malformed ones mean the whole file, as RFC 9110 allows.
    """
    whole = (0, size)
    unit, _equals, wanted = request.headers.get("Range", "").partition("=")
    first, dash, last = wanted.strip().partition("-")
    if request.headers.get("If-Range", etag) != etag or unit.strip().lower() != "bytes" or not dash:
        return whole
    if not (_NUMBER.fullmatch(first) and _NUMBER.fullmatch(last)):
        return whole
    if not first:
        if not last:
            return whole
        return (max(0, size - int(last)), size) if int(last) and size else None
    start, end = int(first), min(size, int(last) + 1 if last else size)
    if last and int(last) < start:
        return whole
    return (start, end) if start < size else None


def _read_part(file: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        left = end - start
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
