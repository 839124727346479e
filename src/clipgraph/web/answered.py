"""What a service counts of every request, in plain numbers that are put in form when somebody asks.

The library's own counters take a lock each, which is a tenth of what a short answer costs.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from itertools import accumulate

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"))


class _Route:
    """The answers of one route: how many took how long, and their bytes."""

    def __init__(self) -> None:
        self.buckets = [0] * (len(_SECONDS) + 1)
        self.seconds, self.bytes = 0.0, 0


class Answered(Collector):
    """Requests that are answered or being answered; to be counted from one thread."""

    def __init__(self) -> None:
        self.under_way = self.short = 0
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._routes: dict[str, _Route] = {}

    def count(self, route: str, method: str, status: int, seconds: float, size: int) -> None:
        """Count an answer: its time in seconds, its body's size in bytes."""
        self._requests[route, method if method in _METHODS else "other", status] += 1
        answers = self._routes.get(route)
        if answers is None:
            answers = self._routes[route] = _Route()
        answers.buckets[bisect_left(_SECONDS, seconds)] += 1
        answers.seconds += seconds
        answers.bytes += size

    def collect(self) -> Iterable[Metric]:
        """Return the numbers up to now."""
        requests = CounterMetricFamily(
            "clipgraph_requests", "Requests answered.", labels=("route", "method", "status")
        )
        for (route, method, status), count in list(self._requests.items()):
            requests.add_metric((route, method, str(status)), count)
        taken = HistogramMetricFamily(
            "clipgraph_request_seconds",
            "Time from the head of a request to the end of its answer.",
            labels=("route",),
        )
        size = CounterMetricFamily(
            "clipgraph_response_bytes", "Bytes of bodies sent, as compressed.", labels=("route",)
        )
        bounds = [*map(str, _SECONDS), "+Inf"]
        for route, answers in list(self._routes.items()):
            taken.add_metric(
                (route,), list(zip(bounds, accumulate(answers.buckets), strict=True)), answers.seconds
            )
            size.add_metric((route,), answers.bytes)
        under_way = GaugeMetricFamily(
            "clipgraph_requests_under_way", "Requests being answered.", self.under_way
        )
        short = CounterMetricFamily(
            "clipgraph_short_way", "Queries answered past the layers, as their heads were known.", self.short
        )
        return requests, taken, size, under_way, short
