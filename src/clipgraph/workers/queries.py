"""The job of a query worker: evaluate one SPARQL query on one release and stream the answer.

Imports the engine and the standard library only: a worker is up in some 50 ms.
"""

from typing import IO, Any, cast

import pyoxigraph as ox

from clipgraph.abbreviating import abbreviated
from clipgraph.workers.datasets import Dataset, several_default_graphs
from clipgraph.workers.output import Output, Send, Unwritable
from clipgraph.workers.stores import Stores

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


def _dataset(job: dict[str, Any]) -> Dataset | None:
    """Return the dataset that the protocol names, else the query where that needs our care, else None."""
    if job["default_graphs"] is None:
        return several_default_graphs(job["query"], job["base"])
    return Dataset(tuple(dict.fromkeys(job["default_graphs"])), tuple(dict.fromkeys(job["named_graphs"])))


def answer(stores: Stores, job: dict[str, Any], send: Send) -> None:
    """Evaluate the job and send HEAD and DATA…; every piece but the last is full.

    The job holds ``store`` (path), ``query``, ``base`` (an IRI, or null), ``results`` and ``graph`` (names
    of formats, or null where none is acceptable), ``default_graphs`` and ``named_graphs`` (lists of IRIs, or
    null for the query's own dataset), ``prefixes`` for RDF answers and ``compress_from`` (see Output).

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
    head, xml = (kind, job[kind]), job[kind] in ("xml", "rdfxml")
    output = Output(send, head, xml=xml, compress_from=job["compress_from"])
    write(result, job[kind], job["prefixes"], cast("IO[bytes]", output))
    output.finish()


def write(answer: Any, form: str, prefixes: dict[str, str], output: IO[bytes]) -> None:  # noqa: ANN401
    """Write an answer, a result of the engine or triples, in the format of that name.

    Raises:
        Unwritable: the format cannot hold what the answer holds.
    """
    try:
        if form in _RESULTS:
            answer.serialize(output, _RESULTS[form])
        elif form in ("turtle", "rdfxml") or not isinstance(answer, ox.QueryTriples):
            # The serialiser of results knows no prefixes; this one does, and a person reads Turtle.
            triples, used = abbreviated(answer, prefixes)
            ox.serialize(triples, output, _GRAPHS[form], prefixes=used)
        else:
            answer.serialize(output, _GRAPHS[form])
    except OSError as error:
        if any(words in str(error) for words in _UNWRITABLE):
            raise Unwritable(str(error)) from error
        raise
