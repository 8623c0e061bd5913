"""Signing somebody in who has just set a password by a code; a second factor is still asked for."""

from typing import Any

from allauth.account.internal import flows
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse

from .again import note_proof


def enter(request: HttpRequest, person: Any, to: str) -> HttpResponse:
    """Sign in and lead to ``to``, or first to the page that asks for the second factor."""
    note_proof(request, person, "code")
    request.session.set_expiry(0)
    return flows.login.perform_login(request, Login(user=person, redirect_url=to))
