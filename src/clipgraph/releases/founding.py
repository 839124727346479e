"""The first release: made in memory, and loaded into its folder in bulk as text while that goes on.

There is nothing to compare it with, so that no statement needs an object of Python's; and in memory, rules
and counts take a third of the time (docs/decisions/0021). It is the release that ``commit`` would make.
"""

import gc
import shutil
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from clipgraph.rdf.terms import Store
from clipgraph.rdf.whole import lines_of, load_default, quads_of
from clipgraph.releases.commit import Origin
from clipgraph.releases.descriptions import Describing, described
from clipgraph.releases.digest import digest_of, hashes_of
from clipgraph.releases.inference import materialise
from clipgraph.releases.loader import Loader, loading
from clipgraph.releases.patch import patch_of_additions
from clipgraph.releases.policy import Policy
from clipgraph.releases.release import FILES, GraphRecord, Release
from clipgraph.releases.shelf import Shelf
from clipgraph.releases.staging import stage
from clipgraph.sources.graphs import INFERENCES, MADE_DESCRIPTIONS, role_of

# Puts named graphs into an empty store, and yields the IRI of each once all of it is there.
Fill = Callable[[Store], Iterator[str]]
_MOST_WAITING = 8  # graphs that are to be written


def found(
    shelf: Shelf,
    fill: Fill,
    policy: Policy,
    check: Callable[[Store], None],
    origin: Origin,
    describing: Describing | None = None,
    *,
    on_disk: bool = False,
) -> Release:
    """Under the shelf's lock, where there is no release: make one of graphs from files.

    Args:
        shelf: where releases are; its lock is held by the caller.
        fill: puts the graphs into a store.
        policy: rules, and what the default graph is.
        check: called with the store when all is in it but the descriptions; raises to refuse the release.
        origin: who publishes, and why.
        describing: makes the descriptions; without it there are none.
        on_disk: make it in a store on disk: for more than there is memory, 2 KiB a statement, and slower.

    Raises:
        Unavailable: too little disk, or the folder cannot be written.
        ClipgraphError: what ``fill`` or ``check`` raises; then nothing has changed.
    """

    def fill_folder(staged: Path) -> Release:
        making = staged / "making"
        made = _Founding(policy, Store(str(making)) if on_disk else Store())
        with _loading(staged) as loader, patch_of_additions(staged / "change.rdfp.gz") as patch:
            with _beside(patch) as write:
                for iri in fill(made.store):
                    write(made.take(iri, loader))
            loader.cut()
            made.infer(loader)
            loader.cut()
            check(made.store)
            release = made.release(shelf.next_number(), origin)
            if describing is not None:
                release = described(made.store, release, describing)
                for iri in MADE_DESCRIPTIONS:
                    loader.put(quads_of(lines_of(made.store, iri), iri))
        (staged / "release.json").write_text(release.to_json(), encoding="utf-8")
        del made
        if on_disk:
            gc.collect()  # a check leaves cycles that hold the store, whose files are open until then
            shutil.rmtree(making)
        return release

    release = stage(shelf, fill_folder)
    assert release is not None  # noqa: S101  # the folder is always filled
    return release


class _Founding:
    """The first release while it is made: ``store``, which is empty at first, and what its graphs hold."""

    def __init__(self, policy: Policy, store: Store) -> None:
        self.store, self._policy = store, policy
        self._now = datetime.now(UTC).isoformat(timespec="seconds")
        self._records: dict[str, GraphRecord] = {}
        self._merge: set[bytes] = set()  # the hashes of the default graph's statements

    def take(self, iri: str, loader: Loader) -> bytes:
        """Hand on a stated graph, and merge it; returns it as N-Quads."""
        lines, quads = self._hand_on(iri, loader)
        if self._policy.merged(iri):
            load_default(self.store, lines)
        return quads

    def infer(self, loader: Loader) -> None:
        """Materialise the rules and hand on what they conclude."""
        if self._policy.rules and materialise(self.store, self._policy.rules, INFERENCES):
            self._hand_on(INFERENCES, loader)

    def _hand_on(self, iri: str, loader: Loader) -> tuple[bytes, bytes]:
        """Sum up a graph and have it loaded, into the default graph as well where that merges it."""
        lines = lines_of(self.store, iri)
        quads = quads_of(lines, iri)
        loader.put(quads)
        hashes = hashes_of(lines)
        if hashes:
            digest = digest_of(hashes)
            record = GraphRecord(role_of(iri).value, FILES, len(hashes), digest, digest, self._now)
            self._records[iri] = record
        if self._policy.merged(iri):
            loader.put(lines)
            self._merge |= hashes
        return lines, quads

    def release(self, number: int, origin: Origin) -> Release:
        """Return what the release says of itself, but for the descriptions."""
        return Release(
            number=number,
            parent=None,
            created=self._now,
            author=origin.author,
            message=origin.message,
            triples=len(self._merge),
            rules=self._policy.rules_digest,
            graphs=dict(sorted(self._records.items())),
            digest=digest_of(self._merge),
            default_graph=self._policy.default_graph,
            changed=self._now,
        )


@contextmanager
def _beside(write: Callable[[bytes], None]) -> Iterator[Callable[[bytes], None]]:
    """Yield what writes in a thread: to compress takes as long as to sum up. It waits where much waits."""
    waiting: deque[Future[None]] = deque()

    def put(piece: bytes) -> None:
        waiting.append(thread.submit(write, piece))
        if len(waiting) > _MOST_WAITING:
            waiting.popleft().result()

    with ThreadPoolExecutor(1) as thread:
        yield put
        for each in waiting:
            each.result()


@contextmanager
def _loading(staged: Path) -> Iterator[Loader]:
    """Yield what loads statements into the store of a staged release; it is closed afterwards."""
    store = Store(str(staged / "store"))
    with loading(store) as loader:
        yield loader
    # Loaded in parts, it would be read in parts, by every question: up to twice as long for large ones.
    store.optimize()
    store.flush()
