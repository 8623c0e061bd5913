"""Pictures and videos of closed collections (会员可读): sent to who may see them, for others not there.

Three queries each: the session, the reader, the picture with its restrictions. No cache keeps them, for
members read at shared computers. An editor sees what lies in collections of their own, whoever else may.
"""

import re
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe
from wagtail.permissions import policy_registry

from cms.kit import closed, darkroom, film_files, photos
from cms.kit.delivery import deliver, type_of
from cms.kit.doors import door
from cms.kit.files import ACCEL_PREFIX, NEVER_KEPT
from cms.kit.models import HouseImage, HouseMedia
from cms.kit.storage import shown_storage

NAME = re.compile(r"([a-z2-9]{12})(?:[-.][A-Za-z0-9.,_-]{1,48})?\.(?:avif|webp|jpg|png|gif|mp4|webm|mp3|m4a)")


@require_safe
@door("public")
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send one size of a closed picture."""
    stem = _stem_of(request, name)
    _check(request, HouseImage, ["file"], [f"originals/{stem}{suffix}" for suffix in darkroom.SUFFIXES])
    return _send(request, f"{photos.CLOSED_FOLDER}/{name}")


@require_safe
@door("public")
def film(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send a closed video, in parts when the player asks for parts, or its still picture."""
    _stem_of(request, name)
    stored = f"{film_files.CLOSED_FOLDER}/{name}"
    _check(request, HouseMedia, ["file", "thumbnail"], [stored])
    return _send(request, stored)


def _stem_of(request: HttpRequest, name: str) -> str:
    """Return the random part of a name; raises Http404 for other names, and for visitors, without a query."""
    match = NAME.fullmatch(name)
    if match is None or not request.user.is_authenticated:
        raise Http404
    return match[1]


def _check(request: HttpRequest, model: Any, fields: list[str], names: list[str]) -> None:
    """Raise Http404 unless the reader may see what has one of these names, or tends its collection."""
    user: Any = request.user
    if closed.lets(user, model, fields, names):
        return
    found = model.objects.filter(reduce(or_, (Q(**{f"{field}__in": names}) for field in fields))).first()
    if found is None or not user.has_perm("wagtailadmin.access_admin"):
        raise Http404
    policy = policy_registry.get_by_type(model)
    if not policy.user_has_any_permission_for_instance(user, ["choose", "change", "delete"], found):
        raise Http404


def _send(request: HttpRequest, stored: str) -> HttpResponseBase:
    content_type = type_of(stored)
    headers = {
        "Cache-Control": NEVER_KEPT,
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    path = Path(shown_storage().path(stored))
    if not path.is_file():
        raise Http404
    if settings.ACCEL_REDIRECT:
        headers["X-Accel-Redirect"] = ACCEL_PREFIX + quote(stored)
        return HttpResponse(content_type=content_type, headers=headers)
    return deliver(request, path, content_type=content_type, headers=headers)
