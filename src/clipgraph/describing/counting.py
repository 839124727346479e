"""Counts a release: linear in its triples, with the queries of queries/reports/. To be called in a worker."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from clipgraph.describing.figures import Figures, GraphFigures, Links, PropertyFigures, Use
from clipgraph.describing.sayings import Said
from clipgraph.rdf.prefixes import expand
from clipgraph.rdf.terms import Literal, NamedNode, Store
from clipgraph.sources.graphs import MADE_DESCRIPTIONS
from clipgraph.sparql.binding import bind
from clipgraph.sparql.library import LibraryQuery

_TYPE, _LINKSET = NamedNode(expand("rdf:type")), NamedNode(expand("void:Linkset"))
_Row = Any


@dataclass(frozen=True)
class CountingQueries:
    """The texts of queries/reports/void-*.rq."""

    graphs: str
    entities: str
    properties: str
    classes: str
    uses: str


def counting_queries(reports: Iterable[LibraryQuery]) -> CountingQueries:
    """Return the queries that count, from the library's reports; raises KeyError where one is missing."""
    texts = {query.name: query.text for query in reports}
    names = ("graphs", "entities", "properties", "classes", "uses")
    return CountingQueries(*(texts[f"reports/void-{name}"] for name in names))


def count(store: Store, queries: CountingQueries, said: Said) -> Figures:
    """Return the figures of a store; ``said`` tells the URI spaces of the dataset and of those it links to.

    Raises:
        OSError, ValueError, RuntimeError, MemoryError: what the engine raises.
    """
    graphs = _graphs(store, queries, said.space)
    default = graphs.pop("", GraphFigures())
    named = {iri: graphs[iri] for iri in sorted(graphs) if iri not in MADE_DESCRIPTIONS}
    uses = _uses(_rows(store, queries.uses))
    return Figures(default, named, tuple(uses), tuple(_links(store, said)))


def _rows(store: Store, text: str) -> Iterable[_Row]:
    return cast("Iterable[_Row]", store.query(text))


def _graphs(store: Store, queries: CountingQueries, space: str) -> dict[str, GraphFigures]:
    """Return the figures of each graph by its IRI, those of the default graph under the empty text."""
    entities = {
        _iri(row["graph"]): _number(row["entities"])
        for row in _rows(store, bind(queries.entities, {"space": Literal(space)}))
    }
    classes: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for row in _rows(store, queries.classes):
        if isinstance(row["class"], NamedNode):
            classes[_iri(row["graph"])][row["class"].value] = _number(row["entities"])
    properties: defaultdict[str, dict[str, PropertyFigures]] = defaultdict(dict)
    for row in _rows(store, queries.properties):
        properties[_iri(row["graph"])][row["property"].value] = PropertyFigures(*_three(row))
    triples = {_iri(row["graph"]): _three(row) for row in _rows(store, queries.graphs)}
    return {
        iri: GraphFigures(
            *three,
            entities.get(iri, 0),
            dict(sorted(classes[iri].items())),
            dict(sorted(properties[iri].items())),
        )
        for iri, three in triples.items()
    }


def _uses(rows: Iterable[_Row]) -> list[Use]:
    """Return the uses of properties by class: a triple counts for each class of its subject."""
    triples: Counter[tuple[str, str]] = Counter()
    classes: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    datatypes: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in rows:
        number, name = _number(row["triples"]), row["property"].value
        values = row["valueClasses"].value.split() if row["valueClasses"] is not None else ()
        for of in row["classes"].value.split():
            key = (of, name)
            triples[key] += number
            for value in values:
                classes[key][value] += number
            if row["datatype"] is not None:
                datatypes[key][row["datatype"].value] += number
    return [
        Use(of, name, triples[of, name], _sorted(classes[of, name]), _sorted(datatypes[of, name]))
        for of, name in sorted(triples)
    ]


def _links(store: Store, said: Said) -> list[Links]:
    """Return the links to each dataset that is described, from the graphs that say they are void:Linksets."""
    found = {
        (quad.subject, quad.predicate, quad.object)
        for graph in _linksets(store)
        for quad in store.quads_for_pattern(None, None, None, graph)
        if isinstance(quad.object, NamedNode) and quad.subject != graph
    }
    counted: Counter[tuple[str, str]] = Counter()
    for subject, predicate, value in found:
        target = said.target_of(value.value)
        if target and isinstance(subject, NamedNode) and subject.value.startswith(said.space):
            counted[target, predicate.value] += 1
    return [Links(target, name, counted[target, name]) for target, name in sorted(counted)]


def _linksets(store: Store) -> list[NamedNode]:
    quads = store.quads_for_pattern(None, _TYPE, _LINKSET, None)
    return sorted(
        {
            quad.subject
            for quad in quads
            if isinstance(quad.subject, NamedNode)
            if quad.subject == quad.graph_name
        },
        key=lambda graph: graph.value,
    )


def _sorted(counter: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counter.items()))


def _three(row: _Row) -> tuple[int, int, int]:
    return _number(row["triples"]), _number(row["subjects"]), _number(row["objects"])


def _number(literal: _Row) -> int:
    return int(literal.value)


def _iri(term: _Row) -> str:
    return "" if term is None else str(term.value)
