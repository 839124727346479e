"""Stores with guests beside a release: what they hold after publishes, writes and rollbacks."""

import asyncio
import os
from pathlib import Path

import pytest

from clipgraph.errors import InputError
from clipgraph.guests.building import build_beside, build_files, count_triples
from clipgraph.guests.files import digest_of, guest_files
from clipgraph.guests.guests import Bounds, load
from clipgraph.guests.places import beside_folder, files_folder, hold
from clipgraph.rdf.terms import NamedNode, Quad, Store
from clipgraph.releases.change import Change
from clipgraph.releases.commit import Origin, commit
from clipgraph.releases.edits import known
from clipgraph.releases.history import open_release, rollback
from clipgraph.releases.policy import Policy
from clipgraph.releases.release import Release
from clipgraph.releases.shelf import Shelf
from clipgraph.sources.graphs import INFERENCES
from clipgraph.sparql.library import LibraryQuery, rules_digest
from testing_releases import HIDDEN, passes, quad

ORIGIN = Origin("a", "m")
GUEST = Quad(NamedNode("urn:guest"), NamedNode("urn:p"), NamedNode("urn:1"), NamedNode("urn:mine"))
RULES = [LibraryQuery("twice", "CONSTRUCT { ?s <urn:twice> ?o } WHERE { ?s <urn:p> ?o }", {})]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    shelf = Shelf(tmp_path / "data")
    shelf.prepare()
    return shelf


@pytest.fixture
def digest(shelf: Shelf, tmp_path: Path) -> str:
    """One file, read."""
    path = tmp_path / "mine.nq"
    path.write_text(f"{GUEST} .\n")
    files = guest_files([str(path)])
    digest = digest_of(files)
    hold(shelf, digest).close()
    build_files(shelf, digest, files)
    return digest


def committed(shelf: Shelf, added: tuple[Quad, ...], removed: tuple[Quad, ...] = ()) -> Release:
    policy = Policy(RULES, rules_digest(RULES))
    with shelf.lock():
        return commit(shelf, known(Change(added, removed)), policy, passes, ORIGIN)


def beside(shelf: Shelf, digest: str, number: int) -> set[Quad]:
    build_beside(shelf, digest, number)
    return set(Store.read_only(str(beside_folder(shelf, number, digest) / "store")))


def test_a_release_and_the_guests_are_there_and_nothing_else(shelf: Shelf, digest: str) -> None:
    release = committed(shelf, (quad(1), quad(2, HIDDEN)))

    assert count_triples(shelf, digest) == {"urn:mine": 1}
    assert beside(shelf, digest, release.number) == {*open_release(shelf, release.number), GUEST}


def test_later_releases_are_followed_by_their_patches(shelf: Shelf, digest: str) -> None:
    first = committed(shelf, (quad(1), quad(2), quad(1, "urn:h")))
    beside(shelf, digest, first.number)
    committed(shelf, (quad(3), quad(4, HIDDEN)), (quad(1), quad(2)))  # nobody asks this one
    third = committed(shelf, (quad(5),), (quad(1, "urn:h"), quad(3)))
    fourth = rollback(shelf, first.number, RULES, ORIGIN)

    for number in (third.number, fourth.number):
        expected = {*open_release(shelf, number), GUEST}
        assert any(each.graph_name == NamedNode(INFERENCES) for each in expected)
        assert beside(shelf, digest, number) == expected


def test_the_way_by_patches_is_taken_and_not_only_the_long_one(shelf: Shelf, digest: str) -> None:
    first = committed(shelf, (quad(1),))
    beside(shelf, digest, first.number)
    second = committed(shelf, (quad(2),))
    (files_folder(shelf, digest) / "store").rename(shelf.root / "elsewhere")  # what the long way reads

    assert beside(shelf, digest, second.number) == {*open_release(shelf, second.number), GUEST}


def test_a_release_whose_forebears_are_gone_is_made_the_long_way(shelf: Shelf, digest: str) -> None:
    first = committed(shelf, (quad(1),))
    beside(shelf, digest, first.number)
    second = committed(shelf, (quad(2),))
    third = committed(shelf, (quad(3),))
    shelf.patch_path(second.number).unlink()

    assert beside(shelf, digest, third.number) == {*open_release(shelf, third.number), GUEST}


def test_a_graph_that_a_release_has_is_the_releases(shelf: Shelf, digest: str) -> None:
    first = committed(shelf, (quad(1),))
    beside(shelf, digest, first.number)
    second = committed(shelf, (quad(2, "urn:mine"),))
    third = committed(shelf, (quad(3),), (quad(2, "urn:mine"),))

    assert beside(shelf, digest, second.number) == set(open_release(shelf, second.number))
    assert beside(shelf, digest, third.number) == {*open_release(shelf, third.number), GUEST}


def test_files_that_cannot_be_read_leave_nothing_and_all_are_told(shelf: Shelf, tmp_path: Path) -> None:
    texts = {
        "a.ttl": "<urn:s> <urn:p>",
        "b.nq": f"<urn:s> <urn:p> <urn:o> <{INFERENCES}> .",
        "c.ttl": "<urn:s> <urn:p> 1 .",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    files = guest_files([str(tmp_path / name) for name in texts])
    hold(shelf, "d").close()

    with pytest.raises(InputError) as raised:
        build_files(shelf, "d", files)

    first, second = str(raised.value).splitlines()
    assert first.startswith(f"{tmp_path / 'a.ttl'}:1:")
    assert f"{tmp_path / 'b.nq'}: the graph <{INFERENCES}> would be one of clipgraph's own" in second
    assert not list((shelf.root / "derived/guests").glob("*.d/*"))


def test_a_name_that_a_graph_of_the_release_has_is_refused(shelf: Shelf, tmp_path: Path) -> None:
    committed(shelf, (quad(1, "urn:mine"),))
    (tmp_path / "mine.ttl").write_text("<urn:s> <urn:p> 1 .")
    files = guest_files([f"urn:mine={tmp_path / 'mine.ttl'}"])

    with pytest.raises(InputError, match="release 1 has a graph <urn:mine> already: name yours otherwise"):
        asyncio.run(load(shelf, files, Bounds(2**30, 60)))


def test_what_no_process_serves_any_more_is_taken_away(shelf: Shelf, digest: str) -> None:
    release = committed(shelf, (quad(1),))
    beside(shelf, digest, release.number)
    folder = shelf.root / "derived/guests"

    with hold(shelf, digest), hold(shelf, "another"):
        assert {path.name for path in folder.glob(f"*.{digest}")} > {f"files.{digest}", f"1.{digest}"}
    hold(shelf, "another").close()

    assert not list(folder.glob(f"*.{digest}"))


def test_only_the_last_ones_made_are_kept(shelf: Shelf, digest: str) -> None:
    numbers = [committed(shelf, (quad(number),)).number for number in range(7)]
    for age, number in enumerate(numbers):
        build_beside(shelf, digest, number)
        os.utime(beside_folder(shelf, number, digest), (age, age))

    assert [beside_folder(shelf, number, digest).exists() for number in numbers] == [False] * 2 + [True] * 5
