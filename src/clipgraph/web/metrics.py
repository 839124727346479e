"""What a service counts, for Prometheus: https://prometheus.io/docs/instrumenting/exposition_formats/."""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from clipgraph.access.audit import Attempt
from clipgraph.engines.cache import Cache, Kept
from clipgraph.errors import ClipgraphError
from clipgraph.releases.line import Releases
from clipgraph.workers.pool import Pool

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"))
_Count = Callable[..., None]


class Metrics:
    """The numbers of one service; every label has few values, whatever clients send."""

    def __init__(self, pool: Pool, line: Releases, spooled: Callable[[], int], cache: Cache[Kept]) -> None:
        self._registry = made = CollectorRegistry()
        self._requests = Counter(
            "clipgraph_requests", "Requests answered.", ("route", "method", "status"), registry=made
        )
        self._seconds = Histogram(
            "clipgraph_request_seconds",
            "Time from the head of a request to the end of its answer.",
            ("route",),
            registry=made,
            buckets=_SECONDS,
        )
        self._bytes = Counter(
            "clipgraph_response_bytes", "Bytes of bodies sent, as compressed.", ("route",), registry=made
        )
        self._cut = Counter(
            "clipgraph_answers_cut",
            "Answers that ended before their end, by reason.",
            ("reason",),
            registry=made,
        )
        self.under_way = Gauge("clipgraph_requests_under_way", "Requests being answered.", registry=made)
        self._refused = Counter(
            "clipgraph_connections_refused", "Connections refused or cut.", ("reason",), registry=made
        )
        self._writes = Counter(
            "clipgraph_writes", "Attempts to write, by kind and status.", ("kind", "status"), registry=made
        )
        made.register(_State(pool, line, spooled, cache))
        ProcessCollector(registry=made)

    def count_request(self, route: str, method: str, status: int, seconds: float, size: int) -> None:
        """Count an answer: its time in seconds, its body's size in bytes."""
        method = method if method in _METHODS else "other"
        count, observe, add = self._counted(route, method, status)
        count()
        observe(seconds)
        add(size)

    @lru_cache(1024)  # noqa: B019  # there is one of these, for good
    def _counted(self, route: str, method: str, status: int) -> tuple[_Count, _Count, _Count]:
        """Return what counts an answer, its time and its bytes."""
        counted = self._requests.labels(route, method, str(status))
        return counted.inc, self._seconds.labels(route).observe, self._bytes.labels(route).inc

    def count_cut(self, reason: str) -> None:
        """Count an answer that was not finished."""
        self._cut.labels(reason).inc()

    def count_refused(self, reason: str) -> None:
        """Count a connection that was refused or cut."""
        self._refused.labels(reason).inc()

    def count_write(self, attempt: Attempt) -> None:
        """Count an attempt to write."""
        self._writes.labels(attempt.kind, str(attempt.status)).inc()

    def page(self, accept: str) -> tuple[bytes, str]:
        """Return all numbers in the format that Accept asks for, and its media type."""
        encode, media_type = choose_encoder(accept)
        return encode(self._registry), media_type


class _State(Collector):
    """What is so at the moment of asking."""

    def __init__(self, pool: Pool, line: Releases, spooled: Callable[[], int], cache: Cache[Kept]) -> None:
        self._pool, self._line, self._spooled, self._cache = pool, line, spooled, cache

    def collect(self) -> Iterable[Metric]:
        """Return the state of workers, queue, spool and release."""
        now, tally = self._pool.occupation, self._pool.tally
        workers = GaugeMetricFamily("clipgraph_workers", "Worker processes by state.", labels=["state"])
        for state, count in (("idle", now.idle), ("busy", now.busy), ("starting", now.starting)):
            workers.add_metric([state], count)
        ended = CounterMetricFamily("clipgraph_workers_ended", "Workers ended, by reason.", labels=["reason"])
        for reason, count in tally.ended.items():
            ended.add_metric([reason], count)
        yield workers
        yield ended
        yield CounterMetricFamily("clipgraph_workers_started", "Workers started.", tally.started)
        yield GaugeMetricFamily("clipgraph_queue_length", "Requests that wait for a worker.", now.waiting)
        yield GaugeMetricFamily(
            "clipgraph_spool_bytes",
            "Bytes on disk of answers that slow readers have not taken.",
            self._spooled(),
        )
        kept = CounterMetricFamily("clipgraph_cache", "Questions to the result cache.", labels=["outcome"])
        kept.add_metric(["hit"], self._cache.hits)
        kept.add_metric(["miss"], self._cache.misses)
        yield kept
        yield from self._release()

    def _release(self) -> Iterator[Metric]:
        try:
            number = self._line.current_number()
        except ClipgraphError:
            return
        if number is not None:
            yield GaugeMetricFamily("clipgraph_release", "Number of the release that is served.", number)
