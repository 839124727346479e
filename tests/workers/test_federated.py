"""A federated worker reaches what its job lists, through its owner, and nothing else, whatever it asks."""

import asyncio
import json
import os
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from clipgraph.errors import DeadlineExceeded, EngineFailed, ServiceFailed, Unavailable
from clipgraph.rdf.terms import NamedNode, Quad, Store
from clipgraph.workers import federated
from clipgraph.workers.federated import FederatedProcess, open_federated_pool
from clipgraph.workers.frames import DATA
from clipgraph.workers.process import JobFailed
from clipgraph.workers.questions import PREFIX
from conftest import workers_of
from testing_endpoints import JSON, Answering, Endpoint, Listener, rows, sparql, told

MEMORY = 300 << 20
PATTERN = "{ ?s <urn:n> ?n }"
Ask = Callable[..., Awaitable[list[str]]]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with three subjects: urn:a, urn:b, urn:c."""
    store = Store(str(tmp_path / "store"))
    store.extend(Quad(NamedNode(f"urn:{x}"), NamedNode("urn:p"), NamedNode(f"urn:{x}")) for x in "abc")
    store.flush()
    return tmp_path / "store"


@pytest.fixture
def numbers() -> Iterator[Endpoint]:
    with Endpoint(sparql("<urn:a> <urn:n> 1 . <urn:b> <urn:n> 2 . <urn:z> <urn:n> 3 .")) as endpoint:
        yield endpoint


@pytest.fixture
def listener() -> Iterator[Listener]:
    """A server that nobody may connect to."""
    with Listener() as listener:
        yield listener
        assert listener.connections == 0


def use(store: Path, steps: Callable[[Ask], Awaitable[None]]) -> None:
    """Run steps with a way to ask one worker: a query and endpoints, for the values of ?s in the answer."""

    async def main() -> None:
        worker = await FederatedProcess.start(MEMORY)

        async def ask(query: str, *endpoints: Endpoint, deadline: float = 20) -> list[str]:
            listed = [(f"http://{n}.example/sparql", endpoint.url) for n, endpoint in enumerate(endpoints)]
            job: dict[str, Any] = {"store": str(store), "query": query, "endpoints": listed, "base": None}
            job |= {"results": "json", "graph": None, "default_graphs": None, "named_graphs": None}
            frames = [
                frame async for frame in worker.run(job | {"prefixes": {}, "compress_from": None}, deadline)
            ]
            answer = json.loads(b"".join(payload for kind, payload in frames if kind == DATA))
            return sorted(row["s"]["value"] if row else "" for row in answer["results"]["bindings"])

        try:
            await steps(ask)
        finally:
            worker.kill()
            await worker.ended()

    asyncio.run(main())


def test_a_listed_endpoint_is_asked_and_its_answer_joined(store: Path, numbers: Endpoint) -> None:
    async def steps(ask: Ask) -> None:
        query = f"SELECT ?s {{ ?s <urn:p> ?o SERVICE <{PREFIX}0> {PATTERN} }}"
        assert await ask(query, numbers) == ["urn:a", "urn:b"]
        assert await ask("SELECT ?s { ?s <urn:p> ?o }", numbers) == ["urn:a", "urn:b", "urn:c"]
        assert await ask(query, numbers) == ["urn:a", "urn:b"]

    use(store, steps)
    assert numbers.asked == [("/sparql", "SELECT * WHERE { ?s <urn:n> ?n . }")] * 2
    assert numbers.agents[0].startswith("clipgraph/")


def test_a_service_within_another_keeps_its_name(store: Path, numbers: Endpoint) -> None:
    with Endpoint(told(200, rows("urn:a"), Content_Type=JSON)) as outer:

        async def steps(ask: Ask) -> None:
            inner = f"OPTIONAL {{ SERVICE SILENT <{PREFIX}1> {{ ?s <urn:same> <{PREFIX}1> }} }}"
            query = f"SELECT ?s {{ SERVICE <{PREFIX}0> {{ {PATTERN} {inner} }} }}"
            assert await ask(query, outer, numbers) == ["urn:a"]

        use(store, steps)
    [(_, sent)] = outer.asked
    assert "SERVICE SILENT <http://1.example/sparql>" in sent
    assert f"<urn:same> <{PREFIX}1>" in sent
    assert numbers.asked == []


def test_several_endpoints_of_one_query(store: Path, numbers: Endpoint) -> None:
    async def steps(ask: Ask) -> None:
        query = f"SELECT ?s {{ SERVICE <{PREFIX}0> {PATTERN} SERVICE <{PREFIX}1> {{ ?s ?p ?o }} }}"
        assert await ask(query, numbers, other) == ["urn:b"]

    with Endpoint(sparql("<urn:b> <urn:q> 1 .")) as other:
        use(store, steps)


@pytest.mark.parametrize("pattern", ["FILTER EXISTS {{ {} }}", "LATERAL {{ {} }}"])
def test_the_same_question_is_asked_once_for_all_rows(store: Path, numbers: Endpoint, pattern: str) -> None:
    async def steps(ask: Ask) -> None:
        service = pattern.format(f"SERVICE <{PREFIX}0> {PATTERN}")
        assert await ask(f"SELECT ?s {{ ?s <urn:p> ?o {service} }}", numbers) == ["urn:a", "urn:b"]

    use(store, steps)
    assert len(numbers.asked) == 1


UNLISTED = [
    "http://127.0.0.1:{port}/",
    "https://127.0.0.1:{port}/",
    "http://localhost:{port}/",
    "http://0.0.0.0:{port}/",
    "http://[::1]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://2130706433:{port}/",
    "http://listed.example:{port}/",
    "http://127.0.0.1/1",
    "http://127.0.0.1/00000000",
    "http://127.0.0.1/-1",
    "http://127.0.0.1/x",
]


@pytest.mark.parametrize("url", UNLISTED)
@pytest.mark.parametrize("form", ["SERVICE <{}>", "BIND(<{}> AS ?u) LATERAL {{ SERVICE ?u"])
def test_nothing_else_is_reached_whatever_a_query_names(
    store: Path, numbers: Endpoint, listener: Listener, url: str, form: str
) -> None:
    service = form.format(url.format(port=listener.port)) + PATTERN + ("}" if "LATERAL" in form else "")

    async def steps(ask: Ask) -> None:
        with pytest.raises(JobFailed) as caught:
            await ask(f"SELECT ?s {{ {service} }}", numbers)
        if "LATERAL" not in form:
            assert caught.value.kind == "network"
        assert await ask(f"SELECT ?s {{ SERVICE <{PREFIX}0> {PATTERN} }}", numbers)  # and the worker goes on

    use(store, steps)
    assert len(numbers.asked) == 1


def test_a_query_without_endpoints_reaches_nothing(store: Path, listener: Listener) -> None:
    async def steps(ask: Ask) -> None:
        for url in (f"{PREFIX}0", f"http://127.0.0.1:{listener.port}/"):
            with pytest.raises(JobFailed) as caught:
                await ask(f"SELECT ?s {{ SERVICE <{url}> {PATTERN} }}")
            assert caught.value.kind == "network"

    use(store, steps)


HALF = b"<results><result><binding name='s'><uri>urn:a</uri></binding></result>"
XML = "application/sparql-results+xml"
BAD = json.dumps({"head": {"vars": ["s"]}, "results": {"bindings": [{"s": 1}]}}).encode()
FAILURES: list[tuple[Answering, str, int | None]] = [
    (
        told(500, b"SPARQL compiler: out of memory\nat line 7", Content_Type="text/plain"),
        "500 .*: SPARQL comp",
        500,
    ),
    (told(404, b"<html>", Content_Type="text/html"), "404 Not Found$", 404),
    (told(302, Location="http://127.0.0.1:1/"), "302, a redirect, and those are not followed", 302),
    (told(307, Location="http://169.254.169.254/"), "307, a redirect, and those are not followed", 307),
    (told(200, b"<html>", Content_Type="text/html"), "text/html, which is no SPARQL result", 200),
    (told(200, rows()), "no media type, which is no SPARQL result", 200),
    (told(206, rows("urn:a"), Content_Type=JSON), "206 Partial Content", 206),
    (told(200, HALF, Content_Type=XML), "its results in XML have no end", 200),
    (told(200, Content_Type="x/\x1b[31my"), r"with x/ \[31my, which is no", 200),
    (told(200, rows("urn:a"), Content_Type=JSON, Content_Length="999"), "cannot be reached", None),
    (told(200, rows("urn:a"), Content_Type=JSON, Content_Encoding="gzip"), "cannot be reached", None),
    (told(200, b'{"head":{},"boolean":true}', Content_Type=JSON), "its results cannot be read", 200),
    (told(200, BAD, Content_Type=JSON), "its results cannot be read", 200),
]


@pytest.mark.parametrize(("answering", "reason", "status"), FAILURES)
def test_a_failure_names_the_endpoint_its_status_and_what_it_said(
    store: Path, answering: Answering, reason: str, status: int | None
) -> None:
    async def steps(ask: Ask) -> None:
        with pytest.raises(JobFailed) as caught:
            await ask(f"SELECT ?s {{ SERVICE <{PREFIX}0> {PATTERN} }}", endpoint)
        failure = caught.value.reason
        assert isinstance(failure, ServiceFailed)
        assert (failure.endpoint, failure.endpoint_status) == ("http://0.example/sparql", status)
        with pytest.raises(ServiceFailed, match=reason):
            raise failure

    with Endpoint(answering) as endpoint:
        use(store, steps)


@pytest.mark.parametrize("end", ["</sparql>", "</sparql >\n", "</sparql>\n<!-- 1 row -->\n", "</r:sparql>"])
def test_results_in_xml_are_whole_however_they_end(store: Path, end: str) -> None:
    text = (
        "<sparql xmlns='http://www.w3.org/2005/sparql-results#'><head><variable name='s'/></head><results>"
        "<result><binding name='s'><uri>urn:a</uri></binding></result></results>"
    )
    if "r:" in end:
        text = (
            text.replace("</", "</r:")
            .replace("<", "<r:")
            .replace("<r:/r:", "</r:")
            .replace("xmlns", "xmlns:r")
        )

    async def steps(ask: Ask) -> None:
        assert await ask(f"SELECT ?s {{ SERVICE <{PREFIX}0> {PATTERN} }}", endpoint) == ["urn:a"]

    with Endpoint(told(200, (text + end).encode(), Content_Type=XML)) as endpoint:
        use(store, steps)


@pytest.mark.parametrize("answering", [answering for answering, _, _ in FAILURES[:-1]])
def test_silent_goes_on_with_one_empty_solution(store: Path, answering: Answering) -> None:
    async def steps(ask: Ask) -> None:
        query = f"SELECT ?s {{ SERVICE SILENT <{PREFIX}0> {PATTERN} }}"
        assert await ask(query, endpoint) == [""]
        query = f"SELECT ?s {{ ?s <urn:p> ?o SERVICE SILENT <{PREFIX}0> {PATTERN} }}"
        assert await ask(query, endpoint) == ["urn:a", "urn:b", "urn:c"]

    with Endpoint(answering) as endpoint:
        use(store, steps)


def test_an_endpoint_that_is_not_there(store: Path, numbers: Endpoint) -> None:
    async def steps(ask: Ask) -> None:
        numbers.url = "http://127.0.0.1:1/"
        with pytest.raises(JobFailed) as caught:
            await ask(f"SELECT ?s {{ SERVICE <{PREFIX}0> {PATTERN} }}", numbers)
        assert "cannot be reached (ConnectError" in str(caught.value.reason)
        assert await ask(f"SELECT ?s {{ SERVICE SILENT <{PREFIX}0> {PATTERN} }}", numbers) == [""]

    use(store, steps)


def test_the_time_of_a_slow_endpoint_is_the_time_of_the_query(store: Path) -> None:
    async def steps(ask: Ask) -> None:
        with pytest.raises(JobFailed) as caught:
            await ask(f"SELECT ?s {{ SERVICE <{PREFIX}0> {PATTERN} }}", slow, deadline=1)
        assert "no whole answer came in the time" in str(caught.value.reason)
        assert await ask(f"SELECT ?s {{ SERVICE SILENT <{PREFIX}0> {PATTERN} }}", slow, deadline=2) == [""]

    with Endpoint(told(200, rows(), seconds=3, Content_Type=JSON)) as slow:
        use(store, steps)


def test_a_question_under_way_ends_with_the_job(store: Path) -> None:
    async def steps(ask: Ask) -> None:
        asking = asyncio.ensure_future(ask(f"SELECT ?s {{ SERVICE <{PREFIX}0> {PATTERN} }}", slow))
        await asyncio.to_thread(slow.is_asked.wait)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking

    with Endpoint(told(200, rows(), seconds=1, Content_Type=JSON)) as slow:
        use(store, steps)


def test_the_kernel_keeps_the_deadline_of_what_does_not_wait(store: Path, numbers: Endpoint) -> None:
    values = "VALUES ?{} {{ " + "1 " * 100 + "}}"
    endless = " ".join(values.format(name) for name in "abcdefg")

    async def steps(ask: Ask) -> None:
        with pytest.raises(DeadlineExceeded):
            await ask(
                f"SELECT (COUNT(*) AS ?s) {{ SERVICE <{PREFIX}0> {PATTERN} {endless} }}", numbers, deadline=1
            )

    use(store, steps)


def test_a_worker_that_is_not_up_in_time_is_the_deadline(store: Path, numbers: Endpoint) -> None:
    async def steps(ask: Ask) -> None:
        with pytest.raises(DeadlineExceeded):
            await ask("SELECT ?s { ?s <urn:p> ?o }", numbers, deadline=0.001)

    use(store, steps)


def test_too_many_questions_are_a_failure(store: Path, numbers: Endpoint) -> None:
    services = " UNION ".join(f"{{ SERVICE <{PREFIX}0> {{ ?s <urn:n> {number} }} }}" for number in range(101))

    async def steps(ask: Ask) -> None:
        with pytest.raises(JobFailed) as caught:
            await ask(f"SELECT ?s {{ {services} }}", numbers)
        assert "one query asks at most 100 questions" in str(caught.value.reason)

    use(store, steps)
    assert len(numbers.asked) == 100


def test_an_answer_that_is_too_large_is_a_failure(store: Path) -> None:
    async def steps(ask: Ask) -> None:
        with pytest.raises(JobFailed) as caught:
            await ask(f"SELECT ?s {{ SERVICE <{PREFIX}0> {PATTERN} }}", large)
        assert "more than 64 MiB" in str(caught.value.reason)

    with Endpoint(told(200, b" " * (65 << 20), Content_Type=JSON)) as large:
        use(store, steps)


def test_the_workers_start_on_demand_and_end_with_their_pool(store: Path, numbers: Endpoint) -> None:
    async def main() -> None:
        pool = open_federated_pool(MEMORY, wanted=True)
        assert workers_of(os.getpid()) == []
        job: dict[str, Any] = {"store": str(store), "endpoints": [("urn:e", numbers.url)], "base": None}
        job |= {
            "results": "csv",
            "graph": None,
            "default_graphs": None,
            "named_graphs": None,
            "prefixes": {},
            "compress_from": None,
        }
        job["query"] = f"SELECT ?s {{ SERVICE <{PREFIX}0> {PATTERN} }}"
        frames = [frame async for frame in pool.run(job, 20, "client")]
        assert b"urn:a" in b"".join(payload for _, payload in frames)
        assert len(workers_of(os.getpid())) == 1
        await pool.close()

    asyncio.run(main())


def test_a_pool_that_closes_while_a_worker_starts_ends_the_job(store: Path) -> None:
    async def main() -> None:
        pool = open_federated_pool(MEMORY, wanted=True)
        job: dict[str, Any] = {"store": str(store), "endpoints": [], "base": None, "query": "ASK {}"}
        job |= {"results": "csv", "graph": None, "default_graphs": None, "named_graphs": None, "prefixes": {}}

        async def ask() -> None:
            _ = [frame async for frame in pool.run(job, 60, "client")]

        asking = asyncio.create_task(ask())
        while not workers_of(os.getpid()):  # noqa: ASYNC110
            await asyncio.sleep(0)
        await pool.close()
        with pytest.raises(EngineFailed):
            await asking

    asyncio.run(main())


def test_where_the_kernel_has_no_gate_none_are_promised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(federated, "network_gate_exists", lambda: False)

    with pytest.raises(Unavailable, match=r"Leave federate empty"):
        open_federated_pool(MEMORY, wanted=True)
    open_federated_pool(MEMORY, wanted=False)
