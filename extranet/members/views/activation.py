"""The first way in: a code from paper, a password of one's own, then what protects the account."""

import time
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from cms.kit.doors import door

from ..adapters.again import forget_tries, within_limit
from ..adapters.entering import enter
from ..forms.passwords import CodeForm, FirstPasswordForm
from ..models import OneTimeCode
from ..selectors.activation import live_code
from ..selectors.sign_in import spelled
from ..services.activation import use_code
from ..services.addresses import ask_for_mail

HELD = "members_activation"
HELD_SECONDS = 15 * 60


@door("public")
@sensitive_post_parameters()
def activate(request: HttpRequest) -> HttpResponse:
    """Ask for staff number and code; the code in the address' fragment never reaches the server."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number = spelled(form.cleaned_data["staff_number"])
        if not within_limit(request, "activate", number):
            form.add_error(None, _("Too many wrong tries. Please wait five minutes."))
        elif code := live_code(number, form.cleaned_data["code"]):
            forget_tries(request, "activate", number)
            request.session.cycle_key()
            request.session[HELD] = {"code": code.pk, "until": int(time.time()) + HELD_SECONDS}
            return redirect("account_activate_password")
        else:
            text = _(
                "Staff number and code do not fit together, or the code is used, replaced or too old. "
                "Your group leader or the union office has a new one for you."
            )
            form.add_error(None, text)
    return render(request, "account/activate.html", {"form": form})


def _held_code(request: HttpRequest) -> OneTimeCode | None:
    held: dict[str, Any] = request.session.get(HELD) or {}
    if held.get("until", 0) < time.time():
        return None
    return OneTimeCode.objects.open().filter(pk=held["code"]).select_related("person").first()


@door("public")
@sensitive_post_parameters()
def first_password(request: HttpRequest) -> HttpResponse:
    """Set the password, then sign in; the address of this page opens nothing by itself."""
    code = _held_code(request)
    if code is None:
        return redirect("account_activate")
    form = FirstPasswordForm(request.POST or None, person=code.person)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            person = use_code(code, password=said["password1"], mobile=said.get("mobile", ""))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            request.session.pop(HELD, None)
            if said.get("email"):
                ask_for_mail(person, said["email"])
            return enter(request, person, reverse("account_welcome"))
    facts = {"form": form, "person": code.person, "again": code.purpose == OneTimeCode.Purpose.RECOVERY}
    return render(request, "account/first_password.html", facts)


@door("members")
def welcome(request: HttpRequest) -> HttpResponse:
    """Offer an authenticator or a passkey to whoever has just come in; both can wait."""
    return render(request, "account/welcome.html")
