"""Commits: one after the other, whole or not at all, whatever happens."""

import gc
import json
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest

from clipgraph.errors import NotValid, Unavailable
from clipgraph.rdf.terms import Store
from clipgraph.releases.change import Change
from clipgraph.releases.commit import Origin, commit
from clipgraph.releases.digest import digest
from clipgraph.releases.edits import known
from clipgraph.releases.release import Release
from clipgraph.releases.shelf import Shelf
from testing_releases import HIDDEN, POLICY, passes, quad

Commit = Callable[..., Release]

WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from testing_releases import POLICY, passes, quad
from clipgraph.releases.change import Change
from clipgraph.releases.commit import Origin, commit
from clipgraph.releases.edits import known
from clipgraph.releases.shelf import Shelf
shelf = Shelf(Path(sys.argv[1]))
shelf.prepare()
while True:
    with shelf.lock():
        number = (shelf.current_number() or 0) + 1
        commit(shelf, known(Change((quad(number),))), POLICY, passes, Origin("me", "why"))
    print(number, flush=True)
"""


def listing(shelf: Shelf) -> list[str]:
    return sorted(str(path.relative_to(shelf.root)) for path in shelf.root.rglob("*"))


def stored(shelf: Shelf, release: Release) -> Store:
    return Store.read_only(str(shelf.store_path(release.number)))


def opened(folder: Path) -> list[str]:
    """Return the files below a folder that this process has open."""
    found = []
    for descriptor in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # that of the listing itself
            found.append(str(descriptor.readlink()))
    return [path for path in found if path.startswith(str(folder))]


def test_the_store_is_closed_before_it_is_a_release_whatever_the_check_leaves(
    shelf: Shelf, make: Commit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def leaves_a_cycle(_: Store, __: Change) -> None:
        try:
            raise ValueError  # noqa: TRY301
        except ValueError as error:
            kept = error  # holds this frame, and its caller's with the store, which hold it
            assert kept.__traceback__

    seen = []
    finish = shelf.finish

    def looking(staged: Path, number: int) -> None:
        seen.append(opened(staged))
        finish(staged, number)

    monkeypatch.setattr(shelf, "finish", looking)
    gc.disable()
    try:
        make(1, check=leaves_a_cycle)
    finally:
        gc.enable()

    assert seen == [[]]


def test_numbers_rise_and_each_release_stays_as_it_was(shelf: Shelf, make: Commit) -> None:
    releases = [make(1, 2), make(3), make(-1)]

    assert [(each.number, each.parent) for each in releases] == [(1, None), (2, 1), (3, 2)]
    assert [
        len(list(stored(shelf, each).quads_for_pattern(None, None, None, quad(1).graph_name)))
        for each in releases
    ] == [2, 3, 2]
    assert shelf.current() == releases[-1]
    assert [shelf.read(number) for number in shelf.numbers()] == releases


def test_a_release_says_what_it_holds(make: Commit) -> None:
    make(1, 2)
    release = make(5, graph=HIDDEN)

    assert (release.triples, release.rules, release.author, release.message) == (2, "none", "me", "why")
    assert list(release.graphs) == [HIDDEN, "urn:g"]
    record = release.graphs["urn:g"]
    assert (record.role, record.owner, record.triples) == ("data", "files", 2)
    assert record.digest == digest([quad(2), quad(1)])


def test_a_graph_that_nobody_declared_belongs_to_the_service(make: Commit) -> None:
    assert make(1, graph="urn:other").graphs["urn:other"].owner == "service"


def test_a_check_that_raises_leaves_no_trace(shelf: Shelf, make: Commit) -> None:
    make(1)
    before = listing(shelf)

    def refuse(store: Store, _: Change) -> None:
        assert quad(2) in store
        raise NotValid("no", 1)

    with pytest.raises(NotValid):
        make(2, check=refuse)
    assert listing(shelf) == before
    assert make(3).number == 2


@pytest.mark.parametrize("current", [0, 1])
def test_what_a_crash_left_is_swept(shelf: Shelf, make: Commit, current: int) -> None:
    if current:
        make(1)
    (shelf.staging / "half" / "store").mkdir(parents=True)
    (shelf.releases / str(current + 1)).mkdir()

    release = make(2)

    assert release.number == current + 1
    assert list(shelf.staging.iterdir()) == []
    assert quad(2) in stored(shelf, release)


def test_too_little_disk_is_said_before_anything_is_staged(
    shelf: Shelf, make: Commit, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = listing(shelf)
    usage = SimpleNamespace(free=2**20)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)

    with pytest.raises(Unavailable, match="1 MiB of disk left"):
        make(1)
    assert listing(shelf) in (before, sorted([*before, "lock"]))


@pytest.mark.parametrize("damage", ["no release.json", "not json", "store gone", "pointer", "points nowhere"])
def test_a_damaged_folder_is_named_and_left_alone(shelf: Shelf, make: Commit, damage: str) -> None:
    make(1)
    folder = shelf.releases / "1"
    match damage:
        case "no release.json":
            (folder / "release.json").unlink()
        case "not json":
            (folder / "release.json").write_text("null")
        case "store gone":
            shutil.rmtree(folder / "store")
        case "pointer":
            (shelf.root / "current").write_text("one")
        case _:
            (shelf.root / "current").write_text("7")

    with pytest.raises(Unavailable, match=str(shelf.root)):
        make(2)
    assert folder.is_dir()
    assert list(shelf.staging.iterdir()) == []


def test_a_kill_at_any_instant_leaves_the_last_finished_release(shelf: Shelf) -> None:
    source = random.Random(7)  # noqa: S311
    for _ in range(12):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, shelf.root, Path(__file__).parents[1]], stdout=subprocess.PIPE
        ) as writer:
            assert writer.stdout is not None
            first = int(writer.stdout.readline())
            time.sleep(source.uniform(0, 0.1))
            writer.kill()
            said = [first, *(int(line) for line in writer.stdout if line.endswith(b"\n"))]
        current = shelf.current()
        assert current is not None
        assert current.number >= max(said)
        store = stored(shelf, current)
        assert all(quad(number) in store for number in range(1, current.number + 1))
        assert json.loads((shelf.releases / str(current.number) / "release.json").read_text())["version"] == 1


def test_a_damaged_old_release_does_not_fail_a_commit(shelf: Shelf, make: Commit) -> None:
    for number in range(1, 4):
        make(number)
    (shelf.releases / "1" / "release.json").unlink()

    assert make(9).number == 4


def test_no_number_is_used_twice_whatever_the_pointer_says(shelf: Shelf, make: Commit) -> None:
    make(1)
    make(2)
    (shelf.root / "current").write_text("1")

    release = make(3)

    assert (release.number, release.parent) == (3, 1)
    assert shelf.numbers() == [1, 3]


def test_what_is_told_before_it_is_finished_cannot_be_refused_any_more(shelf: Shelf) -> None:
    seen = []
    with shelf.lock():
        commit(
            shelf,
            known(Change((quad(1),))),
            POLICY,
            passes,
            Origin("me", "why"),
            lambda: seen.append(shelf.current_number()),
        )

    assert (seen, shelf.current_number()) == ([None], 1)
