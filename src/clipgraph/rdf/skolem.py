"""Gives blank nodes IRIs made of their content, so that the same file gives the same quads.

Skolem IRIs as https://www.w3.org/TR/rdf11-concepts/#section-skolemization says.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from clipgraph.rdf.identity import GENID
from clipgraph.rdf.terms import BlankNode, NamedNode, Triple


@dataclass(frozen=True, slots=True)
class _Said:
    """What a triple says of a blank node: as its subject, or else as one that its triple term names.

    ``others`` are the blank nodes that this leads to; a subject may be among its own.
    """

    triple: Triple
    is_subject: bool
    others: tuple[BlankNode, ...]


_Saying = Mapping[BlankNode, list[_Said]]
_Hashes = dict[BlankNode, str]


def skolemise(triples: Iterable[Triple], within: str = "") -> list[Triple]:
    """Return the triples in their order, every blank node replaced by an IRI, a hash of what it says.

    The hash holds what points to the node, too: two that say the same stay two, unless they say the same
    of the same. One that leads back to itself is also numbered among its equals, in the order of the
    file; blank nodes that a triple term names lead to each other and to its subject. Takes time that is
    polynomial in the number of triples, whatever they are. What is said in one graph, ``within``, gives other
    IRIs than the same in another.
    """
    triples = list(triples)
    saying = _saying(triples)
    hashes = _trees(saying)
    lowest_first = list(hashes)
    _tangles(saying, hashes)
    names = _placed(triples, lowest_first, hashes, within)

    def named(term: object) -> object:
        if isinstance(term, Triple):
            return Triple(named(term.subject), term.predicate, named(term.object))  # type: ignore[arg-type]
        return names.get(term, term)

    return [cast("Triple", named(triple)) for triple in triples]


def _saying(triples: list[Triple]) -> _Saying:
    """Return what is said of each blank node."""
    saying: dict[BlankNode, list[_Said]] = {}
    for triple in triples:
        for node in (triple.subject, *_blank_in(triple.object)):
            if isinstance(node, BlankNode):
                saying.setdefault(node, [])
    for triple in triples:
        below = tuple(_blank_in(triple.object))
        if isinstance(triple.subject, BlankNode):
            saying[triple.subject].append(_Said(triple, is_subject=True, others=below))
        if isinstance(triple.object, Triple):
            around = dict.fromkeys((*_blank_in(triple.subject), *below))
            for node in dict.fromkeys(below):
                others = tuple(other for other in around if other != node)
                saying[node].append(_Said(triple, is_subject=False, others=others))
    return saying


def _blank_in(term: object) -> Iterator[BlankNode]:
    """Yield the blank nodes of a term, which is one or may be a triple term that names some."""
    if isinstance(term, BlankNode):
        yield term
    elif isinstance(term, Triple):
        yield from _blank_in(term.subject)
        yield from _blank_in(term.object)


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
        for other in (other for each in said for other in each.others):
            above[other].append(node)
            below[node] += 1
    hashes: _Hashes = {}
    ready = [node for node in saying if not below[node]]
    while ready:
        node = ready.pop()
        hashes[node] = _hash(node, saying[node], hashes)
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
        known = hashes | colours
        refined = {node: _hash(node, saying[node], known) for node in tangled}
        finished = len(set(refined.values())) == len(set(colours.values()))
        colours = refined
        if finished:
            break
    equals: Counter[str] = Counter()
    for node, colour in colours.items():
        hashes[node] = hashlib.sha256(f"{colour} {equals[colour]}".encode()).hexdigest()
        equals[colour] += 1


def _hash(node: BlankNode, said: list[_Said], hashes: Mapping[BlankNode, str]) -> str:
    # In a triple term it stands apart from the others, or the two ends of one could be one.
    apart = {other: hashes[other] for each in said if not each.is_subject for other in each.others}
    apart[node] = "itself"
    lines = (
        f"{each.triple.predicate} {_text(each.triple.object, hashes)}"
        if each.is_subject
        else f"{_text(each.triple.subject, apart)} {each.triple.predicate} {_text(each.triple.object, apart)}"
        for each in said
    )
    return hashlib.sha256("\n".join(sorted(set(lines))).encode()).hexdigest()


def _text(term: object, hashes: Mapping[BlankNode, str]) -> str:
    """Return a term as N-Triples, with hashes for the labels of blank nodes."""
    if isinstance(term, BlankNode):
        return f"_:{hashes[term]}"
    if isinstance(term, Triple):
        return f"<<( {_text(term.subject, hashes)} {term.predicate} {_text(term.object, hashes)} )>>"
    return str(term)
