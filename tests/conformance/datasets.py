"""The datasets of tests: read from files, compared up to the names of blank nodes."""

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from conformance.cases import Files, iri_of

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".nt": ox.RdfFormat.N_TRIPLES,
}
Graph = ox.NamedNode | ox.BlankNode | ox.DefaultGraph


def read_graph(path: Path, graph: Graph | None = None) -> list[ox.Quad]:
    """Return the triples of a file as quads of a graph; its base is where the suites are published."""
    found = ox.parse(
        path=str(path), format=FORMATS[path.suffix], base_iri=iri_of(path), rename_blank_nodes=True
    )
    name = graph or ox.DefaultGraph()
    return [ox.Quad(quad.subject, quad.predicate, quad.object, name) for quad in found]


def read_dataset(files: Files) -> list[ox.Quad]:
    """Return the quads of a dataset's files."""
    quads = [quad for path in files.default for quad in read_graph(path)]
    for iri, path in files.named:
        quads += read_graph(path, ox.NamedNode(iri))
    return quads


def stored(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Return the quads as the engine gives them back: it keeps the value of a number, not its spelling."""
    store = ox.Store()
    store.extend(quads)
    return list(store)


def same_dataset(one: Iterable[ox.Quad], other: Iterable[ox.Quad]) -> bool:
    """Tell whether two datasets are isomorphic (https://www.w3.org/TR/rdf11-concepts/#section-dataset-isomorphism).

    An empty named graph counts as none.
    """
    return _canonical(one) == _canonical(other)


def _canonical(quads: Iterable[ox.Quad]) -> ox.Dataset:
    dataset = ox.Dataset(stored(quads))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return dataset
