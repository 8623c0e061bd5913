"""allauth.mfa, as this house uses it: secrets encrypted, the last factor stays where one is needed."""

import base64
from typing import Any

import segno
from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from ..selectors.sign_in import needs_second_factor, second_factors
from ..services.sessions import end_sessions
from .again import note_proof

LAST_ONE = _(
    "Your office needs a second factor, and this is your last one. Add another one first, then remove this."
)


def _chest() -> MultiFernet:
    """Return what locks the secrets: keys made from the secret key, which lies outside the database."""
    keys = []
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"members.second-factor")
        keys.append(Fernet(base64.urlsafe_b64encode(derived.derive(secret.encode()))))
    return MultiFernet(keys)


class MFAAdapter(DefaultMFAAdapter):
    """Names, pictures, secrets and refusals of the second factor."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code does not fit. Look at the newest one and try again."),
        "cannot_delete_authenticator": LAST_ONE,
    }

    def _get_site_name(self) -> str:
        return settings.WAGTAIL_SITE_NAME

    def _get_user_identifier(self, user: AbstractBaseUser) -> str:
        return user.get_username()

    def build_totp_svg(self, url: str) -> str:
        """Draw the code to scan: black on white in both themes."""
        return segno.make(url, error="m").svg_inline(
            scale=4, border=3, dark="#000", light="#fff", omitsize=True
        )

    def encrypt(self, text: str) -> str:
        """Lock a secret before it goes into the database."""
        return _chest().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret."""
        return _chest().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Keep the last factor of whoever needs one."""
        return not is_the_last_needed(authenticator)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002
        """Suggest a name for a passkey."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return str(_("My device %(number)s") % {"number": number})


def is_the_last_needed(authenticator: Authenticator) -> bool:
    """Tell whether without this one somebody who needs a second factor would have none."""
    person = authenticator.user
    others = second_factors(person).exclude(pk=authenticator.pk)
    return needs_second_factor(person) and not others.exists()


class RemoveKey(RemoveWebAuthnView):
    """Removing a passkey; not the last factor of whoever needs one."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it, or say why not."""
        if is_the_last_needed(self.get_object()):
            get_account_adapter().add_message(self.request, 40, message=LAST_ONE)
            return redirect("mfa_list_webauthn")
        return super().form_valid(form)


def enrolled(request: HttpRequest, user: Any, authenticator: Authenticator, **_signal: Any) -> None:
    """After a new authenticator: this session has shown it; sessions from before it are over."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return
    note_proof(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
    end_sessions(user, keep=request.session.session_key or "")
