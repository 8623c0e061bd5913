"""The health address: what monitors hear, and what strangers do not."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from cms.kit.models.jobs import WorkerPulse
from cms.views import health


@pytest.fixture
def worker(db):
    return WorkerPulse.objects.create(name="one", seen_at=timezone.now())


def test_a_house_that_stands_says_so(client, worker):
    answer = client.get("/health/")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok", "worker": "ok", "disk": "ok"}
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies


def test_without_a_worker_pages_are_still_served(client, worker):
    WorkerPulse.objects.update(seen_at=timezone.now() - timedelta(minutes=10))
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()["status"], answer.json()["worker"]) == (200, "degraded", "away")


def test_without_a_database_the_house_is_down(client, monkeypatch):
    def away(**_):
        raise OperationalError("server at db.internal refuses user house")

    monkeypatch.setattr(health.WorkerPulse.objects, "aggregate", away)
    answer = client.get("/health/")
    assert answer.status_code == 503
    assert answer.json() == {"status": "down", "database": "away", "worker": "unknown", "disk": "ok"}


def test_a_full_disk_is_down(client, worker, monkeypatch):
    monkeypatch.setattr(health, "LEAST_FREE", 2**62)
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()["disk"]) == (503, "full")


def test_one_question_is_asked_of_the_database(client, worker, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get("/health/")


def test_templates_that_fail_do_not_matter(client, worker, settings):
    settings.TEMPLATES = []
    assert client.get("/health/").status_code == 200


def test_nothing_can_be_posted(client, db):
    assert client.post("/health/").status_code == 405
