"""Gives blank nodes IRIs made of their content, so that the same file gives the same quads.

Skolem IRIs as https://www.w3.org/TR/rdf11-concepts/#section-skolemization says.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from clipgraph.rdf.identity import GENID
from clipgraph.rdf.terms import BlankNode, NamedNode, Triple

_Saying = Mapping[BlankNode, list[Triple]]
_Hashes = dict[BlankNode, str]


def skolemise(triples: Iterable[Triple], within: str = "") -> list[Triple]:
    """Return the triples in their order, every blank node replaced by an IRI, a hash of what it says.

    The hash holds what points to the node, too: two that say the same stay two, unless they say the same
    of the same. One that leads back to itself is also numbered among its equals, in the order of the
    file. Takes time that is polynomial in the number of triples, whatever they are. What is said in one
    graph, ``within``, gives other IRIs than the same in another.
    """
    triples = list(triples)
    saying: dict[BlankNode, list[Triple]] = {
        node: [] for t in triples for node in (t.subject, t.object) if isinstance(node, BlankNode)
    }
    for triple in triples:
        if isinstance(triple.subject, BlankNode):
            saying[triple.subject].append(triple)
    hashes = _trees(saying)
    lowest_first = list(hashes)
    _tangles(saying, hashes)
    names = _placed(triples, lowest_first, hashes, within)
    return [
        Triple(names.get(t.subject, t.subject), t.predicate, names.get(t.object, t.object)) for t in triples
    ]


def _placed(
    triples: list[Triple], lowest_first: list[BlankNode], hashes: _Hashes, within: str
) -> dict[object, NamedNode]:
    """Return the names, the highest first, so that a name can hold those of what points to the node."""
    pointing: dict[BlankNode, list[Triple]] = defaultdict(list)
    for triple in triples:
        if isinstance(triple.object, BlankNode):
            pointing[triple.object].append(triple)
    trees = set(lowest_first)
    names: dict[object, NamedNode] = {
        node: NamedNode(GENID + _within(value, within)) for node, value in hashes.items() if node not in trees
    }
    for node in reversed(lowest_first):
        above = sorted({f"{names.get(t.subject, t.subject)} {t.predicate}" for t in pointing[node]})
        value = hashlib.sha256("\n".join([hashes[node], *above]).encode()).hexdigest()
        names[node] = NamedNode(GENID + _within(value, within))
    return names


def _within(value: str, graph: str) -> str:
    """Return the name for a hash in a graph; in none, the hash itself."""
    return (hashlib.sha256(f"{graph} {value}".encode()).hexdigest() if graph else value)[:32]


def _trees(saying: _Saying) -> _Hashes:
    """Return the hashes of the nodes below which everything ends, the lowest first."""
    above: dict[BlankNode, list[BlankNode]] = defaultdict(list)
    below: Counter[BlankNode] = Counter()
    for node, said in saying.items():
        for triple in said:
            if isinstance(triple.object, BlankNode):
                above[triple.object].append(node)
                below[node] += 1
    hashes: _Hashes = {}
    ready = [node for node in saying if not below[node]]
    while ready:
        node = ready.pop()
        hashes[node] = _hash(saying[node], hashes)
        for upper in above[node]:
            below[upper] -= 1
            if not below[upper]:
                ready.append(upper)
    return hashes


def _tangles(saying: _Saying, hashes: _Hashes) -> None:
    """Add the hashes of the nodes that lead back to themselves: refined round by round, then numbered."""
    tangled = [node for node in saying if node not in hashes]
    colours = dict.fromkeys(tangled, "")
    for _ in tangled:
        refined = {node: _hash(saying[node], hashes | colours) for node in tangled}
        finished = len(set(refined.values())) == len(set(colours.values()))
        colours = refined
        if finished:
            break
    equals: Counter[str] = Counter()
    for node, colour in colours.items():
        hashes[node] = hashlib.sha256(f"{colour} {equals[colour]}".encode()).hexdigest()
        equals[colour] += 1


def _hash(said: list[Triple], hashes: Mapping[BlankNode, str]) -> str:
    lines = (
        f"{t.predicate} _:{hashes[t.object]}"
        if isinstance(t.object, BlankNode)
        else f"{t.predicate} {t.object}"
        for t in said
    )
    return hashlib.sha256("\n".join(sorted(set(lines))).encode()).hexdigest()
