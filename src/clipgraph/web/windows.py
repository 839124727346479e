"""How many requests each client has sent of late: a counter for each window of time, the last one fading.

What counts are the requests of this window, and those of the one before as far as it still reaches into the
time looked at: a window's length up to now. So nobody sends twice as much around the turn of a minute. See
https://blog.cloudflare.com/counting-things-a-lot-of-different-things/.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, Self

_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}


@dataclass(frozen=True)
class Rate:
    """So many requests in so many seconds."""

    amount: int
    seconds: int

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the rate that a text such as ``6000/minute`` names."""
        amount, _, unit = text.partition("/")
        return cls(int(amount), _SECONDS[unit])


class Hit(NamedTuple):
    """What became of a request: how many more there may be now, and in how many seconds more may come.

    Where it is refused, that is when the next is not.
    """

    allowed: bool
    remaining: int
    seconds: int


class Windows:
    """Counts the requests of clients; two numbers for each that has sent any in this window or the last."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.time) -> None:
        self._amount, self._length, self._clock = rate.amount, rate.seconds, clock
        self._number = -1  # of the window, counted from the epoch
        self._now: dict[str, int] = {}
        self._before: dict[str, int] = {}

    def hit(self, client: str) -> Hit:
        """Count a request, where it is allowed."""
        number, passed = divmod(self._clock(), self._length)
        if number != self._number:
            self._before = self._now if number == self._number + 1 else {}
            self._now, self._number = {}, int(number)
        now, before = self._now.get(client, 0), self._before.get(client, 0)
        used = now + math.floor(before * (1 - passed / self._length))
        if used >= self._amount:
            return Hit(False, 0, math.floor(self._until_allowed(now, before) - passed) + 1)  # noqa: FBT003
        self._now[client] = now + 1
        return Hit(True, self._amount - used - 1, max(1, math.ceil(self._length - passed)))  # noqa: FBT003

    def _until_allowed(self, now: int, before: int) -> float:
        """Return how many seconds after the beginning of this window the last is in which none is allowed."""
        if now < self._amount:  # it is the last window that weighs too much
            return self._length * (1 - (self._amount - now) / before)
        return self._length
