"""The model of the map: what it reads, what each choice leaves, what is drawn."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from clipgraph.engines.rows import Row, Value
from clipgraph.pages.asking import Asking
from clipgraph.pages.atlas import MOST, Atlas, load_atlas
from clipgraph.pages.choices import Address, asked_of, iri_named, name_of
from clipgraph.pages.map import draw
from clipgraph.pages.reader import Reader

BASE = "https://w3id.org/clipgraph/"
CITY, CLIP, GERMANY = BASE + "id/city/", BASE + "id/network/clip", BASE + "id/country/germany"


def iri(text: str) -> Value:
    return Value("uri", text)


def row(**values: str) -> Row:
    kinds = {"point": "literal", "relation": "literal", "label": "literal"}
    return {name: Value(kinds.get(name, "uri"), text) for name, text in values.items()}


@dataclass
class Asked:
    """Answers from rows at hand, in the place of an engine; what was asked is kept."""

    answers: dict[str, list[Row]]
    reader: Reader = field(default_factory=Reader)
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    async def rows(self, name: str, **values: object) -> list[Row]:
        """Return the rows at hand for a query, of the places that are asked for."""
        self.asked.append((name, values))
        found = self.answers.get(name, [])
        wanted = values.get("place")
        if isinstance(wanted, Sequence):
            iris = {term.value for term in wanted}
            return [each for each in found if each["place"].text in iris]
        return found


def atlas_of(places: list[Row], there: list[Row] | None = None, **asked: str) -> Atlas:
    answers = {"map": places, "map-places": there or [], "names": []}
    return asyncio.run(load_atlas(cast(Asking, Asked(answers)), asked))


POINTS = [
    row(place=CITY + "stuttgart", point="POINT(9.17702 48.78232)"),
    row(place=CITY + "bamberg", point="POINT(10.90067 49.89873)"),
    row(place=CITY + "paris", point="POINT(2.3488 48.85341)"),
    row(place=CITY + "broken", point="POINT(north pole)"),
    row(place=BASE + "id/borough/kirklees"),
]
THERE = [
    row(place=CITY + "stuttgart", relation="country", thing=GERMANY),
    row(place=CITY + "bamberg", relation="country", thing=GERMANY),
    row(place=CITY + "stuttgart", relation="network", thing=CLIP),
    row(place=CITY + "paris", relation="practice", thing=BASE + "id/practice/label"),
]


def test_what_has_no_point_that_can_be_read_is_told_and_not_drawn() -> None:
    atlas = atlas_of(POINTS, THERE)

    assert {place.point.iri for place in atlas.places} == {
        CITY + "stuttgart",
        CITY + "bamberg",
        CITY + "paris",
    }
    assert [each for each, _ in atlas.without] == [BASE + "id/borough/kirklees", CITY + "broken"]


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ({}, {"stuttgart", "bamberg", "paris"}),
        ({"country": "/id/country/germany"}, {"stuttgart", "bamberg"}),
        ({"country": GERMANY, "network": "/doc/network/clip"}, {"stuttgart"}),
        ({"practices": "yes"}, {"paris"}),
        ({"practices": "no"}, {"stuttgart", "bamberg"}),
        ({"practices": "perhaps"}, {"stuttgart", "bamberg", "paris"}),
        ({"country": "/id/country/nowhere"}, set()),
        ({"level": "<script>"}, set()),
    ],
)
def test_choices_leave_the_places_that_fit_all_of_them(asked: dict[str, str], left: set[str]) -> None:
    places = [place for place in atlas_of(POINTS, THERE).places if place.fits(asked)]

    assert {place.point.iri.removeprefix(CITY) for place in places} == left


def test_places_with_practices_come_first_for_their_names_to_find_room() -> None:
    assert [place.point.iri.removeprefix(CITY) for place in atlas_of(POINTS, THERE).places] == [
        "paris",
        "stuttgart",
        "bamberg",
    ]


def test_two_things_at_one_place_share_a_mark() -> None:
    twice = [*POINTS, row(place=BASE + "id/area/centre", point="POINT(9.17702 48.78232)")]
    drawing = draw(atlas_of(twice, THERE).places)

    assert sorted(len(spot.places) for spot in drawing.spots) == [1, 1, 2]


def test_a_place_beyond_the_antimeridian_lies_outside_and_is_told() -> None:
    far = [*POINTS, row(place=CITY + "suva", point="POINT(178.44 -18.14)")]
    drawing = draw(atlas_of(far, THERE).places)

    assert [point.iri for point in drawing.outside] == [CITY + "suva"]
    assert len(drawing.spots) == 3


def test_nothing_to_draw_is_an_empty_sheet() -> None:
    drawing = draw([])

    assert drawing.spots == []
    assert drawing.frame.scale == 1


def test_too_many_places_are_cut_and_a_country_is_asked_for_alone() -> None:
    many = [row(place=f"{CITY}x{n:05}", point=f"POINT({n % 30} {40 + n % 20})") for n in range(MOST + 1)]
    asked = Asked({"map": many})
    atlas = asyncio.run(load_atlas(cast(Asking, asked), {"country": "/id/country/germany"}))

    assert atlas.more
    assert len(atlas.places) == MOST
    within = [str(values["within"]) for name, values in asked.asked if name == "map"]
    assert within == ['""', f"<{GERMANY}>"]
    assert len(draw(atlas.places).spots) <= MOST


def test_an_address_names_our_things_by_path() -> None:
    assert name_of(GERMANY) == "/id/country/germany"
    assert iri_named("/doc/country/germany") == GERMANY
    assert iri_named("https://example.org/x") == "https://example.org/x"


def test_links_keep_the_other_choices_and_the_release_but_not_the_page() -> None:
    asked = asked_of("country=/id/country/germany&page=3&release=2&country=x&odd=1", ("country", "page"))
    address = Address("/de/map", asked)

    assert asked == {"country": "/id/country/germany", "page": "3", "release": "2"}
    assert address.with_(practices="yes") == "/de/map?country=/id/country/germany&release=2&practices=yes"
    assert address.with_(country="") == "/de/map?release=2"
    assert address.with_(country='"><b>') == "/de/map?country=%22%3E%3Cb%3E&release=2"
