"""A ticket, its steps and the people around it."""

import pytest
import rules

from cms.kit import rooms
from extranet.core import permissions
from extranet.core.workflow import Steps, Transition
from tests.core.tickets.models import KEEPER, Status, Ticket


@rules.predicate
def is_keeper(user, ticket):
    return user.name == KEEPER


@rules.predicate
def is_holder(user, ticket):
    return ticket.holder_id == user.pk


def step(verb, permission, sources, target, **more):
    return Transition(
        verb=verb, label=verb, done=verb, permission=f"tickets.{permission}",
        sources=frozenset(sources), target=target, **more,
    )  # fmt: skip


STEPS = Steps(
    (
        step("approve", "decide", {Status.HANDED_IN}, Status.APPROVED),
        step("return", "decide", {Status.HANDED_IN}, Status.RETURNED, note="required"),
        step("resend", "own", {Status.RETURNED}, Status.HANDED_IN),
    )
)


@pytest.fixture(autouse=True)
def _granted(monkeypatch):
    monkeypatch.setattr(permissions, "_grants", permissions.RuleSet())
    permissions.grant("tickets.decide", is_keeper & ~is_holder)
    permissions.grant("tickets.own", is_holder)
    permissions.grant("tickets.export", is_keeper)


@pytest.fixture
def stand(monkeypatch):
    """Let only these rooms stand."""

    def let(*wanted):
        monkeypatch.setattr(rooms, "_rooms", {})
        for room in wanted:
            rooms.register(room)

    return let


@pytest.fixture
def keeper(person):
    return person(name="管理员甲")


@pytest.fixture
def ticket(person):
    return Ticket.objects.create(holder=person())
