"""Pages for visitors: whoever is not signed in gets a page as it was made for the one before."""

import hashlib
from collections.abc import Callable

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from cms.kit import cache

Answer = Callable[[HttpRequest], HttpResponseBase]
PERSONAL = (settings.SESSION_COOKIE_NAME, "messages")
HOUR = 3600


class VisitorPages:
    """Keeps pages of the website for visitors until something changes or the day ends.

    Stands before the session: what it answers costs no query. Only pages that Wagtail served whole, with
    200 and without a cookie of their own, are kept; an address with a query is always made anew, so that
    nobody can fill the cache. Size and theme are part of the key.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer from what is kept, or make the page and keep it."""
        key = _key(request) if settings.KEEP_PAGES and _from_a_visitor(request) else ""
        if not key:
            return self.get_response(request)
        kept = caches["pages"].get(key)
        if kept is not None:
            return HttpResponse(kept[0], headers=kept[1])
        response = self.get_response(request)
        if _may_be_kept(response):
            caches["pages"].set(key, (response.content, dict(response.headers)), HOUR)  # type: ignore[attr-defined]
        return response


def _from_a_visitor(request: HttpRequest) -> bool:
    personal = any(name in request.COOKIES for name in PERSONAL)
    return request.method == "GET" and not request.META.get("QUERY_STRING") and not personal


def _key(request: HttpRequest) -> str:
    """Return the name a page is kept under, or nothing for a host that is not ours."""
    try:
        address = f"{request.scheme}://{request.get_host()}{request.path}"
    except DisallowedHost:
        return ""
    chosen = f"{request.COOKIES.get('size') == 'large'}:{request.COOKIES.get('theme', '')[:6]}"
    name = f"{address}:{chosen}:{cache.generation()}:{timezone.localdate()}"
    return f"page:{hashlib.blake2b(name.encode(), digest_size=16).hexdigest()}"


def _may_be_kept(response: HttpResponseBase) -> bool:
    return (
        response.status_code == 200  # noqa: PLR2004
        and "page" in (getattr(response, "context_data", None) or {})
        and not response.cookies
        and not {"no-store", "private"} & set(response.headers.get("Cache-Control", "").split(", "))
    )
