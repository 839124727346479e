"""JSON-LD that reads as JSON: the context of the ontology, and what is said of a thing in its words."""

import asyncio
import json
from collections import OrderedDict

from starlette.requests import Request
from starlette.responses import Response

from clipgraph.engines.rows import read_short_body
from clipgraph.errors import NotAcceptable
from clipgraph.pages.asking import Asking
from clipgraph.rdf.compacting import NoForm, compacted
from clipgraph.rdf.context import Context, make_context
from clipgraph.rdf.formats import GRAPHS, JSON_LD, N_TRIPLES
from clipgraph.rdf.reading import read_triples
from clipgraph.rdf.terms import NamedNode
from clipgraph.sparql.protocol import Query
from clipgraph.web.documents import Documents

_KEPT = 5
# Bytes of N-Triples that are put in order in memory; what is longer comes as the engine writes it.
_MOST = 2 << 20


class JsonLd:
    """Writes JSON-LD, each release in the words of its own ontology."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._contexts: OrderedDict[int, Context] = OrderedDict()

    async def context(self, request: Request) -> Response:
        """``/context.jsonld``: the names of all terms (https://www.w3.org/TR/json-ld11/#the-context)."""
        release = self._documents.release_of(request)

        async def made() -> bytes:
            context = await self._context(self._documents.asking(request, release))
            return _written(context.to_json())

        return await self._documents.same_for_all(request, release, JSON_LD.media_type, made)

    async def document(self, asking: Asking, iri: str, query: str) -> bytes | None:
        """Return what a CONSTRUCT query says of a thing, None where that is too much to be put in order.

        Raises:
            NotAcceptable: a value is a triple term.
        """
        asked = Query(query, None, N_TRIPLES, asking.deadline)
        lines = await read_short_body(await asking.engine.answer(asked, asking.client), _MOST)
        if lines is None:
            return None
        context = await self._context(asking)
        return await asyncio.to_thread(_document, lines, iri, context)

    async def _context(self, asking: Asking) -> Context:
        found = self._contexts.get(asking.release)
        if found is None:
            rows = await asking.rows("context")
            found = make_context((row["term"].text, row["kind"].text) for row in rows)
            self._contexts[asking.release] = found
            if len(self._contexts) > _KEPT:
                self._contexts.popitem(last=False)
        return found


def _document(lines: bytes, iri: str, context: Context) -> bytes:
    try:
        return _written(compacted(read_triples(lines), NamedNode(iri), context))
    except NoForm:
        others = [form.media_type for form in GRAPHS if form != JSON_LD]
        raise NotAcceptable("JSON-LD has no form for a triple term; ask for another format", others) from None


def _written(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"
