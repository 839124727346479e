"""Several USING in an update are read as one graph, their merge."""

import pytest

from clipgraph.errors import BadRequest, Refused
from clipgraph.rdf.terms import Literal, NamedNode, Store
from clipgraph.sparql.merging import merged
from clipgraph.sparql.operations import with_dataset

COUNT = "INSERT {{ GRAPH <urn:c> {{ <urn:x> <urn:n{}> ?c }} }} {} WHERE {{{{ SELECT (COUNT(*) AS ?c) {} }}}}"
ALL, NAMED = "{ ?s ?p ?o }", "{ GRAPH ?g { ?s ?p ?o } }"
TWO = "USING <urn:a> USING <urn:b>"
P = "PREFIX u: <urn:> PREFIX : <urn:> "


def after(text: str, using: list[str] | None = None, named: list[str] | None = None) -> dict[str, int]:
    """Return what was counted, by the name of the count, in a store with one triple that is in two graphs."""
    store = Store()
    store.update(
        "INSERT DATA { GRAPH <urn:a> { <urn:s> <urn:p> 1 } GRAPH <urn:b> { <urn:s> <urn:p> 1 , 2 } }"
    )
    store.update(merged(with_dataset(text, using or [], named or [])))
    assert {str(name) for name in store.named_graphs()} <= {"<urn:a>", "<urn:b>", "<urn:c>"}
    counted = store.quads_for_pattern(None, None, None, NamedNode("urn:c"))
    return {q.predicate.value[5:]: int(q.object.value) for q in counted if isinstance(q.object, Literal)}


@pytest.mark.parametrize(
    ("clauses", "triples", "in_named"),
    [
        (TWO, 2, 0),
        ("USING <urn:a>", 1, 0),
        ("USING <urn:b> USING <urn:a> USING <urn:none>", 2, 0),
        ("USING <urn:a> USING <urn:a>", 1, 0),
        ("USING <urn:none> USING <urn:no>", 0, 0),
        (f"{TWO} USING NAMED <urn:a>", 2, 1),
        ("USING NAMED <urn:b> USING <urn:a> USING NAMED <urn:a> USING <urn:b>", 2, 3),
        ("USINGNAMED<urn:b>USING<urn:a>USING#>\n<urn:b>USINGNAMED#'\n<urn:a>", 2, 3),
        ("using u:a Using u:b", 2, 0),
        ("USING:a USINGu:b USINGNAMEDu:a", 2, 1),
        ("USING :a USING NAMEDu:b USING u:b", 2, 2),
        ("", 0, 3),
    ],
)
def test_a_triple_of_two_graphs_counts_once(clauses: str, triples: int, in_named: int) -> None:
    assert after(f"{P}{COUNT.format(1, clauses, ALL)}") == {"1": triples}
    assert after(f"{P}{COUNT.format(1, clauses, NAMED)} # {{") == {"1": in_named}


def test_the_iri_is_read_before_the_keyword_as_the_engine_reads_it() -> None:
    text = COUNT.format(1, "USING NAMEDu:a USING <urn:b>", ALL)

    assert after(f"PREFIX u: <x:> PREFIX NAMEDu: <urn:> {text}") == {"1": 2}
    assert after(f"PREFIX u: <x:> PREFIX USINGNAMEDu: <urn:> {text}") == {"1": 2}


def test_each_operation_reads_the_graphs_as_those_before_left_them() -> None:
    more = "INSERT DATA { GRAPH <urn:a> { <urn:s> <urn:p> 2 , 3 } }"
    with_ = "WITH <urn:b> DELETE { ?s ?p 1 } USING <urn:a> USING <urn:b> WHERE { ?s ?p ?o }"
    steps = [
        COUNT.format(1, TWO, ALL),
        more,
        COUNT.format(2, TWO, ALL),
        with_,
        "DROP GRAPH <urn:a>",
        COUNT.format(3, "USING u:a USING u:b", ALL),
    ]

    assert after(P + "# USING\n;\n".join(steps) + ";") == {"1": 2, "2": 3, "3": 1}


def test_the_dataset_of_the_protocol_is_merged_too() -> None:
    text = "; ".join(COUNT.format(number, "", where) for number, where in enumerate((ALL, NAMED)))

    assert after(text, ["urn:a", "urn:b"]) == {"0": 2, "1": 0}
    assert after(text, ["urn:a", "urn:b"], ["urn:a", "urn:b"]) == {"0": 2, "1": 3}


def test_patterns_that_are_deleted_are_matched_once() -> None:
    store = Store()
    store.update("INSERT DATA { GRAPH <urn:a> { <urn:s> <urn:p> 1 } GRAPH <urn:b> { <urn:s> <urn:p> 1 } }")

    store.update(merged(f"WITH<urn:a>DELETE{{?s ?p ?o}}INSERT{{?s ?p [] }}{TWO} WHERE{{?s ?p ?o}}"))

    assert len(list(store.quads_for_pattern(None, None, None, NamedNode("urn:a")))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <urn:s> <urn:p> 'USING <urn:a> USING <urn:b>' }",
        f"# {TWO}\nCLEAR ALL",
        "PREFIX USINGu: <urn:> COPY USINGu:a TO USINGu:b",
        "INSERT { } USING NAMED <urn:a> USING NAMED <urn:b> WHERE { }",
        f"INSERT {{ }} USING <urn:a> WHERE {{ ?s ?p '{TWO}' }}",
    ],
)
def test_every_other_update_stays_as_it_is(text: str) -> None:
    assert merged(text) == text


def test_what_cannot_be_cut_without_doubt_is_refused() -> None:
    text = f"INSERT {{}} {TWO} WHERE {{ FILTER(?a<?b#>}}\n) }}"
    with pytest.raises(Refused, match="less-than"):
        merged(text)
    with pytest.raises(BadRequest, match="close every string"):
        merged(f"DELETE {{ ?s ?p '''a' '\\q' }} {TWO} WHERE {{ ?s ?p ?o }}")
