"""A query's own dataset, found where the engine reads it and nowhere else."""

import pytest
from pyoxigraph import QueryBoolean

from clipgraph.rdf.terms import NamedNode, Quad, Store
from clipgraph.workers.datasets import Dataset, several_default_graphs, taken_apart

AB = Dataset(("urn:a", "urn:b"), ())
CLAUSES = "FROM <urn:a> FROM <urn:b> "


@pytest.mark.parametrize(
    ("text", "dataset"),
    [
        (f"SELECT * {CLAUSES} {{}}", AB),
        (f"SELECT * {CLAUSES} WHERE {{}}", AB),
        (f"ASK {CLAUSES} {{}}", AB),
        (f"DESCRIBE <urn:x> {CLAUSES}", AB),
        (f"DESCRIBE * {CLAUSES} {{ ?s ?p ?o }}", AB),
        (f"CONSTRUCT {{ ?s ?p 'FROM' }} {CLAUSES} {{ ?s ?p ?o }}", AB),
        (f"CONSTRUCT {CLAUSES} WHERE {{ ?s ?p ?o }}", AB),
        ("SELECT*from<urn:a>From<urn:b>{}", AB),
        ("SELECT ?x(1 AS ?y)FROM<urn:a>#FROM <urn:c>\nFROM#\n<urn:b>{}", AB),
        ("SELECT * FROM <urn:a> FROM NAMED <urn:c> FROM <urn:b> {}", Dataset(AB.default, ("urn:c",))),
        ("SELECT * FROMNAMED<urn:c>FROM<urn:a>FROM<urn:b>{}", Dataset(AB.default, ("urn:c",))),
        ("SELECT * FROM <urn:a> FROM <urn:a> {}", Dataset(("urn:a",), ())),
        ("SELECT * FROM <urn:\\u0061> FROM <urn:\\U00000062> {}", AB),
        ("PREFIX u: <urn:> SELECT * FROM u:a FROM u:b {}", AB),
        ("PREFIX : <urn:> SELECT * FROM:a FROM :b {}", AB),
        ("PREFIX FROM: <urn:> SELECT ?FROM FROM FROM:a FROM FROM:b {}", AB),
        ("PREFIX u: <urn:> SELECT * FROM u:\\(a FROM u:a%20 {}", Dataset(("urn:(a", "urn:a%20"), ())),
        ("PREFIX u: <u:> PREFIX u: <x:> SELECT * FROM u:a.b FROM u:é、 {}", Dataset(("x:a.b", "x:é、"), ())),
        ("BASE <http://e/a/b> SELECT * FROM <c> FROM <../d> {}", Dataset(("http://e/a/c", "http://e/d"), ())),
        (
            "BASE <x:select/ask/> SELECT * FROM <a> FROM <> {}",
            Dataset(("x:select/ask/a", "x:select/ask/"), ()),
        ),
        ("# select\nBASE <x:> VERSION 'ask' SELECT * FROM <urn:a> FROM <urn:b> {}", AB),
        (f"SELECT (COUNT(*) AS ?n) ?g {CLAUSES} {{ ?s ?p ?g }} GROUP BY ?g", AB),
        (f"SELECT (EXISTS {{ ?a ?b '{CLAUSES}' }} AS ?x) {CLAUSES} {{}}", AB),
        (f"SELECT (EXISTS {{ FILTER(?a<?b#>}}'\n) }} AS ?x) {CLAUSES} {{}}", AB),
        (f"PREFIX : <urn:> SELECT(?a<(?b)AS?x)FROM:a#>\n{CLAUSES}{{}}", AB),
        ("SELECT * # FROM <urn:c>\nFROM <urn:a> FROM <urn:b> {}", AB),
        ("PREFIX : <urn:> DESCRIBE :aFROM <urn:x> FROM <urn:a> FROM :b", AB),
        ("SELECT ?xFROM FROM <urn:a> FROM <urn:b> {}", AB),
        ("SELECT ?from$FROM FROM <urn:a> from <urn:b> {}", AB),
    ],
)
def test_the_clauses_as_the_engine_reads_them(text: str, dataset: Dataset) -> None:
    text = text.replace("{}", "{ ?s ?p ?o }")

    assert several_default_graphs(text, None) == dataset
    assert {graph for graph in (*dataset.default, *dataset.named, "urn:c") if takes(text, graph)} == set(
        dataset.default
    )


def takes(text: str, graph: str) -> bool:
    """Ask the engine itself whether a graph is in the default graph of a query: it finds what is there."""
    store = Store()
    store.add(Quad(NamedNode("urn:x"), NamedNode("urn:p"), NamedNode("urn:o"), NamedNode(graph)))
    found = store.query(text)
    return bool(found) if isinstance(found, QueryBoolean) else bool(list(found))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "SELECT * {}",
        "SELECT * FROM <urn:a> {}",
        "SELECT * { ?from <urn:p> ?x . $FROM <urn:q> ?y . ?from <urn:r> ?z }",
        "PREFIX a: <urn:> SELECT * { ?from a:p ?x . ?from a:q ?y }",
        "SELECT * FROM NAMED <urn:a> FROM NAMED <urn:b> {}",
        "SELECT * FROM <urn:a> FROM NAMED <urn:b> {}",
        f"ASK {{ ?s ?p '{CLAUSES}' }}",
        f"ASK {{ ?s ?p '''\n{CLAUSES}''' }}",
        f"ASK {{ }} # {CLAUSES}",
        f"# {CLAUSES}\nASK {{ }}",
        f"SELECT (COUNT(*) AS ?n) ?s {{ ?s ?p ?o }} # {CLAUSES}\nGROUP BY ?s",
        "PREFIX : <urn:> DESCRIBE :aFROM <urn:a> <urn:bFROM> FROM <urn:b>",
        "SELECT ?x FROM FROM <urn:a> FROM <urn:b>",
        "SELECT * FROM <a> FROM <b> {}",
        "SELECT * FROM u:a FROM u:b {}",
        f"SELECT * {{ SELECT * {CLAUSES} {{}} }}",
        "INSERT {} FROM <urn:a> FROM <urn:b> WHERE {}",
        CLAUSES,
    ],
)
def test_nothing_else_is_a_clause(text: str) -> None:
    assert several_default_graphs(text, None) is None


def test_without_a_base_of_its_own_the_endpoints_counts() -> None:
    text = "SELECT * FROM <a> FROM <b> {}"

    assert several_default_graphs(text, "http://e/sparql") == Dataset(("http://e/a", "http://e/b"), ())
    assert several_default_graphs(f"BASE <x:> {text}", "http://e/sparql") == Dataset(("x:a", "x:b"), ())


@pytest.mark.parametrize(
    ("text", "dataset", "rest"),
    [
        ("ASK {}", None, "ASK {}"),
        ("ASK { ?s ?p 'FROM <urn:a>' }", None, "ASK { ?s ?p 'FROM <urn:a>' }"),
        ("SELECT*from<urn:a>{}", Dataset(("urn:a",), ()), "SELECT* {}"),
        ("ASK FROM NAMED <urn:a>#c\n FROM <urn:a> {}", Dataset(("urn:a",), ("urn:a",)), "ASK {}"),
        ("DESCRIBE <urn:x> FROM <urn:a>", Dataset(("urn:a",), ()), "DESCRIBE <urn:x>"),
        ("BASE <x:b/> DESCRIBE * FROM <a> {}", Dataset(("x:b/a",), ()), "BASE <x:b/> DESCRIBE * {}"),
    ],
)
def test_a_query_without_its_dataset(text: str, dataset: Dataset | None, rest: str) -> None:
    taken, without = taken_apart(text, None)

    assert (taken, " ".join(without.split())) == (dataset, rest)
    Store().query(without)
