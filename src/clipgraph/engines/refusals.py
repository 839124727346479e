"""Our error for each kind of failure that a query worker reports."""

from collections.abc import Callable

from clipgraph.errors import (
    ClipgraphError,
    EngineFailed,
    NotAcceptable,
    OutOfMemory,
    QuerySyntaxError,
    Refused,
    Unavailable,
)
from clipgraph.rdf.formats import GRAPHS, JSON, N_TRIPLES, RESULTS, TSV, TURTLE
from clipgraph.sparql.syntax import begins_as_update, explain
from clipgraph.wording import worded
from clipgraph.workers.process import JobFailed

FORMATS = {"results": RESULTS, "graph": GRAPHS}


def refusal(failed: JobFailed, query: str, memory: int) -> ClipgraphError:
    """Return our error for what a worker said of a query; ``memory`` is its limit in bytes."""
    if failed.reason is not None:
        return failed.reason
    kinds: dict[str, Callable[[], ClipgraphError]] = {
        "syntax": lambda: _unreadable(failed.message, query),
        "unsupported": lambda: QuerySyntaxError(failed.message),
        "not-acceptable": lambda: _no_format(failed.message),
        "unwritable": lambda: NotAcceptable(
            f"{failed.message}; ask for another format",
            [form.media_type for form in (JSON, TSV, TURTLE, N_TRIPLES)],
        ),
        "network": lambda: Refused.worded("the query reaches for the network, which no query may here"),
        "out-of-memory": lambda: OutOfMemory(memory),
        "store": lambda: Unavailable(failed.message),
    }
    return kinds.get(failed.kind, lambda: EngineFailed(failed.message))()


def _unreadable(message: str, query: str) -> ClipgraphError:
    if begins_as_update(query):
        return QuerySyntaxError(
            worded("this is an update, not a query"),
            hint=worded(
                "POST it with update= or as application/sparql-update, with a token of role maintainer"
            ),
        )
    return explain(message, query)


def _no_format(kind: str) -> ClipgraphError:
    offered = [form.media_type for form in FORMATS[kind]]
    what = "a SELECT or ASK" if kind == "results" else "a CONSTRUCT or DESCRIBE"
    return NotAcceptable(f"nothing that {what} can be sent as is accepted", offered)
