"""Declaring jobs: what runs, how often it is tried, when it comes again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, ParamSpec, TypeVar, overload

from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules
from django_tasks.base import Task

P = ParamSpec("P")
T = TypeVar("T")
MOST_TRIES = 3


class Failure(Exception):  # noqa: N818 - a job says "failure", not "error", in the list of the admin
    """A job could not do its work; the text is shown in the admin, so it names no person."""


class Unsure(Exception):  # noqa: N818
    """An effect outside the database may or may not have happened: counts as a loss, see ``Job.losses``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job(Task[P, T]):
    """A function that workers run.

    At most ``tries`` runs. After more than ``losses`` runs of unknown outcome (worker killed) no other
    follows. ``backoff`` waits before the second, third … try; after ``limit`` a hanging worker is given up.
    """

    label: Any = ""
    atomic: bool = True
    tries: int = MOST_TRIES
    losses: int = MOST_TRIES
    backoff: tuple[timedelta, ...] = (timedelta(seconds=30), timedelta(minutes=2))
    limit: timedelta = timedelta(minutes=10)
    private: bool = False
    remember: bool = True

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run the function here and now, without the queue."""
        return self.func(*args, **kwargs)

    def wait_after(self, tries: int) -> timedelta:
        """Return how long to wait after the try number ``tries``."""
        return self.backoff[min(tries, len(self.backoff)) - 1] if self.backoff else timedelta()


@overload
def job(function: Callable[P, T], /) -> Job[P, T]: ...


@overload
def job(**options: Any) -> Callable[[Callable[P, T]], Job[P, T]]: ...


def job(function: Callable[..., Any] | None = None, /, **options: Any) -> Any:
    """Declare a module-level function as a job; options: the fields of ``Job``, ``priority`` (-100 to 100).

    Raises ImproperlyConfigured for more than three tries.
    """

    def declare(func: Callable[P, T]) -> Job[P, T]:
        declared: Job[P, T] = Job(func=func, **options)
        if not 1 <= declared.tries <= MOST_TRIES:
            raise ImproperlyConfigured(f"{declared.module_path}: tries is 1 to {MOST_TRIES}.")
        if declared.private:
            _private.add(declared.module_path)
        return declared

    return declare(function) if function else declare


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """When a periodic job comes again: every so often, or daily at a time of the site's own clock."""

    job: Job[[], Any]
    every: timedelta | None
    at: time | None

    def first(self, now: datetime) -> datetime:
        """Return when a schedule that is new begins: an interval at once, a daily one at its hour."""
        return now if self.every else self.after(now)

    def after(self, now: datetime) -> datetime:
        """Return the next moment after ``now``; what was missed meanwhile is not made up for."""
        if self.every:
            return now + self.every
        local = timezone.localtime(now)
        at = self.at or time()
        today = local.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
        return today if today > local else today + timedelta(days=1)


_rhythms: dict[str, Rhythm] = {}
_private: set[str] = set()


def periodic(*, every: timedelta | None = None, at: time | None = None) -> Callable[[Job[[], T]], Job[[], T]]:
    """Let a job without arguments come again: ``every`` so often, or daily ``at`` a local time."""

    def enter(declared: Job[[], T]) -> Job[[], T]:
        if (every is None) == (at is None) or (every is not None and every < timedelta(seconds=1)):
            raise ImproperlyConfigured(f"{declared.module_path}: say either every=… or at=….")
        _rhythms[declared.module_path] = Rhythm(job=declared, every=every, at=at)
        return declared

    return enter


def rhythms() -> dict[str, Rhythm]:
    """Return the periodic jobs by their path."""
    return _rhythms


def private_paths() -> set[str]:
    """Return the paths of the jobs whose arguments are private."""
    return _private


def discover() -> None:
    """Import the ``jobs`` module of every installed app, so that periodic jobs are known."""
    from . import chores  # noqa: F401, PLC0415 - our own periodic jobs; they import this module

    autodiscover_modules("jobs")
