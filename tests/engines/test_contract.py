"""The contract of engines, kept by the embedded engine and by the remote one on Oxigraph's server."""

from collections.abc import Iterator
from functools import partial

import pytest

from clipgraph.engines.engine import Engine
from clipgraph.errors import Refused
from clipgraph.rdf.formats import CSV, JSON
from clipgraph.releases.shelf import Shelf
from clipgraph.sparql.protocol import Query
from testing_contract import EngineContract, Subject, ask, embedded, push, remote, small_shelf
from testing_engines import oxigraph_server


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return small_shelf(tmp_path_factory.mktemp("contract"))


@pytest.fixture(scope="module")
def own_default_graph(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Subject]:
    """An engine that is ours alone: the merge is its default graph."""
    with oxigraph_server(tmp_path_factory.mktemp("contract")) as server:
        push(shelf, server.address, "default")
        # The marker: the release, three graphs and the merge.
        yield Subject(remote(server.address), partial(remote, server.address), beside=5)


@pytest.fixture(scope="module")
def shared(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Subject]:
    """An engine with graphs that are not ours, none of which is seen: the merge is a named graph."""
    with oxigraph_server(tmp_path_factory.mktemp("contract")) as server:
        for graph in ("", "urn:institution:own"):
            server.put("<urn:institution:s> <urn:p> <urn:1> .", graph)
        push(shelf, server.address, "named")
        yield Subject(remote(server.address), partial(remote, server.address))


class TestEmbedded(EngineContract):
    """Releases of this machine."""

    @pytest.fixture
    def subject(self, shelf: Shelf) -> Subject:
        """It is opened anew for each test."""
        return Subject(embedded(shelf), partial(embedded, shelf))


class TestRemote(EngineContract):
    """A server of another engine."""

    @pytest.mark.parametrize("escape", ["\\u0022", "\\U00000022", "\\u007D"])
    def test_nothing_is_sent_that_another_engine_may_read_as_another_query(
        self, subject: Subject, escape: str
    ) -> None:
        """An escaped quote ends a text in an engine that resolves escapes first."""
        text = f'SELECT * {{ ?s ?p "{escape} . SERVICE <http://127.0.0.1:9/> {{}} # " }}'

        async def body(engine: Engine) -> None:
            with pytest.raises(Refused, match="write the character"):
                await engine.answer(Query(text, JSON, None, 30), "me")
            assert await ask(engine, Query('ASK { BIND("\\u00e9" AS ?x) }', CSV, None, 30)) == "true"

        subject.run(body)

    @pytest.fixture(params=["own_default_graph", "shared"])
    def subject(self, request: pytest.FixtureRequest) -> Subject:
        """It is opened anew for each test."""
        subject: Subject = request.getfixturevalue(request.param)
        return subject
