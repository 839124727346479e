"""Makes the stores of guests: to be called in a worker."""

import json
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from pathlib import Path

from clipgraph.errors import InputError, NotFound, Unavailable, UnreadableFile
from clipgraph.guests.files import GuestFile, check_name
from clipgraph.guests.places import beside_folder, files_folder, make
from clipgraph.rdf.loading import load_quads
from clipgraph.rdf.terms import NamedNode, Quad, Store
from clipgraph.releases.change import Change
from clipgraph.releases.differences import patched
from clipgraph.releases.history import open_release
from clipgraph.releases.merge import apply_stated, in_default
from clipgraph.releases.release import Release
from clipgraph.releases.shelf import Shelf
from clipgraph.sources.graphs import INFERENCES

_COUNTS = "graphs.json"
_INFERRED = NamedNode(INFERENCES)


def build_files(shelf: Shelf, digest: str, files: Sequence[GuestFile]) -> None:
    """Read files into a store of their own.

    Raises:
        InputError: files cannot be read; one line for each, whichever of them it is.
        OSError: the store cannot be written.
    """
    make(files_folder(shelf, digest), lambda folder: _read(folder, files))


def _read(folder: Path, files: Sequence[GuestFile]) -> None:
    store, wrong = Store(str(folder / "store")), list[str]()
    for file in files:
        try:
            store.bulk_extend(_quads(file))
        except (UnreadableFile, InputError) as error:
            wrong.append(str(error))
    if wrong:
        raise InputError("\n".join(wrong))
    store.flush()
    counts = {
        name.value: sum(1 for _ in store.quads_for_pattern(None, None, None, name))
        for name in store.named_graphs()
        if isinstance(name, NamedNode)
    }
    (folder / _COUNTS).write_text(json.dumps(counts), encoding="utf-8")


def _quads(file: GuestFile) -> Iterator[Quad]:
    checked = set[str]()
    for quad in load_quads(file.path, file.graph, file.base):
        name = _name(quad)
        if name not in checked:
            check_name(name, str(file.path))
            checked.add(name)
        yield quad


def count_triples(shelf: Shelf, digest: str) -> dict[str, int]:
    """Return how many triples each graph has that was read; raises OSError, ValueError."""
    text = (files_folder(shelf, digest) / _COUNTS).read_text(encoding="utf-8")
    counts: dict[str, int] = json.loads(text)
    return counts


def build_beside(shelf: Shelf, digest: str, number: int) -> None:
    """Make a store of a release with the guests in named graphs beside its own.

    Takes time linear in what was changed where an older one has the guests beside it already, else linear in
    both. A graph that the release has is the release's, whatever a guest is called.

    Raises:
        OSError: it cannot be written.
        NotFound, Unavailable: the release is not kept.
    """
    release, path = shelf.read(number), Path("store")

    def fill(folder: Path) -> None:
        lineage = _lineage(shelf, release, digest, count_triples(shelf, digest).keys())
        older = lineage[0].parent if lineage else None
        ready = beside_folder(shelf, older, digest) if older else shelf.releases / str(number)
        Store.read_only(str(ready / path)).backup(str(folder / path))  # hard links
        store = Store(str(folder / path))
        if lineage:
            _follow(store, shelf, lineage)
        else:
            _add(store, files_folder(shelf, digest) / path, release)
        store.flush()

    make(beside_folder(shelf, number, digest), fill)


def _lineage(shelf: Shelf, release: Release, digest: str, guests: AbstractSet[str]) -> list[Release]:
    """Return the release and those before it, oldest first, up to one whose parent has the guests beside it.

    Empty where there is no such parent, or a graph has the name of a guest: what is whose would be lost.
    """
    line = [release]
    with suppress(NotFound, Unavailable):
        while (
            not guests & line[0].graphs.keys()
            and line[0].parent
            and shelf.patch_path(line[0].number).exists()
        ):
            parent = shelf.read(line[0].parent)
            if beside_folder(shelf, parent.number, digest).exists() and not guests & parent.graphs.keys():
                return line
            line.insert(0, parent)
    return []


def _add(store: Store, guests: Path, release: Release) -> None:
    store.bulk_extend(quad for quad in Store.read_only(str(guests)) if _name(quad) not in release.graphs)


def _follow(store: Store, shelf: Shelf, line: Sequence[Release]) -> None:
    """Bring the store of the parent of the first release of a line, with the guests, to the last one.

    The patches have what is stated; the inferences of both are looked at, and the default graph follows.
    """
    before, after = open_release(shelf, line[0].parent or 0), open_release(shelf, line[-1].number)
    touched = {quad for each in line for _, quad in patched(shelf.patch_path(each.number))}
    for each in (before, after):
        touched |= set(each.quads_for_pattern(None, None, None, _INFERRED))
    touched |= set(in_default(touched))
    added = tuple(quad for quad in touched if quad in after and quad not in before)
    removed = tuple(quad for quad in touched if quad in before and quad not in after)
    apply_stated(store, Change(added, removed))


def _name(quad: Quad) -> str:
    return quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
