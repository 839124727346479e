"""The judge itself: which answers count as the same, and which do not."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from conformance.answers import Answer, difference, is_ordered, read_answer, read_results, read_table

A, B, C = (ox.BlankNode(name) for name in "abc")


def rows(text: str) -> Answer:
    """Return solutions written as TSV, whose lines are given with commas for tabs."""
    return read_results(text.replace(",", "\t").replace(";", "\n").encode(), ox.QueryResultsFormat.TSV)


@pytest.mark.parametrize(
    ("wanted", "found", "same", "same_in_order"),
    [
        ("?x;1;2", "?x;1;2", True, True),
        ("?x;1;2", "?x;2;1", True, False),
        ("?x;1;1;2", "?x;1;2;2", False, False),
        ("?x;1;1", "?x;1", False, False),
        ("?x;1.50", "?x;1.5", True, True),
        ("?x;1.5", "?x;15e-1", False, False),
        ('?x;"a"', '?x;"a"@en', False, False),
        ("?x;_:a", "?x;_:b", True, True),
        ("?x,?y;_:a,_:a", "?x,?y;_:b,_:b", True, True),
        ("?x,?y;_:a,_:a", "?x,?y;_:b,_:c", False, False),
        ("?x,?y;_:a,_:b", "?x,?y;_:c,_:c", False, False),
        ("?x,?y;_:a,1;_:a,2", "?x,?y;_:b,2;_:b,1", True, False),
        ("?x,?y;_:a,1;_:a,2", "?x,?y;_:b,1;_:c,2", False, False),
        ("?x,?y;_:a,_:b;_:b,_:c", "?x,?y;_:q,_:r;_:p,_:q", True, False),
        ("?x,?y;_:a,_:b;_:b,_:a", "?x,?y;_:q,_:r;_:q,_:r", False, False),
        ("?x,?y;1,", "?x,?y;1,2", False, False),
        ("?x,?y;1,", "?x;1", False, False),
    ],
)
def test_solutions(wanted: str, found: str, *, same: bool, same_in_order: bool) -> None:
    assert (not difference(rows(wanted), rows(found), ordered=False)) is same
    assert (not difference(rows(wanted), rows(found), ordered=True)) is same_in_order


@pytest.mark.parametrize(
    ("wanted", "found", "same"),
    [
        ("s,o\r\nu,1\r\n", "o,s\r\n1,u\r\n", True),
        ("s,o\r\nu,1.0E6\r\n", "s,o\r\nu,1000000\r\n", True),
        ("s,o\r\nu,_:a\r\n", "s,o\r\nu,_:b\r\n", True),
        ("s,o\r\nu,a\r\n", "s,o\r\nu,b\r\n", False),
        ("s,o\r\nu,a\r\n", "s,o\r\nu,a\r\nu,a\r\n", False),
        ("s,o\r\nu,a\r\n", "s\r\nu\r\n", False),
    ],
)
def test_tables(wanted: str, found: str, *, same: bool) -> None:
    tables = (read_table(each.encode()) for each in (wanted, found))

    assert (not difference(*tables, ordered=False)) is same


def test_graphs_and_booleans() -> None:
    node = ox.NamedNode("urn:x")
    chains = [[ox.Quad(one, node, two), ox.Quad(two, node, one)] for one, two in ((A, B), (B, C), (A, A))]

    assert not difference(chains[0], chains[1], ordered=False)
    assert difference(chains[0], chains[2], ordered=False)
    assert not difference(True, True, ordered=False)  # noqa: FBT003
    assert difference(True, False, ordered=False)  # noqa: FBT003
    assert difference(True, rows("?x;1"), ordered=False)  # noqa: FBT003


@pytest.mark.parametrize(
    ("query", "ordered"),
    [
        ("SELECT * { ?s ?p ?o } ORDER BY ?s", True),
        ("SELECT * { ?s ?p ?o } order\n# by\nby DESC(?s) LIMIT 1", True),
        ("SELECT * { { SELECT ?s { ?s ?p ?o } ORDER BY ?s } }", False),
        ("SELECT * { ?s ?p 'ORDER BY' } # ORDER BY ?s", False),
    ],
)
def test_only_the_order_of_the_whole_query_counts(query: str, *, ordered: bool) -> None:
    assert is_ordered(query) is ordered


def test_the_old_form_of_results_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("conformance.cases.SUITES", tmp_path)
    file = tmp_path / "result.ttl"
    file.write_text(
        """@prefix rs: <http://www.w3.org/2001/sw/DataAccess/tests/result-set#> .
        [] a rs:ResultSet ; rs:resultVariable "x", "y" ;
          rs:solution [ rs:binding [ rs:variable "x" ; rs:value 1 ], [ rs:variable "y" ; rs:value <f> ] ] ,
            [ rs:binding [ rs:variable "x" ; rs:value _:b ] ] ."""
    )
    base = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"

    assert not difference(read_answer(file), rows(f"?x,?y;1,<{base}f>;_:b,"), ordered=False)
    assert difference(read_answer(file), rows(f"?x,?y;1,<{base}f>;2,"), ordered=False)
