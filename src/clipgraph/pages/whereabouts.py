"""The map of a page: the thing itself, and the places of what its page lists."""

from collections.abc import Iterator

from clipgraph.engines.rows import Value
from clipgraph.pages.facts import Item
from clipgraph.pages.maps import SmallMap, small_map
from clipgraph.pages.points import Point, read_position
from clipgraph.pages.resource_model import Resource


def map_of(resource: Resource) -> SmallMap | None:
    """Return the map of a page, None where nothing of it has a place that can be drawn."""
    return small_map([*_own(resource), *_listed(resource)])


def _own(resource: Resource) -> Iterator[Point]:
    geometry = resource.fact("geo:hasGeometry")
    for item in geometry.items if geometry else ():
        if point := _point(resource.iri, resource.label, item.one("geo:asWKT")):
            yield point


def _listed(resource: Resource) -> Iterator[Point]:
    for cards in resource.parts.values():
        for card in cards:
            member = next(iter(card.items("org:member")), None)
            iri, label = (member.iri, member.label) if member else (card.iri, card.label)
            if point := _point(iri, label, next(iter(card.items("geo:asWKT")), None)):
                yield point


def _point(iri: str, label: Value, written: Item | None) -> Point | None:
    position = read_position(written.value.text) if written else None
    return Point(iri, label.text, *position, label.language) if position else None
