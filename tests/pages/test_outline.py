"""The coasts of the built frontend lie where the points of the maps do."""

import os
import re
from pathlib import Path

import pytest

from clipgraph.pages.environments import HERE
from clipgraph.pages.outline import outline_address
from clipgraph.pages.projection import project

BUILT = HERE / "static/built"
INLAND = {
    "Stuttgart": (9.18, 48.78),
    "Madrid": (-3.7, 40.4),
    "Ankara": (32.8, 39.9),
    "Östersund": (14.6, 63.2),
}
AT_SEA = {"Biscay": (-5, 45.5), "North Sea": (3, 56), "Black Sea": (33, 43.5), "Sardinia's west": (6, 40)}


@pytest.fixture
def rings() -> list[list[tuple[float, float]]]:
    address = outline_address(BUILT)
    if not address:
        if os.environ.get("CLIPGRAPH_REQUIRE_ALL") == "1":
            pytest.fail("the frontend is not built: make frontend")
        # Building the frontend needs Node and a network; pages work without it.
        pytest.skip("the frontend is not built: make frontend")
    text = (BUILT / Path(address).name).read_text(encoding="utf-8")
    path = re.search(r'id="land"[^>]* d="([^"]+)"', text)
    assert path is not None
    return read_rings(path[1])


def read_rings(path: str) -> list[list[tuple[float, float]]]:
    """Read rings of relative steps in tenths of a unit: ``m1 2l3-4 5 6z``."""
    rings, at = [], (0, 0)
    for ring in path.split("z")[:-1]:
        numbers = [int(number) for number in re.findall(r"-?\d+", ring)]
        points = []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            at = (at[0] + dx, at[1] + dy)
            points.append((at[0] / 10, at[1] / 10))
        at = (round(points[0][0] * 10), round(points[0][1] * 10))
        rings.append(points)
    return rings


def on_land(rings: list[list[tuple[float, float]]], longitude: float, latitude: float) -> bool:
    x, y = project(longitude, latitude)
    crossings = 0
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            crossings += (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
    return crossings % 2 == 1


def test_cities_lie_on_land_and_the_sea_does_not(rings: list[list[tuple[float, float]]]) -> None:
    assert [name for name, point in INLAND.items() if not on_land(rings, *point)] == []
    assert [name for name, point in AT_SEA.items() if on_land(rings, *point)] == []


def test_the_drawing_is_small(rings: list[list[tuple[float, float]]]) -> None:
    assert (BUILT / Path(outline_address(BUILT)).name).stat().st_size < 60_000


def test_without_a_build_there_is_no_outline(tmp_path: Path) -> None:
    assert outline_address(tmp_path) == ""
    (tmp_path / "manifest.json").write_text('{"src/x/main.ts": {"file": "x-1.js"}}', encoding="utf-8")
    assert outline_address(tmp_path) == ""
