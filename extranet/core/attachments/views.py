"""Files over HTTP: sent, shown, put into a tray, taken back. For whoever may not read one, there is none.

Before one that lies encrypted people show once more that it is them.
"""

import logging
from collections.abc import Iterator
from datetime import timedelta
from itertools import chain
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from cms.kit import files
from cms.kit.doors import door
from extranet.core.doors import FRESH, asked_again
from extranet.core.models import Attachment
from extranet.core.vault import VaultError

from . import access, services, store

FETCHED = timedelta(minutes=1)
"""How much later than its page a picture on it may be asked for."""
log = logging.getLogger("attachments")


@require_safe
@door("members")
def attachment(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Send a file; a picture shows itself in the page that asks for it (``?download=1``: as a file, too)."""
    found = _readable(request, public_id)
    if why := access.held_back(found):
        return _held(request, found, why)
    inline = found.is_picture and "download" not in request.GET
    if not found.is_sealed:
        return files.send_private(request, found.file, found.name, inline=inline)
    if asked := _asked_again(request, on_a_page=inline):
        return asked
    try:
        chunks = _opened(found)
    except VaultError:
        return _sealed_shut(request, found)
    access.note_look(request.user, found)
    return files.send_opened(request, chunks, found.name, found.size, inline=inline)


@require_safe
@door("members")
def attachment_view(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Show a file page by page; one that lies encrypted is drawn from memory, nothing legible is kept."""
    found = _readable(request, public_id)
    if why := access.held_back(found):
        return _held(request, found, why)
    if found.is_sealed and (asked := _asked_again(request, on_a_page="picture" in request.GET)):
        return asked
    file: File[Any] = found.file
    if found.is_sealed and found.kind == "pdf":
        try:
            file = ContentFile(b"".join(_opened(found)))
        except VaultError:
            return _sealed_shut(request, found)
    access.note_look(request.user, found)
    shown = files.Shown(
        file=file,
        key="" if found.is_sealed else found.sha256,
        title=found.name,
        name=found.name,
        url=reverse("core:attachment", args=[found.public_id]),
        back=_way_back(found),
        opens=False,
        template="extranet/viewer.html",
    )
    return files.show(request, shown)


@require_POST
@door("members")
def upload(request: HttpRequest) -> HttpResponse:
    """Put one file into the tray of one's own form; answers with its line, or why it is refused."""
    sent = request.FILES.get("file")
    if sent is None:
        raise Http404
    try:
        kept = services.put(
            request.user,
            form=request.POST.get("form", ""),
            slot=request.POST.get("slot", ""),
            upload=sent,
        )
    except LookupError:
        raise Http404 from None
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=422)
    line = render_to_string("extranet/parts/upload.html", {"file": kept}, request)
    return JsonResponse({"id": kept.public_id, "name": kept.name, "line": line}, status=201)


@require_POST
@door("members")
def take_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a file out of one's own tray."""
    if not services.take_back(request.user, public_id):
        raise Http404
    return HttpResponse(status=204)


def _readable(request: HttpRequest, public_id: str) -> Attachment:
    found = Attachment.objects.filter(public_id=public_id).select_related("content_type").first()
    if found is None or not access.may_read(request.user, found):
        raise Http404
    return found


def _asked_again(request: HttpRequest, *, on_a_page: bool) -> HttpResponseBase | None:
    """Ask once more before what lies encrypted; a picture that a page has just promised still comes."""
    return asked_again(request, FRESH + FETCHED if on_a_page else FRESH)


def _opened(found: Attachment) -> Iterator[bytes]:
    """Return the chunks of a sealed file, the first one opened already; raises VaultError or Http404."""
    chunks = store.chunks_of(found)
    try:
        first = next(chunks, b"")
    except FileNotFoundError:
        raise Http404 from None
    except VaultError:
        log.exception("a sealed file does not open")
        raise
    return chain([first], chunks)


def _way_back(found: Attachment) -> str:
    """Return the page of the case, when it has one."""
    address = getattr(found.case, "get_absolute_url", None)
    return str(address()) if address else ""


def _held(request: HttpRequest, found: Attachment, why: str, status: int = 409) -> HttpResponse:
    """Say why a file is not handed out."""
    context = {"file": found, "why": why, "back": _way_back(found)}
    response = render(request, "extranet/file_held.html", context, status=status)
    response["Cache-Control"] = files.NEVER_KEPT
    return response


def _sealed_shut(request: HttpRequest, found: Attachment) -> HttpResponse:
    """Say that a sealed file cannot be opened; the doctor and the log know more."""
    return _held(request, found, "", status=503)
