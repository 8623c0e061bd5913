"""Telling people: one row for each event and recipient, written together with what it is about."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from cms.kit.jobs import enqueue
from extranet.core.models import Notice
from extranet.core.models.notices import LONGEST_KEY, Mode

from .copies import carry_copies
from .topics import known
from .words import put

BATCH = 500


def notify(  # noqa: PLR0913 - each is a word of the notice, all by keyword
    recipients: Any,
    *,
    topic: str,
    title: Any,
    key: str,
    url: str = "",
    body: Any = "",
    facts: Mapping[str, Any] | None = None,
    duty: bool = False,
    mailed: bool = False,
) -> None:
    """Tell people (one, several, a queryset) what happened; whoever knows of it already is left out.

    ``url`` is the place to go on, a path of this house; ``mailed`` says that the caller sends the mail, so
    that no copy leaves. People who may not sign in get nothing. Costs two
    statements for each five hundred recipients (more on SQLite, which takes fewer values in one), and one job
    for all. Raises RuntimeError outside a transaction: a notice without its event, or an event without its
    notice, must not be. Raises LookupError for an unknown topic, ValueError for an address elsewhere and a
    key without length, and what ``words.put`` raises.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a notice is written together with what it is about")
    if not 0 < len(key) <= LONGEST_KEY:
        raise ValueError(f"{key!r} is no key of an event.")
    stays_here(url)
    about, words = known(topic), put(title, body, facts or {})
    now, told = timezone.now(), False
    for people in _batches(recipients):
        rows = [
            Notice(
                recipient_id=pk,
                key=key,
                topic=topic,
                is_duty=duty or about.duty,
                title=words.title,
                body=words.body,
                source=words.source,
                url=url,
                told_at=now,
                mail=Mode.NEVER if mailed else "",
            )
            for pk in people
        ]
        Notice.objects.bulk_create(rows, ignore_conflicts=True)
        told = True
    if told and not mailed:
        enqueue(carry_copies, key=key, event=key)


def stays_here(url: str) -> None:
    """Raise ValueError for an address that is no path of this house."""
    if url and not (url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)):
        raise ValueError("a notice leads to a path of this house")


def _batches(recipients: Any) -> Iterator[list[int]]:
    """Yield the keys of the recipients who may sign in, each once, by the batch."""
    keys = list(dict.fromkeys(_keys(recipients)))
    people = get_user_model()._default_manager.filter(is_active=True).order_by()  # noqa: SLF001
    for start in range(0, len(keys), BATCH):
        if found := list(people.filter(pk__in=keys[start : start + BATCH]).values_list("pk", flat=True)):
            yield found


def _keys(recipients: Any) -> Iterable[int]:
    if isinstance(recipients, QuerySet):
        return recipients.order_by().values_list("pk", flat=True)
    return [recipients.pk] if isinstance(recipients, Model) else [person.pk for person in recipients]
