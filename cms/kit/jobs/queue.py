"""The queue: putting jobs in, counting them, giving failed ones another chance."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Case, Count, F, Max, Min, Q, When
from django.utils import timezone
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from cms.kit.models.jobs import Lease, WorkerPulse


def enqueue(
    job: Task[..., Any], /, *, key: str = "", run_after: datetime | timedelta | None = None, **arguments: Any
) -> str:
    """Queue ``job`` with JSON ``arguments``, return the row's id; it runs only if this transaction commits.

    With ``key`` the same work waits once: an equal one that is due no later is returned instead of a new row.
    Raises TypeError for arguments that are not JSON.
    """
    if isinstance(run_after, timedelta):
        run_after = timezone.now() + run_after
    if run_after is not None:
        job = job.using(run_after=run_after)
    if not key:
        return str(job.enqueue(**arguments).id)
    key = f"{job.module_path}:{key}"[:300]
    with transaction.atomic():
        # The lock keeps workers off the row until we commit, so that it runs with what we have written. A row
        # that somebody else holds does not make us wait: we add ours, and the worker merges equal ones.
        equal = _waiting(key, run_after or timezone.now()).select_for_update(skip_locked=True, of=("self",))
        if (row := equal.first()) is not None:
            return str(row.pk)
        added = job.enqueue(**arguments)
        Lease.objects.create(task_id=UUID(str(added.id)), key=key)
    return str(added.id)


def running(job: Task[..., Any], /, *, key: str) -> bool:
    """Say whether a worker is busy with this job under this key."""
    wanted = {"lease__key": f"{job.module_path}:{key}"[:300], "status": TaskResultStatus.RUNNING}
    return DBTaskResult.objects.filter(**wanted).exists()


def _waiting(key: str, until: datetime) -> Any:
    """Return the waiting rows of a key that are due by ``until``."""
    due = Q(run_after=get_date_max()) | Q(run_after__lte=until)
    return DBTaskResult.objects.filter(due, status=TaskResultStatus.READY, lease__key=key)


def merge(key: str, kept: UUID) -> int:
    """Drop the other rows of ``key`` that are due now: ``kept`` does their work. Returns how many."""
    equal = _waiting(key, timezone.now()).exclude(pk=kept).select_for_update(skip_locked=True, of=("self",))
    doubles = [row.pk for row in equal.only("pk")]
    for start in range(0, len(doubles), 500):
        DBTaskResult.objects.filter(pk__in=doubles[start : start + 500]).delete()
    return len(doubles)


def retry(pk: UUID) -> bool:
    """Give a failed job a fresh set of tries; False when it has not failed, is gone, or has been wiped."""
    with transaction.atomic():
        row = DBTaskResult.objects.filter(pk=pk, status=TaskResultStatus.FAILED)
        if row.filter(args_kwargs__wiped=True).exists():
            return False
        again = row.update(status=TaskResultStatus.READY, run_after=timezone.now(), finished_at=None)
        if again:
            Lease.objects.filter(pk=pk).update(tries=0, losses=0, token="", until=None)
    return bool(again)


@dataclass(frozen=True, kw_only=True)
class Pulse:
    """How the queue is doing: for doctor, health and the admin."""

    last_seen: datetime | None
    """When any worker last gave a sign of life."""
    waiting: int
    """Jobs that could run now."""
    running: int
    failed: int
    oldest_waiting: timedelta | None
    """For how long the oldest of the waiting could have run already."""


def pulse() -> Pulse:
    """Return the state of queue and workers (two queries)."""
    now = timezone.now()
    due = Q(status=TaskResultStatus.READY) & (Q(run_after=get_date_max()) | Q(run_after__lte=now))
    since = Case(When(run_after=get_date_max(), then=F("enqueued_at")), default=F("run_after"))
    open_rows = DBTaskResult.objects.exclude(status=TaskResultStatus.SUCCESSFUL)
    counted = open_rows.aggregate(
        waiting=Count("pk", filter=due),
        running=Count("pk", filter=Q(status=TaskResultStatus.RUNNING)),
        failed=Count("pk", filter=Q(status=TaskResultStatus.FAILED)),
        oldest=Min(since, filter=due),
    )
    oldest = counted.pop("oldest")
    return Pulse(
        last_seen=WorkerPulse.objects.aggregate(seen=Max("seen_at"))["seen"],
        oldest_waiting=now - oldest if oldest else None,
        **counted,
    )
