"""The worker's loop: claims jobs one by one, keeps their leases, tends the schedule, ends politely."""

import logging
import os
import select
import signal
import socket
import threading
import time
from types import FrameType
from uuid import uuid4

from django.db import DatabaseError, InterfaceError, connections, reset_queries
from django.utils import timezone

from cms.kit.models.jobs import WorkerPulse

from .declare import discover
from .run import Run, claim, perform, reap, renew
from .schedule import enqueue_due

POLL = 0.7
"""Seconds an idle worker sleeps: what the user asked for begins within a second."""
TEND_EVERY, BEAT_EVERY = 5.0, 15.0
HUNG = 70
PATIENCE = 5
"""Rounds without the database before a bounded run gives up; an unbounded one waits for it."""
logger = logging.getLogger("jobs")


class Worker:
    """One worker process; any number of them share a queue."""

    def __init__(self) -> None:
        self.name = f"{socket.gethostname()[:40]}:{os.getpid()}:{uuid4().hex[:6]}"
        self.stopping = False
        self._run: Run | None = None
        self._since = 0.0
        self._tended = -TEND_EVERY
        self._ended = threading.Event()
        self._bell_in, self._bell = os.pipe()

    def stop(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        """Ask for the end: the job in hand is finished first. Safe in a signal handler."""
        self.stopping = True
        os.write(self._bell, b"!")

    def listen(self) -> None:
        """End on SIGTERM and SIGINT."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)

    def work(self, *, once: bool = False, until_empty: bool = False) -> int:
        """Run jobs until asked to stop (or one job, or until none is due) and return how many were run."""
        discover()
        heart = threading.Thread(target=self._beat, name="heart", daemon=True)
        heart.start()
        done = failures = 0
        try:
            while not self.stopping:
                try:
                    worked, failures = self._step(), 0
                except (DatabaseError, InterfaceError):
                    failures += 1
                    if (once or until_empty) and failures == PATIENCE:
                        raise
                    logger.exception("the database does not answer; trying again")
                    _drop_connections()
                    self._rest(min(POLL * failures, TEND_EVERY))
                    continue
                done += worked
                if (once and worked) or ((once or until_empty) and not worked):
                    break
                if not worked:
                    self._rest(POLL)
        finally:
            self._ended.set()
            heart.join()
        return done

    def _step(self) -> bool:
        """Do one round; says whether there was a job. Raises DatabaseError when the database is away."""
        if time.monotonic() - self._tended >= TEND_EVERY:
            self._tended = time.monotonic()
            _sign(self.name)
            enqueue_due()
            reap()
        run = claim(self.name)
        if run is None:
            return False
        self._since, self._run = time.monotonic(), run
        try:
            perform(run)
        finally:
            self._run = None
            reset_queries()
            _refresh_connections()
        return True

    def _rest(self, seconds: float) -> None:
        """Sleep, but wake at once for ``stop``."""
        if not self.stopping:
            select.select([self._bell_in], [], [], seconds)

    def _beat(self) -> None:
        """Keep the lease of the job in hand (in a thread of its own); end the process when a job hangs."""
        while not self._ended.wait(BEAT_EVERY):
            run = self._run
            if run is not None and time.monotonic() - self._since > run.policy.limit.total_seconds():
                logger.critical("job %s hangs; this worker ends", run.row.task_path)
                os._exit(HUNG)  # nothing else interrupts a job; its lease runs out
            try:
                _sign(self.name)
                if run is not None:
                    renew(run)
            except (DatabaseError, InterfaceError):
                # On SQLite the job's own transaction may hold the lock; then nobody can take it back either.
                logger.info("no heartbeat this time")
            finally:
                connections.close_all()


def _sign(name: str) -> None:
    """Leave a sign of life."""
    WorkerPulse.objects.update_or_create(name=name, defaults={"seen_at": timezone.now()})


def _refresh_connections() -> None:
    """Close what is broken or too old, as Django does between requests; never inside a transaction."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()


def _drop_connections() -> None:
    """Close what may be broken; the next query connects anew."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()
