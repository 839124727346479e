"""What has become of the workers, counted since the start."""

from collections import Counter
from dataclasses import dataclass, field

from clipgraph.errors import DeadlineExceeded, EngineFailed, OutOfMemory, TooComplex

_REASONS: dict[type[Exception], str] = {
    DeadlineExceeded: "deadline",
    OutOfMemory: "out-of-memory",
    TooComplex: "too-complex",
    EngineFailed: "crash",
}


@dataclass
class Tally:
    """How many workers were started, and for which reason how many were ended."""

    started: int = 0
    ended: Counter[str] = field(default_factory=Counter)

    def end(self, error: Exception | None) -> None:
        """Count a worker that an error ended; without one, whoever read its answer went away."""
        self.ended["abandoned" if error is None else _REASONS.get(type(error), "other")] += 1


@dataclass(frozen=True)
class Occupation:
    """How many workers and requests there are at this moment."""

    idle: int
    busy: int
    starting: int
    waiting: int
