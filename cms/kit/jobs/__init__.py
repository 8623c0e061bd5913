"""Background jobs (后台任务): work that a worker does after the request, surely and once.

Declare a job at module level, in the app's ``jobs.py`` (workers import those by themselves)::

    @job(label=_("Count the votes"))
    def count(round_id: int) -> None: ...

    enqueue(count, round_id=7)                  # arguments are JSON: ids, strings, numbers, lists
    enqueue(count, key="7", round_id=7)         # the same key waits once, however often it is asked for
    enqueue(count, run_after=timedelta(minutes=5), round_id=7)    # or an aware datetime

    @periodic(at=time(3, 30))                            # local time; or every=timedelta(minutes=10)
    @job(label=_("Tidy up"))
    def tidy() -> None: ...

What holds:

* The row is written in the caller's transaction: no job without the commit, no commit without the job.
* ``atomic=True`` (default): the function and its "done" mark are one transaction, so a killed worker leaves
  nothing or everything. On SQLite that transaction holds the only write lock: keep such jobs under a second.
* Slow work (pictures, network): ``@job(atomic=False)``, do the slow part, then write inside ``with done():``,
  which commits these writes together with the mark. Code outside ``done()`` may run again: make it
  repeatable.
* An error is retried after ``backoff``; after ``tries`` (at most 3) the job stands as failed in the admin,
  with a button. Only the error's kind and place are kept, never its text; ``raise Failure("…")`` to say why,
  without naming a person; ``raise Unsure(…)`` when an effect outside the database may have happened.
* A worker that dies or hangs loses its lease; the job is taken back within 90 s, at most ``losses`` times.
* ``private=True`` wipes the arguments once done; ``remember=False`` deletes the row of a finished job.

``run_waiting()`` runs in this process whatever is due (tests, set-up); ``pulse()`` tells how the queue is.
Tasks of libraries (``django_tasks.task``) go through the same worker, retries and list.
"""

from .declare import Failure, Job, Unsure, discover, job, periodic
from .queue import Pulse, enqueue, pulse, retry
from .run import done, reap, run_waiting
from .schedule import enqueue_due

__all__ = [
    "Failure",
    "Job",
    "Pulse",
    "Unsure",
    "discover",
    "done",
    "enqueue",
    "enqueue_due",
    "job",
    "periodic",
    "pulse",
    "reap",
    "retry",
    "run_waiting",
]
