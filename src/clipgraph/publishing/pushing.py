"""Pushes a release to an engine elsewhere: what differs from what is there, and nothing that is not ours.

The engine's marker (remote/marker.py) says what is there. A push first writes there that it is under way and
which graphs nobody knows any more, and last that it is done: one that breaks off is completed by the next.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from clipgraph.errors import ClipgraphError, InputError, RemoteFailed
from clipgraph.publishing.transfer import SECONDS, Transfer
from clipgraph.publishing.turn import Turn, same
from clipgraph.rdf.lines import line
from clipgraph.rdf.terms import DefaultGraph, NamedNode, Quad, Store
from clipgraph.releases.change import Change, difference
from clipgraph.releases.history import open_release
from clipgraph.releases.release import MERGED, GraphRecord, Release
from clipgraph.releases.shelf import Shelf
from clipgraph.remote import marker
from clipgraph.remote.connection import Connection
from clipgraph.remote.marker import DEFAULT_GRAPH, MERGE, NAMED, PUBLICATION, Place, Publication
from clipgraph.remote.watch import SECONDS_BETWEEN_LOOKS
from clipgraph.sources.graphs import GRAPHS

Progress = Callable[[str], None]
# So that whoever serves from there has seen that a push is under way before anything changes.
PAUSE = 1.5 * SECONDS_BETWEEN_LOOKS
_RECORDED_AT_ONCE = 20
_COMPARED = 100_000  # a graph of more statements is counted and not read back
_MOST_AROUND = 2**20  # bytes of an answer that are no statement: prefixes, spaces
_MOST_CHANGED = 0.5  # a graph of which more than this part changes is replaced


@dataclass
class Pushed:
    """What a push did: graphs sent or changed, graphs taken away, statements sent.

    ``altered`` counts statements that came back in another form than they were sent, with one of them before
    and after as ``example``.
    """

    graphs: int = 0
    dropped: int = 0
    statements: int = 0
    altered: int = 0
    example: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class _Plan:
    """What is to be done: graphs to be brought up to date, by how each is now; graphs that are gone."""

    stale: Mapping[str, GraphRecord | None]
    gone: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.stale or self.gone)


@dataclass
class Push:
    """One push of a release from a shelf; ``pause`` is in seconds (see PAUSE)."""

    shelf: Shelf
    release: Release
    connection: Connection
    merge: Place
    progress: Progress
    pause: float = PAUSE
    _done: Pushed = field(default_factory=Pushed)

    def __post_init__(self) -> None:
        """Open what is read from and written to."""
        self._transfer = Transfer(self.connection)
        self._store = open_release(self.shelf, self.release.number)
        self._turn = Turn(self.connection, self.release.number)

    @property
    def _address(self) -> str:
        return self.connection.address.query

    @property
    def _sent_to(self) -> str:
        return self.connection.address.graphs or self.connection.address.update

    async def run(self) -> Pushed:
        """Bring the engine to the release.

        Raises:
            InputError: the release cannot be pushed, or the engine holds what is not ours where it would go.
            Conflict: another push took over.
            RemoteFailed, DeadlineExceeded: the engine failed; the next push goes on from there.
        """
        self._check()
        self.progress("looking at what is there")
        before = await self._turn.look()
        wanted = self._wanted()
        plan = await self._plan(before, wanted)
        if not plan and before.settled and same(before.release, self.release) and before.merge == self.merge:
            return self._done
        await self._refuse_what_is_not_ours(before, plan)
        now = await self._begin(before)
        if now.records != before.records:  # another push was at work there meanwhile
            plan = await self._plan(now, wanted)
            await self._refuse_what_is_not_ours(now, plan)
        await self._announce(before, now, wanted, plan)
        await self._carry_out(now, wanted, plan)
        await self._check_counts(wanted)
        # Who broke off may have sent what it did not come to read back.
        sent = plan.stale if before.settled else wanted
        await self._compare([graph for graph in sent if wanted[graph].triples <= _COMPARED])
        await self._turn.finish(self.release, self.merge)
        return self._done

    @property
    def begun(self) -> bool:
        """Whether anything was written there, which the next push completes if this one ends early."""
        return self._turn.begun

    def _check(self) -> None:
        if self.release.default_graph != MERGED:
            raise InputError(
                f"release {self.release.number} has a default graph of its own: only a release whose default "
                "graph is the merge of its graphs is pushed"
            )
        taken = [iri for iri in self.release.graphs if iri.startswith(PUBLICATION)]
        if taken:
            raise InputError(f"<{taken[0]}> cannot be pushed: graphs named so are those of the push itself")

    def _wanted(self) -> dict[str, GraphRecord]:
        """Return the records of the graphs that are to be there, the merge among them."""
        graphs = {iri: record for iri, record in self.release.graphs.items() if record.triples}
        place = MERGE if self.merge == NAMED else DEFAULT_GRAPH
        merge = GraphRecord("merge", "push", self.release.triples, self.release.digest)
        # The merge last: where it is the default graph, what others ask for holds until then.
        return graphs | ({place: merge} if merge.triples else {})

    async def _plan(self, before: Publication, wanted: Mapping[str, GraphRecord]) -> _Plan:
        same = [iri for iri, record in wanted.items() if _digest(before, iri) == record.digest]
        counts = await self._transfer.counts(same)
        stale = {
            iri: before.records.get(iri)
            for iri, record in wanted.items()
            if iri not in counts or counts[iri] != record.triples
        }
        # One that has lost or gained statements since is not as its record says.
        known = {iri: None if iri in counts else record for iri, record in stale.items()}
        return _Plan(known, tuple(iri for iri in before.records if iri not in wanted))

    async def _refuse_what_is_not_ours(self, before: Publication, plan: _Plan) -> None:
        for iri in plan.stale:
            ours = iri in before.records or iri.startswith(GRAPHS)
            if ours or not await self._transfer.holds(iri):
                continue
            if iri == DEFAULT_GRAPH:
                raise InputError(
                    f"the default graph of {self._address} holds what was not pushed there: "
                    "let the merge be kept in a named graph (CLIPGRAPH_ENGINE_MERGE=named), or empty it"
                )
            raise InputError(
                f"{self._address} has a graph <{iri}> that was not pushed there, and so has "
                f"release {self.release.number}: rename one of them"
            )

    async def _begin(self, before: Publication) -> Publication:
        """Say in the marker that a push is under way; returns what is there now."""
        now = await self._turn.begin()
        if self.merge != NAMED and await self._default_is_union():
            if not before.pushes:
                await self._turn.take_back()
            raise InputError(
                f"the default graph of {self._address} is the union of all its graphs, so that the merge "
                "cannot be kept there: set CLIPGRAPH_ENGINE_MERGE=named"
            )
        return now

    async def _announce(
        self, before: Publication, now: Publication, wanted: Mapping[str, GraphRecord], plan: _Plan
    ) -> None:
        """Say of which graphs nobody knows any more, and let all see that who are at work there."""
        unknown = {iri: marker.unknown(wanted[iri]) for iri in plan.stale}
        unknown |= {iri: marker.unknown(now.records[iri]) for iri in plan.gone}
        await self._turn.record(unknown)
        if (before.release is not None or before.pushes) and plan:
            self.progress("letting those who serve from there see that a push is under way")
            await asyncio.sleep(self.pause)

    async def _default_is_union(self) -> bool:
        """Tell whether the marker, which is a named graph, is seen in the default graph."""
        return bool(await self.connection.rows(marker.SEEN_BY_DEFAULT, SECONDS))

    async def _carry_out(self, before: Publication, wanted: Mapping[str, GraphRecord], plan: _Plan) -> None:
        older = self._older(before)
        unrecorded: dict[str, GraphRecord | None] = {}
        for number, (iri, known) in enumerate(plan.stale.items(), 1):
            self.progress(f"graph {number} of {len(plan.stale)}: {iri or 'the default graph'}")
            await self._turn.must_be_ours()
            await self._bring(iri, self._change(iri, known, older))
            unrecorded[iri] = wanted[iri]
            if len(unrecorded) >= _RECORDED_AT_ONCE:
                await self._turn.record(unrecorded)
                unrecorded = {}
        for iri in plan.gone:
            await self._turn.must_be_ours()
            await self._transfer.drop(iri)
            unrecorded[iri] = None
        self._done.dropped = len(plan.gone)
        await self._turn.record(unrecorded)

    def _older(self, before: Publication) -> Store | None:
        """Return the store of the release that was published there, where it is the one on the shelf."""
        if before.release is None:
            return None
        try:
            if not same(self.shelf.read(before.release.number), before.release):
                return None
            return open_release(self.shelf, before.release.number)
        except ClipgraphError:
            return None

    def _change(self, iri: str, known: GraphRecord | None, older: Store | None) -> Change | None:
        """Return what is to be changed in a graph, None where it is better replaced."""
        if older is None or known is None or not known.digest:
            return None
        change = difference(_quads(older, iri), _quads(self._store, iri))
        many = _MOST_CHANGED * max(known.triples, 1)
        return change if len(change.added) + len(change.removed) <= many else None

    async def _bring(self, iri: str, change: Change | None) -> None:
        if change is None:
            quads = _quads(self._store, iri)
            await self._transfer.replace(iri, quads)
            self._done.statements += len(quads)
        else:
            await self._transfer.change(iri, change)
            self._done.statements += len(change.added) + len(change.removed)
        self._done.graphs += 1

    async def _check_counts(self, wanted: Mapping[str, GraphRecord]) -> None:
        """Count what is there; a graph that is not as long as it should be is replaced, once."""
        self.progress("counting what is there")
        wrong = await self._wrong(wanted)
        for iri in wrong:
            await self._turn.must_be_ours()
            await self._bring(iri, None)
        still = await self._wrong({iri: wanted[iri] for iri in wrong})
        for iri, count in still.items():
            raise RemoteFailed(
                self._address,
                f"has {count} statements in {f'<{iri}>' if iri else 'its default graph'}, where "
                f"{wanted[iri].triples} were sent to {self._sent_to}: the next push begins with that",
            )

    async def _wrong(self, wanted: Mapping[str, GraphRecord]) -> dict[str, int]:
        counts = await self._transfer.counts(tuple(wanted))
        return {iri: count for iri, count in counts.items() if count != wanted[iri].triples}

    async def _compare(self, graphs: Iterable[str]) -> None:
        """Read back graphs that were sent, and take note of statements that have another form now."""
        for iri in graphs:
            self.progress(f"reading back {iri or 'the default graph'}")
            sent = {line(quad) for quad in _quads(self._store, iri)}
            # It may write characters as escapes, of up to ten bytes for one.
            most = _MOST_AROUND + 10 * sum(map(len, sent))
            there = await self._transfer.read(iri, most)
            if len(there) < len(sent):
                raise RemoteFailed(
                    self._address,
                    f"gave back {len(there)} of {len(sent)} statements that it has: it cuts answers. Let it "
                    "give answers of any length (docs/engines.md)",
                )
            altered = sorted(sent - there)
            if altered and not self._done.altered:
                self._done.example = (altered[0], min(there - sent))
            self._done.altered += len(altered)


def _quads(store: Store, iri: str) -> list[Quad]:
    graph = NamedNode(iri) if iri not in (DEFAULT_GRAPH, MERGE) else DefaultGraph()
    return list(store.quads_for_pattern(None, None, None, graph))


def _digest(before: Publication, iri: str) -> str:
    record = before.records.get(iri)
    return record.digest if record else ""
