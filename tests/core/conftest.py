"""A ticket, its steps, its papers and the people around it."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.kit import rooms
from cms.kit.storage import private_storage
from extranet.core import doors, permissions
from extranet.core.attachments import intakes, put
from extranet.core.workflow import Steps, Transition
from tests.core.postroom import clock, reader, room_topics
from tests.core.tickets import papers_views as room
from tests.core.tickets.models import KEEPER, Status, Ticket
from tests.kit import photographs

__all__ = ["clock", "reader", "room_topics"]


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
    """Grant what tickets need beside what the house's own rooms have granted."""
    monkeypatch.setattr(permissions, "_grants", permissions.RuleSet(permissions._grants))
    room.grant()


@pytest.fixture(autouse=True)
def asker(monkeypatch):
    """Who asks once more: lets everybody in unless it has an ``answer``; ``within`` is what it was asked."""
    said = SimpleNamespace(answer=None, within=[])

    def ask(request, within):
        said.within.append(within)
        return said.answer

    monkeypatch.setattr(doors, "_ask", [ask])
    return said


@pytest.fixture(autouse=True)
def _registered(monkeypatch):
    monkeypatch.setattr(intakes, "_intakes", {})
    intakes.register(room.INTAKE)


@pytest.fixture
def stand(monkeypatch):
    """Let only these rooms stand."""

    def let(*wanted):
        monkeypatch.setattr(rooms, "_rooms", {})
        for one in wanted:
            rooms.register(one)

    return let


@pytest.fixture
def keeper(person):
    return person(name=KEEPER)


@pytest.fixture
def ticket(person):
    return Ticket.objects.create(holder=person())


@pytest.fixture
def lying(settings, tmp_path, monkeypatch):
    """Give the files a folder of their own; return what lies in it."""
    settings.PRIVATE_ROOT = tmp_path / "private"
    settings.KEYS_DIR = tmp_path / "keys"
    settings.PRIVATE_ROOT.mkdir()
    monkeypatch.setitem(vars(private_storage()), "location", str(settings.PRIVATE_ROOT))
    root = settings.PRIVATE_ROOT / "attachments"
    return lambda: sorted(path for path in root.rglob("*") if path.is_file())


@pytest.fixture
def drop(lying):
    """Put a file into somebody's tray."""

    def into(owner, content=None, name="证明.jpg", slot="proof"):
        content = content or photographs.camera_jpeg(60, 40)
        return put(owner, form="tickets", slot=slot, upload=photographs.upload(content, name))

    return into


@pytest.fixture
def connection_count(db):
    """Return how many queries something asks."""

    def count(ask):
        with CaptureQueriesContext(connection) as asked:
            ask()
        return len(asked)

    return count
