"""What a difference says of one subject, found in its file without reading the rest."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from clipgraph.errors import Unavailable
from clipgraph.rdf.terms import DefaultGraph, Literal, NamedNode, Quad
from clipgraph.releases import sorting
from clipgraph.releases.change import Change
from clipgraph.releases.commit import Origin, commit
from clipgraph.releases.differences import make_difference, read_index, read_statements
from clipgraph.releases.edits import known
from clipgraph.releases.policy import Policy
from clipgraph.releases.release import OWN, Release
from clipgraph.releases.shelf import Shelf
from clipgraph.releases.subjects import read_saying
from testing_releases import passes

Commit = Callable[..., Release]


def first(shelf: Shelf, subjects: list[str], values: int = 1) -> Path:
    """Return the difference that a first release with these subjects is."""
    quads = tuple(
        Quad(NamedNode(iri), NamedNode("urn:p"), Literal(f"value {number}"), DefaultGraph())
        for iri in subjects
        for number in range(values)
    )
    with shelf.lock():
        commit(shelf, known(Change(quads)), Policy(default_graph=OWN), passes, Origin("me", "why"))
    return make_difference(shelf, 0, 1)


def subjects(folder: Path, iri: str, most: int = 100) -> list[str]:
    return [each.subject["value"] for each in read_saying(folder, iri, most).statements]


def test_a_subject_comes_before_its_parts_and_without_its_neighbours(shelf: Shelf) -> None:
    folder = first(shelf, ["urn:a", "urn:a-b", "urn:a.b", "urn:a/x/1", "urn:a/y", "urn:aa", "urn:", "urn:b"])

    assert subjects(folder, "urn:a") == ["urn:a", "urn:a/x/1", "urn:a/y"]
    assert subjects(folder, "urn:a/x") == ["urn:a/x/1"]
    assert subjects(folder, "urn:nothing") == []
    assert subjects(folder, "urn:zzz") == []
    assert subjects(folder, "") == []


def test_no_more_than_asked_for_are_read(shelf: Shelf) -> None:
    folder = first(shelf, ["urn:a", "urn:a/b"], values=5)

    for most, more in ((4, True), (5, True), (9, True), (10, False), (11, False)):
        saying = read_saying(folder, "urn:a", most)
        assert (len(saying.statements), saying.more) == (min(most, 10), more)


def test_letters_of_every_kind(shelf: Shelf) -> None:
    names = ["urn:é", "urn:ä/ö", "urn:\u4f60", "urn:%22", "urn:e"]
    folder = first(shelf, names)

    assert [subjects(folder, name) for name in names] == [[name] for name in names]


def test_the_removed_stand_before_what_took_their_place(shelf: Shelf, make: Commit) -> None:
    make(1, 2)
    make(3, -1)
    folder = make_difference(shelf, 1, 2)

    assert [each.added for each in read_saying(folder, "urn:1", 5).statements] == [False]
    assert [each.added for each in read_saying(folder, "urn:3", 5).statements] == [True]
    assert read_saying(folder, "urn:2", 5).statements == []


def test_what_does_not_go_into_memory_is_sorted_too(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sorting, "_MOST_BYTES", 1000)
    names = [f"urn:{number * 37 % 100}" for number in range(100)]
    folder = first(shelf, names)
    index = read_index(folder)
    assert index
    found = [each.subject["value"] for each in read_statements(folder, index, 0)]

    assert found == sorted(names, key=lambda name: name + '"')


def test_a_difference_of_another_form_is_made_again(shelf: Shelf, make: Commit) -> None:
    make(1)
    folder = make_difference(shelf, 0, 1)
    told = json.loads((folder / "index.json").read_text())
    (folder / "index.json").write_text(json.dumps(told | {"form": 1}))
    (folder / "statements.jsonl").write_text("of another form\n")

    assert read_index(folder) is None
    make_difference(shelf, 0, 1)
    assert read_index(folder)
    assert subjects(folder, "urn:1") == ["urn:1"]


def test_a_damaged_file_is_said(shelf: Shelf) -> None:
    folder = first(shelf, ["urn:a"])
    file = folder / "statements.jsonl"
    file.write_bytes(file.read_bytes().replace(b'"added"', b'"adde'))

    with pytest.raises(Unavailable, match="cannot be read"):
        read_saying(folder, "urn:a", 5)


@given(st.data())
def test_halving_finds_what_reading_all_finds(
    tmp_path_factory: pytest.TempPathFactory, data: DataObject
) -> None:
    name = st.text("ab/-é", max_size=5)
    names = sorted(data.draw(st.lists(name, max_size=30)))
    folder = tmp_path_factory.mktemp("difference")
    told = [
        {
            "subject": {"type": "uri", "value": each},
            "property": "urn:p",
            "added": True,
            "value": {},
            "graph": "",
        }
        for each in names
    ]
    lines = sorted(json.dumps(each, ensure_ascii=False).encode() + b"\n" for each in told)
    (folder / "statements.jsonl").write_bytes(b"".join(lines))
    wanted = data.draw(name)

    expected = sorted(each for each in names if each == wanted or each.startswith(wanted + "/"))
    assert sorted(subjects(folder, wanted)) == expected
