"""Everybody who answers the same questions about a graph, started side by side."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from peers import Peer, has_virtuoso, load_oxigraph, oxigraph, rdflib_endpoint, virtuoso
from workplace import Graph, scratch, served

_MOST_FOR_RDFLIB = 150_000  # triples; beyond, it needs minutes for what takes others milliseconds
OURS = "clipgraph"


@contextmanager
def contestants(graph: Graph, *names: str, **settings: str) -> Iterator[list[Peer]]:
    """Start ourselves, with these settings, and then each of ``names`` that can be started."""
    with ExitStack() as stack:
        service = stack.enter_context(served(graph, **settings))
        peers = [Peer(OURS, service.url, "/sparql", service.process)]
        for name in names:
            if name == "virtuoso" and not has_virtuoso():
                print("no Virtuoso here (Debian: virtuoso-opensource-7): left out")  # noqa: T201
            elif name == "rdflib-endpoint" and graph.triples > _MOST_FOR_RDFLIB:
                continue
            else:
                peers.append(stack.enter_context(_started(name, graph, stack.enter_context(scratch()))))
        yield peers


@contextmanager
def _started(name: str, graph: Graph, folder: Path) -> Iterator[Peer]:
    if name == "oxigraph":
        load_oxigraph(folder / "store", graph.quads)
        with oxigraph(folder / "store") as peer:
            yield peer
    elif name == "virtuoso":
        with virtuoso(folder, graph.quads) as peer:
            yield peer
    else:
        with rdflib_endpoint(folder, graph.merge) as peer:
            yield peer
