"""Things as JSON-LD: a tree in short names that says what the triples say, to readers nobody here wrote."""

import json
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from clipgraph.rdf.compacting import NoForm, compacted
from clipgraph.rdf.context import make_context
from clipgraph.rdf.prefixes import expand
from clipgraph.rdf.terms import BlankNode, Literal, NamedNode, Triple

# rdflib's own reader of JSON-LD uses what rdflib deprecates.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
LINK, CLASS = expand("owl:ObjectProperty"), expand("owl:Class")
CONTEXT = make_context(
    (expand(name), kind)
    for name, kind in (
        ("clip:sector", LINK),
        ("clip:goal", expand("rdf:langString")),
        ("org:member", LINK),
        ("time:inXSDDate", expand("xsd:date")),
        ("clip:note", expand("owl:AnnotationProperty")),
        ("clip:Practice", CLASS),
    )
)
ROOT = "https://w3id.org/clipgraph/id/practice/x"
OTHER = "https://w3id.org/clipgraph/id/sector/y"


def triples(turtle: str) -> list[Triple]:
    prefixes = "".join(
        f"@prefix {name}: <{expand(name + ':')}> ."
        for name in ("clip", "dct", "foaf", "org", "rdf", "rdfs", "time", "xsd")
    )
    return [quad.triple for quad in ox.parse(prefixes + turtle, format=ox.RdfFormat.TURTLE)]


def document(turtle: str) -> dict[str, Any]:
    """Return the document about ROOT without its context, after a look at what readers make of it."""
    stated = triples(turtle)
    made = compacted(stated, NamedNode(ROOT), CONTEXT)
    assert_same(stated, made)
    return {key: value for key, value in made.items() if key != "@context"}


def assert_same(stated: list[Triple], made: dict[str, Any]) -> None:
    text = json.dumps(made)
    assert {quad.triple for quad in ox.parse(text, format=ox.RdfFormat.JSON_LD)} == set(stated)
    wanted, found = rdflib.Graph(), rdflib.Graph()
    wanted.parse(data=ox.serialize(stated, format=ox.RdfFormat.N_TRIPLES), format="nt")
    found.parse(data=text, format="json-ld")
    assert set(found) == set(wanted)


def test_values_come_as_a_person_would_write_them_in_json() -> None:
    assert document(f"""
        <{ROOT}> a clip:Practice ; rdfs:label "x"@en, "das x"@de, "ein x"@de ; clip:sector <{OTHER}> ;
            clip:note "plain", 7, true, "7.50"^^xsd:decimal ; time:inXSDDate "2011-10-01"^^xsd:date ;
            foaf:name "Y" .
    """) == {
        "id": ROOT,
        "type": "Practice",
        "label": {"de": ["das x", "ein x"], "en": "x"},
        "foaf:name": "Y",
        "inXSDDate": "2011-10-01",
        "note": [7, {"@value": "7.50", "@type": "xsd:decimal"}, "plain", True],
        "sector": OTHER,
    }


def test_what_does_not_fit_a_name_stands_beside_it() -> None:
    assert document(f"""
        <{ROOT}> clip:goal "a"@en, "untagged" ; clip:sector "not a link", <{OTHER}> ;
            time:inXSDDate "2011"^^xsd:gYear .
    """) == {
        "id": ROOT,
        "clip:goal": "untagged",
        "clip:sector": "not a link",
        "goal": {"en": "a"},
        "sector": OTHER,
        "time:inXSDDate": {"@value": "2011", "@type": "xsd:gYear"},
    }


def test_what_is_said_of_a_value_stands_within_it_once() -> None:
    assert document(f"""
        <{ROOT}> clip:sector <{OTHER}> ; clip:note <{OTHER}> .
        <{OTHER}> rdfs:label "y"@en ; clip:sector <{ROOT}> .
    """) == {
        "id": ROOT,
        "note": {"id": OTHER, "label": {"en": "y"}, "sector": ROOT},
        "sector": OTHER,
    }


def test_what_points_at_the_thing_stands_under_reverse_with_what_it_says() -> None:
    assert document(f"""
        <urn:m> org:member <{ROOT}> ; clip:note <urn:role> ; rdfs:label "m"@en .
        <urn:role> rdfs:label "r"@en . <urn:o> org:member <{ROOT}> .
    """) == {
        "id": ROOT,
        "@reverse": {
            "member": [
                {"id": "urn:m", "label": {"en": "m"}, "note": {"id": "urn:role", "label": {"en": "r"}}},
                {"id": "urn:o"},
            ]
        },
    }


def test_classes_that_something_is_said_of_are_told_beside_their_names() -> None:
    assert document(f'<{ROOT}> a clip:Practice, clip:Other . clip:Other rdfs:label "o"@en .') == {
        "id": ROOT,
        "type": ["clip:Other", "Practice"],
        "rdf:type": {"id": expand("clip:Other"), "label": {"en": "o"}},
    }


def test_what_hangs_together_with_nothing_stands_beside() -> None:
    found = document(f"<{ROOT}> clip:note 1 . <urn:far> clip:note 2 .")

    assert found == {"@graph": [{"id": ROOT, "note": 1}, {"id": "urn:far", "note": 2}]}


def test_a_long_chain_is_no_deep_document() -> None:
    chain = "".join(f"<urn:n{n}> clip:sector <urn:n{n + 1}> . " for n in range(3000))

    assert len(document(f"<{ROOT}> clip:sector <urn:n0> . {chain}")["@graph"]) > 2000


def test_iris_that_look_like_short_names_are_read_as_they_are() -> None:
    found = document(
        f"<{ROOT}> clip:sector <dct:x>, <sector:y>, <geo:50,8>, <id:z> ; dct:subject <urn:q> ; "
        "<foaf:not-ours> 1 ; foaf:name 'N' ."
    )

    assert found["clip:sector"][0] == {"id": "dct:x"}
    assert found[expand("dct:subject")] == {"id": "urn:q"}


def test_a_triple_term_has_no_form() -> None:
    term = Triple(NamedNode("urn:s"), NamedNode("urn:p"), NamedNode("urn:o"))
    stated = [Triple(NamedNode(ROOT), NamedNode(expand("clip:note")), term)]

    with pytest.raises(NoForm):
        compacted(stated, NamedNode(ROOT), CONTEXT)


def test_only_names_that_are_used_are_in_the_context() -> None:
    made = compacted(triples(f"<{ROOT}> clip:sector <{OTHER}> ."), NamedNode(ROOT), CONTEXT)

    assert made["@context"] == {
        "id": "@id",
        "type": "@type",
        "sector": {"@id": expand("clip:sector"), "@type": "@id"},
    }


NODES = st.sampled_from(
    [
        *map(
            NamedNode,
            (ROOT, OTHER, "urn:a", "geo:1,2", "dct:x", "label:x", "mailto:a@example.org", "https:x"),
        ),
        *map(NamedNode, (expand("clip:Practice"), expand("dct:Agent"), "https://example.org/ü/(b)")),
        BlankNode("b"),
    ]
)
NAMES = ("clip:sector", "clip:goal", "clip:note", "org:member", "time:inXSDDate", "rdfs:label", "rdf:type")
PREDICATES = st.sampled_from(
    [*(NamedNode(expand(name)) for name in NAMES), NamedNode("urn:p"), NamedNode("geo:p")]
)
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=12)
LITERALS = st.one_of(
    st.builds(Literal, TEXTS),
    st.builds(lambda text, tag: Literal(text, language=tag), TEXTS, st.sampled_from(["en", "de", "zh-hant"])),
    st.builds(
        lambda text, name: Literal(text, datatype=NamedNode(expand(f"xsd:{name}"))),
        st.sampled_from(["1", "01", "-0", "1.50", "true", "1e0", "9" * 20, "2011-10-01", "x"]),
        st.sampled_from(["string", "date", "anyURI", "token"]),
    ),
    st.builds(Literal, st.integers(-(10**18), 10**18)),
    st.builds(Literal, st.booleans()),
)


@settings(max_examples=300)
@given(st.lists(st.builds(Triple, NODES, PREDICATES, st.one_of(NODES, LITERALS)), max_size=12))
def test_whatever_is_stated_is_read_back(stated: list[Triple]) -> None:
    made = compacted(stated, NamedNode(ROOT), CONTEXT)

    assert {quad.triple for quad in ox.parse(json.dumps(made), format=ox.RdfFormat.JSON_LD)} == set(stated)
