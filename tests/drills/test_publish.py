"""Twenty editors publish while two hundred visitors read: nothing is stale, nothing mixed, nothing fails."""

import asyncio
import subprocess
import sys

import pytest

from tests.drills import publishing
from tests.drills.test_worker_killed import PATIENCE, ROOT, Ground, database_of_its_own, on_the_server
from tests.services import free_port

pytestmark = pytest.mark.drill
STORIES = EDITORS = 20
READERS = 200
SECONDS = 20


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A site of its own with a newsroom, on the database the suite runs on."""
    url, name = database_of_its_own()
    if name:
        on_the_server(f"CREATE DATABASE {name}")
    folder = tmp_path_factory.mktemp("publish")
    made = Ground(folder, url)
    made.port = free_port()
    made.environment |= {
        "STATIC_ROOT": str(folder / "static"),
        "PORT": str(made.port),
        "BASE_URL": f"http://127.0.0.1:{made.port}",
        "WEB_PROCESSES": "2",
        "WEB_THREADS": "4",
        "LOG_LEVEL": "ERROR",
    }
    made.manage("collectstatic", "--noinput", "-v0")
    made.addresses = made.ask(f"STORIES = {STORIES}\n{publishing.NEWSROOM}")
    yield made
    made.close()
    if name:
        on_the_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def web(house):
    """Two gunicorn processes, as in production."""
    command = [sys.executable, "-m", "gunicorn", "-c", "python:cms.gunicorn", "cms.wsgi"]
    process = subprocess.Popen(command, cwd=ROOT, env=house.environment)
    try:
        asyncio.run(up(house))
        yield process
    finally:
        process.terminate()
        process.wait(PATIENCE)


async def up(house):
    readers = publishing.Readers(house.port, house.addresses)
    for _try in range(600):
        try:
            status, text = await readers._get(house.addresses[1])
        except OSError:
            await asyncio.sleep(0.1)
            continue
        assert (status, "19号第1版" in text) == (200, True)
        return
    pytest.fail("the site did not start")


def test_nobody_sees_a_page_older_than_a_second_and_no_answer_mixes_two_versions(house, web, tmp_path):
    log = tmp_path / "acknowledged"
    log.touch()
    command = [sys.executable, "-c", publishing.EDITORS, str(EDITORS), str(SECONDS), str(log)]
    editors = subprocess.Popen(command, cwd=ROOT, env=house.environment)
    readers = publishing.Readers(house.port, house.addresses)
    asyncio.run(readers.read(READERS, SECONDS))
    assert editors.wait(PATIENCE) == 0
    asyncio.run(readers.read(1, 3))  # what is there in the end
    lines = [line.split() for line in log.read_text().splitlines()]
    acknowledged = [(float(at), int(number), int(version)) for at, number, version in lines]
    ages = publishing.ages(readers, acknowledged)
    told = (
        f"{len(acknowledged)} publications, {readers.answers} answers, {len(readers.seen)} sights of a story"
    )
    sys.stdout.write(f"\n{told}, {len(ages)} of them overtaken, by at most {max(ages, default=0):.2f} s\n")
    assert readers.errors == []
    assert readers.mixed == []
    assert max(ages, default=0) < 1
    assert len(acknowledged) > 2 * EDITORS
    assert readers.answers > READERS


SNAPSHOT = """
import threading
from django.db import connection
from cms.kit import cache
from home.models import NewsPage

def title():
    return NewsPage.objects.get(slug="s1").title

def publish():
    page = NewsPage.objects.get(slug="s1")
    page.title = "while it was read"
    page.save_revision().publish()
    connection.close()

before, then = title(), cache.generation()
with cache.snapshot() as number:
    inside = [title()]
    other = threading.Thread(target=publish)
    other.start()
    other.join()
    inside.append(title())
    shared = cache.shared("drill", lambda: title())
after = [title(), cache.generation() != number, cache.shared("drill", lambda: title())]
page = NewsPage.objects.get(slug="s1")
page.title = before
page.save_revision().publish()
answer = [[inside[0] == before, inside[1] == before, shared == before, number == then], after]
"""


def test_a_change_committed_while_a_page_is_made_shows_in_none_of_it(house):
    inside, after = house.ask(SNAPSHOT)
    assert inside == [True, True, True, True]
    assert after == ["while it was read", True, "while it was read"]


WRITES = """
from cms.kit import cache
from django.contrib.auth.models import Group
with cache.snapshot():
    list(Group.objects.all())
with cache.snapshot():
    pass
Group.objects.create(name="after a snapshot writing works as ever")
from django.db import connection
answer = [Group.objects.filter(name__startswith="after").count(), connection.in_atomic_block,
          getattr(connection, "transaction_mode", "IMMEDIATE")]
"""


def test_after_a_snapshot_the_connection_is_as_it_was(house):
    assert house.ask(WRITES) == [1, False, "IMMEDIATE"]
