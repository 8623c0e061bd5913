"""Error pages in the same house: what happened, what would work, the number to tell us."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

from cms.kit.cache import shared
from cms.kit.context import House
from cms.kit.visitors import PERSONAL

STAND_IN = "--------"
"""Stands in a shared page where each answer has its own number."""


def _number(request: HttpRequest) -> str:
    """The request's id as the log knows it."""
    return getattr(request, "id", "")


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """404: in the whole frame; visitors share one page, only its number is their own."""
    if any(name in request.COOKIES for name in PERSONAL):
        return render(request, "404.html", {"request_id": _number(request)}, status=404)
    seen = House(request, nowhere=True)
    page = shared(
        f"404:{seen.size}:{seen.theme}",
        lambda: render_to_string("404.html", {"request_id": STAND_IN, "house": seen}, request),
        host=request.get_host(),
    )
    response = HttpResponse(page.replace(STAND_IN, _number(request)[: len(STAND_IN)]), status=404)
    patch_vary_headers(response, ["Cookie"])
    return response


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """403: in the whole frame."""
    return render(request, "403.html", {"request_id": _number(request)}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403 when a form came without its key: cookies are off, or the page stood open too long."""
    return render(request, "403_form.html", {"request_id": _number(request)}, status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """400: without looking anything up, as even the host may be wrong."""
    return plain("400.html", request, 400)


def too_large(request: HttpRequest) -> HttpResponse:
    """413: more was sent than any form of ours takes; nothing of it was read."""
    return plain("413.html", request, 413)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: rendered without database, cache or session."""
    return plain("500.html", request, 500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: rendered without database, cache or session; tells when to come again (seconds)."""
    response = plain("503.html", request, 503)
    response["Retry-After"] = "120"
    return response


def plain(template: str, request: HttpRequest, status: int) -> HttpResponse:
    """Render a page that asks nothing of the house but the reader's own cookies."""
    context = {
        "request_id": _number(request),
        "size": "large" if request.COOKIES.get("size") == "large" else "",
        "theme": request.COOKIES.get("theme") if request.COOKIES.get("theme") in {"light", "dark"} else "",
    }
    return HttpResponse(loader.get_template(template).render(context), status=status)
