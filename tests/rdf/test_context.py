"""The JSON-LD context: which term has which name, and what a reader makes of its values."""

from clipgraph.rdf.context import TermDefinition, make_context
from clipgraph.rdf.prefixes import OWN, PREFIXES, expand

LINK, VALUE, CLASS = (expand(f"owl:{kind}") for kind in ("ObjectProperty", "DatatypeProperty", "Class"))
WORDS, DATE, WHOLE = expand("rdf:langString"), expand("xsd:date"), expand("xsd:integer")


def defined(*declared: tuple[str, str]) -> dict[str, TermDefinition]:
    """Return the terms by their prefixed names."""
    context = make_context((expand(name), kind) for name, kind in declared)
    by_iri = context.terms
    return {name: by_iri[expand(name)] for name, _ in declared if expand(name) in by_iri}


def test_a_term_says_what_its_values_are() -> None:
    terms = defined(
        ("clip:sector", LINK),
        ("clip:goal", VALUE),
        ("clip:goal", WORDS),
        ("time:inXSDDate", VALUE),
        ("time:inXSDDate", DATE),
        ("clip:ordinal", VALUE),
        ("clip:ordinal", WHOLE),
        ("clip:Practice", CLASS),
    )

    assert {name: term.to_json() for name, term in terms.items()} == {
        "clip:sector": {"@id": expand("clip:sector"), "@type": "@id"},
        "clip:goal": {"@id": expand("clip:goal"), "@container": "@language"},
        "time:inXSDDate": {"@id": expand("time:inXSDDate"), "@type": DATE},
        "clip:ordinal": expand("clip:ordinal"),
        "clip:Practice": expand("clip:Practice"),
    }


def test_where_shapes_ask_for_several_datatypes_none_is_assumed() -> None:
    terms = defined(("dct:issued", VALUE), ("dct:issued", DATE), ("dct:issued", expand("xsd:gYear")))

    assert terms["dct:issued"].to_json() == expand("dct:issued")


def test_of_terms_of_the_same_name_one_has_it_and_the_others_their_prefix() -> None:
    terms = defined(("foaf:title", VALUE), ("dct:title", VALUE), ("eli:cites", LINK), ("clip:cites", LINK))

    assert {name: term.name for name, term in terms.items()} == {"dct:title": "title", "clip:cites": "cites"}


def test_no_term_is_called_as_a_keyword_and_none_without_a_prefix_is_in() -> None:
    context = make_context([(expand("dct:type"), LINK), ("https://example.org/x", LINK)])

    assert expand("dct:type") not in context.terms
    assert "https://example.org/x" not in context.terms
    assert context.to_json()["@context"]["type"] == "@type"


def test_a_name_is_a_term_or_a_prefix_and_not_both() -> None:
    context = make_context([(expand("clip:time"), LINK)])
    names = {term.name for term in context.terms.values()}

    assert "time" in names
    assert not names & context.prefixes.keys()
    assert context.prefixes["clip"] == PREFIXES["clip"]
    assert not (OWN.keys() - {"clip", "clipsh"}) & context.prefixes.keys()


def test_the_same_terms_in_another_order_are_the_same_document() -> None:
    declared = [(expand(name), LINK) for name in ("clip:b", "clip:a", "org:role", "cv:role")]

    assert str(make_context(declared).to_json()) == str(make_context(reversed(declared)).to_json())
