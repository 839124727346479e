"""What processes have used: a service's own process and those that it started, on Linux."""

import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_SCHEDULED = 2  # of a process's clocks: what the scheduler gave it


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
    found: list[int] = []
    for task in (_PROC / str(process) / "task").iterdir():
        with suppress(OSError):  # the thread ended meanwhile
            found += map(int, (task / "children").read_text().split())
    return found


def _seconds(process: int) -> float:
    """Return the CPU time of all its threads, those that have ended, too; 0 of a process that has ended."""
    try:
        return time.clock_gettime(~process << 3 | _SCHEDULED)  # clock_getcpuclockid(3), as the kernel has it
    except OSError:
        return 0.0


def memory_of(process: int) -> int:
    """Return how many bytes of memory a process has in use: what is its own, and not in a file."""
    for line in (_PROC / str(process) / "status").read_text().splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) * 1024
    return 0
