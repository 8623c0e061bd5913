"""Addresses of the account pages this house offers; allauth's others (sign-up, codes, …) are absent.

The names are allauth's own, as it asks for them.
"""

from allauth.account import views
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import path, re_path
from django.views.generic import RedirectView

from cms.kit.doors import door

from ..adapters.second_factor import RemoveKey
from ..views import account, activation

members = door("members")
public = door("public")

urlpatterns = [
    path("", account.overview, name="account_overview"),
    path("activate/", activation.activate, name="account_activate"),
    path("activate/password/", activation.first_password, name="account_activate_password"),
    path("welcome/", activation.welcome, name="account_welcome"),
    path("privacy/", account.privacy, name="account_privacy"),
    path("consents/", account.consent, name="account_consent"),
    path("language/", account.language, name="account_language"),
    path("mail/", account.mail, name="account_mail"),
    path("mail/confirm/<str:key>/", account.mail_confirm, name="account_mail_confirm"),
    path("sessions/end/", account.end_session, name="account_end_session"),
    path("second-factor/", account.second_factor, name="account_second_factor"),
    path("second-factor/done/", account.after_factor, name="account_after_factor"),
    path("login/", public(views.login), name="account_login"),
    path("logout/", public(views.logout), name="account_logout"),
    path("inactive/", public(views.account_inactive), name="account_inactive"),
    path("reauthenticate/", members(views.reauthenticate), name="account_reauthenticate"),
    path("password/change/", members(views.password_change), name="account_change_password"),
    path("password/set/", members(views.password_set), name="account_set_password"),
    path("password/reset/", public(views.password_reset), name="account_reset_password"),
    path("password/reset/done/", public(views.password_reset_done), name="account_reset_password_done"),
    path(
        "password/reset/key/done/",
        public(views.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]{1,13})-(?P<key>[^/]{1,120})/$",
        door("key")(views.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    # The second factor; names are allauth's again.
    path("2fa/", members(RedirectView.as_view(pattern_name="account_overview")), name="mfa_index"),
    path("2fa/authenticate/", public(factor.authenticate), name="mfa_authenticate"),
    path("2fa/reauthenticate/", members(factor.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", members(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", members(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", members(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "2fa/recovery-codes/generate/",
        members(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("2fa/passkeys/", members(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("2fa/passkeys/add/", members(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("2fa/passkeys/login/", public(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path(
        "2fa/passkeys/reauthenticate/",
        members(passkeys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("2fa/passkeys/<int:pk>/remove/", members(RemoveKey.as_view()), name="mfa_remove_webauthn"),
    path("2fa/passkeys/<int:pk>/edit/", members(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
]
