"""Queries as examples: what an editor finds in them, and what is no query is left out."""

import pyoxigraph as ox
import pytest

from clipgraph.describing.account import Account
from clipgraph.describing.documents import EXAMPLES, SERVICE, describe
from clipgraph.describing.serving import Serving
from clipgraph.rdf.prefixes import BASE, PREFIXES, expand
from clipgraph.rdf.terms import Literal, NamedNode, Triple
from clipgraph.releases.release import Release
from clipgraph.sources.project import Project
from clipgraph.sparql.library import LibraryQuery, read_library

RELEASE = Release(1, None, "2026-11-26T07:49:55+00:00", "me", "why", 0, "none")
# What the editors of the SIB ask (sib-swiss/sparql-editor, metadata.ts), of an endpoint or its description.
FIND_EXAMPLES = (
    "PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    "SELECT DISTINCT ?example ?comment ?text { ?example a sh:SPARQLExecutable ; rdfs:comment ?comment ; "
    "sh:select|sh:ask|sh:construct|sh:describe ?text } ORDER BY ?example"
)
FIND_PREFIXES = (
    "PREFIX sh: <http://www.w3.org/ns/shacl#> "
    "SELECT DISTINCT ?prefix ?namespace { [] sh:namespace ?namespace ; sh:prefix ?prefix }"
)


def stored(*queries: LibraryQuery, document: str = EXAMPLES, origin: str = "") -> ox.Store:
    account = Account(RELEASE, serving=Serving(origin), examples=queries)
    store = ox.Store()
    store.extend(ox.Quad(each.subject, each.predicate, each.object) for each in describe(document, account))
    return store


def values(store: ox.Store, name: str, predicate: str) -> set[object]:
    subject = NamedNode(f"{BASE}queries#{name}")
    return {quad.object for quad in store.quads_for_pattern(subject, NamedNode(expand(predicate)), None)}


def query(text: str, name: str = "competency/q", **metadata: str) -> LibraryQuery:
    return LibraryQuery(name, text, metadata)


@pytest.mark.parametrize(
    ("text", "property_name", "class_name"),
    [
        ("PREFIX ask: <urn:>\n# construct\nSELECT * { ?s ?p ?o }", "sh:select", "sh:SPARQLSelectExecutable"),
        ("BASE <urn:select> aSk { ?s ?p 'construct' }", "sh:ask", "sh:SPARQLAskExecutable"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "sh:construct", "sh:SPARQLConstructExecutable"),
        ("DESCRIBE <urn:x>", "spex:describe", ""),
    ],
)
def test_each_kind_of_query_has_its_class_and_property(
    text: str, property_name: str, class_name: str
) -> None:
    store = stored(query(f"#+ title: T\n{text}\n", title="T"))
    classes = {expand("sh:SPARQLExecutable"), *([expand(class_name)] if class_name else [])}

    assert values(store, "q", property_name) == {Literal(text)}
    assert values(store, "q", "rdf:type") == {NamedNode(iri) for iri in classes}


def test_what_a_query_says_of_itself_is_told() -> None:
    store = stored(
        query(
            "SELECT * { SERVICE <https://example.org/a> { ?s ?p ?o } SERVICE ?any { ?s ?p ?o } }",
            **{"title": "Who?", "title-de": "Wer?", "description": "Those.", "keywords": "a, b b,"},
        )
    )

    assert values(store, "q", "rdfs:comment") == {
        Literal("Who?", language="en"),
        Literal("Wer?", language="de"),
    }
    assert values(store, "q", "dct:description") == {Literal("Those.", language="en")}
    assert values(store, "q", "schema:keywords") == {
        Literal("a", language="en"),
        Literal("b b", language="en"),
    }
    assert values(store, "q", "spex:federatesWith") == {NamedNode("https://example.org/a")}


def test_the_target_is_the_endpoint_of_whoever_tells_it() -> None:
    one = query("ASK {}")

    assert values(stored(one), "q", "schema:target") == {NamedNode(BASE + "sparql")}
    placed = stored(one, origin="https://graph.example")
    assert values(placed, "q", "schema:target") == {NamedNode("https://graph.example/sparql")}


def test_what_is_no_query_is_left_out_and_odd_names_are_iris() -> None:
    found = stored(
        query("INSERT DATA {}", "competency/u"),
        query("", "competency/e"),
        query("ASK {}", "competency/ä b/#c"),
    )
    names = {quad.subject for quad in found.quads_for_pattern(None, NamedNode(expand("rdf:type")), None)}

    assert names == {NamedNode(f"{BASE}queries#%C3%A4%20b%2F%23c")}
    assert len(stored()) == 0
    assert len(stored(query("CLEAR ALL"))) == 0


@pytest.fixture(scope="module")
def library(project: Project) -> list[LibraryQuery]:
    return read_library(project.queries, "competency")


@pytest.mark.parametrize("document", [EXAMPLES, SERVICE])
def test_an_editor_finds_every_query_in_three_languages(library: list[LibraryQuery], document: str) -> None:
    rows = list(stored(*library, document=document).query(FIND_EXAMPLES))  # type: ignore[arg-type]

    assert len(library) > 60
    assert len({row["example"] for row in rows}) == len(library)
    assert len(rows) == 3 * len(library)
    assert {row["comment"].language for row in rows} == {"en", "de", "fr"}


def test_what_it_finds_can_be_asked(library: list[LibraryQuery]) -> None:
    store, nothing = stored(*library), ox.Store()

    for row in store.query(FIND_EXAMPLES):  # type: ignore[union-attr]
        if "SERVICE" not in row["text"].value:
            nothing.query(row["text"].value)


def test_it_finds_every_prefix(library: list[LibraryQuery]) -> None:
    found = {row["prefix"].value: row["namespace"].value for row in stored(*library).query(FIND_PREFIXES)}  # type: ignore[union-attr]

    assert found == dict(PREFIXES)


def test_every_example_has_what_the_shapes_of_the_sib_ask_for(library: list[LibraryQuery]) -> None:
    """One text, a comment in a language, a target and keywords; see sib-swiss/sparql-examples-utils."""
    store = stored(*library)
    kind = NamedNode(expand("sh:SPARQLExecutable"))
    examples = [quad.subject for quad in store.quads_for_pattern(None, NamedNode(expand("rdf:type")), kind)]

    for example in examples:
        name = str(example)[1:-1].partition("#")[2]
        assert sum(len(values(store, name, each)) for each in ("sh:select", "sh:ask", "sh:construct")) == 1
        assert values(store, name, "schema:target")
        assert values(store, name, "schema:keywords")
        assert Triple(example, NamedNode(expand("sh:prefixes")), NamedNode(f"{BASE}queries#prefixes")) in {
            quad.triple for quad in store.quads_for_pattern(example, None, None)
        }
