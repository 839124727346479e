"""Reads the graphs of files, at the speed of the engine where a file is nothing but readable."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain

from clipgraph.rdf.reading import in_graph
from clipgraph.rdf.terms import NamedNode, Quad, Store
from clipgraph.rdf.whole import lines_of, load_turtle
from clipgraph.releases.digest import digest_of, hashes_of
from clipgraph.releases.release import Release
from clipgraph.sources.graphs import GraphFile
from clipgraph.validation.reading import prefix_findings, read_file
from clipgraph.validation.report import Finding


@dataclass(frozen=True)
class Said:
    """What files say: the quads of their graphs, but for those that are ``unchanged`` since a release."""

    quads: Sequence[Quad]
    unchanged: frozenset[str]


def read_said(files: Sequence[GraphFile], release: Release, findings: list[Finding]) -> Said:
    """Read files; a graph with the digest that it has in the release makes no object of Python's.

    What ``read_file`` finds in them is added to the findings.
    """
    store = Store()
    changed: list[str] = []
    for iri in fill(store, files, findings):
        record = release.graphs.get(iri)
        if record is None or digest_of(hashes_of(lines_of(store, iri))) != record.digest:
            changed.append(iri)
    quads = (store.quads_for_pattern(None, None, None, NamedNode(iri)) for iri in changed)
    unchanged = frozenset(file.iri for file in files) - frozenset(changed)
    return Said([*chain.from_iterable(quads)], unchanged)


def fill(store: Store, files: Sequence[GraphFile], findings: list[Finding]) -> Iterator[str]:
    """Put the graphs of files into a store that has none of them; yields the IRI of each once it is there.

    What ``read_file`` finds in them is added to the findings; nothing is there of a file that is broken.
    The next files are read while a caller does something with the one before.
    """
    with ThreadPoolExecutor(1) as thread:
        try:
            for file, found in zip(files, thread.map(partial(_put, store), files), strict=True):
                findings.extend(found)
                yield file.iri
        finally:  # who gives up waits for no file that is not begun
            thread.shutdown(cancel_futures=True)


def _put(store: Store, file: GraphFile) -> Sequence[Finding]:
    """Put the graph of a file into a store; returns what is found in the file."""
    if _loaded(store, file):
        return tuple(prefix_findings(file))
    content = read_file(file)  # broken, or with blank nodes: read statement by statement
    store.extend(in_graph(statement, file.iri) for statement in content.statements)
    return content.findings


def _loaded(store: Store, file: GraphFile) -> bool:
    try:
        content = file.path.read_bytes()
    except OSError:
        return False
    return load_turtle(store, content, file.iri)
