"""The small map of one or a few places."""

import pytest

from clipgraph.pages.maps import small_map
from clipgraph.pages.points import Point
from clipgraph.pages.projection import HEIGHT, WIDTH, project
from clipgraph.pages.reader import Reader
from clipgraph.pages.site import open_site

STUTTGART = Point("urn:stuttgart", "Stuttgart", 9.17702, 48.78232)
AUTHORITY = Point("urn:authority", "City of Stuttgart", 9.17702, 48.78232)
LISBON = Point("urn:lisbon", "Lisbon", -9.1498, 38.72509)
IZMIR = Point("urn:izmir", "Izmir", 27.13838, 38.41273)
YEREVAN = Point("urn:yerevan", "Yerevan", 44.5, 40.18)


def test_one_place_stands_in_the_middle_of_its_region() -> None:
    found = small_map([STUTTGART])

    assert found is not None
    [mark] = found.marks
    assert (mark.x, mark.y) == pytest.approx((found.frame.width / 2, found.frame.height / 2), abs=1)
    assert mark.label is not None


def test_a_place_at_the_edge_does_not_move_the_view_off_the_sheet() -> None:
    found = small_map([LISBON])

    assert found is not None
    assert found.frame.box.left >= 0
    assert found.frame.box.bottom <= HEIGHT
    assert found.frame.shows(*project(LISBON.longitude, LISBON.latitude))


def test_what_lies_at_the_same_place_shares_a_mark() -> None:
    found = small_map([STUTTGART, AUTHORITY, STUTTGART])

    assert found is not None
    assert [mark.points for mark in found.marks] == [(STUTTGART, AUTHORITY)]


def test_far_places_fit_into_the_view() -> None:
    found = small_map([LISBON, IZMIR])

    assert found is not None
    assert len(found.marks) == 2
    assert all(0 < mark.x < found.frame.width and 0 < mark.y < found.frame.height for mark in found.marks)
    assert found.frame.box.right - found.frame.box.left <= WIDTH


def test_places_off_the_sheet_are_told() -> None:
    found = small_map([STUTTGART, YEREVAN])

    assert found is not None
    assert found.outside == [YEREVAN]
    assert small_map([YEREVAN]) is None
    assert small_map([]) is None


def test_what_lies_too_far_apart_for_a_map_is_told() -> None:
    north, south = Point("urn:north", "North", 12, 68.0), Point("urn:south", "South", 12, 36.0)
    found = small_map([north, south])

    assert found is not None
    assert len(found.marks) + len(found.outside) == 2
    assert found.outside


def test_ten_thousand_places_stay_bounded() -> None:
    points = [Point(f"urn:{number}", f"Place {number}", 5 + number / 1000, 48) for number in range(10_000)]
    found = small_map(points)

    assert found is not None
    assert sum(len(mark.points) for mark in found.marks) == 200
    assert found.more == 9_800


def drawn(points: list[Point], here: str = "") -> str:
    source = '{% from "maps.html" import small_map %}{{ small_map(map, "Places", here) }}'
    template = open_site([], []).environments[Reader("en", "/en")].from_string(source)
    return template.render(map=small_map(points), here=here)


def test_a_place_is_a_link_and_the_page_itself_is_none() -> None:
    city = Point("https://w3id.org/clipgraph/id/city/stuttgart", "Stuttgart", 9.17702, 48.78232)
    page = drawn([city, LISBON])

    assert 'href="/en/doc/city/stuttgart"' in page
    assert 'aria-label="Stuttgart"' in page
    assert "urn:lisbon" not in page  # an IRI that no browser can follow
    assert "/en/doc/city/stuttgart" not in drawn([city], city.iri)


def test_names_are_text_whatever_they_hold() -> None:
    page = drawn([Point("urn:x", '"><script>alert(1)</script>' + "x" * 100_000, 9, 48, "de")])

    assert "<script" not in page
    assert 'lang="de"' in page
    assert "Outside" not in page
    assert "Yerevan" in drawn([STUTTGART, YEREVAN])
