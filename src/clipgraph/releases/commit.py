"""A commit: an edit becomes a new immutable release, or leaves nothing behind (design: releases)."""

import gc
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from clipgraph.errors import InputError
from clipgraph.rdf.terms import DefaultGraph, Store
from clipgraph.releases.building import Settled, settle, settle_by_following
from clipgraph.releases.change import Change
from clipgraph.releases.descriptions import (
    Describing,
    carried,
    content_of,
    described,
    forget_descriptions,
)
from clipgraph.releases.digest import EMPTY, moved
from clipgraph.releases.edits import Edit, check_derived, parts, undo
from clipgraph.releases.patch import write_patch
from clipgraph.releases.policy import Policy
from clipgraph.releases.records import Records, dated, moved_on, record_of, records_after
from clipgraph.releases.release import FILES, OWN, GraphRecord, Release
from clipgraph.releases.shelf import Shelf
from clipgraph.releases.staging import go_on, stage
from clipgraph.sources.graphs import INFERENCES

# Judges the staged store and what of it is new, inferences included; raises to refuse the commit.
Check = Callable[[Store, Change], None]


@dataclass(frozen=True)
class Origin:
    """Who commits, and why."""

    author: str
    message: str


def commit(
    shelf: Shelf,
    edit: Edit,
    policy: Policy,
    check: Check,
    origin: Origin,
    finishing: Callable[[], None] = go_on,
    describing: Describing | None = None,
) -> Release:
    """Under the shelf's lock: stage, apply, check, finish.

    An edit that changes nothing makes no release.

    Args:
        shelf: where releases are; its lock is held by the caller.
        edit: brings the staged store to its next state.
        policy: rules, and what the default graph is.
        check: called with the staged store and the Change; raises to refuse the commit.
        origin: who commits, and why.
        finishing: called when nothing stands against the commit any more: it should not be ended then.
        describing: makes the descriptions anew where they are of other content; without it they stay.

    Returns:
        The release that is current now.

    Raises:
        Unavailable: too little disk, or the folder cannot be written.
        InputError: the releases have another kind of default graph.
        ClipgraphError: what the edit or the check raises; then nothing has changed.
    """
    parent = shelf.current()
    _check_kind(parent, policy)
    this = _Commit(parent, policy, check, origin, describing)

    def fill(staged: Path) -> Release | None:
        release = _fill(shelf, staged, edit, this)
        # A check may leave its frames in a cycle of references, as pySHACL does: they hold the store open,
        # which goes on writing into its folder until it is closed.
        gc.collect()
        return release

    release = stage(shelf, fill, finishing) or parent
    assert release is not None  # noqa: S101  # the first commit always makes a release
    return release


@dataclass(frozen=True)
class _Commit:
    """What stays the same while a commit is made."""

    parent: Release | None
    policy: Policy
    check: Check
    origin: Origin
    describing: Describing | None

    @property
    def graphs(self) -> Records:
        """The records of the parent's graphs."""
        return self.parent.graphs if self.parent else {}

    @property
    def rules_changed(self) -> bool:
        """Whether the inferences of the parent are none of these rules."""
        return self.parent is None or self.parent.rules != self.policy.rules_digest


def _check_kind(parent: Release | None, policy: Policy) -> None:
    if parent and parent.default_graph != policy.default_graph:
        raise InputError(
            f"release {parent.number} was made with --default-graph {parent.default_graph}, not "
            f"{policy.default_graph}: use that, or another folder of releases"
        )


def _fill(shelf: Shelf, staged: Path, edit: Edit, this: _Commit) -> Release | None:
    """Bring a copy of the parent's store up to date and check it; it is closed when this returns.

    The copy is of hard links, so it costs milliseconds. Returns None where nothing changes.
    """
    before, policy = Store(), this.policy
    if this.parent is not None:
        before = Store.read_only(str(shelf.store_path(this.parent.number)))
        before.backup(str(staged / "store"))
    store = Store(str(staged / "store"))
    found = parts(edit(store, before), policy)
    undo(store, found.derived)
    settled = Settled(Change(), Change())
    if policy.default_graph != OWN and (found.stated or this.rules_changed):
        terms = (store, found.stated, policy.merged, policy.rules, INFERENCES)
        settled = (None if this.rules_changed else settle_by_following(*terms)) or settle(*terms)
    check_derived(store, Change(found.derived.added) if policy.clears else found.derived)
    release = _release(shelf, store, found.stated, settled, this)
    if release is None:
        return None
    store.flush()
    write_patch(staged / "change.rdfp.gz", found.stated)
    (staged / "release.json").write_text(release.to_json(), encoding="utf-8")
    return release


def _release(shelf: Shelf, store: Store, stated: Change, settled: Settled, this: _Commit) -> Release | None:
    """Check what the store has become and describe it; returns None where nothing changes."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    records = _records(store, stated, settled, this, now)
    changes = bool(stated or this.rules_changed or records != this.graphs)
    if changes:
        inferred = settled.inferred
        this.check(store, Change(stated.added + inferred.added, stated.removed + inferred.removed))
    release = _record(shelf, _default_change(stated, settled, this.policy), records, this, now)
    if not changes:
        release = replace(release, changed=_last_change(this.parent))
    if this.describing is not None and release.described != content_of(release, this.describing.edition):
        return described(store, release, this.describing)
    return release if changes else None


def _default_change(stated: Change, settled: Settled, policy: Policy) -> Change:
    """Return the Change of the default graph, made of the others or one of its own."""
    if policy.default_graph != OWN:
        return settled.default
    return Change(
        tuple(quad for quad in stated.added if isinstance(quad.graph_name, DefaultGraph)),
        tuple(quad for quad in stated.removed if isinstance(quad.graph_name, DefaultGraph)),
    )


def _last_change(parent: Release | None) -> str:
    return (parent.changed or parent.created) if parent else ""


def _records(store: Store, stated: Change, settled: Settled, this: _Commit, created: str) -> Records:
    """Return the records after the Change, and what follows from it."""
    records = carried(records_after(this.graphs, stated, this.policy), this.graphs)
    if this.policy.clears:
        forget_descriptions(store)
        records = carried(records, {})
    records.pop(INFERENCES, None)
    inferred = _inferences(store, settled, this) if this.policy.rules else None
    if inferred:
        records[INFERENCES] = replace(inferred, published=inferred.digest)
    return dated(dict(sorted(records.items())), this.graphs, created)


def _inferences(store: Store, settled: Settled, this: _Commit) -> GraphRecord | None:
    """Return the record of the inferences, moved on from the parent's where they are of the same rules."""
    old = this.graphs.get(INFERENCES)
    if old is None or this.rules_changed:
        return record_of(store, INFERENCES, FILES)
    new = moved_on(old, settled.inferred.added, settled.inferred.removed)
    return new if new.triples else None


def _record(shelf: Shelf, default: Change, records: Records, this: _Commit, created: str) -> Release:
    parent = this.parent
    return Release(
        number=shelf.next_number(),
        parent=parent.number if parent else None,
        created=created,
        author=this.origin.author,
        message=this.origin.message,
        triples=(parent.triples if parent else 0) + len(default.added) - len(default.removed),
        rules=this.policy.rules_digest,
        graphs=records,
        digest=moved(parent.digest if parent else EMPTY, default.added, default.removed),
        default_graph=this.policy.default_graph,
        changed=created,
        described="" if parent is None or this.policy.clears else parent.described,
    )
