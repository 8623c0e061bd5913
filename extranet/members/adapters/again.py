"""Proving oneself again: how long ago, by what, and the way to the page that asks."""

import time
from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from extranet.core.doors import FRESH


def proofs(request: HttpRequest) -> list[dict[str, Any]]:
    """Return what this session has shown for its person so far, oldest first."""
    return list(get_authentication_records(request, request.user))


def is_fresh(request: HttpRequest, within: timedelta = FRESH) -> bool:
    """Tell whether the person showed a password, a code or a passkey within this time."""
    since = time.time() - within.total_seconds()
    return any(proof["at"] >= since for proof in proofs(request))


def showed_second_factor(request: HttpRequest) -> bool:
    """Tell whether this session has shown a second factor."""
    return any(proof["method"] == "mfa" for proof in proofs(request))


def asked_again(request: HttpRequest, within: timedelta) -> HttpResponseBase | None:
    """Return None for a fresh proof, else the way to the page that asks and brings the person back."""
    if is_fresh(request, within):
        return None
    ways = get_adapter().get_reauthentication_methods(request.user)
    return suspend_request(request, ways[0]["url"] if ways else reverse("account_login"))


def note_proof(request: HttpRequest, person: Any, method: str, **facts: Any) -> None:
    """Write down that the person has just shown something: a code on paper, a new authenticator."""
    record_authentication(request, person, method=method, **facts)


def within_limit(request: HttpRequest, action: str, key: str) -> bool:
    """Count a try (see ACCOUNT_RATE_LIMITS); False when there were too many for this key or address."""
    return bool(ratelimit.consume(request, action=action, key=key))


def forget_tries(request: HttpRequest, action: str, key: str) -> None:
    """Start counting anew for a key that has just been right."""
    ratelimit.clear(request, action=action, key=key)
