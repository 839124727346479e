"""Finds contradictions: the rules of OWL 2 RL that conclude false, over a closure made by a reasoner.

The reasoner draws what follows and does not say what cannot be; the rules for that are few, named as in
https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rdflib import OWL, RDF
from rdflib.term import Node
from reasonable import PyReasoner

Statement = tuple[Node, Node, Node]
Contradiction = tuple[str, str, str]


def contradictions(statements: Iterable[Statement]) -> set[Contradiction]:
    """Return rule, thing and reason of everything that cannot be, given the statements."""
    reasoner = PyReasoner()
    reasoner.from_graph(list(statements))
    closure = set(reasoner.reason())
    by_predicate: dict[Node, set[tuple[Node, Node]]] = defaultdict(set)
    for subject, predicate, value in closure:
        by_predicate[predicate].add((subject, value))
    return {(rule, str(thing), str(why)) for rule, thing, why in _false(by_predicate)}


def _false(said: dict[Node, set[tuple[Node, Node]]]) -> Iterator[tuple[str, Node, Node]]:
    members: dict[Node, set[Node]] = defaultdict(set)
    for thing, kind in said[RDF.type]:
        members[kind].add(thing)
    for thing in members[OWL.Nothing] - {OWL.Nothing}:
        yield "cls-nothing2", thing, OWL.Nothing
    for one, other in said[OWL.disjointWith]:
        yield from (("cax-dw", thing, other) for thing in members[one] & members[other])
    yield from (("eq-diff1", one, other) for one, other in said[OWL.sameAs] & said[OWL.differentFrom])
    for predicate in members[OWL.IrreflexiveProperty]:
        yield from (("prp-irp", one, predicate) for one, other in said[predicate] if one == other)
    for predicate in members[OWL.AsymmetricProperty]:
        yield from (
            ("prp-asyp", one, predicate) for one, other in said[predicate] if (other, one) in said[predicate]
        )
    for one, other in said[OWL.propertyDisjointWith]:
        yield from (("prp-pdw", pair[0], other) for pair in said[one] & said[other])
