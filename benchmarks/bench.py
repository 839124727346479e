"""Measures clipgraph beside its peers: ``make bench``, or ``python benchmarks/bench.py PART…``.

Every part starts what it needs on loopback, measures both sides in turn, round by round, and keeps its rows
in benchmarks/results/; then the table and the plots there are made of all parts that were measured.
"""

import argparse
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pages_row
import queries
import writes
from queries import Effort
from report import write_report
from results import Row, keep
from workplace import Graph, graph

_OWN = 0
Measure = Callable[[Graph, Effort], list[Row]]


@dataclass(frozen=True)
class Part:
    """One part: what measures it, on graphs of which sizes (0 is the project's own), and how long."""

    measure: Measure
    sizes: Sequence[int]
    effort: Effort


PARTS = {
    "small": Part(queries.small_questions, (_OWN, 10_000, 100_000, 1_000_000), Effort(3, 4)),
    "mix": Part(queries.public_mix, (_OWN, 100_000), Effort(3, 4)),
    "heavy": Part(queries.heavy_analytics, (_OWN, 100_000, 1_000_000), Effort(3, 0)),
    "rows": Part(queries.million_rows, (1_000_000,), Effort(5, 0)),
    "commit": Part(writes.commits, (1_000_000,), Effort(5, 0)),
    "publish": Part(writes.publishing, (100_000, 1_000_000), Effort(1, 0)),
    "validation": Part(writes.validation, (10_000, 100_000), Effort(1, 0)),
    "start": Part(writes.starting, (_OWN, 1_000_000), Effort(5, 0)),
    "page": Part(pages_row.pages, (_OWN,), Effort(3, 0)),
}


def main() -> None:
    """Measure the parts that are named, all without a name."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"some of: {', '.join(PARTS)}; all without")
    parser.add_argument("--sizes", help="other sizes, with commas between; 0 is the project's own graph")
    parser.add_argument("--rounds", type=int, help="how many rounds")
    parser.add_argument("--report", action="store_true", help="measure nothing, make table and plots anew")
    given = parser.parse_args()
    unknown = set(given.parts) - set(PARTS)
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    failed = []
    for name in () if given.report else given.parts or PARTS:
        part = PARTS[name]
        sizes = [int(size) for size in given.sizes.split(",")] if given.sizes else list(part.sizes)
        effort = replace(part.effort, rounds=given.rounds) if given.rounds else part.effort
        began = time.monotonic()
        rows = []
        for size in sizes:
            measured = _measured(name, part.measure, size, effort)
            rows += measured or []
            failed += [] if measured else [f"{name} at {size:,}"]
        if rows and effort == part.effort and sizes == list(part.sizes):
            keep(name, rows, time.monotonic() - began)
    if given.sizes or given.rounds:
        sys.stderr.write("measured otherwise than planned: the results that are kept stay as they are\n")
    else:
        sys.stdout.write(write_report())
    if failed:
        sys.exit(f"not measured: {', '.join(failed)}")


def _measured(name: str, measure: Measure, size: int, effort: Effort) -> list[Row] | None:
    """Measure a part on one graph; None where that fails, which stops no other part."""
    try:
        prepared = graph(size)
        sys.stderr.write(f"{name} on {prepared.name} …\n")
        rows = measure(prepared, effort)
    except Exception:  # noqa: BLE001  # whatever a peer does
        traceback.print_exc()
        return None
    for row in rows:
        sys.stderr.write(
            f"  {row.work}, {row.against or 'alone'}: {row.figure:.3g} {row.unit} {row.spread}\n"
        )
    return rows


if __name__ == "__main__":
    main()
