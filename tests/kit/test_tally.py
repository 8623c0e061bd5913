"""The tally of throttles: one truth for threads and processes, and nobody waits long."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from cms.kit.tally import Tally

ELSEWHERE = """
import sys
from django.conf import settings
settings.configure()
from cms.kit.tally import Tally
tally = Tally(sys.argv[1], {})
print(sum(tally.add(f"lock{number}", 1, 60) for number in range(200)))
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "cache" / "tally.sqlite3"


@pytest.fixture
def tally(path):
    return Tally(path, {"TIMEOUT": 60})


def test_what_is_kept_is_there_for_others_and_its_owner_alone_may_read_the_file(tally, path):
    tally.set("a", [1.5, 2.5])
    assert Tally(path, {}).get("a") == [1.5, 2.5]
    assert tally.get("b", "nothing") == "nothing"
    assert path.stat().st_mode & 0o077 == 0


def test_only_the_first_adds(tally):
    assert tally.add("lock", 1) is True
    assert tally.add("lock", 2) is False
    assert tally.get("lock") == 1
    assert tally.delete("lock") is True
    assert tally.delete("lock") is False
    assert tally.add("lock", 3) is True


def test_what_has_ended_is_not_there_and_can_be_added_again(tally):
    tally.set("a", 1, timeout=0.05)
    tally.set("b", 1, timeout=None)
    tally.set("c", 1, timeout=0)
    assert (tally.get("a"), tally.get("b"), tally.get("c")) == (1, 1, None)
    assert tally.touch("b", 0.05) is True
    time.sleep(0.06)
    assert (tally.get("a"), tally.get("b")) == (None, None)
    assert tally.touch("a", 60) is False
    assert tally.add("a", 2) is True


def test_of_many_at_once_one_gets_each_lock_in_threads_and_in_processes(tally, path):
    tally.set("open", 1)
    others = [
        subprocess.Popen([sys.executable, "-c", ELSEWHERE, str(path)], stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    with ThreadPoolExecutor(8) as crowd:
        mine = sum(crowd.map(lambda number: tally.add(f"lock{number % 200}", 1, 60), range(1600)))
    assert mine + sum(int(other.communicate()[0]) for other in others) == 200


def test_what_has_ended_is_swept_away_in_time(tally, monkeypatch):
    monkeypatch.setattr("cms.kit.tally.SWEEP_EVERY", 1)
    tally.set("old", 1, timeout=-1)
    tally.set("new", 1)
    assert tally._do("SELECT name FROM entries").fetchall() == [(":1:new",)]


def test_a_file_taken_away_is_made_anew(tally, path):
    tally.set("a", 1)
    for file in path.parent.iterdir():
        file.unlink()
    assert tally.get("a") is None
    assert tally.add("a", 2) is True
    assert Tally(path, {}).get("a") == 2


def test_everything_can_be_thrown_away(tally):
    tally.set("a", 1)
    tally.clear()
    assert tally.get("a") is None
