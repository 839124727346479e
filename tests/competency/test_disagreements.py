"""Each point on which the sources differ is in the graph once, or its absence has a reason.

docs/disagreements.tsv is the list: a point of the reference's source-contradictions.md (which is not in the
repository), what it is about, and the node that records it or why there is none.
"""

import csv
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
import pytest

from competency.asking import ID, ask

ROOT = Path(__file__).parents[2]
BASE = "https://w3id.org/clipgraph/"
POINTS = [
    f"{part}.{number}"
    for part, numbers in [
        ("A", range(1, 11)),
        ("B", range(11, 17)),
        ("C", range(17, 21)),
        ("D", range(21, 29)),
        ("E", range(29, 41)),
        ("F", range(41, 49)),
    ]
    for number in numbers
]


class Row(NamedTuple):
    """One row of docs/disagreements.tsv."""

    point: str
    about: str
    recorded: str
    reason: str


def rows() -> list[Row]:
    with (ROOT / "docs" / "disagreements.tsv").open(encoding="utf-8") as file:
        assert next(file).startswith("# ")
        return [
            Row(row["point"], row["about"], row["recorded"], row["reason"])
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def iri(recorded: str) -> str:
    return (BASE if recorded.startswith("graph/") else ID) + recorded


def disagreements(graph: ox.Store) -> set[str]:
    kind = ox.NamedNode("https://w3id.org/clipgraph/def/Disagreement")
    a = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    found = graph.quads_for_pattern(None, a, kind, ox.DefaultGraph())
    return {quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode)}


def test_every_point_has_its_place_or_a_reason() -> None:
    assert list(dict.fromkeys(row.point for row in rows())) == POINTS
    assert not [row for row in rows() if bool(row.recorded) == bool(row.reason) or not row.about]


def test_every_disagreement_is_recorded_for_one_point(graph: ox.Store) -> None:
    recorded = Counter(iri(row.recorded) for row in rows() if row.recorded.startswith("disagreement/"))

    assert set(recorded) == disagreements(graph)
    assert set(recorded.values()) == {1}


def test_every_note_is_there(graph: ox.Store) -> None:
    notes = [iri(row.recorded) for row in rows() if row.recorded and "disagreement/" not in row.recorded]
    describes = ox.NamedNode("http://purl.org/dc/terms/description")

    assert notes
    assert not [
        note for note in notes if not any(graph.quads_for_pattern(ox.NamedNode(note), describes, None))
    ]


def test_the_question_lists_every_disagreement(graph: ox.Store) -> None:
    assert {row[0] for row in ask(graph, "cq49-disagreements", "disagreement")} == disagreements(graph)


def test_two_disagreements_never_share_their_claims(graph: ox.Store) -> None:
    claim = ox.NamedNode("https://w3id.org/clipgraph/def/hasClaim")
    sides: dict[frozenset[str], list[str]] = {}
    for one in sorted(disagreements(graph)):
        found = graph.quads_for_pattern(ox.NamedNode(one), claim, None, ox.DefaultGraph())
        sides.setdefault(frozenset(str(quad.object) for quad in found), []).append(one)
    doubles = {claims: ones for claims, ones in sides.items() if claims and len(ones) > 1}

    assert not doubles


def test_points_are_those_of_the_reference(reference: Path) -> None:
    text = (reference / "source-contradictions.md").read_text(encoding="utf-8")
    part, points = "", []
    for line in text.splitlines():
        if heading := re.match(r"## ([A-Z])\. ", line):
            part = heading[1]
        elif number := re.match(r"(\d+)\. ", line):
            points.append(f"{part}.{number[1]}")

    assert points == POINTS


@pytest.mark.parametrize(
    ("disagreement", "sides"),
    [
        ("number-of-clip-cities", {"25", "35"}),
        ("forty-million-people", {"40000000"}),
        ("number-of-council-of-europe-members", {"46"}),
        ("bases-of-stuttgart-shares", {"20", "9", "50"}),
    ],
)
def test_figures_stand_as_the_sources_state_them(graph: ox.Store, disagreement: str, sides: set[str]) -> None:
    found = graph.query(
        f"SELECT ?value {{ <{ID}disagreement/{disagreement}> <{BASE}def/hasClaim> ?claim . "
        "?claim <http://purl.org/linked-data/sdmx/2009/measure#obsValue> ?value }"
    )
    assert isinstance(found, ox.QuerySolutions)
    assert {row["value"].value for row in found} == sides
