"""Actors and the ties between them, as the graph states them: what the network's picture is drawn from."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from clipgraph.engines.rows import Row, Value
from clipgraph.pages.asking import Asking
from clipgraph.pages.names import Names, load_names
from clipgraph.pages.statuses import is_unreal
from clipgraph.rdf.prefixes import BASE, PREFIXES
from clipgraph.rdf.terms import Literal, NamedNode
from clipgraph.sparql.binding import is_iri

MOST_TIES, MOST_STATEMENTS = 5000, 20_000  # queries/pages/network*.rq ask for one more
LEVELS = tuple(
    f"{BASE}scheme/governance-level/{name}" for name in ("european", "national", "regional", "local")
)
# The most telling kind counts.
_KINDS = {
    PREFIXES["clip"] + "WorkingGroup": "working-group",
    PREFIXES["clip"] + "SteeringCommittee": "committee",
    PREFIXES["org"] + "OrganizationalCollaboration": "network",
    PREFIXES["org"] + "OrganizationalUnit": "unit",
    PREFIXES["clip"] + "ActorGroup": "group",
    PREFIXES["org"] + "Post": "post",
}
# Bodies in which actors of several levels come together.
JOINT = ("network", "committee", "working-group")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an organisation, a network or body, a unit, a post, or a group that a source names as one.

    ``level``, ``sector`` and ``status`` are IRIs, empty where the graph says none.
    """

    iri: str
    label: Value
    kind: str = "organisation"
    level: str = ""
    sector: str = ""
    status: str = ""

    @property
    def is_proposed(self) -> bool:
        """Whether it is not there yet."""
        return is_unreal(self.status)


@dataclass(frozen=True, slots=True)
class Tie:
    """What binds an actor to another: ``kind`` as in network.rq, ``role`` and ``status`` IRIs or empty."""

    actor: str
    kind: str
    other: str
    role: str = ""
    status: str = ""

    @property
    def is_proposed(self) -> bool:
        """Whether it is only proposed, demanded or announced."""
        return is_unreal(self.status)


@dataclass(frozen=True)
class Network:
    """Actors by IRI, the ties between them, and the names of actors, levels, sectors, roles and statuses.

    ``more`` tells that there are more ties or actors than were read.
    """

    actors: Mapping[str, Actor]
    ties: list[Tie]
    names: Names
    more: bool = False

    def among(self, kept: Iterable[str]) -> "Network":
        """Return the part with these actors alone."""
        actors = {iri: self.actors[iri] for iri in kept if iri in self.actors}
        ties = [tie for tie in self.ties if tie.actor in actors and tie.other in actors]
        return Network(actors, ties, self.names, self.more)

    def around(self, iri: str) -> "Network":
        """Return an actor with its neighbours, and its own ties alone."""
        ties = [tie for tie in self.ties if iri in (tie.actor, tie.other)]
        kept = {iri, *(end for tie in ties for end in (tie.actor, tie.other))}
        return Network({end: self.actors[end] for end in sorted(kept)}, ties, self.names, self.more)


async def load_network(asking: Asking, around: str = "") -> Network:
    """Return the network, where it is too large the ties of the actor asked for; three queries, else four."""
    rows = await asking.rows("network", around=Literal(""))
    if len(rows) > MOST_TIES and is_iri(around):
        rows = await asking.rows("network", around=NamedNode(around))
    ties = list(dict.fromkeys(_tie(row) for row in rows[:MOST_TIES]))
    said = await asking.rows("network-actors")
    about = _about(said, ties)
    wanted = {*about, *LEVELS}
    for values in about.values():
        wanted.update(iri for relation in ("level", "sector", "status") for iri in values.get(relation, ()))
    wanted.update(iri for tie in ties for iri in (tie.role, tie.status) if iri)
    names = await load_names(asking, wanted)
    actors = {iri: _actor(iri, values, names) for iri, values in about.items()}
    return Network(actors, ties, names, len(rows) > MOST_TIES or len(said) > MOST_STATEMENTS)


def _tie(row: Row) -> Tie:
    def text(name: str) -> str:
        return row[name].text if name in row else ""

    return Tie(text("actor"), text("tie"), text("other"), text("role"), text("status"))


def _about(rows: Iterable[Row], ties: Iterable[Tie]) -> dict[str, dict[str, list[str]]]:
    """Return what is said of each organisation, and of whatever else a tie reaches."""
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        values = said[row["actor"].text][row["relation"].text]
        if "value" in row:
            values.append(row["value"].text)
    ends = {end for tie in ties for end in (tie.actor, tie.other)}
    wanted = sorted(ends | {iri for iri, values in said.items() if "organisation" in values})
    return {iri: said.get(iri, {}) for iri in wanted}


def _actor(iri: str, said: Mapping[str, list[str]], names: Names) -> Actor:
    kinds = [name for kind, name in _KINDS.items() if kind in said.get("kind", ())]
    level, sector, status = (min(said.get(relation, ("",))) for relation in ("level", "sector", "status"))
    return Actor(iri, names.of(iri), kinds[0] if kinds else "organisation", level, sector, status)
