"""The periodic schedule that workers share, and the house's own periodic jobs."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from cms.kit import jobs
from cms.kit.jobs import chores, declare, run
from cms.kit.models import Schedule, WorkerPulse

pytestmark = pytest.mark.django_db
READY, FAILED, DONE = (TaskResultStatus[name] for name in ("READY", "FAILED", "SUCCESSFUL"))


@jobs.job(private=True)
def secret(word: str) -> None:
    pass


@jobs.job(remember=False)
def forgettable() -> None:
    pass


@pytest.fixture(autouse=True)
def empty_queue(db):
    DBTaskResult.objects.all().delete()


@pytest.fixture
def rhythm(monkeypatch):
    """Only the periodic jobs of the test."""
    monkeypatch.setattr(declare, "_rhythms", {})
    return declare._rhythms


def test_a_moment_that_is_due_queues_its_job_once_for_all_workers(rhythm):
    jobs.periodic(every=timedelta(minutes=10))(forgettable)
    now = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    path = "tests.kit.test_schedule.forgettable"
    assert jobs.enqueue_due(now) == [path]
    assert jobs.enqueue_due(now + timedelta(minutes=9)) == []
    assert jobs.enqueue_due(now + timedelta(minutes=10)) == [path]
    assert Schedule.objects.get().due_at == now + timedelta(minutes=20)
    assert DBTaskResult.objects.count() == 1


def test_a_worker_that_comes_late_queues_nothing(rhythm, monkeypatch):
    jobs.periodic(every=timedelta(minutes=10))(forgettable)
    now = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    jobs.enqueue_due(now)
    stale = [("tests.kit.test_schedule.forgettable", now)]
    monkeypatch.setattr(Schedule.objects, "values_list", lambda *_: stale, raising=False)
    assert jobs.enqueue_due(now + timedelta(minutes=11)) == []


def test_a_periodic_job_is_not_queued_beside_itself(rhythm):
    jobs.periodic(every=timedelta(minutes=1))(forgettable)
    now = timezone.now()
    jobs.enqueue_due(now)
    assert run.claim("one") is not None
    assert jobs.enqueue_due(now + timedelta(minutes=2)) == []


def test_a_daily_job_keeps_the_sites_own_clock(rhythm):
    jobs.periodic(at=time(3, 30))(forgettable)
    before = datetime(2026, 11, 22, 19, 0, tzinfo=UTC)  # 03:00 in Shanghai
    assert jobs.enqueue_due(before) == []
    assert Schedule.objects.get().due_at == datetime(2026, 11, 22, 19, 30, tzinfo=UTC)
    assert len(jobs.enqueue_due(before + timedelta(days=3))) == 1
    assert Schedule.objects.get().due_at == datetime(2026, 11, 25, 19, 30, tzinfo=UTC)


def test_unclear_declarations_are_refused():
    with pytest.raises(ImproperlyConfigured, match="either"):
        jobs.periodic()(forgettable)
    with pytest.raises(ImproperlyConfigured, match="1 to 3"):
        jobs.job(tries=4)(forgettable.func)


def test_the_house_has_its_own_rhythm():
    jobs.discover()
    known = {path: (rhythm.every, rhythm.at) for path, rhythm in declare.rhythms().items()}
    assert known["cms.kit.jobs.chores.publish_on_time"] == (timedelta(minutes=1), None)
    assert known["cms.kit.jobs.chores.forget_sessions"] == (None, time(3, 10))
    assert known["cms.kit.jobs.chores.tidy_jobs"] == (None, time(3, 20))


def test_a_scheduled_story_is_published_on_time(homepage):
    homepage.unpublish()
    for moment, live in ((timedelta(hours=1), False), (timedelta(hours=-1), True)):
        homepage.go_live_at = timezone.now() + moment
        homepage.save_revision(approved_go_live_at=homepage.go_live_at)
        chores.publish_on_time()
        homepage.refresh_from_db()
        assert homepage.live is live


def test_old_rows_go_and_what_failed_mails_said_goes_sooner():
    now = timezone.now()
    for status, days in ((DONE, 13), (DONE, 15), (FAILED, 15), (FAILED, 91), (READY, 100)):
        pk = jobs.enqueue(secret, word=f"{status} {days}")
        DBTaskResult.objects.filter(pk=pk).update(status=status, finished_at=now - timedelta(days=days))
    WorkerPulse.objects.create(name="old", seen_at=now - timedelta(days=2))
    WorkerPulse.objects.create(name="new")
    jobs.discover()
    chores.tidy_jobs()
    left = {row.args_kwargs["kwargs"].get("word", "wiped") for row in DBTaskResult.objects.all()}
    assert left == {"SUCCESSFUL 13", "wiped", "READY 100"}
    assert jobs.retry(DBTaskResult.objects.get(status=FAILED).pk) is False
    assert [pulse.name for pulse in WorkerPulse.objects.all()] == ["new"]
