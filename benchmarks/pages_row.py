"""The part about pages: how long a service takes for a page of a thing that was not asked for before."""

from statistics import median

from pages import Reader, measure
from queries import Effort
from results import Row
from workplace import Graph, served

_THINGS = 400


def pages(graph: Graph, effort: Effort) -> list[Row]:
    """Measure the server time of pages, Server-Timing's total; see pages.py, which tells more."""
    with served(graph, cache="0", rate="") as service:
        taken = list(measure([Reader(service)], _THINGS, effort.rounds, service.url))
    totals = sorted(each[0].total for path, each in taken if path.startswith("/doc/"))
    spread = (totals[len(totals) // 20], totals[-len(totals) // 20])
    details = {"pages": float(len(totals))}
    work = "page of a thing, server time"
    return [Row(work, graph.name, "", median(totals), spread, "ms", 15, higher=False, details=details)]
