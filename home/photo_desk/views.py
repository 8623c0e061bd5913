"""The photo desk's screen and what its script asks for."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from cms.kit.doors import door
from cms.kit.models import Consent
from home.models import AlbumPage

from . import services
from .desk import Card, Desk, collection_named
from .draft import Refused, may_edit

MOST_AT_ONCE = 60
"""Files that one form without script may carry."""


def _album(request: HttpRequest, page_id: int) -> AlbumPage:
    """Return the album somebody asks for: one that is not theirs to edit is not there."""
    page = get_object_or_404(AlbumPage, pk=page_id)
    if not may_edit(page, request.user):
        raise PermissionDenied
    return page


@door("editors")
@require_http_methods(["GET", "POST"])
def screen(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the photos of an album; without script, take files or save the sheet."""
    page = _album(request, page_id)
    typed: dict[int, str] = {}
    if request.method == "POST":
        try:
            if "add" in request.POST:
                _take_in(request, page)
            else:
                sheet = _sheet(request.POST)
                typed = dict(sheet.captions)
                services.save_sheet(page_id=page.pk, by=request.user, sheet=sheet)
                messages.success(request, _("Order, captions and cover are saved in the draft."))
        except Refused as why:
            messages.error(request, str(why))
            if typed:
                return _shown(request, page, typed, status=422)
        return redirect("album_photos", page.pk)
    return _shown(request, page, typed)


def _shown(request: HttpRequest, page: AlbumPage, typed: dict[int, str], status: int = 200) -> HttpResponse:
    desk = Desk(page, request.user, typed)
    return TemplateResponse(request, "home/photo_desk/screen.html", desk.context(), status=status)


def _take_in(request: HttpRequest, page: AlbumPage) -> None:
    """Take every file of a form in, by name, and say of each refused one why."""
    files = sorted(request.FILES.getlist("files"), key=lambda file: services.by_name(file.name or ""))
    if not files:
        raise Refused(_("Choose one or more photos first."))
    collection = collection_named(request.POST.get("collection", ""), request.user)
    refused: list[tuple[str, str]] = []
    for file in files[:MOST_AT_ONCE]:
        try:
            services.add_photo(
                page_id=page.pk,
                by=request.user,
                file=file,
                collection=collection,
                consent=request.POST.get("consent", Consent.MISSING),
            )
        except (ValidationError, Refused) as why:
            refused.append((file.name or "", _sentence(why)))
    left = [(file.name or "", _("Too many at once: send this one again.")) for file in files[MOST_AT_ONCE:]]
    arrived = len(files) - len(refused) - len(left)
    if arrived:
        words = ngettext("%(n)d photo has arrived.", "%(n)d photos have arrived.", arrived)
        messages.success(request, words % {"n": arrived})
    if refused or left:
        lines = format_html_join("", "<li><b>{}</b>: {}</li>", [*refused, *left])
        heading = ngettext(
            "%(n)d file was not taken:", "%(n)d files were not taken:", len(refused) + len(left)
        ) % {"n": len(refused) + len(left)}
        messages.warning(request, format_html('{}<ul class="findings">{}</ul>', heading, lines))


def _sentence(why: ValidationError | Refused) -> str:
    return " ".join(why.messages) if isinstance(why, ValidationError) else str(why)


def _sheet(posted: QueryDict) -> services.Sheet:
    """Read the form without script; what is no number says nothing."""
    captions, numbers, removed = {}, {}, set()
    for key, value in posted.items():
        kind, _dash, rest = key.partition("-")
        image_id = _number(rest)
        if image_id is None:
            continue
        if kind == "caption":
            captions[image_id] = str(value)
        elif kind == "number" and (number := _number(str(value))) is not None:
            numbers[image_id] = number
        elif kind == "remove":
            removed.add(image_id)
    cover = _number(posted.get("cover", ""))
    return services.Sheet(captions=captions, numbers=numbers, removed=frozenset(removed), cover=cover)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None  # noqa: PLR2004


@door("editors")
@require_POST
def add(request: HttpRequest, page_id: int) -> JsonResponse:
    """Take one file; answer with its card, or with the sentence why not."""
    page = _album(request, page_id)
    file = request.FILES.get("file")
    if file is None:
        return _refusal(_("No file has arrived. Choose it again."))
    try:
        photo = services.add_photo(
            page_id=page.pk,
            by=request.user,
            file=file,
            collection=collection_named(request.POST.get("collection", ""), request.user),
            consent=request.POST.get("consent", Consent.MISSING),
            at=_number(request.POST.get("at", "")),
        )
    except (ValidationError, Refused) as why:
        return _refusal(_sentence(why))
    card = Card.of(photo, photo.image, request.user)
    html = render_to_string("home/photo_desk/card.html", {"card": card, "album": page}, request)
    return JsonResponse({"id": photo.image_id, "place": photo.sort_order, "card": html}, status=201)


def _refusal(sentence: str) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=422)


@door("editors")
@require_POST
def order(request: HttpRequest, page_id: int) -> JsonResponse:
    """Lay the photos in the order asked for (``order=7,3,12``, numbers of images)."""
    page = _album(request, page_id)
    wanted = [number for part in request.POST.get("order", "").split(",") if (number := _number(part))]
    try:
        services.set_order(page_id=page.pk, by=request.user, order=wanted)
    except Refused as why:
        return _refusal(str(why))
    return JsonResponse({})


@door("editors")
@require_POST
def change(request: HttpRequest, page_id: int, image_id: int) -> JsonResponse:
    """Change one photo: ``verb`` is caption, cover, consent or remove."""
    page = _album(request, page_id)
    what = {"page_id": page.pk, "by": request.user, "image_id": image_id}
    said: dict[str, Any] = {}
    try:
        match request.POST.get("verb"):
            case "caption":
                said["caption"] = services.set_caption(**what, caption=request.POST.get("caption", ""))
            case "cover":
                services.set_cover(**what)
            case "remove":
                services.remove_photo(**what)
            case "consent":
                consent = request.POST.get("consent", "")
                services.set_consent(page_id=page.pk, by=request.user, consent=consent, image_ids=[image_id])
            case _:
                raise Http404
    except Refused as why:
        return _refusal(str(why))
    return JsonResponse(said)


@door("editors")
@require_POST
def consent_of_all(request: HttpRequest, page_id: int) -> HttpResponse:
    """Note one and the same consent with every photo of the album."""
    page = _album(request, page_id)
    try:
        consent = request.POST.get("consent", "")
        changed = services.set_consent(page_id=page.pk, by=request.user, consent=consent)
    except Refused as why:
        messages.error(request, str(why))
    else:
        words = ngettext("Noted with %(n)d photo.", "Noted with %(n)d photos.", changed)
        messages.success(request, words % {"n": changed})
    return redirect("album_photos", page.pk)
