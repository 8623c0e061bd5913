"""Addresses that stand before Wagtail's own under /admin/."""

from django.urls import path

from .account import own_account
from .sign_in import to_password_reset, to_sign_in, to_sign_out

urlpatterns = [
    path("login/", to_sign_in, name="admin_sign_in"),
    path("logout/", to_sign_out, name="admin_sign_out"),
    path("password_reset/", to_password_reset, name="admin_password_reset"),
    path("password_reset/<path:rest>", to_password_reset, name="admin_password_reset_rest"),
    path("account/", own_account, name="admin_account"),
]
