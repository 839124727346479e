"""The VoID description of the dataset (https://www.w3.org/TR/void/): what it holds and where it links.

Property partitions within class partitions follow the form that the SIB's void-generator writes and its
editors read (https://github.com/sib-swiss/void-generator), with http://ldf.fi/void-ext# for datatypes.
"""

from collections import defaultdict
from collections.abc import Iterable

from clipgraph.describing.account import Account
from clipgraph.describing.figures import Figures, GraphFigures, Links, Use
from clipgraph.describing.identifiers import DATASET, ENDPOINT, PUBLISHER, VOID, part_of_void
from clipgraph.describing.triples import Triples
from clipgraph.describing.vocabularies import vocabularies
from clipgraph.describing.wording import say
from clipgraph.rdf.formats import GRAPHS as FORMATS
from clipgraph.rdf.prefixes import expand
from clipgraph.rdf.terms import Triple

# A graph that uses more classes or properties than this has none listed, as some alone would mislead.
MOST_PARTITIONS = 5_000
MOST_USES = 50_000
_OF_DATASET = ("dct:title", "dct:description", "dct:license", "dct:publisher", "dct:subject", "dct:creator")
_W3C_FORMATS = {"turtle": "Turtle", "ntriples": "N-Triples", "rdfxml": "RDF_XML", "jsonld": "JSON-LD"}


def void_description(account: Account) -> Iterable[Triple]:
    """Return the description of what is counted of a release, with the persistent addresses."""
    made = Triples()
    _document(made, account)
    _dataset(made, account)
    if account.figures is not None:
        _counted(made, account, account.figures)
    return made


def _document(made: Triples, account: Account) -> None:
    made.types(VOID, "void:DatasetDescription")
    made.words(VOID, "dct:title", say("void"))
    describes = say("describes", release=account.release.number, changed=account.changed)
    made.words(VOID, "dct:description", describes)
    made.value(VOID, "dct:modified", account.changed, "xsd:dateTime")
    made.say(VOID, "foaf:primaryTopic", DATASET)


def _dataset(made: Triples, account: Account) -> None:
    said = account.said
    made.types(DATASET, "void:Dataset")
    if not said.values(DATASET, "dct:title"):
        made.words(DATASET, "dct:title", say("dataset"))
    for predicate, value in said.about(DATASET):
        if predicate in map(expand, _OF_DATASET) or predicate.startswith(expand("void:")):
            made.copy(DATASET, predicate, value)
    for predicate, value in said.about(PUBLISHER):
        made.copy(PUBLISHER, predicate, value)
    made.value(DATASET, "dct:modified", account.changed, "xsd:dateTime")
    made.say(DATASET, "void:sparqlEndpoint", ENDPOINT)
    made.say(
        DATASET, "void:feature", *(f"http://www.w3.org/ns/formats/{_W3C_FORMATS[f.name]}" for f in FORMATS)
    )
    whole = (dump for dump in account.dumps if dump.graph is None)
    made.say(DATASET, "void:dataDump", *map(account.address_of, whole))


def _counted(made: Triples, account: Account, figures: Figures) -> None:
    add_figures(made, DATASET, figures.default)
    made.say(DATASET, "void:vocabulary", *vocabularies(figures.default))
    add_partitions(made, DATASET, figures.default)
    if len(figures.uses) <= MOST_USES and len(figures.default.classes) <= MOST_PARTITIONS:
        for use in figures.uses:
            _use(made, use)
    dumps = defaultdict(list)
    for dump in account.dumps:
        dumps[dump.graph].append(dump)
    for iri in account.counted_graphs:
        graph = figures.graphs.get(iri, GraphFigures())
        if account.is_merged(iri):
            made.say(DATASET, "void:subset", iri)
        made.types(iri, "void:Dataset")
        if account.changed_graph(iri):
            made.value(iri, "dct:modified", account.changed_graph(iri), "xsd:dateTime")
        made.say(iri, "void:dataDump", *map(account.address_of, dumps[iri]))
        add_figures(made, iri, graph)
        add_partitions(made, iri, graph, in_short=True)
    _linksets(made, account, figures.links)


def add_figures(made: Triples, subject: str, graph: GraphFigures) -> None:
    """State the numbers of a graph."""
    made.count(subject, "void:triples", graph.triples)
    made.count(subject, "void:entities", graph.entities)
    made.count(subject, "void:distinctSubjects", graph.subjects)
    made.count(subject, "void:distinctObjects", graph.objects)
    made.count(subject, "void:classes", len(graph.classes))
    made.count(subject, "void:properties", len(graph.properties))


def add_partitions(made: Triples, subject: str, graph: GraphFigures, *, in_short: bool = False) -> None:
    """State the figures of a graph by class and property; ``in_short`` leaves out how many values differ."""
    if len(graph.classes) <= MOST_PARTITIONS:
        for iri, entities in graph.classes.items():
            part = part_of_void(subject, "class", iri)
            made.say(subject, "void:classPartition", part)
            made.say(part, "void:class", iri)
            made.count(part, "void:entities", entities)
    if len(graph.properties) <= MOST_PARTITIONS:
        for iri, used in graph.properties.items():
            part = part_of_void(subject, "property", iri)
            made.say(subject, "void:propertyPartition", part)
            made.say(part, "void:property", iri)
            made.count(part, "void:triples", used.triples)
            if not in_short:
                made.count(part, "void:distinctSubjects", used.subjects)
                made.count(part, "void:distinctObjects", used.objects)


def _use(made: Triples, use: Use) -> None:
    """State how things of a class use a property, within the partition of the class."""
    part = part_of_void(DATASET, "class", use.of, "property", use.property)
    made.say(part_of_void(DATASET, "class", use.of), "void:propertyPartition", part)
    made.say(part, "void:property", use.property)
    made.count(part, "void:triples", use.triples)
    for iri, triples in use.classes.items():
        values = part_of_void(DATASET, "class", use.of, "property", use.property, "class", iri)
        made.say(part, "void:classPartition", values)
        made.say(values, "void:class", iri)
        made.count(values, "void:triples", triples)
    for iri, triples in use.datatypes.items():
        values = part_of_void(DATASET, "class", use.of, "property", use.property, "datatype", iri)
        made.say(part, "void-ext:datatypePartition", values)
        made.say(values, "void-ext:datatype", iri)
        made.count(values, "void:triples", triples)


def _linksets(made: Triples, account: Account, links: Iterable[Links]) -> None:
    """State one linkset for each dataset that is linked to; a part of it for each property, if several."""
    by_target: defaultdict[str, list[Links]] = defaultdict(list)
    for each in links:
        by_target[each.target].append(each)
    for target, found in by_target.items():
        for predicate, value in account.said.about(target):
            made.copy(target, predicate, value)
        whole = part_of_void("links", target)
        _linkset(made, whole, target, found)
        made.say(DATASET, "void:subset", whole)
        titles = {tag: title for tag, title in _titles(account, target).items() if title}
        made.words(
            whole, "dct:title", {tag: say("links", target=title)[tag] for tag, title in titles.items()}
        )
        for each in found if len(found) > 1 else ():
            part = part_of_void("links", target, each.property)
            _linkset(made, part, target, [each])
            made.say(whole, "void:subset", part)


def _linkset(made: Triples, subject: str, target: str, links: list[Links]) -> None:
    made.types(subject, "void:Linkset")
    made.say(subject, "void:subjectsTarget", DATASET)
    made.say(subject, "void:objectsTarget", target)
    made.say(subject, "void:linkPredicate", *(each.property for each in links))
    made.count(subject, "void:triples", sum(each.triples for each in links))


def _titles(account: Account, subject: str) -> dict[str, str]:
    """Return what a dataset is called, in the languages that descriptions have."""
    titles = {
        getattr(value, "language", None): value.value for value in account.said.values(subject, "dct:title")
    }
    return {tag: titles.get(tag, "") for tag in say("links", target="")}
