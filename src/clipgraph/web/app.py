"""Builds the application: everything it needs is made here and passed on."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

import clipgraph
from clipgraph.errors import ClipgraphError, NotFound, WrongMethod
from clipgraph.pages.dataset_page import Limits as QueryLimits
from clipgraph.pages.environments import HERE
from clipgraph.pages.front import front_page
from clipgraph.pages.profiles import read_profiles
from clipgraph.pages.site import Site
from clipgraph.pages.vocabulary import Vocabularies
from clipgraph.settings import KIB, MIB, Settings
from clipgraph.web.access import Door
from clipgraph.web.addresses import icon, without_slash
from clipgraph.web.built import BuiltFiles, OwnFiles
from clipgraph.web.compression import Compression
from clipgraph.web.crawling import Crawling
from clipgraph.web.dereference import Dereferencer
from clipgraph.web.direct import Direct
from clipgraph.web.documents import Documents
from clipgraph.web.dumps import DumpPages
from clipgraph.web.forms import PAGE, accepts_rdf, asked_form
from clipgraph.web.graphs import GraphStore
from clipgraph.web.headers import Preflight, allowed
from clipgraph.web.health import Health
from clipgraph.web.history import Histories
from clipgraph.web.json_ld import JsonLd
from clipgraph.web.languages import Languages
from clipgraph.web.lists import Lists
from clipgraph.web.notes import note
from clipgraph.web.observing import Observed
from clipgraph.web.openapi import describe_all
from clipgraph.web.opening import Service
from clipgraph.web.passages import PassageLists
from clipgraph.web.pictures import add_pictures
from clipgraph.web.problems import code, problem_response
from clipgraph.web.rates import RateLimit
from clipgraph.web.reference import Reference
from clipgraph.web.releases import ReleasePages
from clipgraph.web.selfdescription import SelfDescription, serving_of
from clipgraph.web.shelves import Shelves
from clipgraph.web.short_way import ShortWay
from clipgraph.web.sparql import RequestLimits, SparqlEndpoint
from clipgraph.web.vocabularies import VocabularyPages
from clipgraph.web.writes import Writes

_DIRECT = (
    "/def",
    "/def.{suffix}",
    "/def/{rest:path}",
    "/scheme/{rest:path}",
    "/shapes",
    "/shapes.{suffix}",
    "/shapes/{rest:path}",
    "/graph/{rest:path}",
)


def create_app(service: Service) -> ASGIApp:
    """Return the application for a service; its lifespan starts and ends the workers."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        asked = service.asked
        await asked.pool.open()
        await asked.pages.open()
        work = [service.searcher.keep_ready()]
        if asked.watch:
            await asked.watch.look()
            work.append(asked.watch.run())
        tasks = [asyncio.get_running_loop().create_task(each) for each in work]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)
            await service.searcher.close()
            if asked.guests:
                await asked.guests.close()
            await service.writer.close()
            await service.deriver.close()
            await service.dumper.close()
            await service.describer.close()
            await asked.close()

    app = FastAPI(
        title="clipgraph",
        version=clipgraph.__version__,
        description="Local integration policy in Europe as linked data.",
        lifespan=lifespan,
        docs_url=None,  # its pages load scripts from elsewhere, which nothing here does
        redoc_url=None,
        redirect_slashes=False,
    )
    apart = _add_data_routes(app, service)
    _add_pages(app, service)
    _add_errors(app, service.site)
    describe_all(app)
    routes = [*apart, *(route.path for route in app.routes if isinstance(route, Route | Mount))]
    # Outside everything, so that even an unforeseen error carries the headers, and is seen.
    guarded = _guarded(Direct(Compression(app), apart, service.site), service)
    observed = Observed(Preflight(guarded), service.metrics, routes)
    way = Languages(observed, service.site.languages)
    settings = service.settings
    if settings.private:  # who asks is found out on the way
        return way
    rates = guarded if isinstance(guarded, RateLimit) else None
    return ShortWay(way, service.queries, observed, rates, _limits(settings), settings.public_url)


def _guarded(app: ASGIApp, service: Service) -> ASGIApp:
    """Return the application behind what the settings ask for; the outermost is the last."""
    settings = service.settings
    if settings.private:
        app = Door(app, service.register, service.site)
    if settings.rate:
        app = RateLimit(app, settings.rate, service.site)
    return app


def _limits(settings: Settings) -> RequestLimits:
    return RequestLimits(settings.timeout, settings.query * KIB, settings.body * MIB)


def _add_data_routes(app: FastAPI, service: Service) -> dict[str, ASGIApp]:
    """Add what is read as data; returns the two protocols by their paths: they need no framework."""
    settings = service.settings
    writes = Writes(
        service.writer,
        service.register,
        service.audit,
        settings.update_timeout,
        read_only=settings.read_only or bool(settings.engine),
    )
    guests = service.asked.guests
    loaded = guests.loaded.records() if guests else {}
    endpoint = SparqlEndpoint(
        service.queries,
        service.site,
        _limits(settings),
        settings.public_url,
        writes,
        settings.federation(),
        _add_descriptions(app, service, tuple(loaded)).service,
    )
    graphs = GraphStore(endpoint, service.asked.line, service.site, writes, settings.upload * MIB, loaded)
    documents = documents_of(service)
    json_ld = JsonLd(documents)
    _get(app, "/context.jsonld", json_ld.context)
    answers = Dereferencer(documents, json_ld)
    _get(app, "/id/{rest:path}", answers.thing)
    _get(app, "/doc/{rest:path}", answers.document)
    _add_vocabularies(app, service, json_ld)
    return {"/sparql": Compression(endpoint), "/graphs": Compression(graphs)}


def _add_descriptions(app: FastAPI, service: Service, loaded: Sequence[str]) -> SelfDescription:
    """Add catalogue, VoID and examples; returns what describes the endpoint, too."""
    serving = serving_of(service.settings, loaded)
    line = service.asked.line
    told = SelfDescription(documents_of(service), line, service.describer, service.dumper, serving)
    for path in ("/catalog", "/catalog.{suffix}"):
        _get(app, path, told.catalogue)
    for path in ("/.well-known/void", "/.well-known/void.{suffix}"):
        _get(app, path, told.void)
    for path in ("/queries", "/queries.{suffix}"):
        _get(app, path, told.examples)
    return told


def _add_vocabularies(app: FastAPI, service: Service, json_ld: JsonLd) -> None:
    """Add the pages of terms, shapes, code lists, graphs, releases and the dataset."""
    settings, line, archive = service.settings, service.asked.line, service.archive
    profiles = read_profiles(service.project)
    shelves = Shelves(archive, Vocabularies(profiles.shapes), service.project, profiles)
    validated = settings.shapes != "none"
    limits = QueryLimits(settings.timeout, settings.memory, settings.rate, validated)
    pages = VocabularyPages(documents_of(service), shelves, limits, json_ld)
    for path in _DIRECT:
        _get(app, path, pages.document)
    _get(app, "/ontology", pages.ontology)
    _get(app, "/ontology/changes", pages.changes)
    _get(app, "/ontology/{theme}", pages.theme)
    _get(app, "/scheme", pages.schemes)
    _get(app, "/graph", pages.graphs)
    _get(app, "/dataset", pages.dataset)
    releases = ReleasePages(documents_of(service), archive, service.deriver, line, settings.public_url)
    _get(app, "/releases", releases.releases)
    _get(app, "/releases/{number}", releases.release)
    _get(app, "/releases/{number}/diff/{other}", releases.difference)
    _get(app, "/feed", releases.feed)
    dumps = DumpPages(documents_of(service), archive, service.dumper, line)
    _get(app, "/dumps", dumps.folder, documented=False)
    _get(app, "/dumps/", dumps.listing)
    _get(app, "/dumps/SHA256SUMS", dumps.checksums)
    _get(app, "/dumps/{name:path}", dumps.file)


def documents_of(service: Service) -> Documents:
    """Return what the service's pages are made with."""
    settings = service.settings
    return Documents(
        service.documents,
        service.archive,
        service.site,
        settings.timeout,
        service.made,
        service.texts,
        settings.public_url.rstrip("/"),
    )


def _get(app: FastAPI, path: str, answer: Callable[..., Any], *, documented: bool = True) -> None:
    """Answer GET, and HEAD without a place of its own in the documentation."""
    app.add_api_route(path, answer, methods=["GET"], response_class=Response, include_in_schema=documented)
    app.add_api_route(path, answer, methods=["HEAD"], response_class=Response, include_in_schema=False)


def _add_pages(app: FastAPI, service: Service) -> None:
    documents = documents_of(service)

    async def front(request: Request) -> Response:
        if accepts_rdf(request):
            return RedirectResponse("/catalog", 303, {"Vary": "Accept"})
        asked_form(request, PAGE)
        return await documents.page(request, front_page)

    crawling = Crawling(
        documents, service.archive, service.settings.private, service.settings.security_contact
    )
    _get(app, "/robots.txt", crawling.robots)
    _get(app, "/sitemap.xml", crawling.sitemap)
    _get(app, "/sitemap-{number}.xml", crawling.sitemap_file)
    _get(app, "/.well-known/security.txt", crawling.security)
    _get(app, "/favicon.ico", icon, documented=False)
    health = Health(service.asked, service.metrics, service.site)
    lists = Lists(documents, service.searcher)
    _get(app, "/", front, documented=False)
    _get(app, "/history", Histories(documents, service.asked.line, service.shelf, service.deriver).history)
    _get(app, "/passages", PassageLists(documents).passages)
    for path, answer in (
        ("/search", lists.search),
        ("/search/suggest", lists.suggest),
        ("/practices", lists.practices),
        ("/cities", lists.cities),
        ("/fields", lists.fields),
    ):
        _get(app, path, answer, documented=False)  # in openapi_lists.py, with their parameters
    _get(app, "/docs", Reference(documents, app).docs, documented=False)
    _get(app, "/healthz", health.healthz)
    _get(app, "/readyz", health.readyz)
    _get(app, "/metrics", health.metrics)
    if (HERE / "static/built").is_dir():
        app.mount("/static/built", BuiltFiles(directory=HERE / "static/built"), name="built")
    add_pictures(app, documents)
    app.mount("/static", OwnFiles(directory=HERE / "static"), name="static")


def _add_errors(app: FastAPI, site: Site) -> None:
    async def ours(request: Request, error: Exception) -> Response:
        elsewhere = without_slash(request) if isinstance(error, NotFound) else None
        if elsewhere is not None:
            return elsewhere
        note(request.scope, outcome=code(error))
        return problem_response(site, error, request.scope)

    async def routing(request: Request, error: Exception) -> Response:
        if isinstance(error, HTTPException) and error.status_code != HTTPStatus.NOT_FOUND:
            wrong = error.status_code == HTTPStatus.METHOD_NOT_ALLOWED
            return await ours(request, WrongMethod(allowed(request.url.path)) if wrong else error)
        return await ours(
            request, NotFound.worded("there is nothing at %(path)s", path=request.url.path[:300])
        )

    app.add_exception_handler(ClipgraphError, ours)
    app.add_exception_handler(HTTPException, routing)
    app.add_exception_handler(Exception, ours)
