"""The trail of a case (办理记录): added to, read, checked; never changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from .models import Case, CaseEvent, ReadLog

READS_AT_LEAST = timedelta(days=183)
"""How long a look stays noted whatever anybody asks for: six months (GB/T 22239, 8.1.5.4)."""


def of(case: Case) -> QuerySet[CaseEvent]:
    """Return the events of a case, oldest first."""
    kind = ContentType.objects.get_for_model(case)
    return CaseEvent.objects.filter(content_type=kind, object_id=case.pk)


def last(case: Case) -> CaseEvent | None:
    """Return the newest event with its actor, or None."""
    return of(case).select_related("actor").order_by("-sequence").first()


@dataclass(frozen=True, kw_only=True)
class Line:
    """What a step leaves in the trail; ``actor`` None is the house itself (a deadline that ran out)."""

    verb: str
    actor: Any
    source: str = ""
    note: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


def add(case: Case, line: Line) -> CaseEvent:
    """Add a line to the trail, chained to the one before it.

    Call it inside the transaction that changes the case and holds its lock. Raises RuntimeError outside one:
    a line without its change, or a change without its line, must not be.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a line of the trail is written together with its change")
    before = last(case)
    event = CaseEvent(
        content_type=ContentType.objects.get_for_model(case),
        object_id=case.pk,
        sequence=before.sequence + 1 if before else 1,
        happened_at=timezone.now(),
        actor=line.actor,
        verb=line.verb,
        source=line.source,
        target=case.status,
        note=line.note,
        facts=dict(line.facts),
        previous=before.digest if before else "",
    )
    event.digest = event.sealed()
    event.save()
    return event


def check(case: Case) -> int | None:
    """Return the sequence number at which the trail was tampered with, or None when it is whole.

    A line taken away at the very end is not seen by the chain alone; the case's own status then disagrees.
    """
    previous, expected, target = "", 1, None
    for event in of(case).order_by("sequence"):
        if event.sequence != expected or event.previous != previous or event.digest != event.sealed():
            return expected
        previous, expected, target = event.digest, expected + 1, event.target
    return None if target in {None, case.status} else expected


def note_read(case: Case, *, reader: Any, what: str, why: str = "") -> None:
    """Write down that ``reader`` looked at something sensitive of a case."""
    ReadLog(
        content_type=ContentType.objects.get_for_model(case),
        object_id=case.pk,
        reader=reader,
        what=what,
        why=why,
    ).save()


def reads_of(case: Case) -> QuerySet[ReadLog]:
    """Return who looked at a case, newest first."""
    kind = ContentType.objects.get_for_model(case)
    return ReadLog.objects.filter(content_type=kind, object_id=case.pk).select_related("reader")


def forget_reads(reads: QuerySet[ReadLog]) -> int:
    """Let go of notes of looks whose time is over, the only way one ever goes; returns how many.

    Raises ValueError when one of them is younger than READS_AT_LEAST: nothing goes then.
    """
    if reads.filter(read_at__gt=timezone.now() - READS_AT_LEAST).exists():
        raise ValueError("a note of a look stays for six months")
    return QuerySet.delete(reads)[0]
