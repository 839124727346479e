"""The places that have a point, with what is there: what the map shows, and its table and GeoJSON say."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from clipgraph.engines.rows import Row, Value
from clipgraph.pages.asking import Asking
from clipgraph.pages.choices import iri_named
from clipgraph.pages.names import Names, load_names
from clipgraph.pages.points import Point, read_position
from clipgraph.rdf.terms import Literal, NamedNode
from clipgraph.sparql.binding import is_iri

MOST = 1000  # places; queries/pages/map.rq asks for one more
FILTERS = ("country", "network", "level", "practices")


@dataclass(frozen=True)
class Place:
    """A place with a point; ``there`` holds the IRIs of what it has, by relation (see map-places.rq)."""

    point: Point
    there: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def has(self, relation: str) -> tuple[str, ...]:
        """Return the IRIs of a relation, none where there are none."""
        return self.there.get(relation, ())

    def fits(self, asked: Mapping[str, str], beside: str = "") -> bool:
        """Tell whether the place fits what is asked, leaving out one of the filters."""
        for name in ("country", "network", "level"):
            if name != beside and name in asked and iri_named(asked[name]) not in self.has(name):
                return False
        wanted = asked.get("practices", "") if beside != "practices" else ""
        return wanted not in ("yes", "no") or (wanted == "yes") == bool(self.has("practice"))


@dataclass(frozen=True)
class Atlas:
    """What is known of the places; ``without`` have no point, ``names`` are those of everything there.

    ``more`` tells that there are more places than ``MOST``.
    """

    places: list[Place]
    without: list[tuple[str, Value]]
    names: Names
    more: bool


async def load_atlas(asking: Asking, asked: Mapping[str, str]) -> Atlas:
    """Return the places, within the country that is asked for where there are too many; three queries."""
    rows = await asking.rows("map", within=Literal(""))
    within = iri_named(asked.get("country", ""))
    if _has_more(rows) and is_iri(within):
        rows = await asking.rows("map", within=NamedNode(within))
    positions = _positions(rows)
    without = [row["place"].text for row in rows if row["place"].text not in positions]
    there = await asking.rows("map-places", place=[NamedNode(iri) for iri in positions])
    wanted = {*positions, *without, *(row["thing"].text for row in there if row["relation"].text != "source")}
    names = await load_names(asking, wanted)
    places = _places(positions, there, names)
    nowhere = sorted(((iri, names.of(iri)) for iri in dict.fromkeys(without)), key=_by_name)
    return Atlas(places, nowhere, names, _has_more(rows))


def _by_name(pair: tuple[str, Value]) -> str:
    return pair[1].text.casefold()


def _has_more(rows: Iterable[Row]) -> bool:
    return len({row["place"].text for row in rows if "point" in row}) > MOST


def _positions(rows: Iterable[Row]) -> dict[str, tuple[float, float]]:
    """Return where places lie; of several points the first that can be read counts."""
    found: dict[str, tuple[float, float]] = {}
    for row in rows:
        if "point" in row and row["place"].kind == "uri" and len(found) < MOST:
            position = read_position(row["point"].text)
            if position and row["place"].text not in found:
                found[row["place"].text] = position
    return found


def _places(positions: Mapping[str, tuple[float, float]], rows: Iterable[Row], names: Names) -> list[Place]:
    """Return the places, those with most to see first: it is for them that names find room on the map."""
    there: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows:
        there[row["place"].text][row["relation"].text][row["thing"].text] = None
    places = []
    for iri, (longitude, latitude) in positions.items():
        name = names.of(iri)
        point = Point(iri, name.text, longitude, latitude, name.language)
        places.append(Place(point, {relation: tuple(things) for relation, things in there[iri].items()}))
    return sorted(
        places,
        key=lambda place: (
            -len(place.has("practice")),
            -len(place.has("network")),
            place.point.label.casefold(),
            place.point.iri,
        ),
    )
