"""Makes the dumps of a release; to be called in a worker.

Statements are sorted by the bytes of their N-Quads lines, so that the files say nothing of the order in which
a store happens to hold them.
"""

import fcntl
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, TypeVar, cast

import pyoxigraph as ox

from clipgraph.errors import NoSpace
from clipgraph.rdf.formats import DATASETS, N_QUADS, TRIG
from clipgraph.rdf.prefixes import PREFIXES
from clipgraph.releases.dumps import (
    Dump,
    Dumps,
    Offer,
    dump_file,
    dumps_folder,
    graphs_of,
    offers,
    read_index,
    write_index,
)
from clipgraph.releases.history import open_release
from clipgraph.releases.members import Member, Members, Piece
from clipgraph.releases.release import Release
from clipgraph.releases.shelf import Shelf
from clipgraph.releases.sorting import sorted_lines

# Told how many statements are written, of how many to write.
Tell = Callable[[int, int], None]
_T = TypeVar("_T")
_KEPT = 3  # dumps of so many releases at most; others are made again when they are asked for
_OFTEN = 50_000
_PIECE = 2**20  # bytes written together
_SPARE_DISK = 256 * 2**20
# Bytes of a statement that is not compressed: as it comes, in sorted pieces, and in order.
_DISK_OF_ONE = 600
_NAMESPACE = re.compile(rb"<([^>\s]*[/#])")
_PREFIXES = {namespace.encode(): prefix for prefix, namespace in PREFIXES.items()}


def make_dumps(store: ox.Store, release: Release, folder: Path, tell: Tell) -> Dumps:
    """Write the dumps of a release into an empty folder; their time is that of sorting the statements.

    Raises:
        NoSpace: there is too little disk.
        OSError: they cannot be written.
    """
    graphs = graphs_of(release)
    _must_have_room(folder, max(graphs.values(), default=0))
    progress = _Progress(tell, len(DATASETS) * sum(graphs.values()))
    plain = folder / "plain"
    files = {form: Members(dump_file(folder, form)) for form in DATASETS}
    for iri in graphs:
        with files[N_QUADS].member(iri) as member:
            prefixes = _write_quads(progress.counted(_sorted_quads(store, iri, folder)), member, plain)
        with files[TRIG].member(iri) as member:
            quads = ox.parse(path=str(plain), format=ox.RdfFormat.N_QUADS)
            output = cast("IO[bytes]", member)
            ox.serialize(progress.counted(quads), output, ox.RdfFormat.TRIG, prefixes=prefixes)
    plain.unlink(missing_ok=True)
    wholes = {form: file.close() for form, file in files.items()}
    made = tuple(_dump(offer, files[offer.held], wholes[offer.held]) for offer in offers(release))
    dumps = Dumps(release.number, release.created, made)
    write_index(folder, dumps)
    return dumps


def keep_dumps(shelf: Shelf, number: int, tell: Tell) -> None:
    """Put the dumps of a release where they are kept, unless they are there; the oldest make room for them.

    Safe between processes: one makes them, the others wait for that; a crash leaves nothing that is read.

    Raises:
        NotFound: the release is not kept.
        NoSpace, Unavailable: there is too little disk, or the release cannot be read.
        OSError: they cannot be written.
    """
    store, release = open_release(shelf, number), shelf.read(number)
    folder = dumps_folder(shelf, release)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if read_index(folder) is not None:
            return
        unfinished = folder.parent / "unfinished"
        for left in (unfinished, folder):  # of a process that was ended; damaged
            shutil.rmtree(left, ignore_errors=True)
        _forget_old(folder.parent, _KEPT - 1)
        unfinished.mkdir()
        try:
            make_dumps(store, release, unfinished, tell)
            unfinished.rename(folder)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)


def _forget_old(parent: Path, kept: int) -> None:
    """Under the lock: take away all dumps but the last that were made."""
    made = sorted(
        (path for path in parent.glob("*.*") if path.is_dir()), key=lambda path: path.stat().st_mtime
    )
    for path in made[: len(made) - kept]:
        shutil.rmtree(path, ignore_errors=True)


class _Progress:
    """Counts what passes, and tells of it now and then."""

    def __init__(self, tell: Tell, of: int) -> None:
        self._tell, self._of, self._done = tell, of, 0

    def counted(self, things: Iterable[_T]) -> Iterator[_T]:
        for thing in things:
            yield thing
            self._done += 1
            if self._done % _OFTEN == 0:
                self._tell(self._done, self._of)


def _must_have_room(folder: Path, statements: int) -> None:
    free, needed = shutil.disk_usage(folder).free, _SPARE_DISK + _DISK_OF_ONE * statements
    if free < needed:
        raise NoSpace(f"{folder}: {free >> 20} MiB of disk left; the dumps need up to {needed >> 20}")


def _sorted_quads(store: ox.Store, iri: str, folder: Path) -> Iterator[bytes]:
    """Yield a graph as sorted lines of N-Quads."""
    graph = ox.NamedNode(iri) if iri else ox.DefaultGraph()
    ending = f" {graph} .\n".encode() if iri else b" .\n"
    path = folder / "unsorted"
    store.dump(str(path), ox.RdfFormat.N_TRIPLES, from_graph=graph)
    with path.open("rb") as file:
        for line in sorted_lines(file, folder):
            yield line.removesuffix(b" .\n") + ending
    path.unlink()


def _write_quads(lines: Iterable[bytes], member: Member, path: Path) -> dict[str, str]:
    """Write lines into a member and, uncompressed, to a file; returns the prefixes that they have use for."""
    used: set[bytes] = set()
    with path.open("wb") as plain:
        for piece in _pieces(lines):
            used.update(_NAMESPACE.findall(piece))
            plain.write(piece)
            member.write(piece)
    return {_PREFIXES[namespace]: namespace.decode() for namespace in sorted(used & _PREFIXES.keys())}


def _pieces(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the lines, many at a time."""
    gathered, size = [], 0
    for line in lines:
        gathered.append(line)
        size += len(line)
        if size >= _PIECE:
            yield b"".join(gathered)
            gathered, size = [], 0
    yield b"".join(gathered)


def _dump(offer: Offer, file: Members, whole: Piece) -> Dump:
    piece = whole if offer.graph is None else file.pieces[offer.graph]
    return Dump(**vars(offer), **vars(piece))
