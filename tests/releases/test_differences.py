"""What differs between two releases: counts by graph, pages of statements, made once by a worker."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from clipgraph.errors import Gone, NotFound
from clipgraph.rdf.terms import DefaultGraph, Literal, NamedNode, Quad
from clipgraph.releases import differences
from clipgraph.releases.change import Change
from clipgraph.releases.commit import Origin, commit
from clipgraph.releases.deriving import Deriver
from clipgraph.releases.differences import (
    PAGE,
    DifferenceIndex,
    GraphDifference,
    make_difference,
    read_index,
    read_statements,
)
from clipgraph.releases.edits import known
from clipgraph.releases.policy import Policy
from clipgraph.releases.release import OWN, Release
from clipgraph.releases.shelf import Shelf
from testing_releases import passes

Commit = Callable[..., Release]
MEMORY = 1 << 30


def difference(shelf: Shelf, before: int, after: int) -> tuple[Path, DifferenceIndex]:
    folder = make_difference(shelf, before, after)
    index = read_index(folder)
    assert index is not None
    return folder, index


def names(folder: Path, index: DifferenceIndex, page: int = 0) -> list[tuple[bool, str]]:
    return [(each.added, each.subject["value"]) for each in read_statements(folder, index, page)]


def test_the_first_release_is_all_new(shelf: Shelf, make: Commit) -> None:
    make(1, 2)
    folder, index = difference(shelf, 0, 1)

    assert (index.added, index.removed) == (2, 0)
    assert sorted(names(folder, index)) == [(True, "urn:1"), (True, "urn:2")]


def test_the_patch_of_a_release_and_the_comparison_of_its_stores_say_the_same(
    shelf: Shelf, make: Commit
) -> None:
    make(1, 2)
    make(3, -1, graph="urn:g")
    patched, index = difference(shelf, 1, 2)
    (shelf.releases / "2" / "change.rdfp.gz").unlink()
    told = names(patched, index)
    for path in patched.iterdir():
        path.unlink()
    patched.rmdir()
    compared, again = difference(shelf, 1, 2)

    assert told == names(compared, again) == [(False, "urn:1"), (True, "urn:3")]
    assert index == again


def test_it_is_told_by_graph_and_backwards_too(shelf: Shelf, make: Commit) -> None:
    make(1)
    make(2, graph="urn:h")
    make(3, 4, graph="urn:k")
    _, index = difference(shelf, 1, 3)
    _, back = difference(shelf, 3, 1)

    assert index.graphs == [GraphDifference("urn:h", 1, 0), GraphDifference("urn:k", 2, 0)]
    assert back.graphs == [GraphDifference("urn:h", 0, 1), GraphDifference("urn:k", 0, 2)]


def test_pages_are_read_from_where_they_begin(shelf: Shelf, make: Commit) -> None:
    make(*range(1, 2 * PAGE + 2))
    folder, index = difference(shelf, 0, 1)
    pages = [names(folder, index, page) for page in range(3)]

    assert [len(page) for page in pages] == [PAGE, PAGE, 1]
    assert len({name for page in pages for name in page}) == 2 * PAGE + 1
    with pytest.raises(NotFound, match="no page 4"):
        read_statements(folder, index, 3)


def test_a_release_that_changes_nothing_stated_has_no_pages(shelf: Shelf, make: Commit) -> None:
    make(1)
    folder, index = difference(shelf, 1, 1)

    assert (index.added, index.removed, index.graphs) == (0, 0, [])
    with pytest.raises(NotFound):
        read_statements(folder, index, 0)


def test_terms_of_every_kind_come_back(shelf: Shelf) -> None:
    values = [
        Literal('a\n"b" é', language="fr"),
        Literal("7", datatype=NamedNode("urn:t")),
        Literal("x" * 5000),
    ]
    quads = [Quad(NamedNode("urn:s"), NamedNode("urn:p"), value, DefaultGraph()) for value in values]
    with shelf.lock():
        policy = Policy(default_graph=OWN)
        commit(shelf, known(Change(tuple(quads))), policy, passes, Origin("me", "why"))
    folder, index = difference(shelf, 0, 1)
    found = {each.value["value"][:3]: each.value for each in read_statements(folder, index, 0)}

    assert found['a\n"'] == {"type": "literal", "value": 'a\n"b" é', "xml:lang": "fr"}
    assert found["7"] == {"type": "literal", "value": "7", "datatype": "urn:t"}
    assert len(found["xxx"]["value"]) == 2001
    assert index.graphs == [GraphDifference("", 3, 0)]


def test_only_so_many_are_kept(shelf: Shelf, make: Commit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(differences, "_KEPT", 2)
    for number in (1, 2, 3):
        make(number)
    for pair in ((0, 1), (1, 2), (2, 3)):
        folder, _ = difference(shelf, *pair)

    assert sorted(path.name for path in folder.parent.iterdir()) == ["1-2", "2-3"]


def test_a_damaged_index_is_no_index(shelf: Shelf, make: Commit) -> None:
    make(1)
    folder, _ = difference(shelf, 0, 1)
    (folder / "index.json").write_text("{")

    assert read_index(folder) is None


def run(work: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401
    return asyncio.run(work)


def test_a_worker_makes_it_once(shelf: Shelf, make: Commit) -> None:
    make(1)
    make(2)

    async def ask() -> tuple[DifferenceIndex, DifferenceIndex, int]:
        deriver = Deriver(shelf, MEMORY, 4)
        try:
            first = await deriver.difference(1, 2, 30, "me")
            made = (shelf.root / "derived/differences/1-2").stat().st_mtime_ns
            second = await deriver.difference(1, 2, 30, "me")
            again = (shelf.root / "derived/differences/1-2").stat().st_mtime_ns
            statements = await deriver.statements(first, 0)
        finally:
            await deriver.close()
        assert [each.subject["value"] for each in statements] == ["urn:2"]
        return first, second, again - made

    first, second, moved = run(ask())

    assert first == second
    assert first.added == 1
    assert moved == 0


def test_releases_that_are_not_there_are_said_to_be_so(shelf: Shelf, make: Commit) -> None:
    for number in (1, 2, 3):
        make(number)
    (shelf.releases / "1").rename(shelf.root / "elsewhere")

    async def ask(before: int, after: int) -> None:
        deriver = Deriver(shelf, MEMORY, 4)
        try:
            await deriver.difference(before, after, 30, "me")
        finally:
            await deriver.close()

    with pytest.raises(Gone, match="release 1 is no longer kept"):
        run(ask(1, 3))
    run(ask(1, 2))  # its own patch leads from its parent
    with pytest.raises(NotFound, match="no release 9"):
        run(ask(2, 9))
    with pytest.raises(NotFound, match="compared with nothing"):
        run(ask(0, 2))
