"""Counting in windows: no more than is allowed in any stretch of time, and exact words on when to return."""

import random
from collections import deque

import pytest

from clipgraph.web.windows import Rate, Windows


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 6_000.0

    def read(self) -> float:
        """Return the time in seconds."""
        return self.now


def windows(rate: str) -> tuple[Windows, Clock]:
    clock = Clock()
    return Windows(Rate.read(rate), clock.read), clock


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("10/second", Rate(10, 1)),
        ("6000/minute", Rate(6000, 60)),
        ("1/hour", Rate(1, 3600)),
        ("5/day", Rate(5, 86400)),
    ],
)
def test_a_rate_is_read(text: str, rate: Rate) -> None:
    assert Rate.read(text) == rate


def test_as_many_as_are_allowed_and_not_one_more() -> None:
    counted, _ = windows("3/minute")
    hits = [counted.hit("a") for _ in range(4)]
    assert [hit.allowed for hit in hits] == [True, True, True, False]
    assert [hit.remaining for hit in hits] == [2, 1, 0, 0]
    assert counted.hit("b").allowed


def test_around_the_turn_of_a_window_nobody_sends_twice_as_much() -> None:
    counted, clock = windows("10/minute")
    clock.now += 59
    assert sum(counted.hit("a").allowed for _ in range(20)) == 10
    clock.now += 2
    assert sum(counted.hit("a").allowed for _ in range(20)) <= 1


def test_who_was_long_away_has_everything_again() -> None:
    counted, clock = windows("10/minute")
    for _ in range(10):
        counted.hit("a")
    clock.now += 120
    assert counted.hit("a") == (True, 9, 60)


@pytest.mark.parametrize("seed", range(20))
def test_whoever_comes_back_when_told_is_let_in_and_not_before(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # nothing is kept secret by it
    counted, clock = windows(f"{chance.randint(1, 30)}/minute")
    for _ in range(300):
        clock.now += chance.choice([0, 0, 0.1, 1, 7])
        hit = counted.hit("a")
        if not hit.allowed:
            clock.now += hit.seconds - 1.001
            if hit.seconds > 1:
                assert not counted.hit("a").allowed
            clock.now += 1.001
            assert counted.hit("a").allowed


@pytest.mark.parametrize("seed", range(10))
def test_no_stretch_of_a_windows_length_has_many_more_than_allowed(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # nothing is kept secret by it
    counted, clock = windows("100/minute")
    recent: deque[float] = deque()
    for _ in range(3000):
        clock.now += chance.expovariate(3)
        if counted.hit("a").allowed:
            recent.append(clock.now)
        while recent[0] <= clock.now - 60:
            recent.popleft()
        # The last window counts as if its requests had come evenly, which is as near as two numbers get.
        assert len(recent) <= 150


def test_clients_that_stay_away_are_forgotten() -> None:
    counted, clock = windows("10/second")
    for number in range(1000):
        counted.hit(str(number))
    for _ in range(2):
        clock.now += 1
        counted.hit("a")
    assert set(vars(counted)["_now"]) | set(vars(counted)["_before"]) == {"a"}
