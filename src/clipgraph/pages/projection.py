"""The projection of every map: Lambert azimuthal equal-area on a sphere, centred on Europe.

The same numbers as ``geoAzimuthalEqualArea().rotate([-12, -52]).scale(1600).translate([520, 450])`` of d3-geo
(https://d3js.org/d3-geo/azimuthal#geoAzimuthalEqualArea), by which ``frontend/outline`` draws the coasts.
"""

from math import cos, hypot, radians, sin, sqrt

WIDTH, HEIGHT = 1000, 900  # of the sheet, in its own units
_LONGITUDE, _LATITUDE = radians(12), radians(52)
_SCALE, _X, _Y = 1600, 520, 450
_NOWHERE = 1e-9  # what is left of 2 at the point opposite to the centre
_STEP = 2  # degrees between the points of a graticule's lines


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Return the place on the sheet of a point in degrees (WGS 84); it may lie outside of the sheet.

    The formula is Snyder's (Map Projections, 1987, equations 22-4, 22-5 and 24-2,
    https://pubs.usgs.gov/publication/pp1395). The point opposite to the centre, which has no place, is put
    far outside.
    """
    turn, height = radians(longitude) - _LONGITUDE, radians(latitude)
    x = cos(height) * sin(turn)
    y = cos(_LATITUDE) * sin(height) - sin(_LATITUDE) * cos(height) * cos(turn)
    nearness = 1 + sin(_LATITUDE) * sin(height) + cos(_LATITUDE) * cos(height) * cos(turn)
    if nearness < _NOWHERE:
        return _X, _Y + 2 * _SCALE
    stretch = sqrt(2 / nearness)
    return _X + _SCALE * stretch * x, _Y - _SCALE * stretch * y


def on_sheet(x: float, y: float) -> bool:
    """Tell whether the sheet shows a place."""
    return 0 <= x <= WIDTH and 0 <= y <= HEIGHT


def graticule(degrees: int = 10) -> str:
    """Return the SVG path of the meridians and parallels around Europe, every so many degrees."""
    longitudes, latitudes = range(-40, 71, degrees), range(30, 81, degrees)
    meridians = [[(line, at) for at in range(30, 81, _STEP)] for line in longitudes]
    parallels = [[(at, line) for at in range(-40, 71, _STEP)] for line in latitudes]
    return "".join(_line([project(*point) for point in line]) for line in meridians + parallels)


def _line(points: list[tuple[float, float]]) -> str:
    """Return a line through the points that lie on the sheet or near it."""
    near = [point for point in points if hypot(point[0] - WIDTH / 2, point[1] - HEIGHT / 2) < WIDTH]
    return "M" + "L".join(f"{x:.0f},{y:.0f}" for x, y in near) if len(near) > 1 else ""
