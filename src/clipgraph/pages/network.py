"""The page of /network: actors in the bands of their levels and their ties, walked actor by actor."""

from collections.abc import Iterable, Mapping
from typing import Any

from clipgraph.errors import NotFound
from clipgraph.pages.actors import LEVELS, Actor, Network, load_network
from clipgraph.pages.asking import Asking
from clipgraph.pages.choices import Address, Choice, asked_of, counted, iri_named, name_of
from clipgraph.pages.folding import fold
from clipgraph.pages.messages import N_
from clipgraph.pages.network_view import links_of, view_of
from clipgraph.pages.tables import table

FILTERS = ("level", "sector", "network")
_OF_A_NODE = ("id", "label", "kind", "level", "sector")
_NONE = "none"  # in an address: those without a level or sector


async def network_page(asking: Asking) -> str:
    """Return the page; three queries. Raises NotFound for an actor that is not in the network."""
    asked = asked_of(asking.parameters, ("actor", "open", *FILTERS))
    address = Address(asking.reader.link(asking.path), asked)
    network, chosen = await _asked(asking, asked)
    shown = _around_or_fitting(network, chosen, asked)
    unfolded = {iri_named(name) for name in asked.get("open", "").split()}
    picture = fold(shown, unfolded, {chosen.iri} if chosen else ())
    links = links_of(asking, address, picture, chosen)
    view = view_of(asking, network, picture, chosen, links)
    choices = [] if chosen else _choices(asking, network, address)
    folded = address.with_(open="") if unfolded & set(shown.actors) else ""
    return asking.render(
        "network.html",
        view=view,
        choices=choices,
        folded=folded,
        data=address.with_(format="json"),
        table=address.with_(format="csv"),
    )


async def network_data(asking: Asking) -> dict[str, Any]:
    """Return the same actors and ties as nodes and links, none of them folded. Raises NotFound."""
    asked = asked_of(asking.parameters, ("actor", *FILTERS))
    network, chosen = await _asked(asking, asked)
    shown = _around_or_fitting(network, chosen, asked)
    nodes = [
        {
            "id": actor.iri,
            "label": actor.label.text,
            "kind": actor.kind,
            "proposed": actor.is_proposed,
            **_given(level=actor.level, sector=actor.sector, status=actor.status),
        }
        for actor in shown.actors.values()
    ]
    links = [
        {
            "source": tie.actor,
            "target": tie.other,
            "tie": tie.kind,
            "proposed": tie.is_proposed,
            **_given(role=tie.role, status=tie.status),
        }
        for tie in shown.ties
    ]
    return {"release": asking.release, "nodes": nodes, "links": links, "more": network.more}


async def network_table(asking: Asking) -> str:
    """Return the same ties as CSV, a tie a line with both its ends. Raises NotFound."""
    told = await network_data(asking)
    nodes = {node["id"]: node for node in told["nodes"]}
    ties = [link | {end: nodes[link[end]] for end in ("source", "target")} for link in told["links"]]
    ends = {f"{end}_{name}": f"{end}.{name}" for end in ("source", "target") for name in _OF_A_NODE}
    return table(ends | {name: name for name in ("tie", "role", "proposed", "status")}, ties)


def _given(**values: str) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}


async def _asked(asking: Asking, asked: Mapping[str, str]) -> tuple[Network, Actor | None]:
    iri = iri_named(asked.get("actor", ""))
    network = await load_network(asking, iri)
    if iri and iri not in network.actors:
        raise NotFound.worded("there is no actor %(iri)s in the network", iri=iri[:300])
    return network, network.actors.get(iri)


def _around_or_fitting(network: Network, chosen: Actor | None, asked: Mapping[str, str]) -> Network:
    """Return the chosen actor with its neighbours, else what fits and the bodies that it is tied to."""
    if chosen:
        return network.around(chosen.iri)
    if not set(FILTERS) & set(asked):
        return network
    fitting = {actor.iri for actor in _fitting(network, asked)}
    bodies = {tie.other for tie in network.ties if tie.actor in fitting}
    return network.among(iri for iri in network.actors if iri in fitting | bodies)


def _fitting(network: Network, asked: Mapping[str, str], beside: str = "") -> list[Actor]:
    """Return the actors that fit what is asked, leaving out one of the filters."""
    wanted = {name: asked[name] for name in FILTERS if name in asked and name != beside}
    belonging = _belonging(network)
    return [
        actor
        for actor in network.actors.values()
        if all(_matches(value, getattr(actor, name)) for name, value in wanted.items() if name != "network")
        and ("network" not in wanted or iri_named(wanted["network"]) in belonging.get(actor.iri, ()))
    ]


def _matches(wanted: str, value: str) -> bool:
    return not value if wanted == _NONE else iri_named(wanted) == value


def _belonging(network: Network) -> dict[str, set[str]]:
    """Return the networks that each actor is tied to; a network belongs to itself."""
    found = {iri: {iri} for iri, actor in network.actors.items() if actor.kind == "network"}
    networks = set(found)
    for tie in network.ties:
        if tie.other in networks:
            found.setdefault(tie.actor, set()).add(tie.other)
    return found


def _choices(asking: Asking, network: Network, address: Address) -> list[Choice]:
    """Return the filters; each counts the actors that fit the others."""
    belonging = _belonging(network)

    def values(name: str, actor: Actor) -> Iterable[str]:
        return belonging.get(actor.iri, ()) if name == "network" else (getattr(actor, name) or _NONE,)

    choices = []
    for name, heading in (("level", N_("Level")), ("sector", N_("Sector")), ("network", N_("Network"))):
        counts = counted(
            _fitting(network, address.asked, name),
            lambda actor, name=name: values(name, actor),  # type: ignore[misc]
        )
        none = counts.pop(_NONE, 0)
        order = {iri: place for place, iri in enumerate(LEVELS)}
        named = [(iri, network.names.short(iri), count) for iri, count in counts.items()]
        named.sort(key=lambda each: (order.get(each[0], len(order)), each[1].text.casefold()))
        options = [(name_of(iri), label.text, label.language, count) for iri, label, count in named]
        if none:
            options.append((_NONE, asking.message(N_("none stated")), "", none))
        choices.append(address.choice(name, heading, options))
    return [choice for choice in choices if choice.options]
