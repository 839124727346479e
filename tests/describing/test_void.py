"""VoID says what is there: every figure is counted a second time here, in another way."""

from collections import Counter, defaultdict
from dataclasses import replace

import rdflib
from rdflib import DCTERMS, RDF, VOID, Literal, URIRef

from clipgraph.describing import void
from clipgraph.describing.account import Account
from clipgraph.describing.figures import Figures, GraphFigures, PropertyFigures
from clipgraph.describing.void import void_description
from clipgraph.rdf.prefixes import BASE
from clipgraph.rdf.terms import DefaultGraph, NamedNode, Quad, Store
from clipgraph.rdf.terms import Literal as StoreLiteral
from clipgraph.sources.graphs import GRAPHS, role_of
from describing.reading import as_rdflib

DATASET = URIRef(BASE + "catalog#dataset")
TYPE = str(RDF.type)
EXT = rdflib.Namespace("http://ldf.fi/void-ext#")
LINKS = (
    ("corporate-body", "exactMatch", 6),
    ("country", "exactMatch", 46),
    ("eurovoc", "closeMatch", 14),
    ("eurovoc", "exactMatch", 61),
    ("eurovoc", "relatedMatch", 21),
    ("eurovoc", "subject", 10),
    ("nuts", "sfEquals", 9),
    ("nuts", "sfWithin", 38),
    ("ror", "exactMatch", 10),
    ("wikidata", "closeMatch", 6),
    ("wikidata", "sameAs", 110),
)


def recounted(quads: list[Quad]) -> GraphFigures:
    """Return the figures of a graph, counted one quad after the other."""
    subjects = {quad.subject for quad in quads}
    of_property = defaultdict(list)
    for quad in quads:
        of_property[quad.predicate.value].append(quad)
    classes = Counter(quad.object.value for quad in of_property[TYPE] if isinstance(quad.object, NamedNode))
    properties = {
        iri: PropertyFigures(len(found), len({q.subject for q in found}), len({q.object for q in found}))
        for iri, found in sorted(of_property.items())
        if found
    }
    entities = sum(1 for node in subjects if isinstance(node, NamedNode) and node.value.startswith(BASE))
    objects = len({quad.object for quad in quads})
    return GraphFigures(
        len(quads), len(subjects), objects, entities, dict(sorted(classes.items())), properties
    )


def quads_of(graph: Store, iri: str) -> list[Quad]:
    name = NamedNode(iri) if iri else DefaultGraph()
    return list(graph.quads_for_pattern(None, None, None, name))


def test_figures_are_what_one_counts(graph: Store, figures: Figures) -> None:
    names = [name.value for name in graph.named_graphs() if isinstance(name, NamedNode)]

    assert recounted(quads_of(graph, "")) == figures.default
    assert sorted(names) == list(figures.graphs)
    assert {name: recounted(quads_of(graph, name)) for name in names} == figures.graphs


def test_uses_are_what_one_counts(graph: Store, figures: Figures) -> None:
    quads = quads_of(graph, "")
    classes = defaultdict(set)
    for quad in quads:
        if quad.predicate.value == TYPE:
            classes[quad.subject].add(str(quad.object))
    triples: Counter[tuple[str, str]] = Counter()
    values: Counter[tuple[str, str, str]] = Counter()
    for quad in quads:
        if isinstance(quad.object, StoreLiteral):
            kinds = {f"<{quad.object.datatype.value}>"}
        else:
            kinds = classes.get(quad.object, set())
        for of in classes.get(quad.subject, ()):
            triples[of.strip("<>"), quad.predicate.value] += 1
            values.update((of.strip("<>"), quad.predicate.value, kind.strip("<>")) for kind in kinds)

    assert {(use.of, use.property): use.triples for use in figures.uses} == triples
    assert {
        (use.of, use.property, kind): number
        for use in figures.uses
        for kind, number in (use.classes | use.datatypes).items()
    } == values


def test_links_are_those_of_the_files(figures: Figures) -> None:
    found = {
        (each.target.rsplit("#")[1], each.property.replace("#", "/").rsplit("/")[-1], each.triples)
        for each in figures.links
    }

    assert set(LINKS) <= found
    assert {name for name, _, _ in found} == {name for name, _, _ in LINKS} | {"geonames"}


def test_the_dataset_is_described(account: Account, figures: Figures) -> None:
    graph = as_rdflib(void_description(account))

    assert graph.value(DATASET, VOID.triples) == Literal(figures.default.triples)
    assert graph.value(DATASET, VOID.distinctObjects) == Literal(figures.default.objects)
    assert graph.value(DATASET, VOID.uriSpace) == Literal(BASE)
    assert set(graph.objects(DATASET, VOID.sparqlEndpoint)) == {URIRef(BASE + "sparql")}
    assert set(graph.objects(DATASET, VOID.dataDump)) == {
        URIRef(f"{BASE}dumps/clipgraph.{ending}.gz") for ending in ("nq", "trig")
    }
    assert URIRef("https://creativecommons.org/licenses/by/4.0/") in set(
        graph.objects(DATASET, DCTERMS.license)
    )
    document = URIRef(BASE + ".well-known/void")
    assert (document, RDF.type, VOID.DatasetDescription) in graph
    assert any("release 7" in str(text) for text in graph.objects(document, DCTERMS.description))
    assert str(graph.value(document, DCTERMS.modified)) == "2026-11-26T07:49:55+00:00"


def test_every_property_begins_with_a_vocabulary(account: Account, figures: Figures) -> None:
    graph = as_rdflib(void_description(account))
    vocabularies = tuple(str(each) for each in graph.objects(DATASET, VOID.vocabulary))

    assert all(
        iri.startswith(vocabularies) for iri in (*figures.default.properties, *figures.default.classes)
    )


def test_examples_are_there(account: Account, graph: Store) -> None:
    examples = list(as_rdflib(void_description(account)).objects(DATASET, VOID.exampleResource))

    assert examples
    for each in examples:
        assert next(graph.quads_for_pattern(NamedNode(str(each)), None, None, None), None), each


def test_partitions_add_up(account: Account) -> None:
    described = as_rdflib(void_description(account))
    for subject in (DATASET, URIRef(GRAPHS + "practices/social-city")):
        parts = list(described.objects(subject, VOID.propertyPartition))
        numbers = [int(str(described.value(part, VOID.triples))) for part in parts]

        assert sum(numbers) == int(str(described.value(subject, VOID.triples)))
        assert len({described.value(part, VOID.property) for part in parts}) == len(parts)
        assert len(parts) == int(str(described.value(subject, VOID.properties)))


def test_merged_graphs_are_subsets_and_others_stand_beside(account: Account) -> None:
    graph = as_rdflib(void_description(account))
    subsets = {str(each) for each in graph.objects(DATASET, VOID.subset) if str(each).startswith(GRAPHS)}

    assert subsets == {iri for iri in account.counted_graphs if role_of(iri).merged}
    evidence = URIRef(GRAPHS + "evidence/european-pact-brochure-2011")
    assert (evidence, RDF.type, VOID.Dataset) in graph
    assert graph.value(evidence, VOID.triples)


def test_editors_of_the_sib_find_what_they_ask_for(account: Account) -> None:
    """The query with which they fill their completion."""
    rows = as_rdflib(void_description(account)).query(
        """
        PREFIX void: <http://rdfs.org/ns/void#>
        PREFIX void-ext: <http://ldf.fi/void-ext#>
        SELECT DISTINCT ?subjectClass ?prop ?objectClass ?objectDatatype WHERE {
          ?cp void:class ?subjectClass ; void:propertyPartition ?pp .
          ?pp void:property ?prop .
          OPTIONAL {
            { ?pp void:classPartition [ void:class ?objectClass ] }
            UNION { ?pp void-ext:datatypePartition [ void-ext:datatype ?objectDatatype ] }
          }
        }"""
    )
    found = {tuple(str(term) if term else "" for term in row) for row in rows if isinstance(row, tuple)}
    practice, spatial = BASE + "def/GoodPractice", str(DCTERMS.spatial)

    assert (practice, spatial, str(DCTERMS.Location), "") in found
    assert (practice, str(DCTERMS.title), "", str(RDF.langString)) in found


def test_one_linkset_for_each_target_and_a_part_for_each_of_several_properties(account: Account) -> None:
    graph = as_rdflib(void_description(account))
    targets = Counter(
        str(graph.value(each, VOID.objectsTarget)).rsplit("#", 1)[1]
        for each in graph.objects(DATASET, VOID.subset)
        if (each, RDF.type, VOID.Linkset) in graph
    )
    wikidata = next(graph.subjects(VOID.objectsTarget, URIRef(BASE + ".well-known/void#wikidata")))

    assert targets == Counter(dict.fromkeys(("geonames", *dict.fromkeys(name for name, _, _ in LINKS)), 1))
    for linkset in graph.subjects(RDF.type, VOID.Linkset):
        assert graph.value(linkset, VOID.subjectsTarget) == DATASET
        parts = list(graph.objects(linkset, VOID.subset))
        numbers = [int(str(graph.value(part, VOID.triples))) for part in parts]
        assert not parts or sum(numbers) == int(str(graph.value(linkset, VOID.triples)))
        assert len(parts) != 1
    assert graph.value(graph.value(wikidata, VOID.objectsTarget), VOID.uriSpace)


def test_long_lists_are_left_out_whole(account: Account, monkeypatch: object) -> None:
    many = {f"urn:p{number}": PropertyFigures(1, 1, 1) for number in range(void.MOST_PARTITIONS + 1)}
    figures = Figures(GraphFigures(len(many), 1, 1, 1, {"urn:C": 1}, many), {}, (), ())
    graph = as_rdflib(void_description(replace(account, figures=figures)))

    assert not list(graph.objects(DATASET, VOID.propertyPartition))
    assert graph.value(DATASET, VOID.properties) == Literal(len(many))
    assert list(graph.objects(DATASET, VOID.classPartition))


def test_what_is_not_counted_is_not_said(account: Account) -> None:
    graph = as_rdflib(void_description(replace(account, figures=None)))

    assert not list(graph.objects(None, VOID.triples))
    assert (DATASET, VOID.sparqlEndpoint, None) in graph
