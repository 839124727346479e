"""What processes have used: a service's own process and those that it started, from /proc (proc(5))."""

from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")


@dataclass(frozen=True)
class Used:
    """Seconds of CPU: of the process itself, and of its children together."""

    own: float
    children: float

    def since(self, before: "Used") -> "Used":
        """Return what was used after an earlier look."""
        return Used(self.own - before.own, self.children - before.children)


def used(process: int) -> Used:
    """Return what a process and its children have used up to now; one that has ended counts no more."""
    return Used(_seconds(process), sum(map(_seconds, children_of(process))))


def children_of(process: int) -> list[int]:
    """Return the ids of the processes that a process started and that are there."""
    tasks = (_PROC / str(process) / "task").iterdir()
    return [int(child) for task in tasks for child in (task / "children").read_text().split()]


def _seconds(process: int) -> float:
    """Return the CPU time of all threads, to the nanosecond where they sleep, as between two requests."""
    total = 0
    try:
        for thread in (_PROC / str(process) / "task").iterdir():
            total += int((thread / "schedstat").read_text().split()[0])
    except OSError:  # it ended
        return total / 1e9
    return total / 1e9
