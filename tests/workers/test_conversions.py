"""The worker that reads what another engine answers: what it hands on, and what it takes for no answer."""

import json
from collections.abc import Sequence
from typing import Any

import pytest

from clipgraph.workers.conversions import Garbled, convert
from clipgraph.workers.feeding import Abandoned
from clipgraph.workers.frames import DATA, HEADER
from clipgraph.workers.queries import NoFormat

SELECT, CONSTRUCT = "SELECT ?s { ?s ?p ?o }", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
ROWS = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"urn:1"}}]}}'
# What Virtuoso 7 answers to ASK.
ASKED = b'"vars":["__ASK_RETVAL"]},"results":{"bindings":[%s]}}'


class Fed:
    """Gives what it was told, in pieces, as the owner of a worker does."""

    def __init__(self, pieces: Sequence[bytes], form: str = "json", engine: str = "") -> None:
        self._pieces, self._head = list(pieces), {"form": form, "engine": engine}
        self.asked: dict[str, Any] = {}

    def ask(self, for_what: dict[str, Any]) -> dict[str, Any]:
        """Note what is asked for."""
        self.asked = for_what
        return self._head

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        if not self._pieces:
            return b""
        piece = self._pieces.pop(0)
        if 0 <= size < len(piece):
            self._pieces.insert(0, piece[size:])
            piece = piece[:size]
        return piece


def converted(query: str, fed: Fed, results: str | None = "csv", graph: str | None = "ntriples") -> bytes:
    """Return what a worker sends for a query that was answered so."""
    sent: list[bytes] = []
    job = {
        "query": query,
        "base": None,
        "results": results,
        "graph": graph,
        "prefixes": {"u": "urn:"},
        "compress_from": None,
    }
    convert(job, sent.append, fed)  # type: ignore[arg-type]  # all of a Feed that is used
    frames = [(piece[:1], piece[HEADER.size :]) for piece in sent]
    return b"".join(payload for kind, payload in frames if kind == DATA)


def test_rows_and_triples_in_the_format_that_is_wanted() -> None:
    triples = b'<urn:1> <urn:p> "x" .\n<urn:2> <urn:p> "y" .\n'

    assert converted(SELECT, Fed([ROWS[:20], ROWS[20:]])) == b"s\r\nurn:1\r\n"
    assert converted(CONSTRUCT, Fed([triples], "ntriples")) == triples
    assert b"u:1 u:p" in converted(CONSTRUCT, Fed([triples], "turtle"), graph="turtle")
    assert json.loads(converted(CONSTRUCT, Fed([triples], "ntriples"), graph="jsonld"))


def test_blank_nodes_of_two_answers_are_not_one() -> None:
    triple = b"_:b <urn:p> _:b .\n"

    assert converted(CONSTRUCT, Fed([triple], "ntriples")) != converted(CONSTRUCT, Fed([triple], "ntriples"))


@pytest.mark.parametrize(
    ("rows", "holds"),
    [
        (
            b'"vars":["__ASK_RETVAL"]},"results":{"bindings":[{"__ASK_RETVAL":{"type":"literal","value":"1"}}]}}',
            True,
        ),
        (
            b'"vars":["__ASK_RETVAL"]},"results":{"bindings":[{"__ASK_RETVAL":{"type":"literal","value":"0"}}]}}',
            False,
        ),
        (ASKED % b'{"__ASK_RETVAL":{"type":"literal","value":"1"}}', True),
        (ASKED % b'{"__ASK_RETVAL":{"type":"literal","value":"0"}}', False),
        (ASKED % b"", False),
        (b'"link":[]},"boolean":true}', True),
    ],
)
def test_an_answer_to_ask_is_a_boolean_one(rows: bytes, holds: bool) -> None:  # noqa: FBT001
    body = converted("ASK { ?s ?p ?o }", Fed([b'{"head":{' + rows]), results="json")

    assert json.loads(body)["boolean"] is holds


def test_values_of_virtuoso_are_mended_for_it_alone() -> None:
    value = b'"datatype": "http://www.w3.org/2001/XMLSchema#boolean", "value": "1"'
    row = b'{"s":{"type":"typed-literal", ' + value + b"}}"
    body = b'{"head":{"vars":["s"]},"results":{"bindings":[\n' + row + b"\n]}}"

    assert converted(SELECT, Fed([body], engine="Virtuoso/07.20.3229 (Linux)"), "tsv") == b"?s\ntrue\n"
    assert b'"1"^^' in converted(SELECT, Fed([body], engine="nginx"), "tsv")


@pytest.mark.parametrize(
    ("query", "fed"),
    [
        (SELECT, Fed([ROWS[:-5]])),
        (SELECT, Fed([ROWS, b"<!-- error -->"])),
        (SELECT, Fed([b"<html></html>"])),
        (SELECT, Fed([b""])),
        (SELECT, Fed([b'{"head":{},"boolean":true}'])),
        (SELECT, Fed([b'{"error":"out of memory"}'])),
        (SELECT, Fed([ROWS.replace(b"urn:1", b"no iri")])),
        (SELECT, Fed([ROWS.replace(b'"s"', b'"x"')])),
        ("SELECT ?s ?o { ?s ?p ?o }", Fed([ROWS])),
        ("ASK {}", Fed([ROWS])),
        (CONSTRUCT, Fed([b"<urn:1> <urn:p> "], "ntriples")),
        (CONSTRUCT, Fed([b"<urn:1> <urn:p> <urn:2> .\nSQL error"], "ntriples")),
        (CONSTRUCT, Fed([b"<urn:1> <urn:p> <no iri> .\n"], "turtle")),
    ],
)
def test_what_is_no_answer(query: str, fed: Fed) -> None:
    with pytest.raises(Garbled):
        converted(query, fed)


def test_no_part_of_an_answer_is_a_whole_one() -> None:
    for end in range(len(ROWS)):
        with pytest.raises(Garbled):
            converted(SELECT, Fed([ROWS[:end]]))


def test_what_an_engine_adds_is_no_fault() -> None:
    """Virtuoso adds a column where all are asked for, and one is in a filter alone."""
    added = ROWS.replace(b'["s"]', b'["s", "zz"]')

    assert converted("SELECT * { ?s a [] FILTER(?zz) }", Fed([added]), "json")


def test_nothing_is_asked_that_is_no_sparql_or_cannot_be_sent() -> None:
    for query, error in (
        ("SELECT", SyntaxError),
        ('define get:soft "soft" SELECT * {}', SyntaxError),
        ("SELECT (bif:http_get('http://127.0.0.1/') AS ?x) {}", SyntaxError),
        ("SELECT (<bif:http_get>('http://127.0.0.1/') AS ?x) {}", RuntimeError),
        ("DROP ALL", SyntaxError),
        (CONSTRUCT, NoFormat),
    ):
        fed = Fed([ROWS])
        with pytest.raises(error):
            converted(query, fed, graph=None)
        assert not fed.asked


def test_the_dataset_is_taken_out_of_the_query() -> None:
    fed = Fed([ROWS])
    converted("PREFIX u: <urn:> SELECT ?s FROM u:a FROM NAMED <urn:b> { ?s ?p 'FROM <urn:c>' }", fed)

    assert fed.asked["text"].split() == [
        "PREFIX",
        "u:",
        "<urn:>",
        "SELECT",
        "?s",
        "{",
        "?s",
        "?p",
        "'FROM",
        "<urn:c>'",
        "}",
    ]
    assert (fed.asked["default"], fed.asked["named"]) == (("urn:a",), ("urn:b",))


def test_what_is_abandoned_is_said_to_be() -> None:
    class Leaving(Fed):
        def read(self, size: int = -1) -> bytes:
            raise Abandoned(size)

    with pytest.raises(Abandoned):
        converted(SELECT, Leaving([ROWS]))
