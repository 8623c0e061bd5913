"""Running sessions: noted at sign-in, ended by their owner or by what happens to the account."""

from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from ..models import SignedIn


def note_sign_in(person: Any, *, session_key: str, device: str, network: str) -> None:
    """Write down a new session, and forget those of the person that are over."""
    now = timezone.now()
    keys = list(SignedIn.objects.filter(person=person).values_list("session_key", flat=True))
    alive = set(
        Session.objects.filter(session_key__in=keys, expire_date__gt=now).values_list(
            "session_key", flat=True
        )
    )
    SignedIn.objects.filter(person=person, session_key__in=set(keys) - alive).delete()
    SignedIn.objects.update_or_create(
        session_key=session_key,
        defaults={"person": person, "device": device[:60], "network": network, "since": now, "seen_at": now},
    )


def note_seen(session_key: str) -> None:
    """Write down that a session is in use."""
    SignedIn.objects.filter(session_key=session_key).update(seen_at=timezone.now())


@transaction.atomic
def end_sessions(person: Any, *, only: int | None = None, keep: str = "") -> int:
    """End all sessions of a person, or one by its row; ``keep`` is the key of one that goes on.

    Returns how many were ended; a row of somebody else is none of theirs and ends nothing.
    """
    rows = SignedIn.objects.filter(person=person).exclude(session_key=keep)
    if only is not None:
        rows = rows.filter(pk=only)
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    rows.delete()
    return len(keys)
