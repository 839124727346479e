"""Fills a store with the graphs of files, at the speed of the engine where a file is nothing but readable."""

from collections.abc import Iterator, Sequence

from clipgraph.rdf.reading import in_graph
from clipgraph.rdf.terms import Store
from clipgraph.rdf.whole import load_turtle
from clipgraph.sources.graphs import GraphFile
from clipgraph.validation.reading import prefix_findings, read_file
from clipgraph.validation.report import Finding


def fill(store: Store, files: Sequence[GraphFile], findings: list[Finding]) -> Iterator[str]:
    """Put the graphs of files into a store that has none of them; yields the IRI of each once it is there.

    What ``read_file`` finds in them is added to the findings; nothing is there of a file that is broken.
    """
    for file in files:
        if _loaded(store, file):
            findings.extend(prefix_findings(file))
        else:  # broken, or with blank nodes: read statement by statement
            content = read_file(file)
            findings.extend(content.findings)
            store.extend(in_graph(statement, file.iri) for statement in content.statements)
        yield file.iri


def _loaded(store: Store, file: GraphFile) -> bool:
    try:
        content = file.path.read_bytes()
    except OSError:
        return False
    return load_turtle(store, content, file.iri)
