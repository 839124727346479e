"""Validates what a Change touches, at a cost that depends on the Change and not on the graph."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from time import perf_counter

import rdflib
from rdflib import OWL, RDF, RDFS, SH

from clipgraph.rdf.terms import NamedNode, Node, Quad, Store
from clipgraph.releases.change import Change
from clipgraph.validation.checking import check_dataset
from clipgraph.validation.conclusions import Concluding
from clipgraph.validation.conversion import EXTERNAL, Terms, is_shapes, shapes_graph
from clipgraph.validation.footprint import Footprint, footprint
from clipgraph.validation.live import Data, live_graph
from clipgraph.validation.names import Names
from clipgraph.validation.positions import Positions
from clipgraph.validation.reach import Both, Targets, TooMany, affected, data_triples
from clipgraph.validation.references import reference_findings
from clipgraph.validation.report import Report, ranked
from clipgraph.validation.shacl import validate
from clipgraph.validation.targets import TARGETS, targeted
from clipgraph.validation.vocabulary import graph_of

# Above this many nodes the whole graph is validated: it takes no longer.
MOST_NODES = 2_000
# As many triples may be looked at to find them.
MOST_LOOKED_AT = 1_000_000


@dataclass(frozen=True)
class _Shapes:
    """The shapes of a store: as they are, without targets, and what they read."""

    graph: rdflib.Graph
    untargeted: rdflib.Graph
    footprint: Footprint
    terms: Terms
    lock: Lock


def check_change(
    store: Store, change: Change, positions: Positions | None = None, *, language: str = "en"
) -> Report:
    """Validate what a Change touches: every node that its statements can give another verdict.

    What check_dataset finds after the Change and did not find before is all in the report; with it, what
    was found before about the same nodes. Where a shape changes, or too much, everything is validated.

    Args:
        store: the dataset after the Change, inferences included.
        change: all quads that were added and removed, the inferred ones among them.
        positions: where the statements stand in files, if they do.
        language: of messages and remedies: en, de or fr.

    Returns:
        The report; ``targets`` counts the nodes that each shape was asked about.

    Raises:
        InputError: the shapes are ill-formed.
    """
    positions = positions or Positions()
    if any(_is_law(quad) for quad in (*change.added, *change.removed)):
        return check_dataset(store, positions, language=language)
    try:
        return _check(store, change, positions, language)
    except TooMany:
        return check_dataset(store, positions, language=language)


def _is_law(quad: Quad) -> bool:
    """Tell whether a quad is of what all others are judged by."""
    graph = graph_of(quad)
    return is_shapes(graph) or graph == EXTERNAL


def _check(store: Store, change: Change, positions: Positions, language: str) -> Report:
    started, data, shapes = perf_counter(), Data(store), _shapes_of(store)
    terms = shapes.terms.copy()
    targets = Targets(shapes.graph, data, shapes.terms)
    touched = affected(change, shapes.footprint, targets, Both(data, MOST_LOOKED_AT), MOST_NODES)
    graph = live_graph(data, terms)
    concluding = Concluding(shapes.graph, Names(graph, language), terms, positions)
    with _retargeted(shapes, touched, terms) as asked:
        results = validate(graph, asked) if touched else []
    lost = targets.lost(list(data_triples(change.removed)))
    findings = [
        *map(concluding.finding, results),
        *concluding.without_target(dict.fromkeys(lost, 0)),
        *reference_findings(store, change, positions, language),
    ]
    return Report(
        findings=ranked(findings),
        statements=len(change.added) + len(change.removed),
        seconds=perf_counter() - started,
        targets={str(shape): len(nodes) for shape, nodes in touched.items()},
    )


@contextmanager
def _retargeted(
    shapes: _Shapes, touched: Mapping[rdflib.term.Node, set[Node]], terms: Terms
) -> Iterator[rdflib.Graph]:
    """Give the shapes these nodes as their targets, as long as it lasts."""
    targets = [
        (shape, SH.targetNode, terms.to_rdflib(node)) for shape, nodes in touched.items() for node in nodes
    ]
    with shapes.lock:
        try:
            for triple in targets:
                shapes.untargeted.add(triple)
            yield shapes.untargeted
        finally:
            for triple in targets:
                shapes.untargeted.remove(triple)


def _shapes_of(store: Store) -> _Shapes:
    graphs = [name for name in store.named_graphs() if isinstance(name, NamedNode) and is_shapes(name.value)]
    return _prepared(
        frozenset(quad for name in graphs for quad in store.quads_for_pattern(None, None, None, name))
    )


@lru_cache(maxsize=2)
def _prepared(quads: frozenset[Quad]) -> _Shapes:
    """Make ready for use what a set of shapes is; the same set is not made ready again."""
    terms = Terms()
    graph = shapes_graph(quads, terms)
    untargeted = rdflib.Graph(bind_namespaces="none")
    with_target = targeted(graph)
    for triple in graph:
        as_class = triple[1:] in ((RDF.type, RDFS.Class), (RDF.type, OWL.Class)) and triple[0] in with_target
        if triple[1] not in TARGETS and not as_class:
            untargeted.add(triple)
    return _Shapes(graph, untargeted, footprint(graph), terms, Lock())
