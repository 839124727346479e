"""Puts names beside points so that they do not cover each other: the first come get the room."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

_ADVANCE = 0.54  # of the font size: what a letter of the pages' typeface takes on the average
_LINE = 1.15  # of the font size: the height of a line
TRIED = 200  # names; more of them would not be read, and take time
_MOST = 28  # letters of a name on a map; the full name stands in the table


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the sheet."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Tell whether two rectangles share room."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def within(self, other: "Box") -> bool:
        """Tell whether this lies inside of another."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True, slots=True)
class Spot:
    """A mark with its name: its centre and radius on the sheet."""

    x: float
    y: float
    radius: float
    name: str


@dataclass(frozen=True, slots=True)
class Label:
    """Where a name stands: the start, middle or end of its base line (SVG's ``text-anchor``)."""

    x: float
    y: float
    anchor: str
    text: str


def width_of(text: str, size: float) -> float:
    """Return about how wide a text is at a font size; wide letters count twice."""
    return size * _ADVANCE * sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def shortened(text: str, most: int = _MOST) -> str:
    """Return a text of at most that many letters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def place_labels(spots: Sequence[Spot], size: float, sheet: Box) -> list[Label | None]:
    """Return a place for the name of each spot, the important first, or None where there is no room.

    ``size`` is the font size in the sheet's units. Each of the first ``TRIED`` is tried right, left, above
    and below; no name covers a mark or another name.
    """
    taken = _Taken(size * 12)
    for spot in spots:
        taken.add(Box(spot.x - spot.radius, spot.y - spot.radius, spot.x + spot.radius, spot.y + spot.radius))
    labels: list[Label | None] = []
    for spot in spots[:TRIED]:
        free = (
            (label, box)
            for label, box in _candidates(spot, size)
            if box.within(sheet) and not any(box.meets(other) for other in taken.near(box))
        )
        label, box = next(free, (None, None))
        if box:
            taken.add(box)
        labels.append(label)
    return labels + [None] * (len(spots) - len(labels))


class _Taken:
    """The rectangles that are taken, found by the cells of a grid that they touch."""

    def __init__(self, cell: float) -> None:
        self._cell = cell
        self._cells: dict[tuple[int, int], list[Box]] = {}

    def add(self, box: Box) -> None:
        for key in self._keys(box):
            self._cells.setdefault(key, []).append(box)

    def near(self, box: Box) -> Iterable[Box]:
        return (other for key in self._keys(box) for other in self._cells.get(key, ()))

    def _keys(self, box: Box) -> Iterable[tuple[int, int]]:
        columns = range(int(box.left // self._cell), int(box.right // self._cell) + 1)
        rows = range(int(box.top // self._cell), int(box.bottom // self._cell) + 1)
        return ((column, row) for column in columns for row in rows)


def _candidates(spot: Spot, size: float) -> Iterable[tuple[Label, Box]]:
    text = shortened(spot.name)
    width, height, gap = width_of(text, size), size * _LINE, spot.radius + size * 0.3
    middle = spot.y + size * 0.35  # the base line of a text whose middle is the spot's
    for x, y, anchor in (
        (spot.x + gap, middle, "start"),
        (spot.x - gap, middle, "end"),
        (spot.x, spot.y - gap - size * 0.1, "middle"),
        (spot.x, spot.y + gap + size * 0.75, "middle"),
    ):
        left = x - {"start": 0, "middle": width / 2, "end": width}[anchor]
        yield Label(x, y, anchor, text), Box(left, y - size * 0.85, left + width, y - size * 0.85 + height)
