"""What a service counts, for Prometheus: https://prometheus.io/docs/instrumenting/exposition_formats/."""

from collections.abc import Callable, Iterable, Iterator

from prometheus_client import CollectorRegistry, Counter, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from clipgraph.access.audit import Attempt
from clipgraph.engines.cache import Cache, Kept
from clipgraph.errors import ClipgraphError
from clipgraph.releases.line import Releases
from clipgraph.web.answered import Answered
from clipgraph.workers.pool import Pool


class Metrics:
    """The numbers of one service; every label has few values, whatever clients send."""

    def __init__(self, pool: Pool, line: Releases, spooled: Callable[[], int], cache: Cache[Kept]) -> None:
        self._registry = made = CollectorRegistry()
        self.answered = Answered()
        made.register(self.answered)
        self._cut = Counter(
            "clipgraph_answers_cut",
            "Answers that ended before their end, by reason.",
            ("reason",),
            registry=made,
        )
        self._refused = Counter(
            "clipgraph_connections_refused", "Connections refused or cut.", ("reason",), registry=made
        )
        self._writes = Counter(
            "clipgraph_writes", "Attempts to write, by kind and status.", ("kind", "status"), registry=made
        )
        made.register(_State(pool, line, spooled, cache))
        ProcessCollector(registry=made)

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
