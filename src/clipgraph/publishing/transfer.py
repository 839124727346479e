"""Brings the content of graphs to an engine, in pieces of bounded size, and reads back what is there."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO

from clipgraph.errors import RemoteFailed
from clipgraph.rdf.lines import batches, line, read_lines
from clipgraph.rdf.terms import NamedNode, Quad
from clipgraph.releases.change import Change
from clipgraph.remote.connection import Connection
from clipgraph.remote.marker import DEFAULT_GRAPH
from clipgraph.workers.virtuoso import Mended

SECONDS = 600.0  # for one piece
# A document may be large; the parser of an update may not bear one (Virtuoso's ends at 5,000 statements).
_DOCUMENT_STATEMENTS, _DOCUMENT_SIZE = 50_000, 8 * 2**20
_UPDATE_STATEMENTS, _UPDATE_SIZE = 1000, 2**19
_COUNTED_AT_ONCE = 50


class Transfer:
    """What moves between a store and an engine; ``connection`` leads to the engine."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def replace(self, graph: str, quads: Iterable[Quad]) -> None:
        """Let a graph, the default graph where it has no name, hold these statements and no others."""
        if self._connection.address.graphs:
            await self._replace_documents(graph or None, quads)
            return
        await self.drop(graph)
        for lines in batches(quads, _UPDATE_STATEMENTS, _UPDATE_SIZE):
            await self._update(_data("INSERT", graph, lines))

    async def _replace_documents(self, graph: str | None, quads: Iterable[Quad]) -> None:
        send = self._connection.put
        for lines in batches(quads, _DOCUMENT_STATEMENTS, _DOCUMENT_SIZE):
            await send(graph, ("\n".join(lines) + "\n").encode(), SECONDS)
            send = self._connection.add

    async def change(self, graph: str, change: Change) -> None:
        """Apply a Change to a graph; one of few statements in one request, which most engines do at once."""
        parts = [
            _data(operation, graph, lines)
            for operation, quads in (("DELETE", change.removed), ("INSERT", change.added))
            for lines in batches(quads, _UPDATE_STATEMENTS, _UPDATE_SIZE)
        ]
        if len(change.removed) + len(change.added) <= _UPDATE_STATEMENTS:
            parts = [" ;\n".join(parts)]
        for part in parts:
            await self._update(part)

    async def drop(self, graph: str) -> None:
        """Take a graph away."""
        await self._update(f"DROP SILENT {f'GRAPH {NamedNode(graph)}' if graph else 'DEFAULT'}")

    async def _update(self, text: str) -> None:
        await self._connection.update(text, SECONDS)

    async def counts(self, graphs: Sequence[str]) -> dict[str, int]:
        """Return the number of statements that graphs have there."""
        found = dict.fromkeys(graphs, 0)
        named = [graph for graph in graphs if graph != DEFAULT_GRAPH]
        if DEFAULT_GRAPH in found:
            query = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
            found[DEFAULT_GRAPH] = sum([n for _, n in await self._counted(query)])
        for start in range(0, len(named), _COUNTED_AT_ONCE):
            part = " ".join(str(NamedNode(graph)) for graph in named[start : start + _COUNTED_AT_ONCE])
            where = f"VALUES ?g {{ {part} }} GRAPH ?g {{ ?s ?p ?o }}"
            query = f"SELECT ?g (COUNT(*) AS ?n) WHERE {{ {where} }} GROUP BY ?g"
            found |= {iri: n for iri, n in await self._counted(query) if iri in found}
        return found

    async def _counted(self, query: str) -> list[tuple[str, int]]:
        """Return what a query counts (``n``) for each graph (``g``); raises RemoteFailed."""
        rows = await self._connection.rows(query, SECONDS, "n")
        try:
            return [(row.get("g", DEFAULT_GRAPH), int(row["n"])) for row in rows]
        except ValueError as error:
            address = self._connection.address.query
            raise RemoteFailed(address, "counts with what is no number", str(error)[:200]) from error

    async def holds(self, graph: str) -> bool:
        """Tell whether there is anything in a graph."""
        pattern = f"GRAPH {NamedNode(graph)} {{ ?s ?p ?o }}" if graph else "?s ?p ?o"
        return bool(await self._connection.rows(f"SELECT (1 AS ?any) WHERE {{ {pattern} }} LIMIT 1", SECONDS))

    async def read(self, graph: str, most: int) -> set[str]:
        """Return the statements of a graph as lines of N-Triples, of so many bytes; raises RemoteFailed."""
        pattern = f"GRAPH {NamedNode(graph)} {{ ?s ?p ?o }}" if graph else "?s ?p ?o"
        query: Mapping[str, str] = {"query": f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}"}
        head, body = await self._connection.whole(query, "graph", SECONDS, most)
        if head["engine"].startswith("Virtuoso/"):
            body = Mended(BytesIO(body)).read()
        try:
            return {line(triple) for triple in read_lines(body, turtle=head["form"] == "turtle")}
        except ValueError as error:
            address = self._connection.address.query
            raise RemoteFailed(address, "sent a graph that is not well-formed", str(error)) from error


def _data(operation: str, graph: str, lines: Sequence[str]) -> str:
    """Return an INSERT DATA or DELETE DATA of lines."""
    written = "\n".join(lines)
    if graph:
        written = f"GRAPH {NamedNode(graph)} {{\n{written}\n}}"
    return f"{operation} DATA {{\n{written}\n}}"
