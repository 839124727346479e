"""Folds large parts of a network: actors of one kind with the same ties become one node, which opens."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from clipgraph.pages.actors import JOINT, LEVELS, Actor, Network, Tie

LARGE = 8  # actors; fewer are shown one by one


@dataclass(frozen=True)
class Node:
    """One actor, or several that are alike, named by the first."""

    actors: tuple[Actor, ...]

    @property
    def key(self) -> str:
        """What links and ties name it by: the IRI of its first actor."""
        return self.actors[0].iri

    @property
    def is_folded(self) -> bool:
        """Whether it stands for several."""
        return len(self.actors) > 1

    @property
    def band(self) -> str:
        """Where it stands: the IRI of its level, ``joint`` for bodies across levels, else empty."""
        first = self.actors[0]
        return "joint" if first.kind in JOINT and first.level not in LEVELS else first.level


@dataclass(frozen=True, slots=True)
class Line:
    """A tie between two nodes, of ``count`` ties of their actors; proposed where all of these are."""

    source: str
    target: str
    kind: str
    is_proposed: bool
    count: int


@dataclass(frozen=True)
class Picture:
    """The nodes and lines to draw, and the ties behind each node."""

    nodes: list[Node]
    lines: list[Line]
    ties: Mapping[str, list[Tie]]


def fold(network: Network, unfolded: Collection[str] = (), alone: Collection[str] = ()) -> Picture:
    """Return the picture of a network in which large groups are folded.

    A group with one of the ``unfolded`` actors is open; the actors ``alone`` are in no group. An actor's
    group is found by what it belongs to; then once more, with the groups in the place of what they hold.
    """
    whole = {iri: iri for iri in network.actors}
    for _ in range(2):
        whole = _grouped(network, whole, unfolded, alone)
    members: dict[str, list[Actor]] = defaultdict(list)
    for actor in sorted(network.actors.values(), key=_by_name):
        members[whole[actor.iri]].append(actor)
    nodes = [Node(tuple(actors)) for actors in members.values()]
    key_of = {actor.iri: node.key for node in nodes for actor in node.actors}
    ties = defaultdict(list)
    for tie in network.ties:
        ties[key_of[tie.actor]].append(tie)
    return Picture(nodes, _lines(network.ties, key_of), ties)


def _by_name(actor: Actor) -> tuple[str, str]:
    return actor.label.text.casefold(), actor.iri


def _grouped(
    network: Network, whole: Mapping[str, str], unfolded: Collection[str], alone: Collection[str]
) -> dict[str, str]:
    """Return for each actor what stands for it: the first of its group, or itself."""
    bound: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for tie in network.ties:
        bound[tie.actor].add((tie.kind, whole[tie.other], tie.role, tie.status))
    groups: dict[object, list[str]] = defaultdict(list)
    for iri, actor in sorted(network.actors.items()):
        if iri not in alone and actor.kind != "network":
            # Groups that a source names as a whole say little one by one, whatever they are tied to.
            ties = frozenset(bound[iri]) if actor.kind != "group" else None
            alike = (actor.kind, actor.level, actor.sector, actor.status, ties)
            groups[alike].append(iri)
    found = {iri: iri for iri in network.actors}
    for group in groups.values():
        if len(group) >= LARGE and not set(group) & set(unfolded):
            found.update(dict.fromkeys(group, group[0]))
    return found


def _lines(ties: Iterable[Tie], key_of: Mapping[str, str]) -> list[Line]:
    bundles: dict[tuple[str, str, str], list[Tie]] = defaultdict(list)
    for tie in ties:
        ends = key_of[tie.actor], key_of[tie.other]
        if ends[0] != ends[1]:
            bundles[*ends, tie.kind].append(tie)
    return [
        Line(source, target, kind, all(tie.is_proposed for tie in bundle), len(bundle))
        for (source, target, kind), bundle in bundles.items()
    ]
