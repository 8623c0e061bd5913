"""A door that asks again: opens for a recent proof, leads away without one, never stands open unguarded."""

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import RequestFactory

from extranet.core import doors


@pytest.fixture(autouse=True)
def _nobody_asks(monkeypatch):
    monkeypatch.setattr(doors, "_ask", [])


@pytest.fixture
def asked(monkeypatch):
    """What the asker was asked, and what it answers."""
    heard = {"within": [], "answer": None}

    def ask(request, within):
        heard["within"].append(within)
        return heard["answer"]

    doors.install(ask)
    return heard


@doors.reauthenticated
def plain(request, number):
    return HttpResponse(f"room {number}")


@doors.reauthenticated(within=timedelta(minutes=1))
def strict(request):
    return HttpResponse("vault")


def test_a_recent_proof_opens(asked):
    assert plain(RequestFactory().get("/"), number=7).content == b"room 7"
    assert asked["within"] == [timedelta(minutes=5)]


def test_without_one_the_answer_asks(asked):
    asked["answer"] = HttpResponse("who are you", status=302)
    assert plain(RequestFactory().get("/"), number=7).status_code == 302


def test_a_door_may_ask_for_a_fresher_proof(asked):
    assert strict(RequestFactory().post("/")).content == b"vault"
    assert asked["within"] == [timedelta(minutes=1)]


def test_the_last_who_asks_counts(asked):
    doors.install(lambda request, within: HttpResponse(status=403))
    assert strict(RequestFactory().get("/")).status_code == 403


def test_where_nobody_asks_the_door_stays_shut():
    with pytest.raises(ImproperlyConfigured):
        plain(RequestFactory().get("/"), number=7)


def test_the_view_keeps_its_name():
    assert plain.__name__ == "plain"
