"""Background jobs: queued with the commit, run once, tried again, visible when they fail."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.tasks import update_reference_index_task

from cms.kit import jobs
from cms.kit.jobs import run
from cms.kit.models import Lease, WorkerPulse

pytestmark = pytest.mark.django_db
READY, RUNNING, FAILED, DONE = (
    TaskResultStatus[name] for name in ("READY", "RUNNING", "FAILED", "SUCCESSFUL")
)


@jobs.job
def note(name: str) -> str:
    Group.objects.create(name=name)
    return name


@jobs.job
def note_and_break(name: str) -> None:
    Group.objects.create(name=name)
    raise ValueError("张三 zhang@example.org")


@jobs.job(atomic=False)
def note_done_and_break(name: str) -> None:
    with jobs.done():
        Group.objects.create(name=name)
        raise jobs.Failure("The page is gone.")


@jobs.job(atomic=False)
def slow_note(name: str) -> None:
    Group.objects.create(name=f"{name} before")
    with jobs.done():
        Group.objects.create(name=name)


@jobs.job(atomic=False, losses=1)
def unsure() -> None:
    raise jobs.Unsure from ConnectionResetError("zhang@example.org")


@jobs.job(tries=1)
def note_chain(left: int) -> None:
    Group.objects.create(name=f"chain {left}")
    if left:
        jobs.enqueue(note_chain, left=left - 1)


@jobs.job(private=True)
def secret(word: str) -> None:
    pass


@jobs.job(remember=False)
def forgettable() -> None:
    pass


@task(takes_context=True)
def of_a_library(context, name: str) -> None:
    Group.objects.create(name=f"{name} {context.attempt}")


@task
def about_something_gone() -> None:
    Group.objects.get(name="nobody")


def names() -> list[str]:
    return sorted(Group.objects.values_list("name", flat=True))


@pytest.fixture(autouse=True)
def no_groups(db):
    Group.objects.all().delete()
    DBTaskResult.objects.all().delete()


def only() -> DBTaskResult:
    return DBTaskResult.objects.select_related("lease").get()


def make_due() -> None:
    """Let the time of a back-off pass."""
    DBTaskResult.objects.filter(status=READY).update(run_after=timezone.now())


def let_lapse() -> None:
    Lease.objects.exclude(until=None).update(until=timezone.now() - timedelta(seconds=1))


def test_a_job_waits_in_the_callers_transaction_and_runs_once():
    jobs.enqueue(note, name="a")
    assert (only().status, names()) == (READY, [])
    assert jobs.run_waiting() == 1
    assert jobs.run_waiting() == 0
    assert names() == ["a"]
    row = only()
    assert (row.status, row.return_value, row.lease.tries, row.lease.until) == (DONE, "a", 1, None)


def test_a_rolled_back_transaction_leaves_no_job():
    with pytest.raises(RuntimeError), transaction.atomic():
        jobs.enqueue(note, name="a")
        raise RuntimeError
    assert DBTaskResult.objects.count() == 0


def test_arguments_that_are_not_json_are_refused_and_nothing_is_queued():
    with pytest.raises(TypeError, match="Unsupported type"):
        jobs.enqueue(note, key="x", name=timezone.now())
    assert DBTaskResult.objects.count() == 0


def test_jobs_queued_by_jobs_run_too():
    jobs.enqueue(note_chain, left=2)
    assert jobs.run_waiting() == 3
    assert names() == ["chain 0", "chain 1", "chain 2"]


def test_the_same_key_waits_once():
    first = jobs.enqueue(note, key="7", name="a")
    assert jobs.enqueue(note, key="7", name="a") == first
    assert jobs.enqueue(note, key="8", name="b") != first
    assert jobs.enqueue(slow_note, key="7", name="c") != first
    assert DBTaskResult.objects.count() == 3


def test_work_asked_for_while_it_runs_is_queued_again():
    jobs.enqueue(note, key="7", name="a")
    claimed = run.claim("one")
    jobs.enqueue(note, key="7", name="b")
    assert run.perform(claimed) is None
    assert jobs.run_waiting() == 1
    assert names() == ["a", "b"]


def test_a_later_appointment_does_not_delay_the_same_work_now():
    jobs.enqueue(note, key="7", run_after=timedelta(hours=1), name="later")
    jobs.enqueue(note, key="7", name="now")
    assert jobs.run_waiting() == 1
    assert names() == ["now"]
    assert DBTaskResult.objects.filter(status=READY).count() == 1


def test_equal_rows_of_two_transactions_become_one_run():
    jobs.enqueue(note, key="7", name="a")
    twin = note.enqueue(name="a")
    Lease.objects.create(task_id=twin.id, key=Lease.objects.get().key)
    assert jobs.run_waiting() == 1
    assert (names(), only().status) == (["a"], DONE)


def test_a_job_waits_for_its_moment():
    jobs.enqueue(note, run_after=timezone.now() + timedelta(minutes=5), name="a")
    assert jobs.run_waiting() == 0
    make_due()
    assert jobs.run_waiting() == 1


def test_the_more_urgent_job_runs_first():
    jobs.enqueue(note, name="plain")
    note.using(priority=5).enqueue(name="urgent")
    assert run.claim("one").row.args_kwargs["kwargs"] == {"name": "urgent"}


def test_a_failing_job_is_tried_three_times_with_growing_waits_and_leaves_nothing():
    jobs.enqueue(note_and_break, name="a")
    waits = []
    for _ in range(2):
        assert jobs.run_waiting(strict=False) == 1
        waits.append(round((only().run_after - timezone.now()).total_seconds()))
        assert only().status == READY
        make_due()
    assert waits == [30, 120]
    assert jobs.run_waiting(strict=False) == 1
    row = only()
    assert (row.status, row.lease.tries, names()) == (FAILED, 3, [])
    assert jobs.run_waiting(strict=False) == 0


def test_a_failure_keeps_kind_and_place_but_no_word_about_a_person():
    jobs.enqueue(note_and_break, name="a")
    with pytest.raises(ValueError, match="张三"):
        jobs.run_waiting()
    row = only()
    assert row.lease.error == "ValueError"
    assert row.exception_class_path == "builtins.ValueError"
    assert "kit/test_jobs.py:" in row.traceback and row.traceback.endswith("note_and_break")
    assert "张三" not in row.traceback and "example.org" not in row.traceback


def test_a_failure_in_our_own_words_is_shown():
    jobs.enqueue(note_done_and_break, name="a")
    assert jobs.run_waiting(strict=False) == 1
    assert (only().lease.error, names()) == ("The page is gone.", [])


def test_a_failed_job_gets_a_fresh_set_of_tries():
    jobs.enqueue(note_and_break, name="a")
    for _ in range(3):
        jobs.run_waiting(strict=False)
        make_due()
    assert jobs.retry(only().pk) is True
    assert (only().status, only().lease.tries) == (READY, 0)
    assert jobs.retry(only().pk) is False


def test_work_outside_a_transaction_may_repeat_but_what_is_in_done_happens_with_the_mark():
    jobs.enqueue(slow_note, name="a")
    assert jobs.run_waiting() == 1
    assert (names(), only().status) == (["a", "a before"], DONE)


def test_done_is_a_plain_transaction_outside_a_worker():
    slow_note("a")
    assert names() == ["a", "a before"]


def test_a_dead_workers_job_is_taken_back_and_the_dead_one_changes_nothing_any_more():
    jobs.enqueue(note, name="a")
    dead = run.claim("dead")
    assert jobs.reap() == 0
    let_lapse()
    assert jobs.reap() == 1
    assert (only().status, only().lease.losses) == (READY, 1)
    assert isinstance(run.perform(dead), run.LeaseLostError)
    assert names() == []
    assert jobs.run_waiting() == 1
    assert (names(), only().lease.tries) == (["a"], 2)


def test_a_lease_lasts_at_most_75_seconds_and_a_heartbeat_renews_it():
    jobs.enqueue(note, name="a")
    held = run.claim("one")
    left = (only().lease.until - timezone.now()).total_seconds()
    assert 74 < left <= 75
    let_lapse()
    assert run.renew(held) is True
    assert jobs.reap() == 0
    Lease.objects.update(token="another")
    assert run.renew(held) is False


def test_a_job_that_kills_three_workers_stands_as_failed():
    jobs.enqueue(note, name="a")
    for _ in range(3):
        assert run.claim("doomed") is not None
        let_lapse()
        assert jobs.reap() == 1
    assert (only().status, only().lease.error) == (FAILED, "WorkerDied")
    assert run.claim("next") is None


def test_an_unknown_outcome_is_repeated_only_as_often_as_the_job_allows():
    jobs.enqueue(unsure)
    assert jobs.run_waiting(strict=False) == 1
    assert (only().status, only().lease.losses, only().lease.error) == (READY, 1, "ConnectionResetError")
    make_due()
    assert jobs.run_waiting(strict=False) == 1
    assert (only().status, only().lease.losses, only().lease.tries) == (FAILED, 2, 2)


def test_private_arguments_are_wiped_with_the_mark():
    jobs.enqueue(secret, word="mountain")
    jobs.run_waiting()
    assert only().args_kwargs == {"args": [], "kwargs": {}, "wiped": True}


def test_a_forgettable_job_leaves_no_row():
    jobs.enqueue(forgettable)
    assert jobs.run_waiting() == 1
    assert (DBTaskResult.objects.count(), Lease.objects.count()) == (0, 0)


def test_tasks_of_libraries_run_are_retried_and_get_their_context():
    of_a_library.enqueue(name="a")
    held = run.claim("dead")
    let_lapse()
    jobs.reap()
    assert held is not None and jobs.run_waiting() == 1
    assert names() == ["a 2"]


def test_a_librarys_task_about_something_deleted_is_done():
    about_something_gone.enqueue()
    update_reference_index_task.enqueue("wagtailcore", "page", "0")
    assert jobs.run_waiting() == 2
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {DONE}


def test_a_job_whose_code_is_gone_fails_visibly_and_can_be_taken_back():
    jobs.enqueue(note, name="a")
    DBTaskResult.objects.update(task_path="tests.kit.test_jobs.vanished")
    assert run.claim("dead") is not None
    let_lapse()
    assert jobs.reap() == 1
    for _ in range(2):
        make_due()
        jobs.run_waiting(strict=False)
    assert (only().status, only().lease.error) == (FAILED, "ImportError")


def test_saving_a_page_queues_wagtails_own_work_and_we_run_it(homepage):
    DBTaskResult.objects.all().delete()
    homepage.save()
    paths = set(DBTaskResult.objects.values_list("task_path", flat=True))
    assert "wagtail.tasks.update_reference_index_task" in paths
    assert jobs.run_waiting() >= 1
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {DONE}


def test_the_pulse_counts_what_waits_runs_and_failed():
    assert jobs.pulse() == jobs.Pulse(last_seen=None, waiting=0, running=0, failed=0, oldest_waiting=None)
    jobs.enqueue(note, name="a")
    jobs.enqueue(note, run_after=timedelta(hours=1), name="later")
    DBTaskResult.objects.filter(args_kwargs__kwargs__name="a").update(
        enqueued_at=timezone.now() - timedelta(minutes=9)
    )
    WorkerPulse.objects.create(name="one", seen_at=timezone.now())
    seen = jobs.pulse()
    assert (seen.waiting, seen.running, seen.failed) == (1, 0, 0)
    assert timedelta(minutes=9) <= seen.oldest_waiting < timedelta(minutes=10)
    assert seen.last_seen == WorkerPulse.objects.get().seen_at
    run.claim("one")
    assert (jobs.pulse().waiting, jobs.pulse().running) == (0, 1)
