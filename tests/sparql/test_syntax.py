"""What the engine says of broken queries, as line, column and caret."""

import pytest

from clipgraph.errors import QuerySyntaxError
from clipgraph.rdf.terms import Store
from clipgraph.sparql.syntax import explain


def explained(query: str) -> QuerySyntaxError:
    try:
        Store().query(query)
    except SyntaxError as error:
        return explain(str(error), query)
    raise AssertionError("the engine reads this")


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        ("SELCT * {}", 1, 1),
        ("", 1, 1),
        ("SELECT * {\n\t?s ?p ] }", 2, 8),
        ("SELECT * {\r\n  ?s ?p ;; }\r\n", 2, 3),
        ("SELECT * { ?s ?p 'é😀' . ] ?s ?p ?o }", 1, 25),
        ("SELECT * { ?s ?p '\u2028\x85\x0c' . ] ?s ?p ?o }", 1, 26),
        ("LOAD <http://a/>", 1, 1),
        ("SELECT * { ?s ?p 'a", 1, 18),
    ],
)
def test_line_and_column(query: str, line: int, column: int) -> None:
    error = explained(query)

    assert (error.line, error.column) == (line, column)
    assert str(error).startswith(f"line {line}, column {column}: ")


@pytest.mark.parametrize(
    "query", ["SELECT * {\r\n\t\t] ?s ?p ?o }\r\n", "SELECT * { ?s ?p 'é\0\u2028\x1b' . ] ?s ?p ?o }"]
)
def test_the_caret_stands_below_the_column(query: str) -> None:
    quoted, caret = explained(query).quoted.split("\n")

    assert quoted[len(caret) - 1] == "]"
    assert quoted.isprintable()


def test_a_very_long_line_is_cut_around_the_place() -> None:
    query = "SELECT * { " + "?s ?p ?o . " * 1000 + "] " + "?s ?p ?o . " * 1000 + "}"

    quoted, caret = explained(query).quoted.split("\n")

    assert len(quoted) <= 120
    assert quoted[len(caret) - 1] == "]"


@pytest.mark.parametrize(
    ("query", "prefix"),
    [
        ("SELECT * { ?s x:y ?o }", "x"),
        ("PREFIX a: <urn:a>\nSELECT * { ?s a:b ?o FILTER(?o = b-c:d) }", "b-c"),
        ("SELECT * { ?s :y ?o }", ""),
        ("SELECT * { ?s ?p 'x:y' # x:y\n . ?s ?p z:y }", "z"),
        ("prefix a:<urn:a> PREFIX\n#c\nb: <urn:b> SELECT * { a:a b:b c:c }", "c"),
    ],
)
def test_an_undeclared_prefix_is_named(query: str, prefix: str) -> None:
    error = explained(query)

    assert error.reason == f'the prefix "{prefix}:" is not declared'
    assert error.hint == f"declare it: PREFIX {prefix}: <namespace>"


def test_a_variable_outside_the_group_is_explained_in_plain_words() -> None:
    error = explained("SELECT ?o { ?s ?p ?o } GROUP BY ?s")

    assert "GROUP BY" in error.hint


def test_what_may_stand_everywhere_is_not_listed() -> None:
    error = explained("SELECT * { ?s ?p ?o } LIMIT x")

    assert "expected HAVING, OFFSET, OPTIONAL, VALUES, a digit" in error.reason
    assert "LATERAL" not in error.reason
    assert "[_]" not in error.reason


def test_a_message_without_a_position_stays_as_it_is() -> None:
    error = explain("something else", "ASK {}")

    assert (str(error), error.line, error.quoted) == ("something else", 0, "")


@pytest.mark.timeout(20)
def test_a_long_word_before_the_place_costs_no_time() -> None:
    query = "SELECT * { ?s ?p '" + "a" * 1_000_000 + "' . ?s x:y ?o }"

    assert explained(query).reason == 'the prefix "x:" is not declared'


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        ("ASK { ?s ?p <http://x", 1, 13),
        ("ASK {\n ?s ?p <http://x\n}", 2, 8),
        ("ASK { ?s ?p <http://x y> }", 1, 13),
        ("ASK { ?s ?p <http://e/a> , <http://e/{b}> }", 1, 28),
    ],
)
def test_an_iri_that_is_not_closed_or_none_is_named(query: str, line: int, column: int) -> None:
    error = explained(query)

    assert (error.line, error.column) == (line, column)
    assert error.reason.startswith("the IRI that begins here is not closed")


@pytest.mark.parametrize("word", ["LIMIT", "OFFSET"])
def test_a_number_that_is_too_large_is_named(word: str) -> None:
    error = explained(f"SELECT * {{ ?s ?p ?o }} {word} 99999999999999999999999")

    assert error.reason == f"the number behind {word} is too large"
    assert "too large" not in explained(f"SELECT * {{ ?s ?p ?o }} {word} -1").reason
