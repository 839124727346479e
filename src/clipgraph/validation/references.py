"""Checks the IRIs that a Change adds, and those that still point to what it took away."""

from collections.abc import Iterable, Iterator

from clipgraph.rdf.prefixes import SCHEME
from clipgraph.rdf.terms import NamedNode, Quad, Store
from clipgraph.releases.change import Change
from clipgraph.sources.graphs import DERIVED
from clipgraph.validation.conversion import EXTERNAL, named
from clipgraph.validation.positions import Positions
from clipgraph.validation.report import Finding
from clipgraph.validation.vocabulary import (
    TERMS,
    TYPE,
    Vocabulary,
    finding_of,
    graph_of,
    problems,
)


def reference_findings(
    store: Store, change: Change, positions: Positions, language: str
) -> Iterator[Finding]:
    """Yield what vocabulary_findings would yield of the quads that a Change concerns.

    These are the quads added, and those that use the IRI of a subject of a quad removed.

    Args:
        store: the dataset after the Change.
        change: the quads added and removed.
        positions: where statements stand in files.
        language: of messages and remedies.
    """
    concerned = dict.fromkeys(_stated(change.added))
    gone = {quad.subject for quad in _stated(change.removed) if isinstance(quad.subject, NamedNode)}
    left = _vocabulary(store, gone)
    for name in gone:
        if left.problem(name.value, as_term=True):
            concerned |= dict.fromkeys(_uses(store, name))
    vocabulary = _vocabulary(store, {name for quad in concerned for name in _used(quad)})
    found = [(check, term, quad) for quad in concerned for check, term in problems(quad, vocabulary)]
    if found:  # the nearest names are looked for among all
        for quad in _stated(named(store)):
            vocabulary.add(quad)
    for check, term, quad in found:
        yield finding_of(check, term, quad, vocabulary, positions, language)


def _stated(quads: Iterable[Quad]) -> Iterator[Quad]:
    return (quad for quad in quads if graph_of(quad) not in DERIVED)


def _used(quad: Quad) -> Iterator[NamedNode]:
    yield quad.predicate
    if isinstance(quad.object, NamedNode):
        yield quad.object


def _vocabulary(store: Store, names: Iterable[NamedNode]) -> Vocabulary:
    """Return what the dataset declares of these names, and of nothing else."""
    vocabulary = Vocabulary()
    for quad in store.quads_for_pattern(None, None, None, NamedNode(EXTERNAL)):
        vocabulary.add(quad)  # whether there are terms of others at all
        break
    for name in names:
        _learn(store, vocabulary, name)
    return vocabulary


def _learn(store: Store, vocabulary: Vocabulary, name: NamedNode) -> None:
    """Take in one stated quad that declares or describes the name, if there is one; and one of others."""
    predicate = NamedNode(TYPE) if name.value.startswith((TERMS, SCHEME)) else None
    for quad in _stated(store.quads_for_pattern(name, predicate, None, None)):
        if graph_of(quad) != EXTERNAL:
            vocabulary.add(quad)
            break
    for quad in store.quads_for_pattern(name, None, None, NamedNode(EXTERNAL)):
        vocabulary.add(quad)
        break


def _uses(store: Store, name: NamedNode) -> Iterator[Quad]:
    yield from _stated(store.quads_for_pattern(None, None, name, None))
    yield from _stated(store.quads_for_pattern(None, name, None, None))
