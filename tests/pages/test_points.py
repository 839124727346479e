"""Points as GeoSPARQL writes them, and what is none."""

import pytest

from clipgraph.pages.points import read_position


@pytest.mark.parametrize(
    ("wkt", "position"),
    [
        ("POINT(9.17702 48.78232)", (9.17702, 48.78232)),
        (" point ( -9.15   38.7 ) ", (-9.15, 38.7)),
        ("POINT Z (1 2 3)", (1, 2)),
        ("<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT(1 2)", (1, 2)),
        ("<http://www.opengis.net/def/crs/EPSG/0/4326> POINT(48.8 9.2)", (9.2, 48.8)),
        ("POINT(181 10)", (-179, 10)),
        ("POINT(-180 10)", (-180, 10)),
        ("POINT(1e1 -2.5E0)", (10, -2.5)),
    ],
)
def test_points_are_read_as_longitude_and_latitude(wkt: str, position: tuple[float, float]) -> None:
    assert read_position(wkt) == pytest.approx(position)


@pytest.mark.parametrize(
    "wkt",
    [
        "",
        "POINT EMPTY",
        "POINT(1)",
        "POINT(1 91)",
        "POINT(400 1)",
        "POINT(nan inf)",
        "POINT(1e99 1)",
        "POLYGON((0 0, 1 1, 1 0, 0 0))",
        "<http://www.opengis.net/def/crs/EPSG/0/3035> POINT(4321000 3210000)",
        "POINT(" + "9" * 100_000 + " 1)",
        "POINT(1 2)" + " " * 100_000 + "x",
    ],
)
def test_what_is_no_point_on_earth_has_no_position(wkt: str) -> None:
    assert read_position(wkt) is None
