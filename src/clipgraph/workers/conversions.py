"""A worker that reads what another engine answers: ``python -m clipgraph.workers.conversions SOCKET …``.

It reads the query first, so that nothing is asked elsewhere that is no SPARQL; then its owner asks, and it
brings the answer, checked from the first byte to the last, into the format that the client wants.

Imports the engine and the standard library only.
"""

from collections.abc import Iterator
from typing import IO, Any, cast

import pyoxigraph as ox

from clipgraph.workers.datasets import taken_apart
from clipgraph.workers.feeding import Abandoned, Feed
from clipgraph.workers.frames import END, ERROR, json_frame
from clipgraph.workers.output import Output, Send, Unwritable
from clipgraph.workers.queries import NoFormat, write
from clipgraph.workers.virtuoso import Mended
from clipgraph.workers.worker import Job, confine, work

_GRAPHS = {"ntriples": ox.RdfFormat.N_TRIPLES, "turtle": ox.RdfFormat.TURTLE}
_FAILURES: dict[type[Exception], str] = {
    NoFormat: "not-acceptable",
    Unwritable: "unwritable",
    MemoryError: "out-of-memory",
    Abandoned: "abandoned",
}
# What Virtuoso 7 calls the one column of its answer to an ASK.
_ASKED = "__ASK_RETVAL"


class Garbled(Exception):
    """What the engine answered is not what it says it is."""


def convert(job: Job, send: Send, feed: Feed) -> None:
    """Read the job's query, have it asked, and send HEAD and DATA… of the answer.

    The job holds ``query``, ``base``, ``results``, ``graph``, ``prefixes`` and ``compress_from`` as a job of
    queries.answer does. Asked for is a dictionary: ``kind`` (``results`` or ``graph``), ``text`` (the query
    without its dataset clauses), ``default`` and ``named`` (the graphs of these, null where it has none).
    What is said of the answer: ``form``, the name of its format, and ``engine``, how the engine calls itself.

    Raises:
        SyntaxError: the query cannot be read.
        NoFormat, Unwritable: see queries.answer.
        Garbled: the answer cannot be read.
        Abandoned: there is no answer.
    """
    local = ox.Store().query(job["query"], base_iri=job["base"])
    kind = "graph" if isinstance(local, ox.QueryTriples) else "results"
    if job[kind] is None:
        raise NoFormat(kind)
    dataset, text = taken_apart(job["query"], job["base"])
    told = feed.ask(
        {
            "kind": kind,
            "text": text,
            "default": dataset and dataset.default,
            "named": dataset and dataset.named,
        }
    )
    source = Mended(feed) if told["engine"].startswith("Virtuoso/") else feed
    head, xml = (kind, job[kind]), job[kind] in ("xml", "rdfxml")
    output = Output(send, head, xml=xml, compress_from=job["compress_from"])
    try:
        answer = _read(cast("IO[bytes]", source), told["form"], local)
        write(answer, job[kind], job["prefixes"], cast("IO[bytes]", output))
        _read_out(source)
    except (SyntaxError, ValueError) as error:
        raise Garbled(str(error)) from error
    output.finish()


def _read(source: IO[bytes], form: str, local: Any) -> Any:  # noqa: ANN401
    """Return the answer, of the kind that the same query has here."""
    if isinstance(local, ox.QueryTriples):
        return _triples(source, form)
    answer = ox.parse_query_results(source, ox.QueryResultsFormat.JSON)
    asked = isinstance(local, ox.QueryBoolean)
    if asked and isinstance(answer, ox.QuerySolutions):
        answer = _boolean(answer)
    if asked != isinstance(answer, ox.QueryBoolean):
        raise Garbled(f"it is the answer to another kind of query than {'ASK' if asked else 'SELECT'}")
    if isinstance(answer, ox.QuerySolutions):
        # An engine may add some where all are asked for; one that lacks some has answered another query.
        missing = {name.value for name in local.variables} - {name.value for name in answer.variables}
        if missing:
            raise Garbled(f"it has nothing of ?{min(missing)}")
    return answer


def _triples(source: IO[bytes], form: str) -> Iterator[ox.Triple]:
    # Blank nodes anew: two answers of an engine may call different ones the same.
    return (quad.triple for quad in ox.parse(source, _GRAPHS[form], rename_blank_nodes=True))


def _boolean(rows: ox.QuerySolutions) -> Any:  # noqa: ANN401
    """Return the answer to an ASK that came as a row with a number."""
    if [variable.value for variable in rows.variables] != [_ASKED]:
        return rows
    answers = [row[_ASKED] for row in rows]
    holds = any(isinstance(value, ox.Literal) and value.value not in ("0", "false") for value in answers)
    return ox.Store().query("ASK {}" if holds else "ASK { FILTER (false) }")


def _read_out(source: Mended | Feed) -> None:
    """Read to the end, without which nobody knows that the answer is whole."""
    while piece := source.read(1 << 16):
        if piece.strip():
            raise Garbled("something follows what it says is all")


def _perform(job: Job, send: Send, feed: Feed) -> bytes:
    """Do a job and return the last frame: END, or ERROR with what failed."""
    try:
        convert(job, send, feed)
    except tuple(_FAILURES) as error:
        failure = (_FAILURES[type(error)], str(error))
    except Garbled as error:
        failure = ("garbled", str(error))
    except SyntaxError as error:
        failure = ("syntax", str(error))
    except (OSError, ValueError, RuntimeError) as error:
        unknown = "is not supported" in str(error)  # a function that is none of SPARQL's
        failure = ("unsupported", str(error)) if unknown else ("engine", f"{type(error).__name__}: {error}")
    else:
        return json_frame(END, {})
    return json_frame(ERROR, dict(zip(("kind", "message"), failure, strict=True)))


def main() -> None:
    """Work on answers."""
    owner = confine()
    feed = Feed(owner)
    work(lambda job, send: _perform(job, send, feed), owner)


if __name__ == "__main__":
    main()
