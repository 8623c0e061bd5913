"""Addresses of the account pages this house offers; allauth's others (sign-up, codes, …) are absent.

The names are allauth's own, as it asks for them.
"""

from allauth.account import views
from django.urls import path, re_path

from cms.kit.doors import door

members = door("members")
public = door("public")

urlpatterns = [
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
]
