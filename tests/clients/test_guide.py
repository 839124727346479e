"""What the guide says of other engines is so."""

import csv
from collections.abc import Callable

import pytest

from clients import engines
from clients.cases import CANNOT, ENGINES, OURS, PREFIXES, Case
from clients.guide import CLIPGRAPH, shown
from conftest import ROOT, Running

CALL = "## Call clipgraph from another engine"


def question() -> Case:
    """Return the guide's question, its variables called as in the other cases."""
    prologue, _, where = shown(CALL, "sparql").partition("WHERE {")
    assert all(line in PREFIXES for line in prologue.splitlines() if line.startswith("PREFIX"))
    body = where.rpartition("}")[0].replace("?project", "?a").replace("?city", "?b").replace(CLIPGRAPH, OURS)
    rows = [(*row, "") for row in csv.reader(shown(CALL, "csv").splitlines())][1:]
    return Case("as in the guide", body, rows)


@pytest.mark.parametrize("engine", ENGINES)
def test_each_engine_answers_the_question(
    engine: str, asking: Callable[[str], engines.Asking], service: Running
) -> None:
    case = question()
    answers = asking(engine)([case], shown(CALL, "turtle"), f"{service.url}/sparql")

    assert len(case.rows) == 2
    assert sorted(answers[case.name]) == sorted(case.rows)


def test_comunica_takes_the_service_as_a_source(service: Running) -> None:
    case = question()
    query = case.query(OURS).replace(f"SERVICE <{OURS}>", "")
    asked = {case.name: {"query": query, "sources": [f"{service.url}/sparql"]}}

    assert "SERVICE" not in query
    assert sorted(engines.ask_comunica(asked, shown(CALL, "turtle"))[case.name]) == sorted(case.rows)


def test_the_grants_are_those_that_are_used() -> None:
    assert tuple(shown("### Virtuoso", "sql").splitlines()) == engines.GRANTS


def test_what_virtuoso_cannot_say_is_told() -> None:
    text = (ROOT / "docs/federation.md").read_text(encoding="utf-8")

    assert len(CANNOT["virtuoso"]) == 4
    for words in (
        "`UNDEF` in `VALUES`",
        "`FILTER NOT EXISTS`",
        "a `SELECT` that counts",
        "`OPTIONAL` around",
    ):
        assert words in text
