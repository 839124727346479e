"""The table and the plots, made of what was measured."""

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl

from results import RESULTS, Row, kept

mpl.use("svg")
from matplotlib import pyplot as plt  # after it is told how to draw

_REACHED, _MISSED = "#2e7d32", "#b3541e"
_HEAD = (
    "| work | graph | against | figure | lowest to highest | to reach | |\n|---|---|---|--:|---|--:|---|\n"
)


def write_report() -> str:
    """Write table and plots of all parts that were measured; returns the table."""
    parts = kept()
    rows = [row for each in parts.values() for row in each]
    table = _HEAD + "".join(_line(row) for row in rows)
    (RESULTS / "table.md").write_text(table, encoding="utf-8")
    if rows:
        _bars([row for row in rows if not row.unit], RESULTS / "ratios.svg")
    for part, each in parts.items():
        _growth(part, each, RESULTS / f"{part}.svg")
    return table


def _line(row: Row) -> str:
    unit = f" {row.unit}" if row.unit else ""
    low, high = row.spread
    reach = "" if row.reach is None else f"{'≥' if row.higher else '≤'} {row.reach:g}{unit}"
    mark = {True: "reached", False: "**missed**", None: ""}[row.reached]
    figure = f"{row.figure:.3g}{unit}"
    cells = (row.work, row.graph, row.against, figure, f"{low:.3g} to {high:.3g}", reach, mark)
    return f"| {' | '.join(cells)} |\n"


def _bars(rows: Sequence[Row], path: Path) -> None:
    """Draw every ratio beside what it has to reach, on a logarithmic scale."""
    figure, axes = plt.subplots(figsize=(10, 0.34 * len(rows) + 1.2), layout="constrained")
    places = range(len(rows))
    colours = [_MISSED if row.reached is False else _REACHED for row in rows]
    axes.barh(places, [row.figure for row in rows], color=colours, height=0.62)
    for place, row in zip(places, rows, strict=True):
        axes.plot(row.spread, (place, place), color="black", linewidth=1)
        if row.reach is not None:
            axes.plot((row.reach, row.reach), (place - 0.4, place + 0.4), color="black", linewidth=2)
    axes.set_yticks(places, [f"{row.work}, {row.graph}, against {row.against}" for row in rows], fontsize=8)
    axes.set_xscale("log")
    axes.invert_yaxis()
    axes.set_xlabel(
        "ratio to the peer, more is better; thick line: to reach; thin line: lowest to highest round"
    )
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def _growth(part: str, rows: Sequence[Row], path: Path) -> None:
    """Draw how a part's ratios change with the size of the graph, where it was measured on several."""
    lines: dict[str, list[tuple[float, float]]] = {}
    for row in rows:
        if "triples" in row.details:
            label = f"{row.work}, against {row.against}" if row.against else row.work
            lines.setdefault(label, []).append((row.details["triples"], row.figure))
    lines = {label: sorted(points) for label, points in lines.items() if len(points) > 1}
    if not lines:
        return
    figure, axes = plt.subplots(figsize=(8, 4.5), layout="constrained")
    for label, points in lines.items():
        axes.plot(*zip(*points, strict=True), marker="o", label=label)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel("triples of the default graph")
    axes.set_title(part)
    axes.grid(visible=True, alpha=0.3)
    axes.legend(fontsize=8)
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)
