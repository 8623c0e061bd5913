"""Wagtail's own sign-in, reset and way out lead to the house's; nobody can post a password to them."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.kit.doors import door


def safe_next(request: HttpRequest, fallback: str) -> str:
    """Return the address somebody wanted, when it is on this site, else ``fallback``."""
    wanted = request.GET.get("next", "")
    here = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if here else fallback


@door("public")
@require_safe
def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to the one sign-in; whoever is signed in goes on, or hears that the admin is not for them."""
    wanted = safe_next(request, reverse("wagtailadmin_home"))
    if request.user.has_perm("wagtailadmin.access_admin"):
        return redirect(wanted)
    if request.user.is_authenticated:
        # Sending them to the sign-in would send them straight back here, for ever.
        raise PermissionDenied(
            _("Your account does not open the editors' area. An administrator can change that.")
        )
    return redirect(f"{reverse('account_login')}?{urlencode({'next': wanted})}")


@door("public")
@require_safe
def to_password_reset(request: HttpRequest, rest: str = "") -> HttpResponse:  # noqa: ARG001
    """Lead every address of Wagtail's password reset to the house's."""
    return redirect("account_reset_password")


@door("public")
def to_sign_out(request: HttpRequest) -> HttpResponse:
    """Lead to the one way out; the sidebar's button posts, and 307 keeps it a post."""
    status = 307 if request.method == "POST" else 302
    return HttpResponseRedirect(reverse("account_logout"), status=status)
