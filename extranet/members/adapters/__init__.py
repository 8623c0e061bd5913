"""The only folder that knows allauth: who comes in, how, and what they are told."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from cms.kit import mail
from extranet.members.selectors.sign_in import person_called, spelled
from extranet.members.services.sessions import end_sessions
from extranet.members.services.telling import tell

from .again import is_fresh

WHAT_HAPPENED = {
    "account/email/password_changed": gettext_noop("The password of your account has been changed"),
    "account/email/password_reset": gettext_noop("The password of your account has been set anew by mail"),
    "account/email/password_set": gettext_noop("A password has been set for your account"),
    "mfa/email/totp_activated": gettext_noop("An authenticator has been added to your account"),
    "mfa/email/totp_deactivated": gettext_noop("The authenticator has been removed from your account"),
    "mfa/email/webauthn_added": gettext_noop("A passkey has been added to your account"),
    "mfa/email/webauthn_removed": gettext_noop("A passkey has been removed from your account"),
    "mfa/email/recovery_codes_generated": gettext_noop("New recovery codes have been made for your account"),
}


class AccountAdapter(DefaultAccountAdapter):
    """allauth, as this house uses it."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        # One sentence whether the name is unknown, the password wrong or the account closed.
        "username_password_mismatch": _(
            "Staff number and password do not match. After five wrong tries you have to wait five minutes."
        ),
        "too_many_login_attempts": _(
            "Too many wrong tries. Please wait five minutes, or reset the password."
        ),
        "rate_limited": _("Too many tries. Please wait five minutes."),
        "incorrect_password": _("This is not your present password."),
        "enter_current_password": _("This is not your present password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Nobody opens an account alone: people come from the roster."""
        return False

    def get_user_search_fields(self) -> list[str]:
        """Search people by what they are known by."""
        return ["staff_number", "name"]

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Check a password; staff number, mobile and mail of one person are one name, with one lock.

        A name nobody has costs the same queries, the same hash and the same lock.
        """
        typed = str(credentials.get("username", ""))
        person = person_called(typed)
        credentials["username"] = person.staff_number if person else spelled(typed)
        return super().authenticate(request, **credentials)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:  # noqa: ARG002
        """Return whose tries are counted: one person, whatever names come along with the password."""
        name = spelled(str(credentials.get("username") or credentials.get("email", "")))
        if "username" not in credentials:  # a password set anew by mail opens the lock
            person = person_called(name)
            name = person.staff_number if person else name
        return f"person:{name}"

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Set a password; whoever was signed in elsewhere with the old one is out."""
        super().set_password(user, password)
        session = getattr(current.request, "session", None)
        end_sessions(user, keep=getattr(session, "session_key", None) or "")

    def is_reauthentication_required(self, *, app: str, **_kwargs: Any) -> bool:  # noqa: ARG002
        """Ask again unless the person proved themselves within five minutes, by signing in for instance."""
        return not is_fresh(current.request)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,  # noqa: ARG002 - addresses and browsers are not for mail
        email: str | None = None,  # noqa: ARG002 - the one address of the person
    ) -> None:
        """Tell the person in one sentence what happened to their account."""
        if template_prefix in WHAT_HAPPENED:
            tell(user, WHAT_HAPPENED[template_prefix])

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Render here, in the reader's language, and let the worker send it."""
        request = current.request
        facts = {"request": request, "email": email, "current_site": get_current_site(request), **context}
        mail.post(self.render_mail(template_prefix, email, facts))
