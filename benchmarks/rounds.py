"""Ratios that hold on a machine whose speed drifts: both sides in turn, round by round."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Ratio:
    """The median of the ratios of all rounds, and the lowest and highest of them."""

    middle: float
    low: float
    high: float

    def __str__(self) -> str:
        """Return it as the table has it."""
        return f"{self.middle:.2f} ({self.low:.2f} to {self.high:.2f})"


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> Ratio:
    """Return the ratio of two measurements that were taken in turn."""
    each = [one / other for one, other in zip(ours, theirs, strict=True)]
    return Ratio(median(each), min(each), max(each))


def in_turn(count: int, *measures: Callable[[int], float]) -> list[list[float]]:
    """Return what each measure says in each of ``count`` rounds; each is first as often as the others."""
    taken: list[list[float]] = [[] for _ in measures]
    for number in range(count):
        for step in range(len(measures)):
            place = (number + step) % len(measures)
            taken[place].append(measures[place](number))
    return taken
