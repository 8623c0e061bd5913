"""The shelf: what is kept is whole or not there; a disk that takes nothing stops nobody."""

import os
import time
from pathlib import Path

import pytest

from cms.kit.shelf import REMEMBERED, FileShelf


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "pages"


@pytest.fixture
def shelf(folder):
    return FileShelf(folder, {"TIMEOUT": 60})


def only_file(folder):
    (path,) = folder.iterdir()
    return path


def test_what_is_kept_is_read_by_another_process(shelf, folder):
    shelf.set("a", ("页", b"\0bytes", {"x": 1}))
    assert FileShelf(folder, {}).get("a") == ("页", b"\0bytes", {"x": 1})
    assert shelf.get("b") is None
    assert shelf.get_many(["a", "b"]) == {"a": ("页", b"\0bytes", {"x": 1})}


def test_a_new_value_takes_the_place_of_the_old_for_everybody(shelf, folder):
    other = FileShelf(folder, {})
    for value in ("one", "two", "six"):  # of one length: only the file itself tells them apart
        shelf.set("a", value)
        assert (shelf.get("a"), other.get("a")) == (value, value)
    assert len(list(folder.iterdir())) == 1


def test_what_has_ended_is_not_there(shelf):
    shelf.set("a", 1, timeout=-1)
    shelf.set("b", 1, timeout=0.05)
    shelf.set("c", 1, timeout=None)
    assert shelf.get("b") == 1
    time.sleep(0.06)
    assert [shelf.get(key) for key in "abc"] == [None, None, 1]
    assert shelf.touch("c", 60) is True
    assert shelf.touch("a", 60) is False


@pytest.mark.parametrize("damage", [b"", b"abc", None, "cut", "flipped"])
def test_a_torn_file_counts_as_missing_and_can_be_replaced(shelf, folder, damage):
    shelf.set("a", b"x" * 1000)
    path = only_file(folder)
    whole = path.read_bytes()
    if damage == "cut":
        path.write_bytes(whole[:500])
    elif damage == "flipped":
        path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    elif damage is None:
        path.write_bytes(bytes(len(whole)))
    else:
        path.write_bytes(damage)
    assert shelf.get("a") is None
    shelf.set("a", 2)
    assert shelf.get("a") == 2


def test_of_several_who_add_at_once_one_succeeds(shelf, folder):
    other = FileShelf(folder, {})
    assert [shelf.add("a", 1, 60), other.add("a", 2, 60), shelf.add("a", 3, 60)] == [True, False, False]
    assert shelf.get("a") == 1
    assert (shelf.delete("a"), shelf.delete("a")) == (True, False)
    assert other.add("a", 4, -1) is True
    assert shelf.add("a", 5, 60) is True  # what was there has ended
    assert [path.name for path in folder.iterdir()] == [path.name for path in folder.glob("?" * 32)]


def test_a_disk_that_takes_nothing_keeps_nothing_old_either(shelf, folder, monkeypatch):
    shelf.set("a", "old")

    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fdopen", full)
    shelf.set("a", "new")
    assert shelf.get("a") is None
    assert list(folder.iterdir()) == []
    assert shelf.add("b", 1, 60) is True  # nobody waits for what will never lie there
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_made_stops_nobody(tmp_path):
    (tmp_path / "file").write_text("in the way")
    shelf = FileShelf(tmp_path / "file" / "pages", {})
    shelf.set("a", 1)
    shelf.clear()
    assert (shelf.get("a"), shelf.add("a", 1, 60), shelf.delete("a")) == (None, True, False)


def test_a_process_remembers_a_bounded_number_of_files(shelf):
    for number in range(REMEMBERED * 2 + 1):
        shelf.set(str(number), number)
        assert shelf.get(str(number)) == number
    assert len(shelf._read) <= REMEMBERED


def test_what_one_reader_does_to_a_value_no_other_sees(shelf):
    shelf.set("a", {"names": ["one"]})
    shelf.get("a")["names"].append("two")
    assert shelf.get("a") == {"names": ["one"]}


def test_clear_leaves_nothing(shelf, folder):
    shelf.set("a", 1)
    shelf.clear()
    assert list(Path(folder).iterdir()) == []
