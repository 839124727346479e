"""A commit: a Change becomes a new immutable release, or leaves nothing behind (design: releases)."""

import shutil
import tempfile
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from clipgraph.errors import Unavailable
from clipgraph.rdf.terms import DefaultGraph, NamedNode, Store
from clipgraph.releases.building import update_dataset
from clipgraph.releases.change import Change
from clipgraph.releases.digest import digest
from clipgraph.releases.patch import write_patch
from clipgraph.releases.release import GraphRecord, Release
from clipgraph.releases.retention import prune
from clipgraph.releases.shelf import Shelf
from clipgraph.sparql.library import LibraryQuery

Check = Callable[[Store], None]
_SPARE_DISK = 256 * 2**20


@dataclass(frozen=True)
class _Entry:
    """Where a release stands in the line of releases, and who put it there, why."""

    parent: Release | None
    author: str
    message: str


@dataclass(frozen=True)
class Policy:
    """What every commit of a project keeps to.

    ``roles`` maps the IRI of a named graph to its role and owner; ``merged`` tells which roles the default
    graph merges; ``inferences`` is the IRI of the graph that ``rules`` fill.
    """

    roles: Mapping[str, tuple[str, str]]
    merged: Callable[[str], bool]
    rules: Sequence[LibraryQuery]
    rules_digest: str
    inferences: str


def commit(shelf: Shelf, change: Change, policy: Policy, check: Check, author: str, message: str) -> Release:
    """Under the shelf's lock: stage, apply, check, finish.

    Args:
        shelf: where releases are; its lock is held by the caller.
        change: what to take out of and put into the named graphs.
        policy: rules and roles.
        check: called with the staged store; raises to refuse the commit.
        author: who commits.
        message: why.

    Raises:
        Unavailable: too little disk, or the folder cannot be written.
        ClipgraphError: what the check raises; then nothing has changed.
    """
    staged: Path | None = None
    try:
        shelf.sweep()
        _check_disk(shelf.root)
        parent = shelf.current()
        staged = Path(tempfile.mkdtemp(dir=shelf.staging))
        store_path = _copy_of(shelf, parent, staged / "store")
        release = _fill(store_path, change, policy, check, _Entry(parent, author, message))
        write_patch(staged / "change.rdfp.gz", change)
        (staged / "release.json").write_text(release.to_json(), encoding="utf-8")
        staged.chmod(0o755)  # temporary folders are private; a release is read by the serving user
        shelf.finish(staged, release.number)
    except OSError as error:
        raise Unavailable(f"the release could not be written: {error}") from error
    except BaseException as error:
        # The frames of the traceback hold the store open, which writes into its folder until it is closed.
        traceback.clear_frames(error.__traceback__)
        raise
    finally:
        if staged is not None:
            shutil.rmtree(staged, ignore_errors=True)
    with suppress(OSError):  # the commit is done: what could not be taken away is taken away by the next
        prune(shelf)
    return release


def _check_disk(root: Path) -> None:
    free = shutil.disk_usage(root).free
    if free < _SPARE_DISK:
        raise Unavailable(
            f"{root}: {free >> 20} MiB of disk left; a release needs at least {_SPARE_DISK >> 20}"
        )


def _copy_of(shelf: Shelf, parent: Release | None, path: Path) -> Path:
    """Make a copy of the parent's store (hard links, so it costs milliseconds); return its path."""
    if parent is not None:
        Store.read_only(str(shelf.store_path(parent.number))).backup(str(path))
    return path


def _fill(path: Path, change: Change, policy: Policy, check: Check, entry: _Entry) -> Release:
    """Bring the staged store up to date and check it; it is closed when this returns."""
    store = Store(str(path))
    update_dataset(store, change, policy.merged, policy.rules, policy.inferences)
    check(store)
    store.flush()
    return _describe(store, policy, entry)


def _describe(store: Store, policy: Policy, entry: _Entry) -> Release:
    parent = entry.parent
    graphs = {}
    for name in store.named_graphs():
        if not isinstance(name, NamedNode):
            continue
        quads = list(store.quads_for_pattern(None, None, None, name))
        role, owner = policy.roles.get(name.value, ("data", "service"))
        graphs[name.value] = GraphRecord(role, owner, len(quads), digest(quads))
    return Release(
        number=parent.number + 1 if parent else 1,
        parent=parent.number if parent else None,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        author=entry.author,
        message=entry.message,
        triples=sum(1 for _ in store.quads_for_pattern(None, None, None, DefaultGraph())),
        rules=policy.rules_digest,
        graphs=dict(sorted(graphs.items())),
    )
