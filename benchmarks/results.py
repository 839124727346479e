"""Rows of the table, kept as JSON so that each part can be measured alone."""

import json
import os
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from rounds import Ratio

RESULTS = Path(__file__).with_name("results")


@dataclass(frozen=True)
class Row:
    """One line: what was done, on which graph, against whom; the figure and what it has to reach.

    ``higher`` tells whether more is better; ``reach`` is None where nothing has to be reached. ``spread`` has
    the lowest and the highest of all rounds, ``details`` what else was seen, by name and with units.
    """

    work: str
    graph: str
    against: str
    figure: float
    spread: tuple[float, float]
    unit: str
    reach: float | None
    higher: bool
    details: dict[str, float]

    @property
    def reached(self) -> bool | None:
        """Whether it is as good as it has to be."""
        if self.reach is None:
            return None
        return self.figure >= self.reach if self.higher else self.figure <= self.reach


def ratio_row(
    work: str, graph: str, against: str, found: Ratio, reach: float | None, details: dict[str, float]
) -> Row:
    """Return the line of a ratio, ours to theirs, where more is better."""
    spread = (found.low, found.high)
    return Row(work, graph, against, found.middle, spread, "", reach, higher=True, details=details)


def bound_row(
    work: str, graph: str, found: Sequence[float], unit: str, reach: float, details: dict[str, float]
) -> Row:
    """Return the line of what is measured by itself, where less is better: the median of all rounds."""
    spread = (min(found), max(found))
    return Row(work, graph, "", median(found), spread, unit, reach, higher=False, details=details)


def keep(part: str, rows: Sequence[Row], seconds: float) -> Path:
    """Write the rows of a part, with when and on what they were measured."""
    RESULTS.mkdir(exist_ok=True)
    told = {
        "part": part,
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
        "revision": _revision(),
        "machine": {"cores": _cores(), "python": platform.python_version(), "system": platform.system()},
        "seconds": round(seconds),
        "rows": [asdict(row) for row in rows],
    }
    path = RESULTS / f"{part}.json"
    path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return path


def kept() -> dict[str, list[Row]]:
    """Return the rows of every part that was measured."""
    parts = {}
    for path in sorted(RESULTS.glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        parts[told["part"]] = [Row(**{**row, "spread": tuple(row["spread"])}) for row in told["rows"]]
    return parts


def _cores() -> int:
    return len(os.sched_getaffinity(0))


def _revision() -> str:
    command = ["git", "describe", "--always", "--dirty", "--exclude", "*"]
    done = subprocess.run(command, cwd=RESULTS.parent, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"
