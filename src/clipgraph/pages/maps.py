"""Maps: what part of the sheet is framed, where points stand and which carry a name.

The small map of a page: ``small_map(points)`` makes it, the macro ``small_map`` of ``maps.html`` draws it;
``points.read_position`` reads the WKT of a geometry.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from clipgraph.pages.labelling import Box, Label, Spot, place_labels
from clipgraph.pages.points import Point
from clipgraph.pages.projection import HEIGHT, WIDTH, on_sheet, project

_MARGIN = 0.12  # of the width, between the points and the edge
_MOST = 200  # marks on a small map
_SMALL_WIDTH, _SMALL_HEIGHT = 400, 300  # in its own units, about pixels
_SMALL_LEAST = 300.0  # of the sheet's units, 4 km each: a place is shown with the countries around it
_RADIUS, _SIZE = 6.0, 16.0  # of a mark and of the letters of its name, on a small map


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the sheet that a map shows (``box``, in the sheet's units), and the map's own size."""

    box: Box
    width: float
    height: float

    @property
    def scale(self) -> float:
        """Units of the map for one of the sheet."""
        return self.width / (self.box.right - self.box.left)

    @property
    def transform(self) -> str:
        """The SVG transform from the sheet to the map."""
        return f"scale({self.scale:.4f}) translate({-self.box.left:.2f} {-self.box.top:.2f})"

    @property
    def bounds(self) -> Box:
        """The map itself, in its own units."""
        return Box(0, 0, self.width, self.height)

    def shows(self, x: float, y: float) -> bool:
        """Tell whether a place of the sheet is on the map."""
        return self.box.left <= x <= self.box.right and self.box.top <= y <= self.box.bottom

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return where on the map a place of the sheet is."""
        return (x - self.box.left) * self.scale, (y - self.box.top) * self.scale


@dataclass(frozen=True, slots=True)
class Mark:
    """One place on the map with everything that lies there, the first named."""

    x: float
    y: float
    points: tuple[Point, ...]
    label: Label | None


@dataclass(frozen=True, slots=True)
class SmallMap:
    """A map of one or a few places.

    ``outside`` are the points that the sheet does not reach, ``more`` is how many are left out. Mark and
    letters are as large as ``radius`` and ``size`` say, in the units of the frame.
    """

    frame: Frame
    marks: list[Mark]
    outside: list[Point]
    more: int = 0
    radius: float = _RADIUS
    size: float = _SIZE


def small_map(points: Iterable[Point]) -> SmallMap | None:
    """Return the map of the points, the most important first, or None where there is none to show."""
    given = list(dict.fromkeys(points))
    inside, outside = on_the_sheet(given[:_MOST])
    if not inside:
        return None
    frame = framed([where for _, where in inside], _SMALL_LEAST, _SMALL_WIDTH, _SMALL_HEIGHT)
    outside += [point for point, where in inside if not frame.shows(*where)]
    marks = marks_of([each for each in inside if frame.shows(*each[1])], frame, lambda _: _RADIUS, _SIZE)
    return SmallMap(frame, marks, outside, max(0, len(given) - _MOST))


Placed = tuple[Point, tuple[float, float]]


def on_the_sheet(points: Sequence[Point]) -> tuple[list[Placed], list[Point]]:
    """Return the points on the sheet with their place there, and those that it does not reach."""
    placed = [(point, project(point.longitude, point.latitude)) for point in points]
    outside = [point for point, where in placed if not on_sheet(*where)]
    return [(point, where) for point, where in placed if on_sheet(*where)], outside


def marks_of(
    placed: Sequence[Placed], frame: Frame, radius: Callable[[Point], float], size: float
) -> list[Mark]:
    """Return a mark for each place on the map, in the order of the points; what lies together shares one.

    ``radius`` is that of the mark of a point, ``size`` that of the letters, in the units of the frame.
    """
    places: dict[tuple[float, float], list[Point]] = {}
    for point, where in placed:
        x, y = frame.place(*where)
        places.setdefault((round(x, 1), round(y, 1)), []).append(point)
    spots = [Spot(x, y, max(map(radius, points)), points[0].label) for (x, y), points in places.items()]
    labels = place_labels(spots, size, frame.bounds)
    return [
        Mark(x, y, tuple(points), label)
        for ((x, y), points), label in zip(places.items(), labels, strict=True)
    ]


def framed(places: Sequence[tuple[float, float]], least: float, width: float, height: float) -> Frame:
    """Return a map of that size around places of the sheet, with room at the edges.

    ``least`` is how much of the sheet's width it shows at least. It does not go beyond the sheet; where the
    places are farther apart than a map of that shape can show, some lie outside of it.
    """
    shape = width / height
    left, right = min(x for x, _ in places), max(x for x, _ in places)
    top, bottom = min(y for _, y in places), max(y for _, y in places)
    wanted = max(right - left, (bottom - top) * shape) / (1 - 2 * _MARGIN)
    across = min(max(wanted, least), WIDTH, HEIGHT * shape)
    down = across / shape
    x = _moved((left + right) / 2 - across / 2, across, WIDTH)
    y = _moved((top + bottom) / 2 - down / 2, down, HEIGHT)
    return Frame(Box(x, y, x + across, y + down), width, height)


def _moved(start: float, length: float, whole: float) -> float:
    """Return the start of a stretch, moved so that it stays within the whole."""
    return min(max(start, 0), whole - length)
