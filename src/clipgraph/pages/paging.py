"""One page of a longer list, and the links to those before and after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

STEP = 60
# Putting more than these in order takes longer than a page should.
MOST_ORDERED = 600
Shown = TypeVar("Shown")


@dataclass(frozen=True)
class Part(Generic[Shown]):
    """The items from number ``start`` on, at most ``step``; ``more`` tells whether others follow.

    ``total`` is how many there are, None where nobody counted.
    """

    items: Sequence[Shown]
    start: int
    more: bool
    step: int = STEP
    total: int | None = None

    @property
    def before(self) -> int:
        """Where the page before begins."""
        return max(self.start - self.step, 0)

    @property
    def after(self) -> int:
        """Where the next page begins."""
        return self.start + self.step


def part(items: Sequence[Shown], start: int, *, step: int = STEP, total: int | None = None) -> Part[Shown]:
    """Return a page of items of which one more than fits was asked for, to know whether others follow."""
    return Part(items[:step], start, len(items) > step, step, total)
