"""Public files (pictures, videos) until a web server in front takes over: in parts, kept for a year."""

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from cms.kit.delivery import deliver, disposition, may_show, type_of
from cms.kit.doors import door

KEPT = "public, max-age=31536000, immutable"
"""Names are generated and never used again, so what a name means never changes."""


@require_safe
@door("public")
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Send a file of MEDIA_ROOT; what is no picture, video or sound leaves as a download."""
    file = _inside(path)
    content_type = type_of(file.name)
    headers = {"Cache-Control": KEPT, "Content-Security-Policy": "default-src 'none'; sandbox"}
    if not may_show(content_type):
        headers["Content-Disposition"] = disposition(file.name, inline=False)
    try:
        return deliver(request, file, content_type=content_type, headers=headers)
    except (OSError, ValueError):
        raise Http404 from None


def _inside(path: str) -> Path:
    """Return the file of MEDIA_ROOT an address names; Http404 for folders, hidden files and ways out."""
    root = Path(settings.MEDIA_ROOT).resolve()
    parts = path.split("/")
    if "\0" in path or "\\" in path or any(part.startswith(".") or not part for part in parts):
        raise Http404
    try:
        file = (root / path).resolve()
        found = file.is_relative_to(root) and file.is_file()
    except (OSError, ValueError):
        raise Http404 from None
    if not found:
        raise Http404
    return file
