"""Account and security (账号与安全): what protects the account, where it is open, what was agreed to."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cms.kit.doors import door
from extranet.core.doors import reauthenticated

from ..adapters.again import within_limit
from ..forms.door import MailForm
from ..models import Consent, PrivacyNotice, SignedIn
from ..selectors import sign_in
from ..services.addresses import ask_for_mail, confirm_mail, waiting_mail
from ..services.consents import acknowledge, answer
from ..services.sessions import end_sessions

AFTER_FACTOR = "members_after_factor"
A_YEAR = 365 * 24 * 3600


def safe_next(request: HttpRequest, fallback: str) -> str:
    """Return the address somebody wanted, when it is on this site, else ``fallback``."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    here = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if here else fallback


@door("members")
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Show everything about one's account on one page."""
    person: Any = request.user
    keys = list(sign_in.keys_of(person).order_by("created_at"))
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=timezone.now())
    sessions = list(SignedIn.objects.filter(Exists(alive), person=person))
    said = Consent.of(person)
    free = [(subject, said.get(subject)) for subject in Consent.OPTIONAL]
    facts = {
        "totp": next((key for key in keys if key.type == "totp"), None),
        "passkeys": [key for key in keys if key.type == "webauthn"],
        "codes": next((key for key in keys if key.type == "recovery_codes"), None),
        "needs_factor": sign_in.needs_second_factor(person),
        "sessions": sessions,
        "this_session": request.session.session_key,
        "notice": PrivacyNotice.objects.current(),
        "read": said.get(Consent.Subject.NOTICE),
        "consents": [(subject, row, bool(row and row.given)) for subject, row in free],
        "languages": settings.LANGUAGES,
    }
    return render(request, "account/overview.html", facts)


@door("members")
@require_POST
def end_session(request: HttpRequest) -> HttpResponse:
    """End one session, or all others; this one goes on."""
    raw = request.POST.get("session", "")
    only = int(raw) if raw.isdecimal() and len(raw) < 19 else None  # noqa: PLR2004 - a row number's length
    if raw != "others" and only is None:
        return redirect("account_overview")
    keep = request.session.session_key or ""
    count = end_sessions(request.user, only=only, keep=keep)
    if count:
        messages.success(request, _("Signed out there. Whoever sits at that device has to sign in again."))
    return redirect("account_overview")


@door("members")
@require_POST
def consent(request: HttpRequest) -> HttpResponse:
    """Give or withdraw a free consent."""
    given = request.POST.get("given") == "1"
    try:
        changed = answer(request.user, request.POST.get("subject", ""), given=given)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        if changed:
            words = _("Thank you. You can withdraw this at any time.") if given else _("Withdrawn.")
            messages.success(request, words)
    return redirect(reverse("account_overview") + "#consents")


@door("public")
def privacy(request: HttpRequest) -> HttpResponse:
    """Show the notice; whoever is signed in says that they have read it, and chooses what is free."""
    notice = PrivacyNotice.objects.current()
    if request.method == "POST" and notice and request.user.is_authenticated:
        if request.POST.get("notice") == str(notice.pk):
            also = tuple(subject for subject in Consent.OPTIONAL if subject in request.POST.getlist("also"))
            acknowledge(request.user, notice, also=also)
            return redirect(safe_next(request, reverse("account_overview")))
        messages.info(request, _("The notice has just been renewed. Please read the new one."))
    said = Consent.of(request.user) if request.user.is_authenticated else {}
    read = said.get(Consent.Subject.NOTICE)
    facts = {
        "notice": notice,
        "read": read if read and notice and read.notice_id == notice.pk else None,
        "free": [] if any(subject in said for subject in Consent.OPTIONAL) else Consent.OPTIONAL,
        "next": safe_next(request, ""),
    }
    return render(request, "account/privacy.html", facts)


@door("members")
@reauthenticated
def mail(request: HttpRequest) -> HttpResponse:
    """Ask for a new mail address; it counts once the link sent there has been opened."""
    form = MailForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if within_limit(request, "ask_mail", ""):
            ask_for_mail(request.user, form.cleaned_data["email"])
            return render(request, "account/mail_sent.html", {"address": form.cleaned_data["email"]})
        form.add_error(None, _("Five links an hour are enough. Please try again later."))
    return render(request, "account/mail.html", {"form": form})


@door("key")
def mail_confirm(request: HttpRequest, key: str) -> HttpResponse:
    """Confirm an address by a button: programs that open every link in a mail must not do it."""
    change = waiting_mail(key)
    if request.method == "POST":
        try:
            confirm_mail(key)
        except ValidationError as error:
            return render(request, "account/mail_confirm.html", {"failed": " ".join(error.messages)})
        messages.success(request, _("The mail address is confirmed."))
        return redirect("account_overview" if request.user.is_authenticated else "account_login")
    return render(request, "account/mail_confirm.html", {"change": change, "key": key})


@door("members")
@require_GET
def second_factor(request: HttpRequest) -> HttpResponse:
    """Say why a second factor, and offer the kinds; remember where somebody was going."""
    request.session[AFTER_FACTOR] = safe_next(request, reverse("account_overview"))
    needed = sign_in.needs_second_factor(request.user)
    return render(request, "account/second_factor.html", {"needed": needed})


@door("members")
@require_GET
def after_factor(request: HttpRequest) -> HttpResponse:
    """Lead on, after the recovery codes are put away."""
    return redirect(request.session.pop(AFTER_FACTOR, reverse("account_overview")))


@door("public")
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language of the members' pages, kept in a cookie of this browser."""
    response = redirect(safe_next(request, reverse("account_overview")))
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, chosen, max_age=A_YEAR, secure=request.is_secure(), samesite="Lax"
        )
    return response
