"""The periodic schedule, shared by all workers: each due moment queues its job once."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cms.kit.models.jobs import Schedule

from .declare import rhythms
from .queue import enqueue, running


def enqueue_due(now: datetime | None = None) -> list[str]:
    """Queue the periodic jobs that are due at ``now`` (default: this moment) and return their paths."""
    now = now or timezone.now()
    known = dict(Schedule.objects.values_list("name", "due_at"))
    queued = []
    for name, rhythm in rhythms().items():
        if name not in known:
            known[name] = Schedule.objects.get_or_create(name=name, defaults={"due_at": rhythm.first(now)})[
                0
            ].due_at
        if known[name] > now:
            continue
        with transaction.atomic():
            # Only the worker that moves the moment on queues the job; the others update no row.
            same = Schedule.objects.filter(name=name, due_at=known[name])
            moved = same.update(due_at=rhythm.after(now))
            if moved and not running(rhythm.job, key="periodic"):
                enqueue(rhythm.job, key="periodic")
                queued.append(name)
    return queued
