"""Pages for visitors: whoever is not signed in gets a page as it was made for the one before.

A view says with ``@keepable`` that what it answers to a visitor may be shared. ``VisitorPages`` answers from
what is kept before anything else is asked, and keeps what such a view made. At most ``PLACES`` pages of at
most ``LARGEST`` bytes are kept, whatever visitors ask for: a page takes the place of another whose address
falls on the same one.
"""

import gzip
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from cms.kit import cache

Answer = Callable[[HttpRequest], HttpResponseBase]
PERSONAL = (settings.SESSION_COOKIE_NAME, "messages")
HOUR = 3600
PLACES = 2048
LARGEST = 128 * 1024
WAIT, LOOK, LONGEST_MAKING = 1.0, 0.02, 5
"""Seconds a visitor waits for a page another one makes, between looks, and for which that one is believed."""
VARYING = {"cookie", "accept-encoding"}
"""Headers a kept page may vary by: size and theme are part of its name, packing is ours (``_packed``)."""
SHAPE = "plain and packed"
"""What a place holds: part of every name, so that what an earlier version kept is not mistaken for it."""
PACKING = 6
"""How hard a page is packed, once for all who read it: the usual measure of zlib."""


@dataclass(slots=True)
class Keeping:
    """One visitor's page: the name it has whatever its generation, its place, and whether we make it."""

    name: str
    place: str
    packed: bool = False
    """Whether this visitor's browser takes a packed page."""
    making: bool = False
    mark: str = ""

    def look(self) -> HttpResponse | None:
        """Return the page that lies in the place, if it is this one and of the generation that holds now."""
        found = cache.fetch(cache.MARK, self.place)
        self.mark = found.get(cache.MARK) or cache.new_mark()
        page = found.get(self.place)
        if page is None:  # nothing to compare with: nobody is asked
            return None
        number = cache.generation(mark=self.mark, within=cache.RECHECK)
        if page[0] != f"{self.name}:{number}":
            return None
        _number, content, headers, packed = page
        return _packed(packed, headers) if self.packed else HttpResponse(content, headers=headers)

    def wait(self) -> HttpResponse | None:
        """Return the page as soon as whoever makes it has; None when they do not, or it is ours to make."""
        until = time.monotonic() + WAIT
        while time.monotonic() < until:
            if cache.claim(self.place, LONGEST_MAKING):
                self.making = True
                return self.look()  # it may have been kept just before the claim was given back
            time.sleep(LOOK)
            if (page := self.look()) is not None:
                return page
        return None


def keepable(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Declare that visitors may share what a view answers; it is made from one moment of the database.

    Of several visitors who ask for the same page at once, one has it made and the others wait a little.
    """

    @wraps(view)
    def made(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        keeping: Keeping | None = getattr(request, "keeping", None)
        if keeping is None:
            return view(request, *args, **kwargs)
        page = keeping.wait()
        if page is not None:
            return page
        with cache.snapshot() as number:
            response: Any = view(request, *args, **kwargs)
            if callable(getattr(response, "render", None)):
                response = response.render()
        response.generation = number
        cache.remember(keeping.mark, number)
        return response

    return made


class VisitorPages:
    """Keeps pages of the website for visitors until something changes, at most for an hour.

    Stands before the session: what it answers costs no query. Only whole pages of ``@keepable`` views, with
    200 and without a cookie of their own, are kept; an address with a query is always made anew. Host,
    scheme, language, size and theme are part of a page's name.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer from what is kept, or make the page and keep it."""
        keeping = _keeping(request) if settings.KEEP_PAGES and _from_a_visitor(request) else None
        if keeping is None:
            return self.get_response(request)
        page = keeping.look()
        if page is not None:
            return page
        request.keeping = keeping  # type: ignore[attr-defined]
        try:
            response = self.get_response(request)
            if _may_be_kept(response):
                _keep(keeping, response)
        finally:
            if keeping.making:
                cache.give_back(keeping.place)
        return response


def _from_a_visitor(request: HttpRequest) -> bool:
    """Tell whether nobody is behind a request: no session, no message, no preview of an editor's."""
    personal = any(name in request.COOKIES for name in PERSONAL)
    dummy = getattr(request, "is_dummy", False)  # how Wagtail asks for a preview
    return request.method == "GET" and not request.META.get("QUERY_STRING") and not personal and not dummy


def _keeping(request: HttpRequest) -> Keeping | None:
    """Return name and place of a page, or None for a host that is not ours."""
    try:
        host = request.get_host().lower()
    except DisallowedHost:
        return None
    size = "large" if request.COOKIES.get("size") == "large" else ""
    theme = request.COOKIES.get("theme", "")
    theme = theme if theme in {"light", "dark"} else ""
    facts = (SHAPE, request.scheme, host, request.path, size, theme, get_language(), timezone.localdate())
    digest = blake2b("\n".join(map(str, facts)).encode("utf-8", "surrogatepass"), digest_size=16)
    place = f"page:{int.from_bytes(digest.digest()[:8]) % PLACES}"
    return Keeping(digest.hexdigest(), place, "gzip" in request.headers.get("Accept-Encoding", ""))


def _packed(content: bytes, headers: dict[str, str]) -> HttpResponse:
    """Return a page as it travels to a phone: it holds no secret that its length could tell (BREACH)."""
    response = HttpResponse(content, headers=headers)
    response["Content-Encoding"] = "gzip"
    response["Content-Length"] = str(len(content))
    return response


def _may_be_kept(response: Any) -> bool:
    varies, told = _words(response, "Vary"), _words(response, "Cache-Control")
    return (
        getattr(response, "generation", "") != ""
        and response.status_code == 200  # noqa: PLR2004
        and "page" in (getattr(response, "context_data", None) or {})
        and not response.cookies
        and varies <= VARYING
        and not {"no-store", "private", "no-cache"} & told
        and len(response.content) <= LARGEST
    )


def _words(response: Any, header: str) -> set[str]:
    return {word.strip().lower() for word in response.headers.get(header, "").split(",")} - {""}


def _keep(keeping: Keeping, response: Any) -> None:
    patch_vary_headers(response, ["Accept-Encoding"])
    packed = gzip.compress(response.content, PACKING, mtime=0)
    kept = (f"{keeping.name}:{response.generation}", response.content, dict(response.headers), packed)
    cache.keep(keeping.place, kept, HOUR)
