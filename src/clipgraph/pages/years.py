"""The picture of the years: what happened in each as marks above a line, what lasted as bars below it."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

WIDTH = 1090.0  # of the picture, about the pixels that it has
_EDGE, _STEP = 20.0, 15.0  # room at the sides; height of a mark and of a bar
_LABEL = 36.0  # the width of a year's number
_MOST_MARKS = 12  # above one year; more are told by their number
_MOST_BARS = 12
_MOST_SLOTS = 60  # years and gaps; where there are more, years share a slot
_LONG_GAP = 4  # empty years: more than that are left out, and shown as a gap


@dataclass(frozen=True, slots=True)
class Column:
    """A year (or several, from ``first`` to ``last``) with what happened: real and proposed."""

    first: int
    last: int
    x: float
    real: int
    proposed: int

    @property
    def marks(self) -> int:
        """How many marks stand above it."""
        return min(self.real + self.proposed, _MOST_MARKS)

    @property
    def hidden(self) -> int:
        """How many have no mark of their own."""
        return self.real + self.proposed - self.marks


@dataclass(frozen=True, slots=True)
class Bar:
    """Something that lasted: where its bar begins and ends, in which row, and whether its end is known."""

    x: float
    width: float
    row: int
    is_open: bool
    is_proposed: bool


@dataclass(frozen=True)
class Years:
    """The picture: its columns, gaps between them, bars below; ``line`` is the y of the line of time."""

    columns: list[Column]
    gaps: list[float]
    bars: list[Bar]
    more_bars: int

    @property
    def labelled(self) -> int:
        """Of how many columns one carries its year, so that these do not cover each other."""
        steps = [after.x - before.x for before, after in zip(self.columns, self.columns[1:], strict=False)]
        return -(-int(_LABEL) // max(1, int(min(steps, default=_LABEL))))

    @property
    def has_proposed(self) -> bool:
        """Whether a mark or a bar is of something that is only proposed."""
        return any(column.proposed for column in self.columns) or any(bar.is_proposed for bar in self.bars)

    @property
    def line(self) -> float:
        """The y of the line."""
        return 24 + _STEP * max((column.marks for column in self.columns), default=0)

    @property
    def height(self) -> float:
        """The height of the picture."""
        return self.line + 36 + _STEP * (max((bar.row for bar in self.bars), default=-1) + 1)

    def mark(self, number: int) -> float:
        """Return the y of a column's mark, the first next to the line."""
        return self.line - _STEP * (number + 0.7)

    def row(self, number: int) -> float:
        """Return the y of a row of bars."""
        return self.line + 30 + _STEP * (number + 0.2)


Span = tuple[int | None, int | None, bool, bool]


def years_of(spans: Iterable[Span]) -> Years | None:
    """Return the picture of spans (first year, last year, whether it lasts, whether it is only proposed).

    None where there is nothing to draw.
    """
    kept = [(start, end, lasts, proposed) for start, end, lasts, proposed in spans if start is not None]
    if not kept:
        return None
    known = {year for start, end, _, _ in kept for year in (start, end) if year is not None}
    slots = _slots(sorted(known))
    unit = (WIDTH - 2 * _EDGE) / len(slots)
    starts = [slot.start for slot in slots if slot]
    middles = [_EDGE + unit * (number + 0.5) for number, slot in enumerate(slots) if slot]

    def place(year: int) -> float:
        return middles[bisect_right(starts, year) - 1]

    points = [(start, proposed) for start, _, lasts, proposed in kept if not lasts]
    columns = [_column(slot, place(slot.start), points) for slot in slots if slot]
    gaps = [_EDGE + unit * (number + 0.5) for number, slot in enumerate(slots) if slot is None]
    lasting = [(place(start), end, proposed) for start, end, lasts, proposed in kept if lasts]
    bars = _bars(
        [(x, place(end) if end is not None else None, proposed) for x, end, proposed in lasting], unit
    )
    return Years(columns, gaps, bars[:_MOST_BARS], max(0, len(bars) - _MOST_BARS))


def _slots(years: list[int]) -> list[range | None]:
    """Return the years in their places: a range for one or more years, None for a gap that is left out."""
    slots: list[range | None] = []
    for before, year in zip([None, *years[:-1]], years, strict=True):
        if before is not None and year - before > _LONG_GAP + 1:
            slots.append(None)
        elif before is not None:
            slots.extend(range(between, between + 1) for between in range(before + 1, year))
        slots.append(range(year, year + 1))
    if len(slots) <= _MOST_SLOTS:
        return slots
    share = -(-len(years) // _MOST_SLOTS)
    return [range(years[n], years[min(n + share, len(years)) - 1] + 1) for n in range(0, len(years), share)]


def _column(slot: range, x: float, points: Iterable[tuple[int, bool]]) -> Column:
    here = [proposed for year, proposed in points if year in slot]
    return Column(slot.start, slot.stop - 1, x, here.count(False), here.count(True))


def _bars(spans: Iterable[tuple[float, float | None, bool]], unit: float) -> list[Bar]:
    """Return a bar for each span, in the first row that is free there."""
    ends: list[float] = []
    bars = []
    for x, end, proposed in sorted(spans, key=lambda span: span[0]):
        right = (end if end is not None else WIDTH - _EDGE - unit / 2) + unit * 0.4
        left = x - unit * 0.4
        row = next((number for number, taken in enumerate(ends) if taken < left), len(ends))
        ends[row : row + 1] = [right]
        bars.append(Bar(left, max(right - left, 4), row, end is None, proposed))
    return bars
