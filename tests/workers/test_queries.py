"""The job of a worker, run in this process on a tiny store."""

import json
from pathlib import Path
from typing import Any

import pytest

from clipgraph.rdf.terms import Literal, NamedNode, Quad, Store
from clipgraph.workers.frames import DATA, HEAD, HEADER, PIECE
from clipgraph.workers.output import Unwritable
from clipgraph.workers.queries import NoFormat, answer
from clipgraph.workers.stores import Stores

P = NamedNode("urn:x#p")
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    made = Store(str(tmp_path / "store"))
    made.extend(Quad(P, P, Literal(f"{number:05} é")) for number in range(10_000))
    made.flush()
    return tmp_path / "store"


def frames(store: Path, query: str, **changes: Any) -> list[tuple[bytes, bytes]]:  # noqa: ANN401
    job = {
        "store": str(store),
        "query": query,
        "base": None,
        "compress_from": None,
        "results": "csv",
        "graph": "turtle",
        "prefixes": {"x": "urn:x#"},
    }
    sent: list[bytes] = []
    answer(Stores(), job | {"default_graphs": None, "named_graphs": None} | changes, sent.append)
    for each in sent:
        assert HEADER.unpack(each[: HEADER.size])[1] == len(each) - HEADER.size
    return [(each[:1], each[HEADER.size :]) for each in sent]


def test_a_large_answer_comes_in_pieces(store: Path) -> None:
    found = frames(store, "SELECT ?o { ?s ?p ?o }")

    pieces = [payload for kind, payload in found if kind == DATA]
    assert found[0][0] == HEAD
    assert len(pieces) > 1
    assert {len(piece) for piece in pieces[:-1]} == {PIECE}
    assert len(pieces[-1]) < PIECE
    assert b"".join(pieces).count(b"\n") == 10_001


@pytest.mark.parametrize("form", ["turtle", "ntriples", "rdfxml", "jsonld"])
def test_graphs_come_in_every_format(store: Path, form: str) -> None:
    found = frames(store, "CONSTRUCT { ?s ?p 1 } { ?s ?p ?o } LIMIT 1", graph=form)

    body = b"".join(payload for kind, payload in found if kind == DATA)
    assert json.loads(found[0][1]) == {"kind": "graph", "format": form, "encoding": ""}
    assert (b"x:p x:p" in body) is (form == "turtle")


@pytest.mark.parametrize(("query", "kind"), [("ASK {}", "results"), ("CONSTRUCT {} {}", "graph")])
def test_without_a_format_nothing_is_sent(store: Path, query: str, kind: str) -> None:
    with pytest.raises(NoFormat, match=kind):
        frames(store, query, **{kind: None})


@pytest.mark.parametrize(
    ("form", "query", "reason"),
    [
        ({"results": "xml"}, 'SELECT ("\\u0001" AS ?x) {}', "character"),
        ({"results": "xml"}, 'SELECT ("\\uFFFE" AS ?x) {}', "character"),
        ({"graph": "rdfxml"}, 'CONSTRUCT { ?s ?p "\\u000B" } { ?s ?p ?o } LIMIT 1', "character"),
        ({"graph": "rdfxml"}, "CONSTRUCT { <urn:a> <urn:1> 1 } {}", "predicate"),
        ({"graph": "rdfxml"}, "CONSTRUCT { <urn:a> <http://e/> <urn:b> } {}", "predicate"),
        ({"graph": "rdfxml"}, f"CONSTRUCT {{ <urn:a> <{RDF}li> 1 }} {{}}", "predicate"),
        (
            {"graph": "jsonld"},
            f"CONSTRUCT {{ <urn:a> <{RDF}reifies> <<( <x:a> <x:b> 1 )>> }} {{}}",
            "RDF 1.2",
        ),
    ],
)
def test_what_a_format_cannot_hold_is_said(
    store: Path, form: dict[str, str], query: str, reason: str
) -> None:
    with pytest.raises(Unwritable, match=reason):
        frames(store, query, **form)


def test_what_looks_like_it_in_a_value_is_written(store: Path) -> None:
    found = frames(store, "CONSTRUCT { <urn:a> <urn:b> '<oxprefix: >' } {}", graph="rdfxml")

    assert b"&lt;oxprefix: &gt;" in b"".join(payload for _, payload in found)
