"""Running jobs: claim with a lease, run, settle; take back what a dead worker left."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from traceback import extract_tb
from typing import Any, cast
from uuid import uuid4

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks.base import Task, TaskContext, TaskResultStatus
from django_tasks.utils import normalize_json
from django_tasks_db.models import DBTaskResult

from cms.kit.models.jobs import Lease

from .declare import Failure, Job, Unsure
from .queue import merge

LEASE = timedelta(seconds=75)
WIPED: dict[str, Any] = {"args": [], "kwargs": {}, "wiped": True}
logger = logging.getLogger("jobs")


class LeaseLostError(Exception):
    """Somebody took the job back while it ran: its database effects are rolled back."""


@dataclass(kw_only=True)
class Run:
    """One try at one job by one worker."""

    row: DBTaskResult
    token: str
    tries: int
    losses: int
    task: Task[..., Any] | None = None
    settled: bool = False

    @property
    def policy(self) -> Job[..., Any]:
        """Return how to treat the job; tasks of libraries are tried thrice, outside a transaction."""
        return self.task if isinstance(self.task, Job) else _foreign


def _nothing() -> None:
    """Stand in for tasks whose options we do not know."""


_foreign: Job[[], None] = Job(func=_nothing, atomic=False)
_current: ContextVar[Run | None] = ContextVar("current_job", default=None)


def claim(worker: str) -> Run | None:
    """Take the most urgent waiting job for ``worker``, or None; equal work that waits is merged into it."""
    if (
        not DBTaskResult.objects.ready().exists()
    ):  # a plain read: an idle worker never asks for the write lock
        return None
    with transaction.atomic():
        row = DBTaskResult.objects.ready().get_locked()
        if row is None:
            return None
        token = uuid4().hex
        row.claim(worker)
        lease, _ = Lease.objects.get_or_create(pk=row.pk)
        lease.token, lease.worker, lease.until = token, worker, timezone.now() + LEASE
        lease.tries += 1
        lease.save()
        if lease.key:
            merge(lease.key, row.pk)
    return Run(row=row, token=token, tries=lease.tries, losses=lease.losses)


def renew(run: Run) -> bool:
    """Keep the lease of a running job for a while; False when it was taken away."""
    return bool(Lease.objects.filter(pk=run.row.pk, token=run.token).update(until=timezone.now() + LEASE))


def perform(run: Run) -> Exception | None:
    """Run a claimed job and settle it; returns its error, or None when it is done."""
    began = time.monotonic()
    mark = _current.set(run)
    error: Exception | None = None
    try:
        run.task = cast(Any, run.row.task)  # typed as Django 6's own tasks
        if run.policy.atomic:
            with transaction.atomic():
                _settle(run, _call(run))
        else:
            value = _call(run)
            if not run.settled:
                with transaction.atomic():
                    _settle(run, value)
    except LeaseLostError as lost:
        error = lost
    except Exception as raised:  # noqa: BLE001 - whatever a job raises is its own failure, not the worker's
        error = raised
        run.settled = False
        _record(run, raised)
    finally:
        _current.reset(mark)
    facts = {"job": run.row.task_path, "id": str(run.row.pk), "tries": run.tries}
    facts |= {"ms": round((time.monotonic() - began) * 1000), "error": type(error).__name__ if error else ""}
    logger.log(logging.WARNING if error else logging.INFO, "job %(job)s", facts, extra=facts)
    return error


def _call(run: Run) -> Any:
    task = cast(Task[..., Any], run.task)
    given = run.row.args_kwargs
    before = [TaskContext(task_result=cast(Any, run.row.task_result))] if task.takes_context else []
    try:
        return normalize_json(task.call(*before, *given["args"], **given["kwargs"]))
    except ObjectDoesNotExist:
        if isinstance(task, Job):
            raise
        return None  # a library's task about something that was deleted meanwhile has nothing left to do


@contextmanager
def done() -> Iterator[None]:
    """Commit the writes of this block together with the job's "done" mark (for ``atomic=False`` jobs).

    Nothing of the job may follow it. Outside a worker it is a plain transaction.
    """
    run = _current.get()
    with transaction.atomic():
        yield
        if run is not None and not run.settled:
            _settle(run, None)


def _settle(run: Run, value: Any) -> None:
    """Mark done, inside the caller's transaction; raises LeaseLostError when the lease has gone."""
    if not Lease.objects.filter(pk=run.row.pk, token=run.token).update(token="", until=None, error=""):
        raise LeaseLostError
    run.settled = True
    rows = DBTaskResult.objects.filter(pk=run.row.pk)
    if not run.policy.remember:
        rows.delete()
        return
    wiped = {"args_kwargs": WIPED} if run.policy.private else {}
    rows.update(
        status=TaskResultStatus.SUCCESSFUL,
        finished_at=timezone.now(),
        return_value=value,
        exception_class_path="",
        traceback="",
        **wiped,
    )


def _record(run: Run, error: Exception) -> None:
    """Note a failed try and decide whether another follows."""
    losses = run.losses + isinstance(error, Unsure)
    cause = error.__cause__ if isinstance(error, Unsure) and error.__cause__ else error
    note = (
        str(error) if isinstance(error, Failure) else f"{type(cause).__module__}.{type(cause).__qualname__}"
    )
    with transaction.atomic():
        held = Lease.objects.filter(pk=run.row.pk, token=run.token)
        if held.update(token="", until=None, losses=losses, error=note.removeprefix("builtins.")[:300]):
            run.losses = losses
            _send_back(run, type(cause), _places(cause))


def _send_back(run: Run, kind: type[BaseException], places: str) -> None:
    """Let the job wait for its next try, or leave it as failed."""
    now = timezone.now()
    over = run.tries >= run.policy.tries or run.losses > run.policy.losses
    lost = kind is LeaseLostError
    DBTaskResult.objects.filter(pk=run.row.pk, status=TaskResultStatus.RUNNING).update(
        status=TaskResultStatus.FAILED if over else TaskResultStatus.READY,
        finished_at=now if over else None,
        run_after=now if over or lost else now + run.policy.wait_after(run.tries),
        exception_class_path=f"{kind.__module__}.{kind.__qualname__}",
        traceback=places,
    )


def _places(error: BaseException) -> str:
    """Return where an error came from, without its text: a text may carry names and addresses."""
    frames = extract_tb(error.__traceback__)[-12:]
    return "\n".join(
        f"{Path(f.filename).parent.name}/{Path(f.filename).name}:{f.lineno} {f.name}" for f in frames
    )


def reap() -> int:
    """Take back running jobs whose lease ran out; returns how many."""
    now = timezone.now()
    lapsed = Lease.objects.filter(until__lt=now, task__status=TaskResultStatus.RUNNING).select_related("task")
    taken = 0
    for lease in lapsed[:100]:
        run = Run(row=lease.task, token=lease.token, tries=lease.tries, losses=lease.losses + 1)
        try:
            run.task = cast(Any, lease.task.task)
        except Exception:  # noqa: BLE001 - code that is gone cannot be asked; treat it as a library's task
            logger.warning("job %s is unknown here", lease.task.task_path)
        with transaction.atomic():
            same = Lease.objects.filter(pk=lease.pk, token=lease.token, until__lt=now)
            if not same.update(token="", until=None, losses=F("losses") + 1, error="WorkerDied"):
                continue
            _send_back(run, LeaseLostError, "")
        taken += 1
        logger.warning("job %s taken back", lease.task.task_path)
    return taken


def run_waiting(*, strict: bool = True, most: int = 1000) -> int:
    """Run in this process every job that is due, also those queued meanwhile; return the number of runs.

    ``strict`` raises the first error of a job (after noting it as the worker would); otherwise it goes on.
    """
    runs = 0
    while runs < most and (run := claim("here")) is not None:
        error = perform(run)
        runs += 1
        if strict and error is not None:
            raise error
    return runs
