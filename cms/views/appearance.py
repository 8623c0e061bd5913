"""Size and theme: a cookie of the reader's own; cached pages stay cacheable and no session is needed."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from cms.kit.context import SIZES, THEMES
from cms.kit.doors import door
from cms.views.errors import permission_denied

YEAR = 365 * 24 * 3600
CHOICES = {"size": SIZES, "theme": THEMES}


@csrf_exempt
@require_POST
@never_cache
@door("public")
def appearance(request: HttpRequest) -> HttpResponse:
    """Keep the posted ``size`` or ``theme`` for a year and lead back to ``next``, else to
    the page the form stood on.

    A form of another site is refused by its Origin or Referer: the worst it could do is change the size of
    letters, yet nobody but the reader should. Unknown values change nothing.
    """
    if not _from_here(request):
        return permission_denied(request)
    back = request.POST.get("next") or request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = HttpResponseRedirect(back if safe else "/", status=303)
    for name, allowed in CHOICES.items():
        value = request.POST.get(name, "")
        if value in allowed:
            response.set_cookie(name, value, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    return response


def _from_here(request: HttpRequest) -> bool:
    """Tell whether the browser names this site as where the form came from."""
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(origin).netloc == request.get_host()
