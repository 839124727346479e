"""Draws boxes in bands, one below the other, and the ties between them as curves; wide and narrow."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil

from clipgraph.pages.labelling import shortened, width_of

# Everything is in whole units, about pixels: short to write, and sharp to see.
_LETTERS, _BOLD = 13.0, 1.07  # font size of the names, and how much wider bold letters are
_LINE, _BASE, _PAD_X, _PAD_Y = 16, 12, 10, 7
_GAP_X, _GAP_Y = 12, 12
_BAND_PAD, _HEAD = 16, 26  # around the boxes of a band, and for its heading
_MOST_LETTERS, _MOST_LINES = 24, 3  # of a name
_READ = 400  # letters of a name that are looked at: more than three lines hold
_BEND = 34  # beside the boxes of the column: room for the ties between them
_COLUMN_GAP = 96  # between the bands and the column beside them: room for the curves


@dataclass(frozen=True, slots=True)
class Box:
    """A node as it is drawn: its key, the lines of its name, and where it is."""

    key: str
    lines: tuple[str, ...]
    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> float:
        """The x of its middle."""
        return self.x + self.width / 2

    @property
    def centre(self) -> float:
        """The y of its middle."""
        return self.y + self.height / 2

    @property
    def baselines(self) -> list[tuple[str, float]]:
        """Each line of the name with the y of its base line."""
        return [(text, self.y + _PAD_Y + _LINE * n + _BASE) for n, text in enumerate(self.lines)]


@dataclass(frozen=True, slots=True)
class Band:
    """A band with its heading and its boxes."""

    name: str
    x: int
    y: int
    width: int
    height: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Plan:
    """Where everything is, in a picture of that size."""

    width: int
    height: int
    bands: list[Band]
    column: int = 0  # the x at which the boxes of the column end, 0 without one

    @cached_property
    def boxes(self) -> dict[str, Box]:
        """The boxes by key."""
        return {box.key: box for band in self.bands for box in band.boxes}

    def curve(self, source: str, target: str) -> str:
        """Return the SVG path of a tie, from box to box."""
        start, end = self.boxes[source], self.boxes[target]
        if start.x == end.x and start.x + start.width == self.column:
            return _around(start, end)
        if end.x >= start.x + start.width + _GAP_X or start.x >= end.x + end.width + _GAP_X:
            return _sideways(start, end)
        return _upright(start, end)


def wrapped(name: str) -> tuple[str, ...]:
    """Return a name in at most three lines, cut where it is longer still."""
    lines = [""]
    for word in name[:_READ].split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= _MOST_LETTERS or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > _MOST_LINES:
        lines = [*lines[: _MOST_LINES - 1], " ".join(lines[_MOST_LINES - 1 :])]
    return tuple(shortened(line, _MOST_LETTERS + 2) for line in lines)


def plan(
    bands: Iterable[tuple[str, Mapping[str, Sequence[str]]]], width: int, column: str | None = None
) -> Plan:
    """Return where boxes go: for each band its name and, by key, the lines of each box.

    The band named ``column``, where there is one, stands to the right of the others, its boxes one below the
    other.
    """
    given = list(bands)
    aside: Mapping[str, Sequence[str]] = next((boxes for name, boxes in given if name == column), {})
    beside = max((_size(lines)[0] for lines in aside.values()), default=0)
    across = width - (beside + 2 * _BAND_PAD + _BEND + _COLUMN_GAP if aside else 0)
    placed, y = [], 0
    for name, boxes in given:
        if boxes and (name != column or not aside):
            band = _flow(name, boxes, y, across)
            placed.append(band)
            y = band.y + band.height + _GAP_Y
    height = max(y - _GAP_Y, 0)
    if aside:
        stack = _stack(str(column), aside, width, beside, height)
        placed.append(stack)
        height = max(height, stack.height)
    return Plan(width, height, placed, width - _BAND_PAD - _BEND if aside else 0)


def _size(lines: Sequence[str]) -> tuple[int, int]:
    width = max((width_of(line, _LETTERS * _BOLD) for line in lines), default=0.0)
    return ceil(width) + 2 * _PAD_X, len(lines) * _LINE + 2 * _PAD_Y


def _flow(name: str, boxes: Mapping[str, Sequence[str]], top: int, across: int) -> Band:
    """Return a band whose boxes stand in rows like the words of a text."""
    made: list[Box] = []
    x, y, row = _BAND_PAD, top + _HEAD + _BAND_PAD // 2, 0
    for key, lines in boxes.items():
        width, height = _size(lines)
        width = min(width, across - 2 * _BAND_PAD)
        if x > _BAND_PAD and x + width > across - _BAND_PAD:
            x, y, row = _BAND_PAD, y + row + _GAP_Y, 0
        made.append(Box(key, tuple(lines), x, y, width, height))
        x, row = x + width + _GAP_X, max(row, height)
    return Band(name, 0, top, across, y + row + _BAND_PAD - top, tuple(made))


def _stack(name: str, boxes: Mapping[str, Sequence[str]], width: int, beside: int, height: int) -> Band:
    """Return the band at the right, its boxes spread over the height of the others."""
    sizes = {key: _size(lines)[1] for key, lines in boxes.items()}
    least = _HEAD + 2 * _BAND_PAD + sum(sizes.values()) + _GAP_Y * (len(sizes) - 1)
    height = max(height, least)
    gap = _GAP_Y + (height - least) // (len(sizes) + 1)
    left = width - beside - _BAND_PAD - _BEND
    made, y = [], _HEAD + _BAND_PAD + gap - _GAP_Y
    for key, lines in boxes.items():
        made.append(Box(key, tuple(lines), left, y, beside, sizes[key]))
        y += sizes[key] + gap
    return Band(name, left - _BAND_PAD, 0, beside + 2 * _BAND_PAD + _BEND, height, tuple(made))


def _sideways(start: Box, end: Box) -> str:
    """Return a curve between boxes side by side, level where it leaves them."""
    forward = end.x > start.x
    x1, x2 = (start.x + start.width, end.x) if forward else (start.x, end.x + end.width)
    bend = max(abs(x2 - x1) / 2, _COLUMN_GAP / 2) * (1 if forward else -1)
    return _path((x1, start.centre), (x1 + bend, start.centre), (x2 - bend, end.centre), (x2, end.centre))


def _around(start: Box, end: Box) -> str:
    """Return a curve between boxes of the column, which leaves those between them aside."""
    x = start.x + start.width
    bend = min(_BEND, abs(end.centre - start.centre) / 4) * 4 / 3
    return _path((x, start.centre), (x + bend, start.centre), (x + bend, end.centre), (x, end.centre))


def _upright(start: Box, end: Box) -> str:
    """Return a curve between boxes one above the other, upright where it leaves them."""
    down = end.centre >= start.centre
    y1 = start.y + start.height if down else start.y
    y2 = end.y if down else end.y + end.height
    bend = max(abs(y2 - y1) / 2, _GAP_Y) * (1 if down else -1)
    return _path((start.middle, y1), (start.middle, y1 + bend), (end.middle, y2 - bend), (end.middle, y2))


def _path(*points: tuple[float, float]) -> str:
    first, *others = (f"{x:.0f},{y:.0f}" for x, y in points)
    return f"M{first}C{' '.join(others)}"
