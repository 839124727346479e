"""What the service says of itself: VoID, catalogue, examples; without a query, the service description."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from clipgraph.describing.describer import Describer, Wanted
from clipgraph.describing.documents import CATALOGUE, EXAMPLES, GRAPHS_OF, SERVICE, VOID
from clipgraph.describing.serving import Allowance, Serving
from clipgraph.engines.rows import read_body
from clipgraph.errors import ClipgraphError, NotAcceptable, NotFound
from clipgraph.rdf.formats import GRAPHS, HTML, N_TRIPLES, Format
from clipgraph.rdf.terms import NamedNode
from clipgraph.releases.dumper import Dumper
from clipgraph.releases.dumps import Dump, Offer, offers
from clipgraph.releases.line import Releases
from clipgraph.releases.release import Release
from clipgraph.settings import Settings
from clipgraph.sparql.negotiation import negotiate
from clipgraph.sparql.protocol import Query
from clipgraph.web.asked import is_here
from clipgraph.web.dereference import without_suffix
from clipgraph.web.documents import Documents
from clipgraph.web.forms import asked_form
from clipgraph.web.languages import reader_of
from clipgraph.web.requests import client_of, origin_of, path_of, query_of
from clipgraph.web.signposting import DATASET_PAGE, DESCRIPTIONS, of_description

# A page, DATASET_PAGE, tells people the same as these.
CATALOGUE_PATH, VOID_PATH = DESCRIPTIONS
EXAMPLES_PATH = "/queries"
_MOST_DESCRIPTION = 64 << 20  # bytes
_SECONDS_FOR_FIGURES = 5.0  # that a service description waits for them; else it comes without


def serving_of(settings: Settings, loaded: Sequence[str]) -> Serving:
    """Return what the settings say of the service, and which graphs it has beside those of releases.

    Where it is reached is told by each request.
    """
    allowance = Allowance(settings.timeout, settings.memory, settings.answer, settings.query, settings.rate)
    return Serving(
        "",
        settings.contact,
        settings.publisher,
        settings.publisher_iri,
        tuple(sorted(settings.federation().urls)),
        tuple(sorted(loaded)),
        writable=not settings.read_only,
        private=settings.private,
        allowance=allowance,
    )


class SelfDescription:
    """Answers with what is known of a release and of the service that tells it."""

    def __init__(
        self, documents: Documents, line: Releases, describer: Describer, dumper: Dumper, serving: Serving
    ) -> None:
        self._documents, self._line, self._serving = documents, line, serving
        self._describer, self._dumper = describer, dumper

    async def void(self, request: Request) -> Response:
        """``/.well-known/void``: what the dataset holds, counted (https://www.w3.org/TR/void/#well-known)."""
        form = _form(request, VOID_PATH)
        if form == HTML:
            return _to_page(request)
        wanted = self._wanted(request, VOID, form)
        wanted = replace(wanted, dumps=offers(wanted.release))

        async def figures() -> Path:
            return await self._describer.counted(wanted.release, self._documents.deadline)

        return await self._answer(request, wanted, figures)

    async def catalogue(self, request: Request) -> Response:
        """``/catalog``: the DCAT-AP catalogue."""
        form = _form(request, CATALOGUE_PATH)
        if form == HTML:
            return _to_page(request)
        wanted = self._wanted(request, CATALOGUE, form)
        wanted = replace(wanted, dumps=await self._dumps(wanted.release))
        return await self._answer(request, wanted, _without_figures, repr(wanted.dumps))

    async def examples(self, request: Request) -> Response:
        """``/queries``: what can be asked, as data."""
        form = _form(request, EXAMPLES_PATH)
        if form == HTML:
            return RedirectResponse(
                reader_of(request.scope).link("/sparql") + "#examples", 303, {"Vary": "Accept"}
            )
        return await self._answer(request, self._wanted(request, EXAMPLES, form), _without_figures)

    async def service(self, request: Request) -> Response:
        """``/sparql`` without a query: the description of the endpoint."""
        form = negotiate(_accept(request), GRAPHS)
        if form is None:
            raise NotAcceptable(
                "a request without a query gets the service description, which is RDF",
                [offer.media_type for offer in GRAPHS],
            )
        wanted = self._wanted(request, SERVICE, form)
        if not is_here(self._line):
            return await self._answer(request, wanted, _without_figures)
        try:
            path = await self._describer.counted(wanted.release, _SECONDS_FOR_FIGURES)
        except ClipgraphError:  # what can be said without is said
            return await self._answer(request, wanted, _without_figures, "not counted")

        async def figures() -> Path:
            return path

        return await self._answer(request, wanted, figures)

    def _wanted(self, request: Request, document: str, form: Format) -> Wanted:
        release = self._documents.archive.release(self._documents.release_of(request))
        origin = origin_of(request.scope, self._documents.public_url)
        serving, pinned = replace(self._serving, origin=origin), self._documents.pinned(request)
        return Wanted(document, release, form, serving, pinned=pinned)

    async def _dumps(self, release: Release) -> Sequence[Offer | Dump]:
        """Return the dumps of a release, with sizes and digests where they are made or soon are."""
        if not is_here(self._line):
            return offers(release)
        try:
            return (await self._dumper.dumps(release)).files
        except ClipgraphError:
            return offers(release)

    async def _answer(
        self, request: Request, wanted: Wanted, figures: Callable[[], Awaitable[Path | None]], *parts: str
    ) -> Response:
        """Return a document; ``parts`` tell apart what else than release and service it depends on.

        Where the release is on an engine elsewhere, it is the one that was published with it.
        """

        async def made() -> bytes:
            deadline, client = self._documents.deadline, client_of(request.scope)
            if not is_here(self._line):
                return await self._published(request, wanted, deadline, client)
            return await self._describer.written(wanted, await figures(), deadline, client)

        told = (wanted.document, repr(wanted.serving), *parts)
        number, media_type = wanted.release.number, wanted.form.content_type
        response = await self._documents.same_for_all(request, number, media_type, made, *told)
        if wanted.document in (CATALOGUE, VOID):
            response.headers["Link"] = of_description(wanted.pinned)
        return response

    async def _published(self, request: Request, wanted: Wanted, deadline: float, client: str) -> bytes:
        """Return a document as a named graph of the release holds it."""
        graph = NamedNode(GRAPHS_OF[wanted.document])
        text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}"
        engine = self._documents.asking(request, wanted.release.number).engine
        answer = await engine.answer(Query(text, None, N_TRIPLES, deadline), client)
        body = await read_body(answer, _MOST_DESCRIPTION)
        if not body:
            raise NotFound.worded("this release was published without a description")
        with TemporaryDirectory(prefix="clipgraph-description-") as folder:
            file = Path(folder) / "published.nt"
            await asyncio.to_thread(file.write_bytes, body)
            return await self._describer.placed(file, wanted, deadline, client)


async def _without_figures() -> None:
    """Return none."""


def _form(request: Request, path: str) -> Format:
    """Return the format that the suffix, ``format=`` or Accept asks for; a page only to who asks for one.

    Raises:
        NotFound: the suffix names none.
        NotAcceptable: none of them is accepted.
    """
    stem, form = without_suffix(path_of(request.scope))
    if form is not None:
        return form
    if stem != path:
        raise NotFound.worded("there is nothing at %(path)s", path=stem[:300])
    return asked_form(request, (*GRAPHS, HTML))


def _accept(request: Request) -> str | None:
    return ", ".join(request.headers.getlist("accept")) or None


def _to_page(request: Request) -> Response:
    query = query_of(request.scope)
    target = reader_of(request.scope).link(DATASET_PAGE) + (f"?{query}" if query else "")
    return RedirectResponse(target, 303, {"Vary": "Accept"})
