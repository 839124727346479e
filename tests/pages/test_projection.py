"""The sheet of the maps is the one that the coasts are drawn on."""

import re

import pytest

from clipgraph.pages.projection import HEIGHT, WIDTH, graticule, on_sheet, project

# Computed by d3-geo 3.1.1: geoAzimuthalEqualArea().rotate([-12, -52]).scale(1600).translate([520, 450])
D3 = [
    (12, 52, 520, 450),
    (9.17702, 48.78232, 468.05, 538.845),
    (-9.1498, 38.72509, 62.819, 755.689),
    (27.13838, 38.41273, 851.126, 795.484),
    (17.3063, 62.39129, 588.877, 157.614),
    (-21.94, 64.15, 123.689, 12.058),
    (44.5, 40.18, 1192.968, 631.231),
    (-74, 40.7, -856.126, -204.682),
    (179.9, -17, 1550.008, -2411.149),
    (-179.9, -17, 1534.348, -2417.119),
    (0, 90, 520, -591.818),
]


@pytest.mark.parametrize(("longitude", "latitude", "x", "y"), D3)
def test_the_numbers_are_those_of_d3(longitude: float, latitude: float, x: float, y: float) -> None:
    assert project(longitude, latitude) == pytest.approx((x, y), abs=0.001)


def test_the_antipode_of_the_centre_lies_far_outside() -> None:
    assert not on_sheet(*project(-168, -52))


def test_the_sheet_reaches_from_lisbon_to_izmir_and_not_to_yerevan() -> None:
    assert on_sheet(*project(-9.15, 38.73))
    assert on_sheet(*project(27.14, 38.41))
    assert not on_sheet(*project(44.5, 40.18))


def test_the_graticule_is_small_and_lies_around_the_sheet() -> None:
    path = graticule()
    numbers = [float(number) for number in re.findall(r"-?\d+", path)]

    assert len(path) < 6000
    assert min(numbers) > -WIDTH
    assert max(numbers) < WIDTH + HEIGHT
    assert "inf" not in path
    assert "nan" not in path
