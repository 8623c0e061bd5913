"""Private files: sent after a check, and shown page by page where a browser cannot open them (WeChat's).

A room sends its attachments with ``send_private`` and shows them with ``show``, after its own check of the
reader; the documents of the website come through ``document`` and ``document_view`` here. A document's
collection (and those above it) decides who may read it, whichever page links to it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.files.base import File
from django.db.models.fields.files import FieldFile
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.documents.models import document_served

from cms.kit import leaves
from cms.kit.delivery import deliver, disposition, type_of
from cms.kit.doors import door
from cms.kit.models import HouseDocument

NEVER_KEPT = "private, no-store"
ACCEL_PREFIX = "/private-files/"
PAGE_DIGITS = 4
PICTURES = {"image/jpeg", "image/png", "image/webp"}
SHOWN_INLINE = {"application/pdf", *PICTURES}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A private file in the viewer: its hash, what it is called, where to get it and the way back.

    Without a ``key`` its pages are drawn anew for each look and kept nowhere (for what lies encrypted).
    ``opens`` says whether the browser may show the file itself, too; ``template`` is the page around it,
    which includes ``kit/viewer_file.html``.
    """

    file: File
    key: str
    title: str
    name: str
    url: str
    back: str = ""
    opens: bool = True
    template: str = "kit/viewer.html"


def send_private(
    request: HttpRequest, file: FieldFile, name: str, *, inline: bool = False
) -> HttpResponseBase:
    """Send a private file under ``name`` to a reader whom the caller has checked; no cache keeps it.

    Only a PDF and pictures, which were cleaned, may be shown ``inline``. Raises Http404 when the file is
    gone. With ACCEL_REDIRECT the web server in front sends it.
    """
    content_type, headers = _letter(name, inline=inline)
    if not file.name or not file.storage.exists(file.name):
        raise Http404
    if settings.ACCEL_REDIRECT:
        headers["X-Accel-Redirect"] = ACCEL_PREFIX + quote(file.name)
        return HttpResponse(content_type=content_type, headers=headers)
    return deliver(request, Path(file.path), content_type=content_type, headers=headers, fresh=False)


def send_opened(
    request: HttpRequest, chunks: Iterable[bytes], name: str, size: int, *, inline: bool = False
) -> HttpResponseBase:
    """Send a private file that is opened while it is read, as ``send_private`` sends one that lies open."""
    content_type, headers = _letter(name, inline=inline)
    headers["Content-Length"] = str(size)
    if request.method == "HEAD":
        return HttpResponse(content_type=content_type, headers=headers)
    return StreamingHttpResponse(chunks, content_type=content_type, headers=headers)


def _letter(name: str, *, inline: bool) -> tuple[str, dict[str, str]]:
    """Return the type and the headers of a private file."""
    content_type = type_of(name)
    inline = inline and content_type in SHOWN_INLINE
    return content_type, {
        "Cache-Control": NEVER_KEPT,
        "Content-Disposition": disposition(name, inline=inline),
        "Content-Security-Policy": "default-src 'none'" if inline else "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }


def show(request: HttpRequest, shown: Shown) -> HttpResponseBase:
    """Show a private file page by page to a reader whom the caller has checked (``?page=`` from 1).

    ``?page=3&picture=820`` is that page's picture. A file that is no PDF, or a broken one, gets a sentence
    and the download. Raises Http404 for pages that do not exist.
    """
    page = _page_asked(request)
    if isinstance(shown.file, FieldFile) and not (
        shown.file.name and shown.file.storage.exists(shown.file.name)
    ):
        raise Http404
    context: dict[str, Any] = {"shown": shown, "number": page}
    if type_of(shown.name) in PICTURES:
        return _viewer(request, context | {"state": "picture"})
    if not shown.name.lower().endswith(".pdf"):
        return _viewer(request, context | {"state": "other"})
    picture = request.GET.get("picture")
    try:
        if picture is not None:
            width = int(picture) if picture in {str(known) for known in leaves.WIDTHS} else 0
            return _picture(request, shown, page, width)
        leaf = leaves.leaf(shown.file, shown.key, page) if shown.key else leaves.draw(shown.file, page)
    except leaves.NoSuchPage:
        raise Http404 from None
    except leaves.Busy:
        return _viewer(request, context | {"state": "busy"}, status=503)
    except leaves.Unreadable as error:
        state = "locked" if isinstance(error, leaves.Locked) else "broken"
        return _viewer(request, context | {"state": state})
    last = min(leaf.pages, leaves.MOST_PAGES)
    srcset = ", ".join(f"?page={page}&picture={width} {width}w" for width in leaves.WIDTHS)
    context |= {"state": "pages", "leaf": leaf, "last": last, "srcset": srcset, "narrow": leaves.WIDTHS[0]}
    context |= {"previous": page - 1, "next": page + 1 if page < last else 0, "cut": last < leaf.pages}
    return _viewer(request, context)


def _picture(request: HttpRequest, shown: Shown, page: int, width: int) -> HttpResponseBase:
    """Send one page as a picture."""
    headers = {"Cache-Control": NEVER_KEPT, "Content-Disposition": "inline"}
    if not shown.key:
        drawn = leaves.draw(shown.file, page, width)
        headers["X-Content-Type-Options"] = "nosniff"
        return HttpResponse(drawn.content, content_type="image/webp", headers=headers)
    leaf = leaves.leaf(shown.file, shown.key, page, width)
    return deliver(request, leaf.path, content_type="image/webp", headers=headers, fresh=False)


def _page_asked(request: HttpRequest) -> int:
    """Return the page asked for; raises Http404 for what is no page number."""
    asked = request.GET.get("page", "1")
    if not (asked.isascii() and asked.isdigit() and len(asked) <= PAGE_DIGITS and int(asked)):
        raise Http404
    return int(asked)


def _viewer(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    response = render(request, context["shown"].template, context, status=status)
    response["Cache-Control"] = NEVER_KEPT
    if status != 200:  # noqa: PLR2004
        response["Retry-After"] = "5"
    return response


@require_safe
@door("public")
def document(request: HttpRequest, pk: str, name: str) -> HttpResponseBase:
    """Send a document of the library (``?download=1``: a PDF too as a file); an old name leads to the new."""
    found = _readable(request, pk)
    if isinstance(found, HttpResponseBase):
        return found
    if name != found.filename:
        return _to(found.url)
    document_served.send(sender=HouseDocument, instance=found, request=request)
    return send_private(request, found.file, found.filename, inline="download" not in request.GET)


@require_safe
@door("public")
def document_view(request: HttpRequest, pk: str) -> HttpResponseBase:
    """Show a document of the library page by page."""
    found = _readable(request, pk)
    if isinstance(found, HttpResponseBase):
        return found
    return show(
        request,
        Shown(
            file=found.file,
            key=found.get_file_hash(),
            title=found.title,
            name=found.filename,
            url=found.url,
        ),
    )


def _readable(request: HttpRequest, pk: str) -> "HouseDocument | HttpResponseBase":
    """Return the document if the reader may have it, for a visitor the way to sign in; else raise Http404."""
    found = HouseDocument.objects.visible_to(request.user).filter(pk=pk).first()
    if found is not None:
        return found
    barred = HouseDocument.objects.filter(pk=pk).first()
    if barred is None:
        raise Http404
    if not request.user.is_authenticated:
        response = redirect_to_login(request.get_full_path())
        response["Cache-Control"] = NEVER_KEPT
        return response
    if barred.is_editable_by_user(request.user):
        return barred
    raise Http404


def tidy() -> int:
    """Forget the pages of documents that are gone, and the oldest above the limit; return how many."""
    return leaves.tidy(set(HouseDocument.objects.exclude(file_hash="").values_list("file_hash", flat=True)))


def _to(url: str) -> HttpResponse:
    response = HttpResponseRedirect(url)
    response["Cache-Control"] = NEVER_KEPT
    return response
