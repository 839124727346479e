"""Gives blank nodes IRIs made of their content, so that the same file gives the same quads.

Skolem IRIs as https://www.w3.org/TR/rdf11-concepts/#section-skolemization says.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable

from clipgraph.rdf.identity import GENID
from clipgraph.rdf.terms import BlankNode, NamedNode, Node, Triple

_Tree = dict[BlankNode, list[Triple]]


def skolemise(triples: Iterable[Triple]) -> list[Triple]:
    """Return the triples with every blank node replaced by an IRI that is a hash of what it says.

    Two blank nodes that say the same become one. A blank node that leads back to itself is hashed by its
    place on the way there, which is stable for one file.
    """
    triples = list(triples)
    about: _Tree = defaultdict(list)
    for triple in triples:
        if isinstance(triple.subject, BlankNode):
            about[triple.subject].append(triple)
    hashes = _hashes_from_the_leaves(about)

    def named(node: Node) -> Node:
        if not isinstance(node, BlankNode):
            return node
        return NamedNode(GENID + _hash(node, about, hashes, ()))

    return [Triple(named(t.subject), t.predicate, named(t.object)) for t in triples]  # type: ignore[arg-type]


def _hashes_from_the_leaves(about: _Tree) -> dict[BlankNode, str]:
    """Return the hashes of the blank nodes that lead to no cycle, without recursion: a list may be long."""
    below = {n: {t.object for t in said if isinstance(t.object, BlankNode)} for n, said in about.items()}
    above: dict[BlankNode, list[BlankNode]] = defaultdict(list)
    for node, nodes in below.items():
        for other in nodes:
            above[other].append(node)
    hashes: dict[BlankNode, str] = {}
    ready = [*(node for node in below if not below[node]), *(node for node in above if node not in below)]
    while ready:
        node = ready.pop()
        hashes[node] = _hash(node, about, hashes, ())
        for other in above[node]:
            below[other].discard(node)
            if not below[other]:
                ready.append(other)
    return hashes


def _hash(node: BlankNode, about: _Tree, hashes: dict[BlankNode, str], way: tuple[BlankNode, ...]) -> str:
    """Return the hash of what a blank node says, following blank nodes below it."""
    if node in hashes:
        return hashes[node]
    if node in way:
        return f"up{len(way) - way.index(node)}"
    said = []
    for triple in about.get(node, ()):
        value = triple.object
        text = _hash(value, about, hashes, (*way, node)) if isinstance(value, BlankNode) else str(value)
        said.append(f"{triple.predicate} {text}")
    return hashlib.sha256("\n".join(sorted(said)).encode()).hexdigest()[:32]
