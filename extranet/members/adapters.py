"""The only file that knows allauth: no open sign-up, mail through jobs."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cms.kit import mail


class AccountAdapter(DefaultAccountAdapter):
    """allauth, as this house uses it."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        # One sentence whether the number is unknown, the password wrong or the account closed.
        "username_password_mismatch": _(
            "Staff number and password do not match. After five wrong tries you have to wait five minutes."
        ),
        "too_many_login_attempts": _(
            "Too many wrong tries. Please wait five minutes, or reset the password."
        ),
        "incorrect_password": _("This is not your present password."),
        "enter_current_password": _("This is not your present password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Nobody opens an account alone: people come from the roster."""
        return False

    def get_user_search_fields(self) -> list[str]:
        """Search people by what they are known by."""
        return ["staff_number", "name"]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Render here, in the reader's language, and let the worker send it."""
        request = current.request
        facts = {"request": request, "email": email, "current_site": get_current_site(request), **context}
        mail.post(self.render_mail(template_prefix, email, facts))
