"""One page of a longer list, and the links to those before and after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from clipgraph.errors import NotFound

STEP = 60
# Putting more than these in order takes longer than a page should.
MOST_ORDERED = 600
Shown = TypeVar("Shown")


@dataclass(frozen=True)
class Part(Generic[Shown]):
    """The items from number ``start`` on, at most ``step``; ``more`` tells whether others follow.

    ``total`` is how many there are, None where nobody counted. Raises NotFound beyond the last of them.
    """

    items: Sequence[Shown]
    start: int
    more: bool
    step: int = STEP
    total: int | None = None

    def __post_init__(self) -> None:
        """See to it that there is something at the number that was asked for."""
        if self.start and not self.items:
            raise none_from(self.start)

    @property
    def before(self) -> int:
        """Where the page before begins."""
        return max(self.start - self.step, 0)

    @property
    def after(self) -> int:
        """Where the next page begins."""
        return self.start + self.step


def none_from(start: int) -> NotFound:
    """Return the refusal of a page that begins behind the last item; pages count from 1, addresses from 0."""
    return NotFound.worded(
        "there is nothing from number %(number)s on: the list is shorter", number=start + 1
    )


def part(items: Sequence[Shown], start: int, *, step: int = STEP, total: int | None = None) -> Part[Shown]:
    """Return a page of items of which one more than fits was asked for, to know whether others follow."""
    return Part(items[:step], start, len(items) > step, step, total)
