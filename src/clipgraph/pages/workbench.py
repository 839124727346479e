"""The SPARQL pages: a form for a query, and its result as a table."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from clipgraph.engines.engine import Answer, Engine
from clipgraph.engines.rows import Value
from clipgraph.pages.reader import Reader
from clipgraph.pages.site import Site
from clipgraph.pages.titles import TITLES
from clipgraph.rdf.formats import GRAPHS, RESULTS, TSV, TURTLE
from clipgraph.rdf.prefixes import BASE, PREFIXES
from clipgraph.sparql.protocol import Query

_SHOWN_ROWS = 500
_SHOWN_BYTES = 2 << 20
_LONGEST_SHOWN = 100_000  # characters of a query that is refused
_EXAMPLE = (
    "SELECT ?thing ?label WHERE {\n  ?thing <http://www.w3.org/2000/01/rdf-schema#label> ?label\n} LIMIT 20"
)
_LITERAL = re.compile(r'"(?P<text>.*)"(?:@(?P<language>[A-Za-z0-9-]+)|\^\^<(?P<datatype>[^>]*)>)?', re.DOTALL)
_ESCAPES = {"\\t": "\t", "\\n": "\n", "\\r": "\r", '\\"': '"', "\\\\": "\\"}


@dataclass(frozen=True)
class Table:
    """The beginning of a result: ``whole`` tells whether it is all of it."""

    columns: list[str]
    rows: list[list[Value | None]]
    whole: bool


def editor_page(site: Site, reader: Reader) -> str:
    """Return the form with an example."""
    text = site.featured[0].asked(reader.language) if site.featured else _EXAMPLE
    return _render(site, reader, query=text, table=None, turtle="", whole=True, links=[])


def refused_page(site: Site, reader: Reader, text: str, problem: Mapping[str, Any], asked: str = "") -> str:
    """Return the form with a query that was refused, and what is said of it; ``asked`` as of result_page."""
    told: dict[str, Any] = {"table": None, "turtle": "", "whole": True, "links": []}
    told |= {"query": text[:_LONGEST_SHOWN], "problem": problem, "titles": TITLES}
    return _render(site, reader, asked, **told)


def _render(site: Site, reader: Reader, asked: str = "", **context: Any) -> str:  # noqa: ANN401
    """Return the page, with what its script asks and shows."""
    known = {
        "base": BASE,
        "prefixes": dict(PREFIXES),
        "completion": [site.pages["completion"], site.pages["completion-counted"]],
        "formats": {"table": [form.name for form in RESULTS], "graph": [form.name for form in GRAPHS]},
        "language": reader.language,
        "link": reader.prefix,
    }
    shown = {"problem": None} | context
    return site.render("sparql.html", reader, path="/sparql", parameters=asked, known=known, **shown)


async def result_page(
    site: Site, reader: Reader, engine: Engine, query: Query, client: str, asked: str = ""
) -> str:
    """Return the page with the beginning of the query's answer; raises what Engine.answer raises.

    ``asked`` is the query string that it was asked with, which the same page in other languages needs.
    """
    answer = await engine.answer(replace(query, results=TSV, graph=TURTLE, compress_from=None), client)
    try:
        text, whole = await _beginning(answer)
    finally:
        await answer.body.aclose()
    is_graph = answer.format == TURTLE
    table = None if is_graph else _table(text, whole=whole)
    links = [(form.name, _link(query, form.name)) for form in (GRAPHS if is_graph else RESULTS)]
    shown = text if is_graph else ""
    whole = table.whole if table else whole
    return _render(
        site,
        reader,
        asked,
        query=query.text,
        table=table,
        turtle=shown,
        whole=whole,
        links=links,
    )


async def _beginning(answer: Answer) -> tuple[str, bool]:
    """Return as much of the answer as a page shows, and whether that is all of it."""
    read = bytearray()
    async for piece in answer.body:
        read += piece
        if len(read) > _SHOWN_BYTES or (answer.format == TSV and read.count(b"\n") > _SHOWN_ROWS + 1):
            return read[: read.rfind(b"\n") + 1].decode(errors="replace"), False
    return read.decode(), True


def _link(query: Query, form: str) -> str:
    """Return the address of the same answer in a format."""
    parameters = [("query", query.text), ("format", form)]
    parameters += [("default-graph-uri", iri) for iri in query.default_graphs or ()]
    parameters += [("named-graph-uri", iri) for iri in query.named_graphs or ()]
    return "/sparql?" + urlencode(parameters)


def _table(text: str, *, whole: bool) -> Table:
    """Read SPARQL results in TSV (https://www.w3.org/TR/sparql11-results-csv-tsv/#tsv)."""
    head, *lines = text.removesuffix("\n").split("\n")
    if not head.startswith("?") and not lines:  # the answer of an ASK, or of a SELECT without variables
        return Table(["answer"], [[Value("literal", head)]], whole) if head else Table([], [], whole)
    rows = [[_term(cell) for cell in line.split("\t")] for line in lines[:_SHOWN_ROWS]]
    return Table([name[1:] for name in head.split("\t")], rows, whole and len(lines) <= _SHOWN_ROWS)


def _term(cell: str) -> Value | None:
    if not cell:
        return None
    if cell.startswith("<<("):  # a triple term: https://www.w3.org/TR/sparql12-results-csv-tsv/
        return Value("triple", cell)
    if cell.startswith("<") and cell.endswith(">"):
        return Value("uri", cell[1:-1])
    literal = _LITERAL.fullmatch(cell)
    if literal:
        text = re.sub(r"\\[tnr\"\\]", lambda match: _ESCAPES[match[0]], literal["text"])
        return Value("literal", text, literal["language"] or "", literal["datatype"] or "")
    return Value("bnode" if cell.startswith("_:") else "literal", cell)
