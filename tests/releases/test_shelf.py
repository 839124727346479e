"""The folder of releases."""

import subprocess
import sys
from pathlib import Path

import pytest

from clipgraph.errors import NotFound, Unavailable
from clipgraph.releases.shelf import Shelf

LOCKED = """
import fcntl, sys
with open(sys.argv[1], "w") as file:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print("locked")
"""


def test_a_new_shelf_is_empty(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "none")

    assert (shelf.current_number(), shelf.current(), shelf.numbers()) == (None, None, [])
    with pytest.raises(NotFound, match="release 1"):
        shelf.read(1)


@pytest.mark.parametrize("content", ["", "one", "1.5", "1 2"])
def test_a_broken_pointer_is_named(shelf: Shelf, content: str) -> None:
    (shelf.root / "current").write_text(content)

    with pytest.raises(Unavailable, match="current cannot be read"):
        shelf.current_number()


def test_a_pointer_to_nothing_is_no_wrong_request(shelf: Shelf) -> None:
    (shelf.root / "current").write_text("9")

    with pytest.raises(Unavailable, match="names release 9"):
        shelf.current()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(Unavailable, match=r"cannot write to .*file.*--data"):
        Shelf(tmp_path / "file" / "data").prepare()


def test_preparing_twice_is_fine_and_strangers_are_no_releases(shelf: Shelf) -> None:
    shelf.prepare()
    for name in ("10", "9", "x", "9.bak"):
        (shelf.releases / name).mkdir()

    assert shelf.numbers() == [9, 10]


def test_the_lock_holds_across_processes(shelf: Shelf) -> None:
    command = [sys.executable, "-c", LOCKED, str(shelf.root / "lock")]

    with shelf.lock():
        inside = subprocess.run(command, capture_output=True, check=True).stdout
    after = subprocess.run(command, capture_output=True, check=True).stdout

    assert (inside, after) == (b"locked\n", b"")


def test_sweeping_keeps_what_is_finished(shelf: Shelf) -> None:
    for number in (1, 2, 3):
        (shelf.releases / str(number)).mkdir()
    (shelf.staging / "x" / "y").mkdir(parents=True)
    (shelf.root / "current").write_text("2\n")

    shelf.sweep()

    assert shelf.numbers() == [1, 2]
    assert list(shelf.staging.iterdir()) == []


def test_finishing_switches_the_pointer(shelf: Shelf) -> None:
    staged = shelf.staging / "x"
    staged.mkdir()
    (staged / "file").write_text("content")

    shelf.finish(staged, 4)

    assert shelf.current_number() == 4
    assert (shelf.releases / "4" / "file").read_text() == "content"
    assert not (shelf.root / "current.new").exists()


def test_a_lost_pointer_takes_no_release_away(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.prepare()
    for number in (1, 2):
        (shelf.releases / str(number)).mkdir()

    with pytest.raises(Unavailable, match="current is missing"):
        shelf.sweep()
    assert shelf.numbers() == [1, 2]
