"""What happens to every request: an id and one log line; limits at the threshold; headers of privacy."""

import ipaddress
import logging
import re
import sys
import time
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes

import structlog
from csp.constants import HEADER as CSP_HEADER
from csp.utils import build_policy
from django.conf import settings
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject

from cms.views import errors
from extranet.members.services.alignment import align, is_due

Answer = Callable[[HttpRequest], HttpResponseBase]

log = logging.getLogger("requests")
SANE_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
LONGEST_QUERY = 2048
LONGEST_IN_ADMIN = 16 * 1024  # a hundred chosen pages travel in the address
LONGEST_PATH = 2048
LARGEST_FROM_STRANGERS = 1024 * 1024
BROKEN = 500
KEPT_BITS = {4: 24, 6: 48}
UNREMARKABLE = ("/health/", settings.STATIC_URL, settings.MEDIA_URL)


class RequestLog:
    """Gives a request its id and writes one line when it is answered: no name, no number, nothing typed.

    Outermost, so that whatever happens inside is seen.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        got_request_exception.connect(_keep_failure, dispatch_uid="request-log")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and write the line."""
        began = time.perf_counter()
        request.id = _id_of(request)  # type: ignore[attr-defined]
        with structlog.contextvars.bound_contextvars(request=request.id):  # type: ignore[attr-defined]
            response = self.get_response(request)
            response["X-Request-ID"] = request.id  # type: ignore[attr-defined]
            _write(request, response, time.perf_counter() - began)
        return response


def _id_of(request: HttpRequest) -> str:
    """Return the id the proxy in front of us gave, when there is one and it is sane, else a new one."""
    given = request.headers.get("X-Request-ID", "") if settings.PROXIED else ""
    return given if SANE_ID.fullmatch(given) else uuid.uuid4().hex


def _keep_failure(request: HttpRequest | None = None, **_signal: object) -> None:
    """Remember what broke; Django has turned it into an answer by the time we hear of that."""
    if request is not None:
        request.failure = sys.exc_info()[1]  # type: ignore[attr-defined]


def _write(request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
    failure = getattr(request, "failure", None)
    match = request.resolver_match
    level = logging.ERROR if failure or response.status_code >= BROKEN else logging.INFO
    if level == logging.INFO and request.path_info.startswith(UNREMARKABLE):
        level = logging.DEBUG
    if not log.isEnabledFor(level):
        return
    facts = {
        "request": request.id,  # type: ignore[attr-defined]
        "method": request.method if request.method in _METHODS else "?",
        "route": (match.view_name or match.route) if match else "",
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
        "bytes": _size(response),
        "signed_in": bool(getattr(getattr(request, "_cached_user", None), "is_authenticated", False)),
        "network": network(request),
    }
    log.log(level, "request", extra=facts, exc_info=failure)


_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})


def _size(response: HttpResponseBase) -> int | None:
    """Return the length of the answer in bytes, None for a stream of unknown length."""
    if isinstance(response, HttpResponse):
        return len(response.content)
    length = response.headers.get("Content-Length", "")
    return int(length) if length.isdigit() else None


def network(request: HttpRequest) -> str:
    """Return the network a request came from (/24 or /48), never the whole address."""
    raw = request.META.get("REMOTE_ADDR", "")
    if settings.PROXIED:
        passed = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        raw = passed[-settings.PROXY_COUNT].strip() if len(passed) >= settings.PROXY_COUNT else raw
    try:
        address = ipaddress.ip_address(raw)
    except ValueError:
        return ""
    return str(ipaddress.ip_network((address, KEPT_BITS[address.version]), strict=False))


class Threshold:
    """Turns away what no page of ours ever sends, before anything reads it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer 400, 404 or 413 in house style, or pass on."""
        return _refusal(request) or self.get_response(request)


def _refusal(request: HttpRequest) -> HttpResponseBase | None:
    query = request.META.get("QUERY_STRING", "")
    longest = LONGEST_IN_ADMIN if request.path_info.startswith("/admin/") else LONGEST_QUERY
    if len(query) > longest or len(request.path) > LONGEST_PATH or not _reads_as_text(query):
        return errors.bad_request(request)
    if "\0" in request.path_info:
        return errors.page_not_found(request)
    if any("\0" in value for value in request.COOKIES.values()):
        return errors.bad_request(request)
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit():
        return errors.bad_request(request)
    stranger = settings.SESSION_COOKIE_NAME not in request.COOKIES
    if int(length) > (LARGEST_FROM_STRANGERS if stranger else settings.LARGEST_REQUEST):
        return errors.too_large(request)
    return None


def _reads_as_text(query: str) -> bool:
    """Tell whether a query string is UTF-8 without NUL, which no database takes."""
    try:
        return "\0" not in unquote_to_bytes(query).decode()
    except UnicodeError:
        return False


class OfficeRights:
    """Lets rights follow offices: in the admin before every request, elsewhere on the day a term turns.

    Groups and the administrator's flag are written at people; between two turns of their terms nobody's
    change, so outside the admin the person's own row tells whether there is anything to do (no query).
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Bring whoever asks in line, then answer."""
        if request.path_info.startswith("/admin/"):
            if request.user.is_authenticated:
                align(request.user)
        else:
            user = request.user
            request.user = SimpleLazyObject(lambda: _in_line(user))  # type: ignore[assignment]
        return self.get_response(request)


def _in_line(user: Any) -> Any:
    if user.is_authenticated and is_due(user):
        align(user)
    return user


class PolicyHeaders:
    """Headers of privacy: nothing of a signed-in person stays in a cache; the admin has its own policy."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        # Written once: building the same line for each answer was a fifth of what a kept page costs.
        self._of_pages = build_policy(settings.CONTENT_SECURITY_POLICY["DIRECTIVES"])
        self._of_admin = build_policy(settings.ADMIN_CONTENT_SECURITY_POLICY)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the headers."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        in_admin = request.path_info.startswith("/admin/")
        response.headers.setdefault(CSP_HEADER, self._of_admin if in_admin else self._of_pages)
        if _is_personal(request, response):
            response["Cache-Control"] = "private, no-store"
            patch_vary_headers(response, ["Cookie"])
        return response


def _is_personal(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Tell whether an answer may speak of a person: whoever holds a session, and every account page.

    A file that says ``immutable`` is the same for everybody (a picture, say) and stays cacheable.
    """
    told = response.headers.get("Cache-Control", "")
    if "immutable" in told and "private" not in told:
        return False
    cookies = settings.SESSION_COOKIE_NAME
    return (
        cookies in request.COOKIES
        or cookies in response.cookies
        or request.path_info.startswith(("/accounts/", "/admin/"))
    )
