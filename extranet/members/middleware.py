"""The doorkeeper: ends sessions that are over, and asks for what must come first (notice, second factor)."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from .adapters.again import showed_second_factor
from .adapters.arrival import STAMP, stamp
from .adapters.forms import KEPT_SECONDS
from .models import Consent, PrivacyNotice
from .selectors import sign_in
from .services.sessions import note_seen

Answer = Callable[[HttpRequest], HttpResponseBase]
MEMBERS, ADMIN, ACCOUNTS = "/extranet/", "/admin/", "/accounts/"
INSIDE = (MEMBERS, ADMIN, ACCOUNTS)
UNTENDED = (settings.STATIC_URL, settings.MEDIA_URL, "/pictures/", "/films/", "/health/", "/appearance/")
IDLE_SECONDS = 30 * 60  # officers (quality of GB/T 22239: a screen left alone)
LONGEST_SECONDS = 12 * 3600  # members: one long shift
NOTED_EVERY = 60
OPEN_ACCOUNT_PAGES = frozenset(
    {
        "account_login",
        "account_logout",
        "account_inactive",
        "account_reauthenticate",
        "account_activate",
        "account_activate_password",
        "account_privacy",
        "account_language",
        "account_mail_confirm",
        "mfa_authenticate",
        "mfa_login_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
    }
)


class Doorkeeper:
    """Looks after whoever is signed in; strangers pass untouched, and cost nothing."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """End a session that is over, then go on."""
        if _holds_a_session(request) and SESSION_KEY in request.session:
            _tend(request)
        if not request.path_info.startswith((MEMBERS, ACCOUNTS)):
            return self.get_response(
                request
            )  # the website speaks the house's language, to everybody the same
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        with translation.override(chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        """Lead to what comes first."""
        inside = request.path_info.startswith(INSIDE) and _holds_a_session(request)
        if not inside or not request.user.is_authenticated or not request.resolver_match:
            return None
        _refresh(request)
        name = request.resolver_match.view_name or ""
        if name in OPEN_ACCOUNT_PAGES or name.startswith("account_reset_password"):
            return None
        return _factor_first(request) or _notice_first(request)


def _holds_a_session(request: HttpRequest) -> bool:
    """Tell whether to look: an untouched session leaves pictures and public pages cacheable."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and not request.path_info.startswith(UNTENDED)


def _tend(request: HttpRequest) -> None:
    """End the session when its time is over; note now and then that it is in use."""
    door, now = request.session.get(STAMP), int(time.time())
    if door is None:
        return  # begun before this house kept the time; Django's own limit holds
    if _is_over(request, door, now):
        logout(request)
        if request.path_info.startswith(INSIDE):
            messages.info(request, _("You were away for a while, so we have signed you out. Please sign in."))
    elif now - door["seen"] >= NOTED_EVERY:
        request.session[STAMP] = {**door, "seen": now}
        note_seen(str(request.session.session_key))


def _is_over(request: HttpRequest, door: dict[str, Any], now: int) -> bool:
    if door["officer"]:
        return now - door["seen"] > IDLE_SECONDS or now - door["since"] > LONGEST_SECONDS
    kept = not request.session.get_expire_at_browser_close() and "_session_expiry" in request.session
    return now - door["since"] > (KEPT_SECONDS if kept else LONGEST_SECONDS)


def _refresh(request: HttpRequest) -> None:
    """Keep in mind whether this is an officer: somebody may become one in the middle of a session."""
    door = request.session.get(STAMP)
    if door is None:
        request.session[STAMP] = stamp(request.user)
        return
    holds = bool(sign_in.offices_of(request.user))
    if request.path_info.startswith(ADMIN):
        holds = holds or request.user.has_perm(sign_in.MAY_ENTER_THE_ADMIN)
    if holds and not door["officer"]:
        request.session[STAMP] = {**door, "officer": True}


def _factor_first(request: HttpRequest) -> HttpResponseBase | None:
    """Lead whoever needs a second factor to set one up, or to show it in this session."""
    asks = {ADMIN: sign_in.needs_second_factor, MEMBERS: sign_in.office_needs_second_factor}
    ask = next((ask for place, ask in asks.items() if request.path_info.startswith(place)), None)
    if ask is None or showed_second_factor(request) or not ask(request.user):
        return None
    if sign_in.second_factors(request.user).exists():
        return _lead("mfa_reauthenticate", request)
    return _lead("account_second_factor", request)


def _notice_first(request: HttpRequest) -> HttpResponseBase | None:
    """Lead to a notice this person has not read; the admin alone is outside the members' house."""
    if request.path_info.startswith(ADMIN):
        return None
    notice = PrivacyNotice.objects.current()
    door = request.session.get(STAMP) or {}
    if notice is None or door.get("notice") == notice.pk:
        return None
    subject = Consent.Subject.NOTICE
    if Consent.objects.filter(person=request.user.pk, subject=subject, notice=notice).exists():
        request.session[STAMP] = {**door, "notice": notice.pk}
        return None
    return _lead("account_privacy", request)


def _lead(name: str, request: HttpRequest) -> HttpResponseBase:
    """Redirect to a page of the door, which leads back: to the address somebody wanted, not to a POST."""
    wanted = request.get_full_path() if request.method in {"GET", "HEAD"} else MEMBERS
    return redirect(f"{reverse(name)}?{urlencode({'next': wanted})}")
