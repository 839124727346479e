"""How a difference between two states of a graph is shown."""

from collections.abc import Iterator

from clipgraph.releases.change import Change

_MOST_LINES = 20


def difference_lines(graph: str, change: Change, most: int | None = _MOST_LINES) -> Iterator[str]:
    """Yield the graph with its counts, then ``most`` of its triples: - taken out, + put in."""
    yield f"{graph or 'the default graph'}: -{len(change.removed)} +{len(change.added)}"
    lines = [
        *(f"  - {quad.triple}" for quad in change.removed),
        *(f"  + {quad.triple}" for quad in change.added),
    ]
    lines.sort(key=lambda line: line[4:])
    yield from lines[:most]
    if most is not None and len(lines) > most:
        yield f"  … and {len(lines) - most} more"
