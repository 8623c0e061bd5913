"""The sign-in form: one field for staff number, mobile or mail."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from ..selectors.sign_in import is_officer

LONGEST_NAME = 254
KEPT_SECONDS = 30 * 24 * 3600


class SignInForm(LoginForm):
    """allauth's form with one field for whatever people know themselves by."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        self.fields["login"] = forms.CharField(
            label=_("Staff number, mobile or mail"),
            max_length=LONGEST_NAME,
            widget=forms.TextInput(attrs=words),
        )
        self.fields["password"].max_length = 1000
        self.fields["remember"].label = _("This is my own phone: stay signed in for 30 days")
        self.order_fields(["login", "password", "remember"])

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Sign in; only whoever holds no office may stay signed in on a phone of their own."""
        response = super().login(request, redirect_url)
        kept = self.cleaned_data["remember"] and not is_officer(self.user)
        request.session.set_expiry(KEPT_SECONDS if kept else 0)
        return response
