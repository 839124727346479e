"""What people get wrong, in plain words and at its place; what is right is not said to be wrong."""

import pytest

from clipgraph.sparql.mistakes import mistake
from conftest import ROOT

QUERIES = sorted((ROOT / "queries").rglob("*.rq"))


@pytest.mark.parametrize(
    ("query", "offset", "reason"),
    [
        ("foo", 0, 'no query begins with "foo"'),
        ("  ", 0, "there is no query here"),
        ("PREFIX clip <https://w3id.org/clipgraph/def/> SELECT * {}", 7, "a prefix ends with a colon"),
        ("SELECT * { ?s clip:goal ?o }", 19, 'the prefix "clip:" is not declared'),
        ("SELECT * WHERE { ?s ?p ", 15, 'the "{" here is not closed'),
        ("SELECT * { ?s ?p ?o ) }", 20, 'a ")" cannot close the "{" that is open here'),
        ("SELECT * { } }", 13, 'the "}" here closes nothing'),
        ("SELECT * { ?s ?p 'a }", 17, "the text that begins here is not closed"),
        ("SELECT ?a, ?b { ?a ?p ?b }", 9, "SELECT takes no commas"),
        ("SELECT COUNT(*) { ?a ?p ?b }", 7, "COUNT needs brackets and a name of its own"),
        ("SELECT (COUNT(?a) AS ?n) SUM(?b) { ?a ?p ?b }", 25, "SUM needs brackets"),
    ],
)
def test_a_mistake_is_named_at_its_place(query: str, offset: int, reason: str) -> None:
    found = mistake(query)

    assert found is not None
    assert (found.offset, str(found.reason)[: len(reason)]) == (offset, reason)


def test_a_prefix_of_ours_is_offered_with_its_namespace() -> None:
    found = mistake("SELECT * { ?s clip:goal ?o }")

    assert found is not None
    assert str(found.hint) == "declare it: PREFIX clip: <https://w3id.org/clipgraph/def/>"


@pytest.mark.parametrize("query", QUERIES, ids=lambda file: file.stem)
def test_nothing_is_found_in_what_is_right(query: object) -> None:
    text = query.read_text(encoding="utf-8")  # type: ignore[attr-defined]

    assert mistake(text) is None


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (COUNT(*) AS ?n) { ?s ?p (1 2) }",
        "ask{}",
        "BASE <http://a/> DESCRIBE <b>",
        "PREFIX : <http://a/> SELECT ?x { ?x :p '}' . # {\n }",
    ],
)
def test_nor_in_odd_queries(query: str) -> None:
    assert mistake(query) is None
