"""What the template of /network shows: the picture in three sizes, where nodes lead, what their ties say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from clipgraph.engines.rows import Value
from clipgraph.pages.actors import JOINT, LEVELS, Actor, Network, Tie
from clipgraph.pages.asking import Asking
from clipgraph.pages.bands import Plan, plan, wrapped
from clipgraph.pages.choices import KEPT, Address, name_of
from clipgraph.pages.folding import Node, Picture
from clipgraph.pages.iris import href
from clipgraph.pages.labelling import shortened
from clipgraph.pages.messages import N_

_WIDE, _MIDDLE, _NARROW = 1090, 720, 360  # of the drawings, about the pixels that they have
_LETTERS = 24  # of what a folded group belongs to
_JOINT = "joint"
# What is said of a tie whose statement names no role.
_WORDS = {
    "member": N_("member"),
    "involved": N_("takes part"),
    "part": N_("part of"),
    "unit": N_("unit of"),
    "founder": N_("founder"),
    "names-chair": N_("names the chair"),
}
_FOLDED = {
    "working-group": N_("%(number)s working groups"),
    "group": N_("%(number)s groups of actors"),
    "unit": N_("%(number)s units"),
}
_MANY = N_("%(number)s actors")


@dataclass(frozen=True)
class Said:
    """Ties of one node that say the same, to several others: a line of the table."""

    words: str
    language: str
    is_proposed: bool
    others: tuple[Actor, ...]


@dataclass(frozen=True)
class View:
    """What the template shows of the network."""

    network: Network
    picture: Picture
    chosen: Actor | None
    nodes: Mapping[str, Node]
    wide: Plan
    middle: Plan
    narrow: Plan
    bands: Mapping[str, str]
    names: Mapping[str, tuple[str, ...]]
    said: Mapping[str, list[Said]]
    links: Mapping[str, str]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """A number for each node, by which lines name their ends."""
        return {key: number for number, key in enumerate(self.nodes)}


def links_of(asking: Asking, address: Address, picture: Picture, chosen: Actor | None) -> dict[str, str]:
    """Return where each node leads: to its neighbours, a folded one to its actors, the chosen to its page."""
    kept = {name: address.asked[name] for name in KEPT if name in address.asked}
    walk = Address(address.path, kept)
    links = {}
    for node in picture.nodes:
        name = name_of(node.key)
        if node.is_folded:
            links[node.key] = address.with_(open=f"{address.asked.get('open', '')} {name}".strip())
        elif chosen and node.key == chosen.iri:
            links[node.key] = asking.reader.link(href(node.key))
        else:
            links[node.key] = walk.with_(actor=name)
    return links


def view_of(
    asking: Asking, network: Network, picture: Picture, chosen: Actor | None, links: Mapping[str, str]
) -> View:
    """Return what the template shows of a picture."""
    names = {node.key: _name(asking, network, picture, node) for node in picture.nodes}
    levels = {*LEVELS, *(node.band for node in picture.nodes)} - {"", _JOINT}
    bands = {level: _heading(network.names.of(level).text) for level in levels}
    bands |= {_JOINT: asking.message(N_("Across the levels")), "": asking.message(N_("No level stated"))}
    rows = _rows(picture, names, bands, chosen)
    said = {node.key: _said(asking, network, picture.ties.get(node.key, ())) for node in picture.nodes}
    wide = plan(rows, _WIDE, _JOINT)
    below = sorted(rows, key=lambda row: row[0] != _JOINT)
    middle, narrow = plan(below, _MIDDLE), plan(below, _NARROW)
    nodes = {node.key: node for node in picture.nodes}
    return View(network, picture, chosen, nodes, wide, middle, narrow, bands, names, said, links)


def _heading(text: str) -> str:
    return text[:1].upper() + text[1:]


def _rows(
    picture: Picture, names: Mapping[str, tuple[str, ...]], bands: Mapping[str, str], chosen: Actor | None
) -> list[tuple[str, dict[str, tuple[str, ...]]]]:
    """Return the boxes of each band, the chosen actor's first: levels from above, no level, joint bodies."""
    others = sorted(set(bands) - {*LEVELS, _JOINT, ""})
    tied = {end for line in picture.lines for end in (line.source, line.target)}
    rows = []
    for band in (*LEVELS, *others, "", _JOINT):
        nodes = [node for node in picture.nodes if node.band == band]
        nodes.sort(
            key=lambda node: (
                JOINT.index(node.actors[0].kind) if band == _JOINT else 0,
                not (chosen and node.key == chosen.iri),
                node.key not in tied,
                node.is_folded,
            )
        )
        rows.append((band, {node.key: names[node.key] for node in nodes}))
    return rows


def _name(asking: Asking, network: Network, picture: Picture, node: Node) -> tuple[str, ...]:
    """Return the lines of a node's name; of a folded group how many, and what they belong to."""
    first = node.actors[0]
    if not node.is_folded:
        return wrapped(network.names.short(first.iri).text)
    many = asking.message(_FOLDED.get(first.kind, _MANY)) % {"number": len(node.actors)}
    if first.kind == "group":
        return many, asking.message(N_("named as a whole"))
    ties = picture.ties.get(node.key, [])
    of = network.names.short(ties[0].other) if ties else network.names.of(first.sector or first.level)
    return many, shortened(of.text, _LETTERS)


def _said(asking: Asking, network: Network, ties: Sequence[Tie]) -> list[Said]:
    """Return what the ties of a node say, each saying with all those it holds for."""
    lines: dict[tuple[str, str, bool], dict[str, Actor]] = {}
    for tie in ties:
        known = network.names.labels.get(tie.role) if tie.role else None
        words = known or Value("literal", asking.message(_WORDS.get(tie.kind, tie.kind)))
        line = lines.setdefault((words.text, words.language, tie.is_proposed), {})
        line[tie.other] = network.actors[tie.other]
    return [Said(*key, tuple(others.values())) for key, others in lines.items()]
