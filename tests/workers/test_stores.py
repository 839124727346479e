"""Stores: releases stay open, and a merge gives a triple once whatever it costs to know that."""

from pathlib import Path
from typing import Any

import pytest

from clipgraph.rdf.terms import BlankNode, NamedNode, Quad, Store
from clipgraph.workers.datasets import Dataset
from clipgraph.workers.stores import Stores, Unreadable

P = NamedNode("urn:p")
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
NAMED = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"


def release(path: Path, **graphs: range) -> str:
    store = Store(str(path))
    store.extend(
        Quad(NamedNode(f"urn:{number}"), P, BlankNode("b"), NamedNode(f"urn:{name}"))
        for name, numbers in graphs.items()
        for number in numbers
    )
    store.flush()
    return str(path)


def number(rows: Any) -> int:  # noqa: ANN401
    return int(next(rows)["n"].value)


def urns(names: str) -> tuple[str, ...]:
    return tuple(f"urn:{name}" for name in names)


def test_the_last_two_releases_stay_open(tmp_path: Path) -> None:
    paths = [release(tmp_path / name) for name in "abc"]
    stores = Stores()
    first = stores.open(paths[0])

    stores.open(paths[1])
    assert stores.open(paths[0]) is first
    stores.open(paths[2])
    assert stores.open(paths[0]) is first
    assert list(stores._open) == [paths[2], paths[0]]  # noqa: SLF001


def test_what_is_not_there_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="absent"):
        Stores().open(str(tmp_path / "absent"))


@pytest.mark.parametrize(
    ("default", "named", "triples", "in_named"),
    [
        ("", "", 0, 0),
        ("a", "", 10, 0),
        ("ab", "", 15, 0),
        ("ba", "", 15, 0),
        ("abc", "", 18, 0),
        ("ac", "", 13, 0),
        ("ab", "ab", 15, 20),
        ("ab", "c", 15, 3),
        ("ax", "", 10, 0),
        ("x", "x", 0, 0),
        ("", "ab", 0, 20),
    ],
)
def test_a_merge_gives_a_triple_once(
    tmp_path: Path, default: str, named: str, triples: int, in_named: int
) -> None:
    path = release(tmp_path / "r", a=range(10), b=range(5, 15), c=range(20, 23))
    dataset = Dataset(urns(default), urns(named))
    stores = Stores()

    for _ in range(2):  # found out, then remembered
        assert number(stores.query(path, COUNT, None, dataset)) == triples
        assert number(stores.query(path, NAMED, None, dataset)) == in_named


def test_blank_nodes_are_the_same_in_a_merge_as_in_its_graphs(tmp_path: Path) -> None:
    path = release(tmp_path / "r", a=range(2), b=range(1, 3))

    rows = Stores().query(path, "SELECT DISTINCT ?o { ?s ?p ?o }", None, Dataset(urns("ab"), ()))

    assert [row["o"] for row in rows] == [BlankNode("b")]


def test_graphs_without_a_shared_triple_are_not_copied(tmp_path: Path) -> None:
    path = release(tmp_path / "r", a=range(10), b=range(5, 15), c=range(20, 23))
    stores = Stores()

    stores.query(path, COUNT, None, Dataset(urns("ac"), ()))
    assert not stores._open[path].copies  # noqa: SLF001
    stores.query(path, COUNT, None, Dataset(urns("ab"), ()))
    stores.query(path, COUNT, None, Dataset(urns("ba"), ()))
    assert len(stores._open[path].copies) == 1  # noqa: SLF001


def test_few_copies_are_kept_and_no_large_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = release(tmp_path / "r", a=range(10), b=range(5, 15), c=range(8, 30))
    stores = Stores()
    for names in ("ab", "bc", "ac", "abc"):
        stores.query(path, COUNT, None, Dataset(urns(names), ()))
    kept = [sorted(dataset.default) for dataset in stores._open[path].copies]  # noqa: SLF001

    monkeypatch.setattr("clipgraph.workers.stores._LARGEST_KEPT", 20)
    assert number(stores.query(path, COUNT, None, Dataset(urns("abc"), urns("a")))) == 30

    assert kept == [list(urns("ac")), list(urns("abc"))]
    assert [sorted(dataset.default) for dataset in stores._open[path].copies] == kept  # noqa: SLF001
