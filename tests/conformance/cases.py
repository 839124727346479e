"""Reads the W3C manifests of SPARQL 1.1 (https://www.w3.org/2001/sw/DataAccess/tests/README.html)."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pyoxigraph as ox

NAMED = os.environ.get("CLIPGRAPH_W3C_TESTS")
SUITES = Path(NAMED or Path(__file__).parents[3] / "shared" / "w3c") / "sparql11"
BASE = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


class Kind(StrEnum):
    """What a test asks for, by its class in the manifest."""

    QUERY = "QueryEvaluationTest"
    CSV = "CSVResultFormatTest"
    UPDATE = "UpdateEvaluationTest"
    GOOD_QUERY = "PositiveSyntaxTest11"
    BAD_QUERY = "NegativeSyntaxTest11"
    GOOD_UPDATE = "PositiveUpdateSyntaxTest11"
    BAD_UPDATE = "NegativeUpdateSyntaxTest11"
    DESCRIPTION = "ServiceDescriptionTest"


@dataclass(frozen=True)
class Files:
    """The files of a dataset: those of the default graph, and those of named graphs by their IRI."""

    default: tuple[Path, ...] = ()
    named: tuple[tuple[str, Path], ...] = ()


@dataclass(frozen=True)
class Case:
    """One test.

    ``request`` is the file of the query or update; ``data`` what it runs on; ``endpoints`` maps what
    SERVICE names to the file behind it; ``result`` is the file of a query's answer, ``after`` what an
    update leaves.
    """

    iri: str
    suite: str
    title: str
    kind: Kind
    request: Path | None = None
    data: Files = Files()
    endpoints: tuple[tuple[str, Path], ...] = ()
    result: Path | None = None
    after: Files = Files()

    @property
    def name(self) -> str:
        """The suite and the local name: short, and the same in every table."""
        return f"{self.suite}/{self.iri.rpartition('#')[2]}"

    @property
    def text(self) -> str:
        """The query or update as it is in its file, without a conversion of its line ends."""
        assert self.request is not None
        return self.request.read_bytes().decode()


def iri_of(path: Path) -> str:
    """Return the IRI that a file of the suites has where they are published."""
    return BASE + path.relative_to(SUITES).as_posix()


def read_cases() -> list[Case]:
    """Return every test of every suite, in the order of the manifests; none where the suites are absent."""
    manifests = sorted(SUITES.glob("*/manifest.ttl"))
    return [case for manifest in manifests for case in _Manifest(manifest).cases()]


class _Manifest:
    """One manifest file as a graph."""

    def __init__(self, path: Path) -> None:
        self._suite, self._store = path.parent.name, ox.Store()
        self._store.load(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=iri_of(path))

    def cases(self) -> Iterator[Case]:
        entries = next(self._store.quads_for_pattern(None, ox.NamedNode(MF + "entries"), None), None)
        assert entries is not None, f"{self._suite} has no entries"
        yield from (self._case(entry) for entry in self._list(entries.object))

    def _objects(self, subject: object, name: str) -> list[ox.NamedNode | ox.BlankNode | ox.Literal]:
        assert isinstance(subject, ox.NamedNode | ox.BlankNode), subject
        found = self._store.quads_for_pattern(subject, ox.NamedNode(name), None)
        return [quad.object for quad in found if not isinstance(quad.object, ox.Triple)]

    def _list(self, head: object) -> Iterator[ox.NamedNode]:
        while head != ox.NamedNode(RDF + "nil"):
            entry = self._objects(head, RDF + "first")[0]
            assert isinstance(entry, ox.NamedNode)
            yield entry
            head = self._objects(head, RDF + "rest")[0]

    def _case(self, entry: ox.NamedNode) -> Case:
        kinds = [kind.value.rpartition("#")[2] for kind in self._objects(entry, RDF + "type")]
        kind = Kind(next(name for name in kinds if name in set(Kind)))
        title = self._objects(entry, MF + "name")[0].value
        case = Case(entry.value, self._suite, title, kind)
        action = next(iter(self._objects(entry, MF + "action")), None)
        result = next(iter(self._objects(entry, MF + "result")), None)
        if action is None:
            return case
        if isinstance(action, ox.NamedNode):
            request = _path(action)
            if kind is Kind.BAD_QUERY and request.suffix == ".ru":
                kind = Kind.BAD_UPDATE  # some manifests have one class for both
            return Case(case.iri, case.suite, title, kind, request)
        if kind is Kind.UPDATE:
            request = _path(self._objects(action, UT + "request")[0])
            data, after = self._graphs_of_update(action), self._graphs_of_update(result)
            return Case(case.iri, case.suite, title, kind, request, data, after=after)
        return Case(
            case.iri,
            case.suite,
            title,
            kind,
            _path(self._objects(action, QT + "query")[0]),
            self._graphs_of_query(action),
            tuple(self._endpoints(action)),
            None if result is None else _path(result),
        )

    def _graphs_of_query(self, action: object) -> Files:
        default = (_path(node) for node in self._objects(action, QT + "data"))
        named = ((node.value, _path(node)) for node in self._objects(action, QT + "graphData"))
        return Files(tuple(sorted(default)), tuple(sorted(named)))

    def _graphs_of_update(self, node: object) -> Files:
        default = (_path(file) for file in self._objects(node, UT + "data"))
        named = (
            (self._objects(graph, LABEL)[0].value, _path(self._objects(graph, UT + "graph")[0]))
            for graph in self._objects(node, UT + "graphData")
        )
        return Files(tuple(sorted(default)), tuple(sorted(named)))

    def _endpoints(self, action: object) -> Iterator[tuple[str, Path]]:
        for node in self._objects(action, QT + "serviceData"):
            yield self._objects(node, QT + "endpoint")[0].value, _path(self._objects(node, QT + "data")[0])


def _path(node: ox.NamedNode | ox.BlankNode | ox.Literal) -> Path:
    assert node.value.startswith(BASE), node
    return SUITES / node.value.removeprefix(BASE)
