"""Every IRI of ours answers: things by 303 to their document, the rest directly, as a page or as RDF."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from clipgraph.engines.engine import Answer
from clipgraph.engines.rows import select
from clipgraph.errors import NotAcceptable, NotFound
from clipgraph.pages.asking import Asking
from clipgraph.pages.front import ontology_page
from clipgraph.pages.resource import resource_page
from clipgraph.rdf.formats import DOCUMENTS, GRAPHS, HTML, Format
from clipgraph.rdf.identity import document_path, iri_of_path, thing_path
from clipgraph.rdf.prefixes import BASE
from clipgraph.rdf.terms import NamedNode
from clipgraph.sparql.binding import bind, is_iri
from clipgraph.sparql.negotiation import compress_from, named, negotiate
from clipgraph.sparql.parameters import read_offset
from clipgraph.sparql.protocol import Query
from clipgraph.web.answers import AnswerResponse
from clipgraph.web.documents import Documents
from clipgraph.web.languages import reader_of

_SUFFIXES = {form.extension: form for form in DOCUMENTS}
_ONTOLOGY = BASE + "def"


class Dereferencer:
    """Answers for the IRIs of the graph."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    async def thing(self, request: Request) -> Response:
        """``/id/…``: 303 to the document about the thing (https://www.w3.org/TR/cooluris/)."""
        asked = self._asked(request, self._documents.release_of(request))
        await asked.must_be_known(iri_of_path(request.url.path))
        query = f"?{request.url.query}" if request.url.query else ""
        path = document_path(request.scope["raw_path"].decode("ascii", "replace"))
        target = reader_of(request.scope).link(path) + query
        return RedirectResponse(target, 303, {"Vary": "Accept"})

    async def document(self, request: Request) -> Response:
        """``/doc/…``, ``/def/…``, ``/scheme/…``, ``/shapes/…``, ``/graph/…``: a page, or RDF as asked."""
        path, form = _without_suffix(request.url.path)
        form = form or _asked(request)
        iri = iri_of_path(thing_path(path))
        if form == HTML:
            start = read_offset(request.query_params.getlist("from"))
            return await self._documents.page(request, lambda asking: _Asked(asking).page(iri, path, start))
        release = self._documents.release_of(request)
        tag, same = self._documents.unchanged(request, release, form.name)
        if same is not None:
            return same
        coding = compress_from(_header(request, "accept-encoding"))
        answer = await self._asked(request, release).rdf(iri, form, coding)
        return AnswerResponse(answer, {"ETag": tag, "Cache-Control": "no-cache"})

    def _asked(self, request: Request, release: int) -> "_Asked":
        return _Asked(self._documents.asking(request, release))


@dataclass(frozen=True)
class _Asked:
    """What one request wants to know of an IRI."""

    asking: Asking

    async def page(self, iri: str, path: str, start: int) -> str:
        """Return the page about an IRI; raises NotFound."""
        if iri == _ONTOLOGY:
            return await ontology_page(self.asking)
        page = await resource_page(self.asking, iri, path, start) if is_iri(iri) else None
        if page is not None:
            return page
        if is_iri(iri) and await self._is_graph(iri):
            return self.asking.render("graph.html", iri=iri, data=path, formats=GRAPHS)
        raise _unknown(iri)

    async def rdf(self, iri: str, form: Format, compressed: int | None) -> Answer:
        """Return the description of an IRI, or what a named graph holds; raises NotFound."""
        if not is_iri(iri):
            raise _unknown(iri)
        if await self._is_graph(iri):
            text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {NamedNode(iri)} {{ ?s ?p ?o }} }}"
        else:
            await self.must_be_known(iri)
            name = "vocabulary" if iri == _ONTOLOGY else "description"
            text = bind(self.asking.site.pages[name], {"resource": NamedNode(iri)})
        query = Query(text, None, form, self.asking.deadline, compress_from=compressed)
        return await self.asking.engine.answer(query, self.asking.client)

    async def must_be_known(self, iri: str) -> None:
        """Raise NotFound where the graph says nothing of the IRI."""
        if not is_iri(iri):
            raise _unknown(iri)
        node = NamedNode(iri)
        pattern = f"{{ GRAPH ?g {{ {node} ?p ?o }} }} UNION {{ GRAPH ?g {{ ?s ?p {node} }} }}"
        if not await self._ask(pattern):
            raise _unknown(iri)

    async def _is_graph(self, iri: str) -> bool:
        return iri.startswith(BASE + "graph/") and await self._ask(f"GRAPH {NamedNode(iri)} {{ ?s ?p ?o }}")

    async def _ask(self, pattern: str) -> bool:
        text = f"SELECT (1 AS ?yes) WHERE {{ {pattern} }} LIMIT 1"
        return bool(await select(self.asking.engine, text, self.asking.deadline, self.asking.client))


def _unknown(iri: str) -> NotFound:
    return NotFound(f"the graph does not know <{iri[:300]}>")


def _without_suffix(path: str) -> tuple[str, Format | None]:
    """Return the path without ``.ttl`` and the like, and the format that the suffix names."""
    stem, dot, suffix = path.rpartition(".")
    form = _SUFFIXES.get(suffix) if dot else None
    return (stem, form) if form else (path, None)


def _asked(request: Request) -> Format:
    """Return the format that ``?format=`` or Accept asks for; raises NotAcceptable."""
    wanted = request.query_params.get("format") or request.query_params.get("output")
    form = (wanted and named(wanted, DOCUMENTS)) or negotiate(_header(request, "accept"), DOCUMENTS)
    if not form:
        raise NotAcceptable("no form of this document is accepted", [offer.media_type for offer in DOCUMENTS])
    return form


def _header(request: Request, name: str) -> str | None:
    return ", ".join(request.headers.getlist(name)) or None
