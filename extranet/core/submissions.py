"""Sending a form once (重复提交不重复受理), and keeping what was typed (草稿)."""

from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.crypto import get_random_string

from .models import Draft, Submission


def new_key() -> str:
    """Return the key a form carries, hidden, from the moment it is shown."""
    return get_random_string(32)


def once(owner: Any, key: str, make: Callable[[], Model]) -> tuple[Any, bool]:
    """Return what ``make`` made for this form and whether it was made now.

    A double click, a resend and a second tab carry the same key: they are led to the first one's result. Two
    of them in the same instant meet at the unique row; the loser's work is rolled back.
    """
    if (earlier := _made(owner, key)) is not None:
        return earlier, False
    try:
        with transaction.atomic():
            made = make()
            Submission.objects.create(
                owner=owner,
                key=key,
                content_type=ContentType.objects.get_for_model(made),
                object_id=made.pk,
            )
    except IntegrityError:
        if (earlier := _made(owner, key)) is not None:
            return earlier, False
        raise
    return made, True


def earlier(owner: Any, key: str) -> Any:
    """Return what a form with this key has made already, or None."""
    return _made(owner, key)


def _made(owner: Any, key: str) -> Any:
    row = Submission.objects.filter(owner=owner, key=key).first()
    return row.made if row else None


def keep_draft(owner: Any, form: str, typed: dict[str, Any]) -> None:
    """Keep what somebody has typed so far; an empty form keeps nothing."""
    if any(typed.values()):
        Draft.objects.update_or_create(
            owner=owner, form=form, defaults={"typed": typed, "kept_at": timezone.now()}
        )
    else:
        drop_draft(owner, form)


def draft(owner: Any, form: str) -> dict[str, Any]:
    """Return what somebody had typed, empty when there is nothing."""
    kept = Draft.objects.filter(owner=owner, form=form).first()
    return kept.typed if kept else {}


def drop_draft(owner: Any, form: str) -> None:
    """Forget a draft: it was sent or thrown away."""
    Draft.objects.filter(owner=owner, form=form).delete()
