"""Reads small answers whole: the rows of a SELECT as Python values, the bytes of anything."""

import json
import re
from functools import lru_cache
from typing import Any, NamedTuple

from clipgraph.engines.engine import Answer, Engine
from clipgraph.errors import EngineFailed
from clipgraph.rdf.formats import JSON
from clipgraph.sparql.protocol import Query


class Value(NamedTuple):
    """A term in a result: kind ``uri``, ``bnode``, ``literal`` or ``triple``, and what a literal has.

    A tuple, since a page is made of hundreds: it is made, compared and looked up in a fraction of the time.
    """

    kind: str
    text: str
    language: str = ""
    datatype: str = ""


Row = dict[str, Value]
_UNBOUND = Value("", "")
_PROJECTION = re.compile(r"^SELECT\b(.*?)\bWHERE\b", re.MULTILINE | re.DOTALL)
_VARIABLE = re.compile(r"\?(\w+)")


async def read_body(answer: Answer, most: int) -> bytes:
    """Return the whole body; raises EngineFailed where it is longer than ``most`` bytes."""
    body = await read_short_body(answer, most)
    if body is None:
        raise EngineFailed(f"an answer of more than {most >> 20} MiB, where a small one was asked for")
    return body


async def read_short_body(answer: Answer, most: int) -> bytes | None:
    """Return the whole body, None where it is longer than ``most`` bytes."""
    pieces, size = [], 0
    try:
        async for piece in answer.body:
            size += len(piece)
            if size > most:
                return None
            pieces.append(piece)
    finally:
        await answer.body.aclose()
    return b"".join(pieces)


async def select(engine: Engine, text: str, deadline: float, client: str, most: int = 8 << 20) -> list[Row]:
    """Return the rows of a SELECT; raises what Engine.answer raises."""
    answer = await engine.answer(Query(text, JSON, None, deadline), client)
    return read_rows(await read_body(answer, most))


def sorted_rows(query: str, rows: list[Row]) -> list[Row]:
    """Return the rows of a query of the library in the order that it gives, else in that of their values.

    Without ORDER BY they come in any order, another one from each engine; what is made of them should not
    differ for that.
    """
    names = _order(query)
    return sorted(rows, key=lambda row: [row.get(name, _UNBOUND) for name in names]) if names else rows


@lru_cache(maxsize=256)
def _order(query: str) -> tuple[str, ...]:
    """Return the variables in the order of the SELECT, none where the query ends with an order of its own."""
    projection = _PROJECTION.search(query)
    if projection is None or "ORDER BY" in query[query.rindex("}") :]:
        return ()
    return tuple(dict.fromkeys(_VARIABLE.findall(projection[1])))


def read_rows(body: bytes) -> list[Row]:
    """Return the rows of SPARQL results in JSON (https://www.w3.org/TR/sparql11-results-json/)."""
    rows: list[dict[str, Any]] = json.loads(body)["results"]["bindings"]
    for row in rows:
        for name, term in row.items():
            text = term["value"] if isinstance(term["value"], str) else json.dumps(term["value"])
            parts = (term["type"], text, term.get("xml:lang", ""), term.get("datatype", ""))
            row[name] = _make(Value, parts)
    return rows


_make = tuple.__new__  # as Value(…), in half the time
