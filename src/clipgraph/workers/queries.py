"""The job of a query worker: evaluate one SPARQL query on one release and stream the answer.

Imports the engine and the standard library only: a worker is up in some 50 ms.
"""

import re
from collections.abc import Callable
from typing import IO, Any, cast

import pyoxigraph as ox

from clipgraph.workers.datasets import Dataset, several_default_graphs
from clipgraph.workers.frames import DATA, HEAD, PIECE, frame, json_frame
from clipgraph.workers.stores import Stores

Send = Callable[[bytes], None]
# What no XML parser reads: control characters (https://www.w3.org/TR/xml/#charsets), and the element that the
# engine makes of a predicate whose IRI does not end in a name.
_NOT_XML = re.compile(rb"(?P<character>[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf])|<oxprefix:[ >/]")
_LONGEST_MATCH = 12
_UNWRITABLE = ("does not support", "not allowed as a predicate")  # the engine's words
_RESULTS = {
    "xml": ox.QueryResultsFormat.XML,
    "json": ox.QueryResultsFormat.JSON,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_GRAPHS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}


class NoFormat(Exception):
    """The query's kind of answer, ``results`` or ``graph``, has no acceptable format."""


class Unwritable(Exception):
    """The format cannot hold what the answer holds; its text says what that is."""


class _Output:
    """A binary file for the engine's serialiser: gathers its small writes into frames."""

    def __init__(self, send: Send, *, xml: bool) -> None:
        self._send, self._xml, self._gathered, self._tail = send, xml, bytearray(), b""

    def write(self, piece: bytes) -> int:
        """Take a piece; hand on a frame when enough is gathered."""
        if self._xml:
            self._refuse_what_is_no_xml(piece)
        self._gathered += piece
        whole = len(self._gathered) - len(self._gathered) % PIECE
        for start in range(0, whole, PIECE):  # one literal may be larger than many pieces
            self._send(frame(DATA, bytes(self._gathered[start : start + PIECE])))
        del self._gathered[:whole]
        return len(piece)

    def _refuse_what_is_no_xml(self, piece: bytes) -> None:
        found = _NOT_XML.search(self._tail + piece)
        if found:
            raise Unwritable(
                "a value holds a character that XML cannot"
                if found["character"]
                else "the IRI of a predicate does not end in a name, as RDF/XML needs it"
            )
        self._tail = (self._tail + piece)[-_LONGEST_MATCH:]

    def flush(self) -> None:
        """Hand on what is gathered."""
        if self._gathered:
            self._send(frame(DATA, bytes(self._gathered)))
            self._gathered.clear()


def _dataset(job: dict[str, Any]) -> Dataset | None:
    """Return the dataset that the protocol names, else the query where that needs our care, else None."""
    if job["default_graphs"] is None:
        return several_default_graphs(job["query"], job["base"])
    return Dataset(tuple(dict.fromkeys(job["default_graphs"])), tuple(dict.fromkeys(job["named_graphs"])))


def answer(stores: Stores, job: dict[str, Any], send: Send) -> None:
    """Evaluate the job and send HEAD and DATA…; every piece but the last is full.

    The job holds ``store`` (path), ``query``, ``base`` (an IRI, or null), ``results`` and ``graph`` (names
    of formats, or null where none is acceptable), ``default_graphs`` and ``named_graphs`` (lists of IRIs, or
    null for the query's own dataset) and ``prefixes`` for RDF answers.

    Raises:
        SyntaxError: the engine cannot read the query.
        NoFormat: the kind of answer has no acceptable format.
        Unwritable: the format cannot hold what the answer holds.
        Unreadable: the store cannot be opened.
    """
    result = stores.query(job["store"], job["query"], job["base"], _dataset(job))
    kind = "graph" if isinstance(result, ox.QueryTriples) else "results"
    if job[kind] is None:
        raise NoFormat(kind)
    send(json_frame(HEAD, {"kind": kind, "format": job[kind]}))
    output = _Output(send, xml=job[kind] in ("xml", "rdfxml"))
    try:
        _serialize(result, job, cast("IO[bytes]", output))
    except OSError as error:
        if any(words in str(error) for words in _UNWRITABLE):
            raise Unwritable(str(error)) from error
        raise
    output.flush()


def _serialize(result: Any, job: dict[str, Any], output: IO[bytes]) -> None:  # noqa: ANN401
    if not isinstance(result, ox.QueryTriples):
        result.serialize(output, _RESULTS[job["results"]])
    elif job["graph"] in ("turtle", "rdfxml"):
        # The serialiser of results knows no prefixes; this one does, and a person reads Turtle.
        ox.serialize(result, output, _GRAPHS[job["graph"]], prefixes=job["prefixes"])
    else:
        result.serialize(output, _GRAPHS[job["graph"]])
