"""The dumps of a release: what its files are called, what each holds, and where they lie.

A dump is all that a release states, or one of its named graphs, in N-Quads or TriG, compressed. The default
graph of a service is the merge of named graphs, so it is not in the dumps of one that merges. Of the same
release each file is the same, byte for byte, whenever and wherever this version makes it.

``DATA/derived/dumps/<n>.<edition>/`` holds ``dumps.json`` (a Dumps) and one file a format. That of the
whole is one gzip member a graph, one after the other, which is a gzip file as well
(https://www.rfc-editor.org/rfc/rfc1952#section-2.2): the dump of a graph is a piece of it, and takes no room.
"""

import hashlib
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox

from clipgraph.rdf.formats import DATASETS, Format
from clipgraph.releases.release import FILES, OWN, SERVICE, Release
from clipgraph.releases.shelf import Shelf
from clipgraph.sources.graphs import GRAPHS

ADDRESS, CHECKSUMS = "/dumps/", "SHA256SUMS"
MEDIA_TYPE = "application/gzip"
WHOLE, DEFAULT = "clipgraph", "default"
_FORM = 1  # of these files; those of another form are made again
_INDEX = "dumps.json"
_NAME = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,99}")
_HELD = {form.name: form for form in DATASETS}


@dataclass(frozen=True)
class Offer:
    """A dump that there is, or will be once it is made.

    ``name`` is its path below ``/dumps/``; ``graph`` the IRI of the named graph that it holds, empty for a
    default graph of its own, None for the whole; ``form`` the name of the format within the gzip.
    """

    name: str
    graph: str | None
    form: str
    statements: int

    @property
    def path(self) -> str:
        """Its path on any host that serves it."""
        return ADDRESS + quote(self.name)

    @property
    def held(self) -> Format:
        """The format of what is compressed; the file itself is ``MEDIA_TYPE``."""
        return _HELD[self.form]


@dataclass(frozen=True)
class Dump(Offer):
    """A dump that is made.

    ``size`` and ``sha256`` (in hexadecimal) are those of the file as it is sent, ``plain_size`` and
    ``plain_sha256`` those of what it holds; ``start`` is where it begins in the file of the whole.
    """

    start: int
    size: int
    sha256: str
    plain_size: int
    plain_sha256: str


@dataclass(frozen=True)
class Dumps:
    """The dumps of a release: those of the whole first, then graph by graph in the order of their IRIs."""

    release: int
    created: str
    files: tuple[Dump, ...]

    def named(self, name: str) -> Dump | None:
        """Return the dump with this name."""
        return next((dump for dump in self.files if dump.name == name), None)


def offers(release: Release) -> list[Offer]:
    """Return the dumps that a release has, made or not: what the project and the service state, no more."""
    graphs = graphs_of(release)
    whole = sum(graphs.values())
    return [
        Offer(f"{stem}.{form.extension}.gz", graph, form.name, statements)
        for graph, stem, statements in (
            (None, WHOLE, whole),
            *((iri, stem_of(iri), count) for iri, count in graphs.items()),
        )
        for form in DATASETS
    ]


def graphs_of(release: Release) -> dict[str, int]:
    """Return the IRIs of the graphs in a release's dumps with their statements; the empty IRI is first."""
    own = {"": release.triples} if release.default_graph == OWN and release.triples else {}
    return own | {
        iri: record.triples
        for iri, record in sorted(release.graphs.items())
        if record.triples and record.owner in (FILES, SERVICE)
    }


def stem_of(iri: str) -> str:
    """Return the name of a graph's dumps, without their suffix: ``graph/data/cities`` for one of ours.

    What cannot be the name of a file is named by its digest.
    """
    if not iri:
        return DEFAULT
    parts = iri.removeprefix(GRAPHS).split("/") if iri.startswith(GRAPHS) else []
    if parts and all(_NAME.fullmatch(part) for part in parts):
        return "graph/" + "/".join(parts)
    return "other/" + hashlib.sha256(iri.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def dumps_folder(shelf: Shelf, release: Release) -> Path:
    """Return the folder of a release's dumps; what another version would write differently lies elsewhere."""
    told = repr((_FORM, release.created, release.digest, ox.__version__, zlib.ZLIB_RUNTIME_VERSION))
    edition = hashlib.sha256(told.encode()).hexdigest()[:12]
    return shelf.root / "derived" / "dumps" / f"{release.number}.{edition}"


def dump_file(folder: Path, form: Format) -> Path:
    """Return the file of the whole in a format, of which the dumps of graphs are pieces."""
    return folder / f"{WHOLE}.{form.extension}.gz"


def write_index(folder: Path, dumps: Dumps) -> None:
    """Write what the files of a folder are; raises OSError."""
    told = {"form": _FORM} | asdict(dumps)
    (folder / _INDEX).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def read_index(folder: Path) -> Dumps | None:
    """Return the dumps of a folder; None where they are not there, not whole or of another form."""
    try:
        content: dict[str, Any] = json.loads((folder / _INDEX).read_text(encoding="utf-8"))
        if content.pop("form") != _FORM:
            return None
        files = tuple(Dump(**each) for each in content.pop("files"))
        dumps = Dumps(**content, files=files)
        whole = all(dump_file(folder, form).stat().st_size == size for form, size in _sizes(dumps))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return dumps if whole else None


def _sizes(dumps: Dumps) -> Iterator[tuple[Format, int]]:
    return ((dump.held, dump.size) for dump in dumps.files if dump.graph is None)


def checksums(dumps: Dumps) -> str:
    """Return the text of SHA256SUMS, as ``sha256sum --check`` reads it below ``/dumps/``."""
    return "".join(f"{dump.sha256}  {dump.name}\n" for dump in dumps.files)
