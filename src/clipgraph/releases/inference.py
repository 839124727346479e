"""Materialises the rules of queries/rules/ into one named graph, so that plain SPARQL suffices."""

from collections.abc import Sequence

from clipgraph.errors import InputError, UnreadableFile
from clipgraph.rdf.terms import NamedNode, Quad, QueryTriples, Store, Triple
from clipgraph.releases.merge import DEFAULT, put
from clipgraph.sparql.library import LibraryQuery

# A rule that still adds triples after this many rounds makes new terms and would never end.
MOST_ROUNDS = 50


def materialise(store: Store, rules: Sequence[LibraryQuery], graph: str) -> int:
    """Run CONSTRUCT rules over the default graph to a fixed point.

    What follows and is not stated yet goes into the named graph and into the default graph.

    Args:
        store: changed in place; the named graph must be empty.
        rules: CONSTRUCT queries, which see the default graph with what was inferred so far.
        graph: the IRI of the named graph of inferences.

    Returns:
        The number of triples inferred.

    Raises:
        UnreadableFile: a rule is not a CONSTRUCT query.
        InputError: the rules reach no fixed point.
    """
    name, total = NamedNode(graph), 0
    for _ in range(MOST_ROUNDS):
        new = {triple for rule in rules for triple in _consequences(store, rule)}
        if not new:
            return total
        total += len(new)
        for place in (name, DEFAULT):
            put(store, [Quad(triple.subject, triple.predicate, triple.object, place) for triple in new])
    raise InputError(f"queries/rules: still new triples after {MOST_ROUNDS} rounds; a rule makes new terms")


def _consequences(store: Store, rule: LibraryQuery) -> list[Triple]:
    file = f"queries/{rule.name}.rq"
    try:
        result = store.query(rule.text)
    except SyntaxError as error:
        raise UnreadableFile(file, str(error)) from error
    if not isinstance(result, QueryTriples):
        raise UnreadableFile(file, "a rule must be a CONSTRUCT query")
    stated = (Quad(triple.subject, triple.predicate, triple.object, DEFAULT) for triple in result)
    return [quad.triple for quad in stated if quad not in store]


def forget(store: Store, graph: str) -> None:
    """Take out what was inferred before: the named graph and its triples in the default graph.

    Inferences are never also stated (materialise leaves out what is), so nothing stated is lost, except
    what a later Change stated: the caller applies Changes after forgetting.
    """
    name = NamedNode(graph)
    for quad in list(store.quads_for_pattern(None, None, None, name)):
        store.remove(Quad(quad.subject, quad.predicate, quad.object, DEFAULT))
    store.remove_graph(name)
