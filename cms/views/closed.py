"""Doors of libraries that stay shut here: a second sign-in without a throttle, passwords that many share."""

from django.http import Http404, HttpRequest, HttpResponse

from cms.kit.doors import door


@door("public")
def closed(request: HttpRequest, rest: str = "") -> HttpResponse:  # noqa: ARG001
    """Say that there is no such page."""
    raise Http404
