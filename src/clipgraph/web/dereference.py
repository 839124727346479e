"""Every IRI of ours answers: things by 303 to their document, the rest directly, as a page or as RDF."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from clipgraph.engines.engine import Engine
from clipgraph.engines.rows import select
from clipgraph.errors import NotAcceptable, NotFound
from clipgraph.pages.front import ontology_page
from clipgraph.pages.resource import load
from clipgraph.pages.site import Site
from clipgraph.rdf.formats import DOCUMENTS, GRAPHS, HTML, Format
from clipgraph.rdf.identity import document_path, iri_of_path, thing_path
from clipgraph.rdf.prefixes import BASE
from clipgraph.rdf.terms import NamedNode
from clipgraph.sparql.binding import bind, is_iri
from clipgraph.sparql.negotiation import compress_from, named, negotiate
from clipgraph.sparql.protocol import Query
from clipgraph.web.answers import VARY, AnswerResponse
from clipgraph.web.requests import client_of

_SUFFIXES = {form.extension: form for form in DOCUMENTS}
_ONTOLOGY = BASE + "def"


class Dereferencer:
    """Answers for the IRIs of the graph; ``deadline`` in seconds for each query behind an answer."""

    def __init__(self, engine: Engine, site: Site, deadline: float) -> None:
        self._engine, self._site, self._deadline = engine, site, deadline

    async def thing(self, request: Request) -> Response:
        """``/id/…``: 303 to the document about the thing (https://www.w3.org/TR/cooluris/)."""
        path = request.url.path
        await self._must_be_known(iri_of_path(path), client_of(request.scope))
        query = f"?{request.url.query}" if request.url.query else ""
        target = document_path(request.scope["raw_path"].decode("ascii", "replace")) + query
        return RedirectResponse(target, 303, {"Vary": "Accept"})

    async def document(self, request: Request) -> Response:
        """``/doc/…``, ``/def/…``, ``/scheme/…``, ``/shapes/…``, ``/graph/…``: a page, or RDF as asked."""
        path, form = _without_suffix(request.url.path)
        form = form or _asked(request)
        iri = iri_of_path(thing_path(path))
        client = client_of(request.scope)
        if form == HTML:
            return await self._page(iri, path, client)
        return await self._rdf(iri, form, client, compress_from(_header(request, "accept-encoding")))

    async def _page(self, iri: str, path: str, client: str) -> Response:
        if iri == _ONTOLOGY:
            return _html(await ontology_page(self._site, self._engine, self._deadline, client))
        resource = await load(self._engine, self._site, iri, self._deadline, client) if is_iri(iri) else None
        if resource is None:
            if is_iri(iri) and await self._is_graph(iri, client):
                return _html(self._site.render("graph.html", iri=iri, data=path, formats=GRAPHS))
            raise _unknown(iri)
        incoming = bind(self._site.pages["incoming"], {"resource": NamedNode(iri)}).replace("LIMIT 201", "")
        return _html(
            self._site.render(
                "resource.html", resource=resource, data=path, formats=GRAPHS, incoming_query=incoming
            )
        )

    async def _rdf(self, iri: str, form: Format, client: str, compressed: int | None) -> Response:
        if not is_iri(iri):
            raise _unknown(iri)
        if await self._is_graph(iri, client):
            text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {NamedNode(iri)} {{ ?s ?p ?o }} }}"
        else:
            await self._must_be_known(iri, client)
            name = "vocabulary" if iri == _ONTOLOGY else "description"
            text = bind(self._site.pages[name], {"resource": NamedNode(iri)})
        query = Query(text, None, form, self._deadline, compress_from=compressed)
        answer = await self._engine.answer(query, client)
        return AnswerResponse(answer)

    async def _is_graph(self, iri: str, client: str) -> bool:
        return iri.startswith(BASE + "graph/") and await self._ask(
            f"GRAPH {NamedNode(iri)} {{ ?s ?p ?o }}", client
        )

    async def _must_be_known(self, iri: str, client: str) -> None:
        if not is_iri(iri):
            raise _unknown(iri)
        node = NamedNode(iri)
        pattern = f"{{ GRAPH ?g {{ {node} ?p ?o }} }} UNION {{ GRAPH ?g {{ ?s ?p {node} }} }}"
        if not await self._ask(pattern, client):
            raise _unknown(iri)

    async def _ask(self, pattern: str, client: str) -> bool:
        rows = await select(
            self._engine, f"SELECT (1 AS ?yes) WHERE {{ {pattern} }} LIMIT 1", self._deadline, client
        )
        return bool(rows)


def _html(page: str) -> Response:
    return Response(page, headers={"Vary": VARY}, media_type=HTML.content_type)


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
