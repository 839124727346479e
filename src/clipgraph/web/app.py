"""Builds the application: everything it needs is made here and passed on."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

import clipgraph
from clipgraph.engines.embedded import EmbeddedEngine
from clipgraph.errors import ClipgraphError, NotFound
from clipgraph.pages.front import front_page
from clipgraph.pages.site import HERE, Site, open_site
from clipgraph.releases.shelf import Shelf
from clipgraph.settings import MIB, Settings
from clipgraph.sources.project import Project
from clipgraph.sparql.library import read_library
from clipgraph.web.dereference import Dereferencer
from clipgraph.web.headers import CommonHeaders
from clipgraph.web.problems import problem_response
from clipgraph.web.requests import client_of
from clipgraph.web.sparql import SparqlEndpoint
from clipgraph.workers.pool import Limits, Pool

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


@dataclass(frozen=True)
class Service:
    """What a running service is made of."""

    settings: Settings
    shelf: Shelf
    pool: Pool
    engine: EmbeddedEngine
    site: Site


def open_service(settings: Settings, project: Project, shelf: Shelf) -> Service:
    """Put a service together; nothing runs yet."""
    pool = Pool(Limits(settings.workers, settings.memory * MIB, settings.waiting))
    engine = EmbeddedEngine(shelf, pool, settings.memory * MIB, settings.spool * MIB)
    site = open_site(
        read_library(HERE.parent / "project" / "queries", "pages") or read_library(project.queries, "pages"),
        read_library(project.queries, "competency"),
    )
    return Service(settings, shelf, pool, engine, site)


def create_app(service: Service) -> ASGIApp:
    """Return the application for a service; its lifespan starts and ends the workers."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await service.pool.open()
        try:
            yield
        finally:
            await service.pool.close()

    app = FastAPI(
        title="clipgraph",
        version=clipgraph.__version__,
        description="Local integration policy in Europe as linked data.",
        lifespan=lifespan,
        docs_url=None,  # its pages load scripts from elsewhere, which nothing here does
        redoc_url=None,
        redirect_slashes=False,
    )
    _add_data_routes(app, service)
    _add_pages(app, service)
    _add_errors(app, service.site)
    return CommonHeaders(app)  # outside everything, so that even an unforeseen error carries them


def _add_data_routes(app: FastAPI, service: Service) -> None:
    settings = service.settings
    endpoint = SparqlEndpoint(
        service.engine, service.site, settings.timeout, settings.body * MIB, settings.public_url
    )
    app.router.routes.append(Route("/sparql", endpoint, include_in_schema=False))
    answers = Dereferencer(service.engine, service.site, settings.timeout)
    app.add_api_route("/id/{rest:path}", answers.thing, methods=["GET", "HEAD"], response_class=Response)
    app.add_api_route("/doc/{rest:path}", answers.document, methods=["GET", "HEAD"], response_class=Response)
    for path in _DIRECT:
        app.add_api_route(path, answers.document, methods=["GET", "HEAD"], response_class=Response)


def _add_pages(app: FastAPI, service: Service) -> None:
    async def front(request: Request) -> Response:
        client = client_of(request.scope)
        page = await front_page(service.site, service.engine, service.settings.timeout, client)
        return Response(page, media_type="text/html; charset=utf-8")

    async def healthz() -> JSONResponse:
        """Tell that the process is up and which release it serves."""
        return JSONResponse({"status": "ok", "release": service.shelf.current_number()})

    app.add_api_route("/", front, methods=["GET", "HEAD"], include_in_schema=False)
    app.add_api_route("/healthz", healthz, methods=["GET", "HEAD"])
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")


def _add_errors(app: FastAPI, site: Site) -> None:
    async def ours(request: Request, error: Exception) -> Response:
        return problem_response(site, error, request.headers.get("accept"))

    async def routing(request: Request, error: Exception) -> Response:
        if isinstance(error, HTTPException) and error.status_code != HTTPStatus.NOT_FOUND:
            return Response(status_code=error.status_code, headers=error.headers)
        return await ours(request, NotFound(f"there is nothing at {request.url.path[:300]}"))

    app.add_exception_handler(ClipgraphError, ours)
    app.add_exception_handler(HTTPException, routing)
    app.add_exception_handler(Exception, ours)
