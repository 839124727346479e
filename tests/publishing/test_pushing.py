"""Pushing to an engine: whole or as a diff, broken off and completed, and nothing else is touched."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx2
import pyoxigraph as ox
import pytest

from clipgraph.errors import Conflict, InputError, RemoteFailed
from clipgraph.publishing.pushing import Push, Pushed
from clipgraph.publishing.transfer import Transfer
from clipgraph.releases.change import Change
from clipgraph.releases.commit import Origin, commit
from clipgraph.releases.edits import known
from clipgraph.releases.release import GraphRecord
from clipgraph.releases.shelf import Shelf
from clipgraph.remote import marker
from clipgraph.remote.addresses import Address, read_address
from clipgraph.remote.connection import Connection
from clipgraph.remote.marker import MARKER, MERGE, Place
from testing_contract import push, small_shelf, write
from testing_engines import EngineServer, oxigraph_server
from testing_liars import Liar, said
from testing_releases import HIDDEN, POLICY, passes, quad

INSTITUTION = "urn:institution:own"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineServer]:
    with oxigraph_server(tmp_path_factory.mktemp("pushing")) as server:
        yield server


@pytest.fixture
def server(running: EngineServer) -> EngineServer:
    """An engine with a graph of its institution."""
    httpx2.post(running.update, data={"update": "DROP ALL"}).raise_for_status()
    running.put("<urn:institution:s> <urn:p> <urn:1> .", INSTITUTION)
    return running


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return small_shelf(tmp_path / "shelf")


def held(server: EngineServer) -> set[tuple[str, str]]:
    """Return all that the engine holds but the marker: graph and subject of each statement."""
    content = httpx2.get(server.graphs, headers={"Accept": "application/n-quads"}).content
    quads = ox.parse(content, ox.RdfFormat.N_QUADS)
    return {
        (getattr(quad.graph_name, "value", ""), quad.subject.value)
        for quad in quads
        if getattr(quad.graph_name, "value", "") != MARKER and not isinstance(quad.subject, ox.Triple)
    }


def expected(shelf: Shelf, merge: Place) -> set[tuple[str, str]]:
    """Return what an engine has to hold of the current release, beside the graph of its institution."""
    number = shelf.current_number()
    assert number is not None
    place = "" if merge == "default" else MERGE
    store = ox.Store.read_only(str(shelf.store_path(number)))
    return {(getattr(quad.graph_name, "value", place), quad.subject.value) for quad in store} | {
        (INSTITUTION, "urn:institution:s")
    }


def take_out(shelf: Shelf, *numbers: int, graph: str) -> None:
    with shelf.lock():
        change = Change(removed=tuple(quad(number, graph) for number in numbers))
        commit(shelf, known(change), POLICY, passes, Origin("me", "why"))


@pytest.mark.parametrize("by_graphs", [True, False])
@pytest.mark.parametrize("merge", ["default", "named"])
def test_whole_then_what_differs(
    server: EngineServer,
    shelf: Shelf,
    merge: Place,
    by_graphs: bool,  # noqa: FBT001
) -> None:
    address = server.address if by_graphs else replace(server.address, graphs="")
    whole = push(shelf, address, merge)
    assert held(server) == expected(shelf, merge)
    again = push(shelf, address, merge)
    write(shelf, *range(100, 140), graph="urn:a")
    many = push(shelf, address, merge)
    write(shelf, 5, graph="urn:a")
    take_out(shelf, 2, 3, graph="urn:b")
    some = push(shelf, address, merge)

    assert (whole.graphs, whole.statements, whole.altered) == (4, 8, 0)
    assert again == Pushed()
    assert (many.graphs, many.statements) == (2, 42 + 43)  # replaced, as most of it is new
    # One statement more in a and in the merge, two fewer in the merge of which a has one.
    assert (some.graphs, some.statements, some.dropped) == (2, 1 + 2, 1)
    assert held(server) == expected(shelf, merge)


def test_the_merge_moves(server: EngineServer, shelf: Shelf) -> None:
    push(shelf, server.address, "default")
    moved = push(shelf, server.address, "named")

    assert (moved.graphs, moved.dropped) == (1, 1)
    assert held(server) == expected(shelf, "named")


class Broken(Exception):
    """What breaks a push off."""


@pytest.mark.parametrize("after", [0, 2])
@pytest.mark.parametrize("merge", ["default", "named"])
def test_one_that_breaks_off_is_completed_by_the_next(
    server: EngineServer, shelf: Shelf, monkeypatch: pytest.MonkeyPatch, after: int, merge: Place
) -> None:
    push(shelf, server.address, merge)
    write(shelf, *range(100, 140), graph="urn:a")
    write(shelf, *range(200, 240), graph="urn:b")
    write(shelf, *range(300, 340), graph="urn:c")
    replaced, left = Transfer.replace, [after]

    async def breaking(self: Transfer, graph: str, quads: list[ox.Quad]) -> None:
        half = len(quads) if left[0] else len(quads) // 2
        await replaced(self, graph, quads[:half])
        left[0] -= 1
        if left[0] < 0:
            raise Broken

    with monkeypatch.context() as patched:
        patched.setattr(Transfer, "replace", breaking)
        with pytest.raises(Broken):
            push(shelf, server.address, merge)
    state = publication(server.address)
    assert (bool(state.pushes), state.settled, state.release and state.release.number) == (True, False, 3)
    push(shelf, server.address, merge)

    assert held(server) == expected(shelf, merge)
    assert publication(server.address).settled


def publication(address: Address) -> marker.Publication:
    async def read() -> marker.Publication:
        async with Connection(address) as connection:
            return marker.read_publication(await connection.rows(marker.ALL, 10))

    return asyncio.run(read())


def test_a_graph_that_was_changed_there_is_put_right(server: EngineServer, shelf: Shelf) -> None:
    push(shelf, server.address, "named")
    httpx2.delete(server.graphs, params={"graph": "urn:a"}).raise_for_status()
    mended = push(shelf, server.address, "named")

    assert (mended.graphs, mended.statements) == (1, 2)
    assert held(server) == expected(shelf, "named")


def test_what_is_not_ours_is_not_touched(server: EngineServer, shelf: Shelf) -> None:
    server.put("<urn:institution:s> <urn:p> <urn:1> .")
    server.put("<urn:institution:s> <urn:p> <urn:1> .", HIDDEN)  # named as ours: it is replaced
    before = held(server)
    with pytest.raises(InputError, match=r"the default graph of .* holds what was not pushed there"):
        push(shelf, server.address, "default")
    server.put("<urn:institution:s> <urn:p> <urn:1> .", "urn:b")
    before |= {("urn:b", "urn:institution:s")}
    with pytest.raises(InputError, match="has a graph <urn:b> that was not pushed there"):
        push(shelf, server.address, "named")
    assert held(server) == before
    httpx2.delete(server.graphs, params={"graph": "urn:b"}).raise_for_status()
    push(shelf, server.address, "named")

    assert held(server) == expected(shelf, "named") | {("", "urn:institution:s")}


def test_a_default_graph_that_is_the_union_of_all(tmp_path: Path, shelf: Shelf) -> None:
    with oxigraph_server(tmp_path, "--union-default-graph") as server:
        with pytest.raises(InputError, match=r"is the union of all its graphs.*ENGINE_MERGE=named"):
            push(shelf, server.address, "default")
        assert held(server) == set()
        push(shelf, server.address, "named")
        assert ("urn:a", "urn:1") in held(server)


def test_a_push_ends_where_another_took_over(
    server: EngineServer, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    replaced = Transfer.replace

    async def taken_over(self: Transfer, graph: str, quads: list[ox.Quad]) -> None:
        await replaced(self, graph, quads)
        async with Connection(server.address) as other:
            await other.update(marker.begin("other"), 10)

    with monkeypatch.context() as patched:
        patched.setattr(Transfer, "replace", taken_over)
        with pytest.raises(Conflict, match=r"another push to .* took over"):
            push(shelf, server.address, "named")
    push(shelf, server.address, "named")

    assert held(server) == expected(shelf, "named")


def test_one_that_is_nearly_done_ends_where_another_took_over(
    server: EngineServer, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It does not say that its release is there while the other is changing graphs."""
    read = Transfer.read

    async def taken_over(self: Transfer, graph: str, most: int) -> set[str]:
        async with Connection(server.address) as other:
            await other.update(marker.begin("other"), 10)
        return await read(self, graph, most)

    with monkeypatch.context() as patched:
        patched.setattr(Transfer, "read", taken_over)
        with pytest.raises(Conflict, match=r"another push to .* took over, and is under way there now"):
            push(shelf, server.address, "named")
    state = publication(server.address)
    assert (state.pushes, state.release) == (("other",), None)
    push(shelf, server.address, "named")

    assert publication(server.address).settled


def test_one_that_finds_another_at_work_looks_again_what_differs(
    server: EngineServer, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other has begun after this one looked, and changed a graph to another of the same length."""
    push(shelf, server.address, "named")
    write(shelf, 9, graph="urn:c")
    counts, left = Transfer.counts, ["urn:a"]

    async def meanwhile(self: Transfer, graphs: list[str]) -> dict[str, int]:
        found = await counts(self, graphs)
        if left:
            iri = left.pop()
            async with Connection(server.address) as other:
                unknown = marker.unknown(GraphRecord("data", "files", 2, "00"))
                for update in (marker.begin("other"), *marker.record("other", {iri: unknown})):
                    await other.update(update, 10)
                await other.put(iri, b"<urn:8> <urn:p> <urn:8> .\n<urn:9> <urn:p> <urn:9> .\n", 10)
        return found

    monkeypatch.setattr(Transfer, "counts", meanwhile)
    push(shelf, server.address, "named")

    assert held(server) == expected(shelf, "named")
    assert publication(server.address).settled


def test_updates_that_go_elsewhere_are_noticed_before_anything_is_sent(
    server: EngineServer, shelf: Shelf
) -> None:
    before = held(server)
    with Liar(said(b"<p>Welcome</p>", "text/html")) as liar:
        with pytest.raises(
            RemoteFailed, match=r"took an update of which nothing is to be seen at http"
        ) as told:
            push(shelf, replace(server.address, update=liar.url), "named")
        assert len(liar.asked) == 1

    assert str(told.value).startswith(liar.url)
    assert held(server) == before


def test_what_a_push_did_not_come_to_read_back_the_next_one_reads(
    server: EngineServer, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An engine that cuts answers is not called one that holds the release by the second push."""
    read = Transfer.read

    async def cutting(self: Transfer, graph: str, most: int) -> set[str]:
        return set(list(await read(self, graph, most))[:1])

    with monkeypatch.context() as patched:
        patched.setattr(Transfer, "read", cutting)
        for _ in range(2):
            with pytest.raises(RemoteFailed, match="it cuts answers"):
                push(shelf, server.address, "named")
            assert not publication(server.address).settled
    push(shelf, server.address, "named")

    assert publication(server.address).settled


@pytest.mark.parametrize(
    "counted", [b'{"n":{"type":"literal","value":"many"}}', b'{"g":{"type":"uri","value":"urn:x"}}']
)
def test_an_engine_that_cannot_count(counted: bytes) -> None:
    rows = b'{"head":{"vars":["g","n"]},"results":{"bindings":[%s]}}' % counted

    async def body() -> None:
        async with Connection(read_address(liar.url)) as connection:
            with pytest.raises(RemoteFailed, match=r"counts with what is no number|not well-formed"):
                await Transfer(connection).counts(["urn:a"])

    with Liar(said(rows)) as liar:
        asyncio.run(body())


def test_only_graphs_that_were_asked_for_are_counted() -> None:
    row = b'{"g":{"type":"uri","value":"urn:x"},"n":{"type":"literal","value":"1"}}'

    async def body() -> None:
        async with Connection(read_address(liar.url)) as connection:
            assert await Transfer(connection).counts(["urn:a"]) == {"urn:a": 0}

    with Liar(said(b'{"head":{"vars":["g","n"]},"results":{"bindings":[%s]}}' % row)) as liar:
        asyncio.run(body())


def test_an_engine_that_loses_statements(
    server: EngineServer, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    replaced = Transfer.replace

    async def losing(self: Transfer, graph: str, quads: list[ox.Quad]) -> None:
        await replaced(self, graph, quads[:1])

    monkeypatch.setattr(Transfer, "replace", losing)
    with pytest.raises(RemoteFailed, match=r"has 1 statements in .* where 2 were sent"):
        push(shelf, server.address, "named")
    assert not publication(server.address).settled


def test_what_comes_back_in_another_form_is_counted(
    server: EngineServer, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Transfer.read

    async def altering(self: Transfer, graph: str, most: int) -> set[str]:
        return {line.replace("<urn:1>", "<urn:one>") for line in await read(self, graph, most)}

    monkeypatch.setattr(Transfer, "read", altering)
    pushed = push(shelf, server.address, "named")

    assert (pushed.altered, pushed.example) == (
        2,
        ("<urn:1> <urn:p> <urn:1> .", "<urn:one> <urn:p> <urn:one> ."),
    )


def test_readers_are_given_time_to_notice(server: EngineServer, shelf: Shelf) -> None:
    push(shelf, server.address, "named")
    write(shelf, 5)
    release = shelf.current()
    assert release is not None
    told: list[str] = []

    async def pushed() -> float:
        async with Connection(server.address) as connection:
            clock = asyncio.get_running_loop().time
            began = clock()
            await Push(shelf, release, connection, "named", told.append, 0.5).run()
            return clock() - began

    assert asyncio.run(pushed()) >= 0.5
    assert "letting those who serve from there see that a push is under way" in told


def test_a_release_with_a_default_graph_of_its_own_is_not_pushed(server: EngineServer, shelf: Shelf) -> None:
    release = shelf.current()
    assert release is not None

    async def pushed(default_graph: str, *graphs: str) -> None:
        records = dict.fromkeys(graphs, GraphRecord("data", "files", 1, "00"))
        other = replace(release, default_graph=default_graph, graphs=records)
        async with Connection(server.address) as connection:
            await Push(shelf, other, connection, "named", lambda _: None, 0).run()

    with pytest.raises(InputError, match="has a default graph of its own"):
        asyncio.run(pushed("own"))
    with pytest.raises(InputError, match="graphs named so are those of the push itself"):
        asyncio.run(pushed("merged", MARKER))
