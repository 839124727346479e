"""Every IRI of ours answers: things by 303 to their document, the rest directly, as a page or as RDF."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from clipgraph.engines.engine import Answer
from clipgraph.engines.rows import select
from clipgraph.errors import NotFound
from clipgraph.pages.asking import Asking
from clipgraph.pages.resource import resource_page
from clipgraph.rdf.formats import DOCUMENTS, HTML, JSON_LD, Format
from clipgraph.rdf.identity import document_path, iri_of_path, thing_path
from clipgraph.rdf.prefixes import BASE, PREFIXES
from clipgraph.rdf.terms import NamedNode
from clipgraph.sparql.binding import bind, is_iri
from clipgraph.sparql.negotiation import compress_from
from clipgraph.sparql.parameters import read_offset
from clipgraph.sparql.protocol import Query
from clipgraph.web.answers import VARY, AnswerResponse
from clipgraph.web.documents import Documents, Made
from clipgraph.web.forms import asked_form
from clipgraph.web.json_ld import JsonLd
from clipgraph.web.languages import reader_of
from clipgraph.web.requests import path_of, query_of
from clipgraph.web.signposting import of_thing

_SUFFIXES = {form.extension: form for form in DOCUMENTS}
# What only these name is no thing: they name namespaces and examples, and say nothing of them.
_APART = BASE + "graph/description/"
_ONTOLOGY, _VERSION = BASE + "def", PREFIXES["owl"] + "versionIRI"
# Returns the page about an IRI, given its path and where a list in it begins; None where it has none.
Special = Callable[[Asking, str, str, int], Awaitable[str | None]]


class Dereferencer:
    """Answers for the IRIs of the graph; ``special`` is asked first for the page about one."""

    def __init__(self, documents: Documents, json_ld: JsonLd, special: Special | None = None) -> None:
        self._documents, self._json_ld, self._special = documents, json_ld, special

    async def thing(self, request: Request) -> Response:
        """``/id/…``: 303 to the document about the thing (https://www.w3.org/TR/cooluris/)."""
        asked = self._asked(request, self._documents.release_of(request))
        path, query = path_of(request.scope), query_of(request.scope)
        await asked.must_be_known(iri_of_path(path))
        target = reader_of(request.scope).link(document_path(path)) + (f"?{query}" if query else "")
        return RedirectResponse(target, 303, {"Vary": "Accept"})

    async def document(self, request: Request) -> Response:
        """``/doc/…``: a page, or RDF as asked."""
        return await self.answer(request)

    async def answer(self, request: Request, *parts: str) -> Response:
        """Return a page, or RDF as asked; ``parts`` are what else than the release a page depends on."""
        path, form = await self._named(request)
        form = form or asked_format(request)
        iri = iri_of_path(thing_path(path))
        links = {"Link": of_thing(path, form, self._documents.pinned(request))}
        if form != HTML:
            return await self._data(request, iri, form, links)
        start = read_offset(request.query_params.getlist("from"))

        async def page(asking: Asking) -> str:
            found = await self._special(asking, iri, path, start) if self._special else None
            return found or await _Asked(asking).page(iri, path, start)

        response = await self._documents.page(request, page, *parts)
        response.headers.update(links)
        return response

    async def _data(self, request: Request, iri: str, form: Format, links: Mapping[str, str]) -> Response:
        """Return the description of an IRI in an RDF format, with further headers."""
        release = self._documents.release_of(request)
        tag, same = self._documents.unchanged(request, release, form.name, vary=VARY)
        if same is not None:
            same.headers.update(links)
            return same
        headers = {"ETag": tag, "Cache-Control": "no-cache", **links}
        asked = self._asked(request, release)
        query, is_thing = await asked.query(iri)
        tree = await self._tree(asked.asking, iri, query, tag) if form == JSON_LD and is_thing else None
        if tree is not None:
            return Response(tree.content, headers=headers | {"Vary": VARY}, media_type=tree.media_type)
        coding = compress_from(_header(request, "accept-encoding"))
        return AnswerResponse(await asked.rdf(query, form, coding), headers)

    async def _tree(self, asking: Asking, iri: str, query: str, tag: str) -> Made | None:
        """Return a thing as JSON-LD in order, None for what is too large for that."""
        kept = self._documents.pages.get(tag)
        if kept is None:
            content = await self._json_ld.document(asking, iri, query)
            if content is None:
                return None
            kept = Made(content, JSON_LD.media_type)
            self._documents.pages.put(tag, kept)
        return kept

    async def _named(self, request: Request) -> tuple[str, Format | None]:
        """Return the path without its suffix, and the format of that; unless a thing is called so itself."""
        whole = path_of(request.scope)
        path, form = without_suffix(whole)
        if form:
            asked = self._asked(request, self._documents.release_of(request))
            if await asked.is_known(iri_of_path(thing_path(whole))):
                return whole, None
        return path, form

    def _asked(self, request: Request, release: int) -> "_Asked":
        return _Asked(self._documents.asking(request, release))


@dataclass(frozen=True)
class _Asked:
    """What one request wants to know of an IRI."""

    asking: Asking

    async def page(self, iri: str, path: str, start: int) -> str:
        """Return the page about an IRI; raises NotFound."""
        page = await resource_page(self.asking, iri, path, start) if is_iri(iri) else None
        if page is not None:
            return page
        raise _unknown(iri)

    async def query(self, iri: str) -> tuple[str, bool]:
        """Return what gives the RDF of an IRI, and whether that is the description of a thing.

        Of a named graph it is what that holds, of the ontology and its version all that the ontology says.

        Raises:
            NotFound: the graph says nothing of the IRI.
        """
        if not is_iri(iri):
            raise _unknown(iri)
        if await self._is_graph(iri):
            return f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {NamedNode(iri)} {{ ?s ?p ?o }} }}", False
        if await self._is_ontology(iri):
            return self.asking.site.pages["vocabulary"], False
        await self.must_be_known(iri)
        return bind(self.asking.site.pages["description"], {"resource": NamedNode(iri)}), True

    async def rdf(self, query: str, form: Format, compressed: int | None) -> Answer:
        """Return the answer of a CONSTRUCT query in a format."""
        asked = Query(query, None, form, self.asking.deadline, compress_from=compressed)
        return await self.asking.engine.answer(asked, self.asking.client)

    async def must_be_known(self, iri: str) -> None:
        """Raise NotFound where the graph says nothing of the IRI."""
        if not await self.is_known(iri):
            raise _unknown(iri)

    async def is_known(self, iri: str) -> bool:
        """Tell whether the graph says something of the IRI."""
        if not is_iri(iri):
            return False
        node = NamedNode(iri)
        named = f'GRAPH ?g {{ ?s ?p {node} }} FILTER (!STRSTARTS(STR(?g), "{_APART}"))'
        return await self._ask(f"{{ GRAPH ?g {{ {node} ?p ?o }} }} UNION {{ {named} }}")

    async def _is_ontology(self, iri: str) -> bool:
        if iri == _ONTOLOGY:
            await self.must_be_known(iri)
            return True
        version = f"GRAPH ?g {{ {NamedNode(_ONTOLOGY)} {NamedNode(_VERSION)} {NamedNode(iri)} }}"
        return iri.startswith(_ONTOLOGY + "/") and await self._ask(version)

    async def _is_graph(self, iri: str) -> bool:
        return iri.startswith(BASE + "graph/") and await self._ask(f"GRAPH {NamedNode(iri)} {{ ?s ?p ?o }}")

    async def _ask(self, pattern: str) -> bool:
        text = f"SELECT (1 AS ?yes) WHERE {{ {pattern} }} LIMIT 1"
        return bool(await select(self.asking.engine, text, self.asking.deadline, self.asking.client))


def _unknown(iri: str) -> NotFound:
    return NotFound.worded("the graph does not know <%(iri)s>", iri=iri[:300])


def without_suffix(path: str) -> tuple[str, Format | None]:
    """Return the path without ``.ttl`` and the like, and the format that the suffix names."""
    stem, dot, suffix = path.rpartition(".")
    form = _SUFFIXES.get(suffix) if dot else None
    return (stem, form) if form else (path, None)


def asked_format(request: Request) -> Format:
    """Return the format that ``?format=`` or Accept asks for; raises what ``asked_form`` does."""
    return asked_form(request, DOCUMENTS)


def _header(request: Request, name: str) -> str | None:
    return ", ".join(request.headers.getlist(name)) or None
