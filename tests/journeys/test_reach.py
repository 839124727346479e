"""Nothing that is not listed is ever contacted: by the text policy alone, and by each kernel filter alone.

Each property runs the same kind of generated texts against sockets that tell of every connection.
"""

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis.strategies import SearchStrategy

from clipgraph.errors import ClipgraphError, Refused
from clipgraph.rdf.terms import NamedNode, Quad, Store
from clipgraph.sparql.federation import Federation, rewrite
from clipgraph.sparql.library import read_library
from clipgraph.sparql.policy import check, check_update
from clipgraph.workers.federated import FederatedProcess
from clipgraph.workers.process import JobFailed, WorkerProcess
from clipgraph.workers.questions import PREFIX
from conftest import ROOT
from testing_endpoints import Listener
from testing_texts import aimed, harmless_queries, harmless_updates, reaching_queries, reaching_updates

# The examples are the same in every run, so that a failure is one for everybody; no database, no clock.
BOUNDED = settings(
    max_examples=600,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
# Evaluates texts in a process of its own, since some end it; a line of JSON for each.
EVALUATOR = """
import json, sys
import pyoxigraph as ox
from clipgraph.workers import filters
if sys.argv[1] == "filtered":
    assert filters.refuse_network()
for line in sys.stdin:
    text, is_update = json.loads(line)
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal(5)))
    read = True
    try:
        if is_update:
            store.update(text)
        else:
            found = store.query(text)
            if not isinstance(found, ox.QueryBoolean):
                for _ in found:
                    pass
    except SyntaxError:
        read = False
    except (OSError, ValueError, RuntimeError):
        pass
    print(json.dumps(read), flush=True)
"""


class Evaluator:
    """The process that evaluates; started again where a text has ended it."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._process: subprocess.Popen[str] | None = None

    def __call__(self, text: str, *, is_update: bool) -> bool:
        """Evaluate a text; tell whether the engine could read it."""
        if self._process is None:
            command = [sys.executable, "-c", EVALUATOR, self._kind]
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps([text, is_update]), file=self._process.stdin, flush=True)
        answer = self._process.stdout.readline()
        if not answer:
            self.close()
            return False
        return bool(json.loads(answer))

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.communicate()
            self._process = None


@pytest.fixture(scope="module")
def listed() -> Iterator[Listener]:
    with Listener() as listener:
        yield listener


@pytest.fixture
def unlisted() -> Iterator[Listener]:
    with Listener() as listener:
        yield listener


@pytest.fixture(scope="module")
def unfiltered() -> Iterator[Evaluator]:
    evaluator = Evaluator("unfiltered")
    yield evaluator
    evaluator.close()


PATHS = ("", "/", "/sparql", "/x,y", "/a.b", "/x", "/xy", "/y#z")  # that the generated texts name
KINDS = [(reaching_queries(), False), (reaching_updates(), True)]
IDS = ["queries", "updates"]


def permitted(text: str, listed: Listener, *, is_update: bool) -> str | None:
    """Return what would be evaluated of a text, or None where the policy refuses it."""
    try:
        if is_update:
            check_update(text)
            return text
        federation = Federation({f"{listed.url}{path}": listed.url for path in PATHS})
        return rewrite(text, check(text, federation), f"{listed.url}/")
    except Refused:
        return None


@pytest.mark.parametrize(("texts", "is_update"), KINDS, ids=IDS)
def test_the_generated_texts_do_reach_out_when_nothing_holds_them(
    texts: SearchStrategy[str], unfiltered: Evaluator, unlisted: Listener, *, is_update: bool
) -> None:
    reached = 0

    @BOUNDED
    @given(texts)
    def reach(text: str) -> None:
        nonlocal reached
        before = unlisted.connections
        unfiltered(aimed(text, unlisted.url), is_update=is_update)
        reached += unlisted.connections > before

    reach()
    assert reached > BOUNDED.max_examples // 6


@pytest.mark.parametrize(("texts", "is_update"), KINDS, ids=IDS)
def test_the_policy_alone_holds_them(
    texts: SearchStrategy[str],
    unfiltered: Evaluator,
    listed: Listener,
    unlisted: Listener,
    *,
    is_update: bool,
) -> None:
    @BOUNDED
    @given(texts)
    def hold(text: str) -> None:
        allowed = permitted(aimed(text, unlisted.url), listed, is_update=is_update)
        if allowed is not None:
            unfiltered(allowed, is_update=is_update)
        assert unlisted.connections == 0

    hold()


def test_what_is_listed_is_asked_and_nothing_else(
    unfiltered: Evaluator, listed: Listener, unlisted: Listener
) -> None:
    asked = 0

    @BOUNDED
    @given(reaching_queries(), reaching_queries())
    def ask(text: str, other: str) -> None:
        nonlocal asked
        before = listed.connections
        inner = aimed(other, unlisted.url)[len(other) // 2 :]  # a rest of a text that names the other
        for joined in (aimed(text, listed.url), aimed(text, listed.url) + inner):
            allowed = permitted(joined, listed, is_update=False)
            if allowed is not None:
                unfiltered(allowed, is_update=False)
        asked += listed.connections > before
        assert unlisted.connections == 0

    ask()
    assert asked > BOUNDED.max_examples // 10


@pytest.mark.parametrize(("texts", "is_update"), KINDS, ids=IDS)
def test_the_filter_alone_holds_them(
    texts: SearchStrategy[str], unlisted: Listener, *, is_update: bool
) -> None:
    filtered = Evaluator("filtered")

    @BOUNDED
    @given(texts)
    def hold(text: str) -> None:
        filtered(aimed(text, unlisted.url), is_update=is_update)
        assert unlisted.connections == 0

    try:
        hold()
    finally:
        filtered.close()


@pytest.mark.parametrize("kind", [WorkerProcess, FederatedProcess])
def test_no_worker_reaches_what_its_job_does_not_list(
    kind: type[WorkerProcess], tmp_path: Path, listed: Listener, unlisted: Listener
) -> None:
    store = Store(str(tmp_path / "store"))
    store.add(Quad(NamedNode("urn:a"), NamedNode("urn:b"), NamedNode("urn:c")))
    store.flush()
    del store
    loop = asyncio.new_event_loop()
    worker = loop.run_until_complete(kind.start(300 << 20))
    job: dict[str, Any] = {
        "store": str(tmp_path / "store"),
        "endpoints": [("urn:e", listed.url)],
        "base": None,
    }
    job |= {
        "results": "json",
        "graph": "turtle",
        "default_graphs": None,
        "named_graphs": None,
        "prefixes": {},
    }

    async def run(query: str) -> None:
        nonlocal worker
        try:
            _ = [frame async for frame in worker.run(job | {"query": query}, 20)]
        except JobFailed:
            pass
        except ClipgraphError:  # it has ended
            await worker.ended()
            worker = await kind.start(300 << 20)

    @settings(BOUNDED, max_examples=120)
    @given(reaching_queries())
    def hold(text: str) -> None:
        loop.run_until_complete(run(aimed(text, unlisted.url)))
        assert unlisted.connections == 0

    before = listed.connections
    try:
        hold()
        assert listed.connections == before
        loop.run_until_complete(run(f"ASK {{ SERVICE <{PREFIX}0> {{ ?s ?p ?o }} }}"))
        assert (listed.connections > before) is (kind is FederatedProcess)  # and it would have been seen
    finally:
        worker.kill()
        loop.run_until_complete(worker.ended())
        loop.close()


@pytest.mark.parametrize(
    ("texts", "is_update", "policy"),
    [(harmless_queries(), False, check), (harmless_updates(), True, check_update)],
    ids=IDS,
)
def test_a_text_that_only_names_the_words_is_never_refused(
    texts: SearchStrategy[str], unfiltered: Evaluator, policy: Callable[[str], object], *, is_update: bool
) -> None:
    read = 0

    @BOUNDED
    @given(texts)
    def pass_through(text: str) -> None:
        nonlocal read
        assume(unfiltered(text, is_update=is_update))
        read += 1
        policy(text)

    pass_through()
    assert read > BOUNDED.max_examples // 4


def test_no_query_of_the_library_is_refused_but_the_federated() -> None:
    library = read_library(ROOT / "queries")
    refused = []
    for query in library:
        try:
            check(query.text)
        except Refused:
            refused.append(query.name)

    assert len(library) > 60
    assert refused == [query.name for query in library if query.metadata.get("federated") == "true"]
