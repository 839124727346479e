"""Finds a tree in a graph: which node stands within which, seen from one of them."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from clipgraph.rdf.prefixes import BASE
from clipgraph.rdf.terms import BlankNode, NamedNode, Node, Subject, Triple

_DEEPEST = 6  # levels; what lies deeper stands beside the tree
Edge = tuple[Subject, NamedNode, Subject]
Said = dict[NamedNode, list[Node | Triple]]


@dataclass
class Tree:
    """What is said of each node, and where each stands.

    ``within`` has the statements whose value is told where it is named; ``pointing`` by node the statements
    whose subject is told there since it points at it; ``others`` are the nodes that stand in no other.
    """

    about: dict[Subject, Said]
    within: set[Edge] = field(default_factory=set)
    pointing: dict[Subject, list[Edge]] = field(default_factory=lambda: defaultdict(list))
    others: list[Subject] = field(default_factory=list)


def arrange(triples: Iterable[Triple], root: Subject) -> Tree:
    """Return the tree from a node: what it leads to stands within it, the nearest first, each node once.

    Then comes what points at a node that has a place, with what that leads to.
    """
    about: dict[Subject, Said] = {}
    for triple in sorted(set(triples), key=str):
        if not isinstance(triple.subject, Triple):
            about.setdefault(triple.subject, {}).setdefault(triple.predicate, []).append(triple.object)
    tree, depths = Tree(about), {root: 0}
    _follow(tree, depths, root)
    left, found = [*about], True
    while found:
        left, found = [node for node in left if node not in depths], False
        for node in left:
            edge = None if node in depths else _pointing(about[node], depths, node)
            if edge is not None:
                found = True
                depths[node] = depths[edge[2]] + 1
                tree.pointing[edge[2]].append(edge)
                _follow(tree, depths, node)
    tree.others = left
    return tree


def _follow(tree: Tree, depths: dict[Subject, int], node: Subject) -> None:
    """Give a place to all that a node leads to, nearest first."""
    near = deque([node])
    while near:
        subject = near.popleft()
        if depths[subject] >= _DEEPEST:
            continue
        for predicate, value in _links(tree.about.get(subject, {})):
            if value in tree.about and value not in depths:
                depths[value] = depths[subject] + 1
                tree.within.add((subject, predicate, value))
                near.append(value)


def _pointing(said: Said, depths: dict[Subject, int], node: Subject) -> Edge | None:
    """Return the first statement of a node about another that has a place, None where there is none."""
    for predicate, value in _links(said):
        if depths.get(value, _DEEPEST) < _DEEPEST:
            return node, predicate, value
    return None


def _links(said: Said) -> Iterator[tuple[NamedNode, Subject]]:
    """Yield what a node leads to, by our own properties first: they say most."""
    for predicate in sorted(said, key=lambda each: (not each.value.startswith(BASE), each.value)):
        for value in said[predicate]:
            if isinstance(value, NamedNode | BlankNode):
                yield predicate, value
