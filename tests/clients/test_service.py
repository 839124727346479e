"""Other engines ask us with SERVICE and get right answers, each in its own way of asking."""

import re
from collections.abc import Callable

import pytest

from clients.cases import CANNOT, ENGINES, FIXED, Case, many
from clients.engines import Answered

NAMES = [case.name for case in (*FIXED, many([]))]
ASKED = [(engine, name) for engine in ENGINES for name in NAMES if name not in CANNOT.get(engine, {})]


@pytest.mark.parametrize(("engine", "name"), ASKED)
def test_an_engine_gets_the_right_rows(
    engine: str, name: str, answered: Callable[[str], Answered], questions: tuple[Case, ...]
) -> None:
    case = next(case for case in questions if case.name == name)

    assert sorted(answered(engine).rows[name]) == sorted(case.rows)
    assert case.rows


@pytest.mark.parametrize("engine", ENGINES)
def test_every_request_of_an_engine_was_answered(engine: str, answered: Callable[[str], Answered]) -> None:
    asked = answered(engine).asked

    assert len(asked) >= len([name for asking, name in ASKED if asking == engine])
    assert {one.status for one in asked} == {200}


@pytest.mark.parametrize(
    ("engine", "sends"),
    [
        # Bindings in blocks before the pattern, and behind WHERE: both ways of a bound join.
        ("comunica", r"^SELECT [^{]*WHERE \{ VALUES\( \?\w+ \?\w+ \)\{( \( \S+ \S+ \)){2,}"),
        ("rdflib", r"\}VALUES \(\?\w+ \?\w+\) \{\(<[^{}]*\)\}$"),
        # A binding in place of a variable, one request for each row; a pattern with no binding at all.
        (
            "jena",
            r"<https://w3id\.org/clipgraph/id/city/vienna>\s+<http://www\.w3\.org/2000/01/rdf-schema#label>",
        ),
        (
            "virtuoso",
            r"<https://w3id\.org/clipgraph/id/city/vienna> <http://www\.w3\.org/2000/01/rdf-schema#label>",
        ),
        (
            "oxigraph",
            r"^BASE <[^>]*>\s+SELECT \* WHERE \{ \?city <http://www\.w3\.org/2000/01/rdf-schema#label>",
        ),
    ],
)
def test_each_asks_in_its_own_way(engine: str, sends: str, answered: Callable[[str], Answered]) -> None:
    queries = [one.query for one in answered(engine).asked]

    assert any(re.search(sends, query) for query in queries), queries


def test_they_use_all_three_ways_of_the_protocol(answered: Callable[[str], Answered]) -> None:
    ways = {(one.method, one.media_type) for engine in ENGINES[:-1] for one in answered(engine).asked}

    assert ways == {
        ("GET", ""),
        ("POST", "application/x-www-form-urlencoded"),
        ("POST", "application/sparql-query"),
    }
