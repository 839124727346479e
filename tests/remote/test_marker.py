"""The marker: what is written comes back, and what is broken tells nothing."""

import json
from collections.abc import Iterable
from dataclasses import replace

import pyoxigraph as ox
import pytest

from clipgraph.releases.release import GraphRecord, Release
from clipgraph.remote import marker
from clipgraph.remote.marker import MERGE, NAMED, Publication, read_publication

RECORD = GraphRecord("data", "files", 7, "ab" * 32, "ab" * 32)
GRAPHS = {"urn:a": RECORD, "urn:b": GraphRecord("evidence", "service", 2, "cd" * 32)}
RELEASE = Release(
    4, 3, "2026-01-02T03:04:05+00:00", "é", 'a "message"\n\\', 9, "none", GRAPHS, digest="ef" * 32
)


def rows(store: ox.Store) -> list[dict[str, str]]:
    found = store.query(marker.ALL)
    assert isinstance(found, ox.QuerySolutions)
    return [{"node": row["node"].value, "text": row["text"].value} for row in found]


def run(store: ox.Store, updates: Iterable[str]) -> Publication:
    for update in updates:
        store.update(update)
    return read_publication(rows(store))


def test_nothing_is_published_at_first() -> None:
    publication = run(ox.Store(), ())

    assert publication == Publication()
    assert not publication.settled


def published() -> list[str]:
    """Return the updates of a whole push."""
    return [marker.begin("one"), *marker.record("one", GRAPHS), marker.finish("one", RELEASE, NAMED)]


def test_a_release_comes_back_as_it_was_pushed() -> None:
    store = ox.Store()
    begun = run(store, [marker.begin("one")])
    merge = GraphRecord("merge", "push", 9, RELEASE.digest)
    recorded = run(store, marker.record("one", GRAPHS | {MERGE: merge}))
    done = run(store, [marker.finish("one", RELEASE, NAMED)])

    assert (begun.pushes, begun.settled, begun.release) == (("one",), False, None)
    assert (recorded.records, recorded.settled) == (GRAPHS | {MERGE: merge}, False)
    assert done == Publication(RELEASE, NAMED, (), GRAPHS | {MERGE: merge})
    assert done.settled
    assert set(done.graphs) == {"urn:a", "urn:b"}


def test_the_state_is_told_apart_without_the_records() -> None:
    store = ox.Store()
    run(store, [*published(), marker.begin("two")])
    found = store.query(marker.STATE)
    assert isinstance(found, ox.QuerySolutions)

    texts = sorted(row["text"].value for row in found)

    assert texts[0] == "two"
    assert json.loads(texts[1])["number"] == 4


def test_a_push_takes_the_place_of_one_that_broke_off() -> None:
    store = ox.Store()
    run(store, [*published(), marker.begin("one")])

    assert run(store, [marker.begin("two")]).pushes == ("two",)
    assert run(store, [marker.take_back("two")]).settled


def test_what_a_push_says_is_not_taken_once_another_has_begun() -> None:
    store = ox.Store()
    run(store, [*published(), marker.begin("two"), *marker.record("two", {"urn:a": marker.unknown(RECORD)})])
    older = [*marker.record("one", GRAPHS | {"urn:b": None}), marker.take_back("one")]
    later = run(store, [*older, marker.finish("one", replace(RELEASE, number=9), NAMED)])

    assert (later.pushes, later.release and later.release.number) == (("two",), 4)
    assert (later.records["urn:a"].digest, later.records["urn:b"]) == ("", GRAPHS["urn:b"])
    assert run(store, [marker.finish("two", RELEASE, NAMED)]).settled


def test_records_are_replaced_and_taken_away() -> None:
    store = ox.Store()
    many = {f"urn:{number}": RECORD for number in range(250)}
    run(store, [marker.begin("one"), *marker.record("one", many)])
    publication = run(store, marker.record("one", {"urn:1": marker.unknown(RECORD), "urn:2": None}))

    assert publication.records["urn:1"].digest == ""
    assert "urn:2" not in publication.records
    assert len(publication.records) == 249


def test_what_is_broken_tells_nothing() -> None:
    store = ox.Store()
    run(store, published())
    told = rows(store)
    node = next(row["node"] for row in told if '"urn:a"' in row["text"])
    twice = read_publication([*told, {"node": node, "text": json.dumps({"graph": "urn:a"})}])
    no_json = read_publication([*(row for row in told if row["node"] != node), {"node": node, "text": "{"}])
    release = next(row["node"] for row in told if row["node"].endswith("#release"))
    two_releases = read_publication([*told, {"node": release, "text": "{}"}])
    other_form = read_publication(
        [
            row | {"text": row["text"].replace('"form": 1', '"form": 2')} if row["node"] == release else row
            for row in told
        ]
    )

    assert not twice.records.get("urn:a", marker.unknown(RECORD)).digest
    assert "urn:a" not in no_json.records
    assert (two_releases.release, two_releases.settled) == (None, False)
    assert (other_form.release, other_form.settled) == (None, False)


@pytest.mark.parametrize(
    "text",
    ["[1]", "[" * 100_000, '"x"', "null", json.dumps({"form": 1, "merge": "named", "number": 4})],
    ids=lambda text: text[:9],
)
def test_no_text_of_the_marker_breaks_its_reader(text: str) -> None:
    for node in (f"{marker.MARKER}#release", f"{marker.MARKER}#graph-1"):
        publication = read_publication([{"node": node, "text": text}])
        assert (publication.release, publication.records, publication.settled) == (None, {}, False)


def test_a_number_that_is_none_is_no_release() -> None:
    store = ox.Store()
    run(store, published())
    told = [row | {"text": row["text"].replace('"triples": 9', '"triples": "9"')} for row in rows(store)]

    assert read_publication(told).release is None
