"""Chance that comes out the same on every machine and under every Python."""

import random
from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")


class Chances:
    """Draws from a seed; only on ``random()``, the one method whose sequence Python promises to keep.

    See https://docs.python.org/3/library/random.html#notes-on-reproducibility.
    """

    def __init__(self, seed: int) -> None:
        self._draw = random.Random(seed).random  # noqa: S311  # nothing is kept secret by it

    def number(self, least: int, most: int) -> int:
        """Return a whole number from ``least`` to ``most``, both included."""
        return least + int(self._draw() * (most - least + 1))

    def happens(self, share: float) -> bool:
        """Tell whether what happens in such a share of cases does."""
        return self._draw() < share

    def some(self, among: "Ranked[T]", least: int, most: int) -> list[T]:
        """Return different members, ``least`` to ``most`` of them, the first of ``among`` most often."""
        wanted = min(self.number(least, most), len(among.members))
        chosen: dict[T, None] = {}
        while len(chosen) < wanted:
            chosen[self.one(among)] = None
        return list(chosen)

    def one(self, among: "Ranked[T]") -> T:
        """Return a member, the first most often."""
        return among.members[bisect(among.bounds, self._draw() * among.bounds[-1])]


class Ranked(Generic[T]):
    """What is drawn with a frequency that falls with its rank, as that of words and of topics does."""

    def __init__(self, members: Sequence[T]) -> None:
        self.members = members
        self.bounds = list(accumulate(1 / rank for rank in range(1, len(members) + 1)))
