"""Materialises the rules of queries/rules/ into one named graph, so that plain SPARQL suffices."""

import re
from collections.abc import Sequence

from clipgraph.errors import InputError, UnreadableFile
from clipgraph.rdf.reading import read_triples
from clipgraph.rdf.terms import NamedNode, Quad, QueryTriples, Store
from clipgraph.rdf.whole import lines_in, load_quads, quads_of
from clipgraph.releases.merge import DEFAULT
from clipgraph.sparql.library import LibraryQuery

# A rule that still adds triples after this many rounds makes new terms and would never end.
MOST_ROUNDS = 50
# In N-Triples: as a subject, as an object, or somewhere in a triple term.
_BLANK = re.compile(rb"_:|\S+ \S+ (_:|<<\(.*[( ]_:)")


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
        InputError: the rules reach no fixed point, or conclude about blank nodes.
    """
    known, total = set[bytes](), 0
    for _ in range(MOST_ROUNDS):
        found = {line for rule in rules for line in _consequences(store, rule)} - known
        known |= found
        new = _without_stated(store, list(found))
        if not new:
            return total
        total += len(new)
        lines = b"".join(new)
        load_quads(store, (lines, quads_of(lines, graph)))
    raise InputError(f"queries/rules: still new triples after {MOST_ROUNDS} rounds; a rule makes new terms")


def _consequences(store: Store, rule: LibraryQuery) -> list[bytes]:
    """Return what a rule concludes, as N-Triples: most was known before, and makes no objects of Python's."""
    file = f"queries/{rule.name}.rq"
    try:
        result = store.query(rule.text)
    except SyntaxError as error:
        raise UnreadableFile(file, str(error)) from error
    if not isinstance(result, QueryTriples):
        raise UnreadableFile(file, "a rule must be a CONSTRUCT query")
    lines = lines_in(result).splitlines(keepends=True)
    if any(map(_BLANK.match, lines)):
        # As text it would be another node each time that it is read.
        raise InputError(f"{file}: a rule concludes about a blank node; give the node an IRI in the rule")
    return lines


def _without_stated(store: Store, lines: list[bytes]) -> list[bytes]:
    """Return the lines whose triples are not in the default graph."""
    triples = zip(lines, read_triples(b"".join(lines)), strict=True)
    return [
        line
        for line, triple in triples
        if Quad(triple.subject, triple.predicate, triple.object, DEFAULT) not in store
    ]


def forget(store: Store, graph: str) -> None:
    """Take out what was inferred before: the named graph and its triples in the default graph.

    Inferences are never also stated (materialise leaves out what is), so nothing stated is lost, except
    what a later Change stated: the caller applies Changes after forgetting.
    """
    name = NamedNode(graph)
    for quad in list(store.quads_for_pattern(None, None, None, name)):
        store.remove(Quad(quad.subject, quad.predicate, quad.object, DEFAULT))
    store.remove_graph(name)
