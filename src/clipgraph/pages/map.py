"""The page of /map: places with a point, drawn, chosen by plain links, told in a table; and as GeoJSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clipgraph.pages.asking import Asking
from clipgraph.pages.atlas import FILTERS, MOST, Atlas, Place, load_atlas
from clipgraph.pages.choices import Address, Choice, asked_of, counted, must_be_of, name_of
from clipgraph.pages.labelling import Label
from clipgraph.pages.maps import Frame, Mark, Placed, framed, marks_of, on_the_sheet
from clipgraph.pages.messages import N_
from clipgraph.pages.points import Point
from clipgraph.pages.projection import HEIGHT, WIDTH
from clipgraph.pages.tables import table

_GEONAMES = "https://sws.geonames.org/"  # whose licence asks for credit
_RELATIONS = ("kind", "country", "level", "actor", "network", "practice")
_LEAST = 420.0  # of the sheet's units: a country is shown with its neighbours


@dataclass(frozen=True, slots=True)
class Size:
    """How large marks and letters are, in thousandths of the map's width; pictures.css has the same."""

    radii: tuple[float, ...]  # of a mark, and of its ring for one, two, three or more practices
    letters: float

    def radius(self, practices: int) -> float:
        """Return how far the mark of a place with that many practices reaches."""
        return self.radii[min(practices, len(self.radii) - 1)]


_WIDE, _NARROW = Size((8, 14, 18, 22), 18), Size((13, 24, 29, 34), 38)  # on a screen, and on a telephone


@dataclass(frozen=True, slots=True)
class Spot:
    """A mark of the map, with its name where the map is wide and where it is narrow."""

    x: float
    y: float
    places: tuple[Place, ...]
    wide: Label | None
    narrow: Label | None

    @property
    def is_member(self) -> bool:
        """Whether an authority of the place belongs to a network."""
        return any(place.has("network") for place in self.places)

    @property
    def practices(self) -> int:
        """How many practices are here."""
        return len({iri for place in self.places for iri in place.has("practice")})

    @property
    def ring(self) -> float:
        """The radius of the ring around the mark, 0 for none."""
        return _WIDE.radius(self.practices) if self.practices else 0


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn: marks in a frame, the most telling first, and the places off the sheet."""

    frame: Frame
    spots: list[Spot]
    outside: list[Point]


async def map_page(asking: Asking) -> str:
    """Return the page of the map; three queries, four where there are more places than it can show."""
    asked = _asked(asking)
    address = Address(asking.reader.link(asking.path), asked)
    atlas = await load_atlas(asking, asked)
    places = [place for place in atlas.places if place.fits(asked)]
    listed = sorted(places, key=lambda place: (place.point.label.casefold(), place.point.iri))
    return asking.render(
        "map.html",
        atlas=atlas,
        places=listed,
        drawing=draw(places),
        choices=_choices(asking, atlas, address),
        geojson=address.with_(format="geojson"),
        table=address.with_(format="csv"),
        most=MOST,
        geonames=any(iri.startswith(_GEONAMES) for place in places for iri in place.has("source")),
    )


async def map_data(asking: Asking) -> dict[str, Any]:
    """Return the same places as GeoJSON (RFC 7946, https://www.rfc-editor.org/rfc/rfc7946)."""
    asked = _asked(asking)
    atlas = await load_atlas(asking, asked)
    features = [_feature(place, atlas) for place in atlas.places if place.fits(asked)]
    without = [{"iri": iri, "label": label.text} for iri, label in atlas.without]
    return {
        "type": "FeatureCollection",
        "release": asking.release,  # a foreign member: https://www.rfc-editor.org/rfc/rfc7946#section-6.1
        "features": features,
        "without_point": without,
        "more": atlas.more,
    }


async def map_table(asking: Asking) -> str:
    """Return the same places as CSV, a place a line; the last are those without a point."""
    told = await map_data(asking)
    places = [each["properties"] | _where(each) for each in told["features"]]
    of = {
        f"{relation}{name}": f"{relation}.{member}"
        for relation in _RELATIONS
        for name, member in (("", "label"), ("_iri", "iri"))
    }
    columns = {"iri": "iri", "label": "label", "longitude": "longitude", "latitude": "latitude", **of}
    return table(columns, [*places, *told["without_point"]])


def _where(feature: dict[str, Any]) -> dict[str, Any]:
    longitude, latitude = feature["geometry"]["coordinates"]
    return {"iri": feature["id"], "longitude": longitude, "latitude": latitude}


def _asked(asking: Asking) -> dict[str, str]:
    asked = asked_of(asking.parameters, FILTERS)
    must_be_of(asked, "practices", ("yes", "no"))
    return asked


def draw(places: list[Place]) -> Drawing:
    """Return the drawing of the places, framed by those that the sheet reaches."""
    of = {place.point: place for place in places}
    inside, outside = on_the_sheet([place.point for place in places])
    corners = [where for _, where in inside] or [(0.0, 0.0), (WIDTH, HEIGHT)]
    frame = framed(corners, _LEAST, WIDTH, HEIGHT)
    wide, narrow = (_marks(inside, frame, of, size) for size in (_WIDE, _NARROW))
    spots = [
        Spot(one.x, one.y, tuple(of[point] for point in one.points), one.label, other.label)
        for one, other in zip(wide, narrow, strict=True)
    ]
    return Drawing(frame, spots, outside)


def _marks(inside: Sequence[Placed], frame: Frame, of: Mapping[Point, Place], size: Size) -> list[Mark]:
    return marks_of(inside, frame, lambda point: size.radius(len(of[point].has("practice"))), size.letters)


def _choices(asking: Asking, atlas: Atlas, address: Address) -> list[Choice]:
    """Return the filters; each counts the places that fit the others."""
    choices = []
    for name, heading in (("country", N_("Country")), ("network", N_("Network")), ("level", N_("Level"))):
        fitting = [place for place in atlas.places if place.fits(address.asked, name)]
        counts = counted(fitting, lambda place, name=name: place.has(name))  # type: ignore[misc]
        options = [
            (name_of(iri), label.text, label.language, counts[iri])
            for iri in counts
            for label in (atlas.names.short(iri),)
        ]
        options.sort(key=lambda option: option[1].casefold())
        choices.append(address.choice(name, heading, options))
    fitting = [place for place in atlas.places if place.fits(address.asked, "practices")]
    having = sum(1 for place in fitting if place.has("practice"))
    told = [
        ("yes", asking.message(N_("with practices")), "", having),
        ("no", asking.message(N_("without practices")), "", len(fitting) - having),
    ]
    choices.append(address.choice("practices", N_("Practices"), told))
    return [choice for choice in choices if choice.options]


def _feature(place: Place, atlas: Atlas) -> dict[str, Any]:
    """Return a place as a feature of GeoJSON; what is there has IRI and label."""
    there = {
        relation: [{"iri": iri, "label": atlas.names.of(iri).text} for iri in place.has(relation)]
        for relation in _RELATIONS
    }
    point = place.point
    return {
        "type": "Feature",
        "id": point.iri,
        "geometry": {"type": "Point", "coordinates": [point.longitude, point.latitude]},
        "properties": {"label": point.label, **there},
    }
