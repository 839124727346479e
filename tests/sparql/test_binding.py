"""Terms enter a query only as terms, whatever they hold."""

import pytest

from clipgraph.errors import BadRequest
from clipgraph.rdf.terms import Literal, NamedNode, Quad, Store
from clipgraph.sparql.binding import bind, is_iri

NASTY = [
    '" } DELETE WHERE { ?s ?p ?o } #',
    "\\",
    '\\"',
    "'''\"\"\"",
    "a\nb\r\tc",
    "\0\x01\x7f",
    "é😀\u2028\u202e",
    "?x <urn:x> #",
    "",
]
P = NamedNode("urn:p")


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("language", [None, "en"])
def test_a_literal_comes_back_as_it_went_in(text: str, language: str | None) -> None:
    literal = Literal(text, language=language)
    store = Store()
    store.extend([Quad(P, P, literal), Quad(P, P, Literal("other"))])

    rows = store.query(bind("SELECT ?s ?o { ?s ?p ?o FILTER(?o = ?value) }", {"value": literal}))

    assert [row["o"] for row in rows] == [literal]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("query", "bound"),
    [
        ("?x", "<urn:p>"),
        ("$x", "<urn:p>"),
        ("?xy ?x", "?xy <urn:p>"),
        ("?x?x", "<urn:p><urn:p>"),
        ('\'?x\' """?x""" <urn:?x> #?x\n', '\'?x\' """?x""" <urn:?x> #?x\n'),
        ("FILTER(?x<?y)", "FILTER(<urn:p><?y)"),
    ],
)
def test_only_the_variable_is_replaced(query: str, bound: str) -> None:
    assert bind(query, {"x": P}) == bound


def test_a_value_is_not_searched_again() -> None:
    assert bind("?x ?y", {"x": Literal("?y"), "y": P}) == '"?y" <urn:p>'


@pytest.mark.parametrize(
    "iri", ["urn:a", "http://a/b?c=d&e#f", "http://é/ü", "mailto:a@b.c", "http://a/%20'()*"]
)
def test_iris(iri: str) -> None:
    assert is_iri(iri)
    assert bind("?x", {"x": NamedNode(iri)}) == f"<{iri}>"


@pytest.mark.parametrize(
    "iri",
    [
        "",
        "a",
        "/a",
        "urn:a> ?s ?p",
        "urn:a b",
        "urn:<",
        'urn:"',
        "urn:{}",
        "urn:|",
        "urn:^",
        "urn:`",
        "urn:\\u003e",
        *("urn:\n", "urn:\0", "http://[", "http://a/%zz", "http://a:b:c/", "\ud800:a", "1a:b"),
    ],
)
def test_texts_that_are_no_iri(iri: str) -> None:
    assert not is_iri(iri)


def test_an_iri_that_the_engine_takes_and_sparql_does_not_is_refused() -> None:
    try:
        broken = NamedNode("urn:a{b")
    except ValueError:
        return  # better still: there is no such term
    with pytest.raises(BadRequest):
        bind("?x", {"x": broken})


def test_several_terms_take_the_place_of_undef() -> None:
    query = "SELECT ?label { VALUES ?thing { UNDEF } VALUES ?other { UNDEF } ?thing ?p ?label } # UNDEF"
    things: list[NamedNode | Literal] = [NamedNode("urn:a"), Literal('"', language="en")]

    assert bind(query, {"thing": things}) == query.replace("UNDEF", '<urn:a> "\\""@en', 1)
    assert bind(query, {"thing": []}) == query.replace("UNDEF", "", 1)
