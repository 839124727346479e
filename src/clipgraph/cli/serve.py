"""clipgraph serve: SPARQL and linked-data pages over the current release."""

import asyncio
import gc
import socket
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from clipgraph.cli.elsewhere import told, what_is_there
from clipgraph.cli.options import (
    DataOption,
    DefaultGraphOption,
    FederateOption,
    ProjectOption,
    RulesOption,
    ShapesOption,
    open_project,
    open_settings,
)
from clipgraph.cli.publish import author, publish_or_exit, terms_of
from clipgraph.cli.terminal import err, out, progress
from clipgraph.errors import Unavailable
from clipgraph.guests.files import guest_files
from clipgraph.guests.guests import Guests, Loaded
from clipgraph.guests.guests import load as load_files
from clipgraph.releases.collecting import staying
from clipgraph.releases.commit import Origin
from clipgraph.releases.release import Release
from clipgraph.releases.shelf import Shelf
from clipgraph.server.listening import listen
from clipgraph.server.logs import LogForm, logging_as
from clipgraph.server.running import run
from clipgraph.settings import Settings
from clipgraph.sources.project import Project
from clipgraph.web.app import create_app
from clipgraph.web.asked import guest_bounds
from clipgraph.web.opening import Service, open_service
from clipgraph.workers.filters import network_filter_exists

_SourcesOption = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        help="Folder of the source texts, each known by its digest: pages show passages. Default: none.",
    ),
]

_WorkersOption = Annotated[
    int | None,
    typer.Option(help="Processes that evaluate queries. Default: two per core, at least four."),
]
_MemoryOption = Annotated[int | None, typer.Option(help="Most MiB of memory for one query. Default: 1024.")]
_LogOption = Annotated[
    LogForm | None,
    typer.Option(help="Each request to standard error as text or json, or off. Default: text."),
]
_LoadOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="[IRI=]FILE",
        help="A file of RDF (.ttl, .nt, .nq, .trig, .rdf, .jsonld, each also .gz) to be asked beside ours, "
        "in a named graph of this IRI; never part of a release. May be given several times. Default: none.",
    ),
]

_EngineOption = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        help="Ask this SPARQL endpoint, where publish --to has put a release, and not releases of this "
        "machine. Who asks it is set as CLIPGRAPH_ENGINE_USER and so on (docs/engines.md).",
    ),
]


def serve(
    project: ProjectOption = None,
    data: DataOption = None,
    sources: _SourcesOption = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on. Default: 127.0.0.1.")] = None,
    port: Annotated[
        int | None, typer.Option(help="Port to listen on; 0 takes a free one. Default: 8000.")
    ] = None,
    timeout: Annotated[float | None, typer.Option(help="Most seconds for one query. Default: 30.")] = None,
    workers: _WorkersOption = None,
    memory: _MemoryOption = None,
    log: _LogOption = None,
    federate: FederateOption = None,
    load: _LoadOption = None,
    public_url: Annotated[
        str | None,
        typer.Option(help="Where the public reaches the service, for example https://graph.example.org."),
    ] = None,
    shapes: ShapesOption = None,
    rules: RulesOption = None,
    default_graph: DefaultGraphOption = None,
    engine: _EngineOption = None,
    read_only: Annotated[
        bool | None, typer.Option("--read-only", help="Take no writes, whatever token comes with them.")
    ] = None,
) -> None:
    """Serve SPARQL and linked-data pages; publishes the project first where nothing is published yet.

    Every option can be set as CLIPGRAPH_NAME in the environment, too.
    """
    settings = open_settings(
        project=project,
        data=data,
        sources=sources,
        host=host,
        port=port,
        timeout=timeout,
        workers=workers,
        memory=memory,
        log=log,
        public_url=public_url,
        shapes=shapes,
        rules=rules,
        default_graph=default_graph,
        read_only=read_only,
        federate=federate and ",".join(federate),
        load=load or None,
        engine=engine,
    )
    folder, shelf = open_project(settings)
    listener = listen(settings.host, settings.port)
    if settings.engine:
        loaded, served = None, what_is_there(settings)
    else:
        release = _release(settings, folder, shelf)
        loaded, served = _load(settings, shelf, release), told(release)
    service, app = _opened(settings, folder, shelf, loaded)
    welcome = partial(_welcome, served, _address(settings, listener), loaded)
    with logging_as(LogForm(settings.log)):
        run(app, settings, listener, service.metrics.count_refused, welcome)


def _opened(
    settings: Settings, folder: Project, shelf: Shelf, loaded: Loaded | None
) -> tuple[Service, Callable[..., Any]]:
    """Return the service and its application, which are there for as long as the process."""
    with staying():
        service = open_service(settings, folder, shelf, loaded)
        return service, create_app(service)


def _release(settings: Settings, folder: Project, shelf: Shelf) -> Release:
    """Return the release to serve, published first where there is none.

    Raises:
        Unavailable: it has another kind of default graph than the settings say.
    """
    release = shelf.current()
    if release is None:
        origin = Origin(author(settings), "first publish")
        with progress("nothing is published yet: publishing") as tell:
            release = publish_or_exit(folder, shelf, origin, tell, terms_of(settings)).release
        gc.collect()  # or what the publish leaves would stay, see ``staying``
    if release.default_graph != settings.default_graph:
        raise Unavailable(
            f"the releases were made with --default-graph {release.default_graph}: say that, or name another "
            "folder with --data DIR"
        )
    return release


def _load(settings: Settings, shelf: Shelf, release: Release) -> Loaded | None:
    """Return the files to be asked beside the releases, read and put beside the one to serve."""
    files = guest_files(settings.load)
    if not files:
        return None
    bounds = guest_bounds(settings)

    async def prepare() -> Loaded:
        loaded = await load_files(shelf, files, bounds)
        await Guests(shelf, loaded, bounds, settings.update_timeout).store_path(release.number)
        return loaded

    with progress(f"loading {', '.join(file.path.name for file in files)}"):
        return asyncio.run(prepare())


def _address(settings: Settings, listener: socket.socket) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return settings.public_url.rstrip("/") or f"http://{host}:{listener.getsockname()[1]}"


def _welcome(served: str, address: str, loaded: Loaded | None) -> None:
    if not network_filter_exists():
        err.print(
            "this kernel has no system call filter: queries are kept off the network by their text only"
        )
    query = "SELECT (COUNT(*) AS ?triples) { ?s ?p ?o }"
    out.print(f"\nclipgraph serves {served} at {address} (Ctrl-C ends it). To try:\n", markup=False)
    for line in (
        f"  {address}/",
        f"  {address}/id/city/stuttgart",
        f"  {address}/def",
        f"  curl -H 'Accept: text/turtle' -L {address}/id/network/clip",
        f"  curl {address}/sparql -H 'Accept: text/csv' --data-urlencode 'query={query}'",
    ):
        out.print(line, markup=False)
    for graph, triples in loaded.graphs.items() if loaded else ():
        out.print(f"\nbeside it, {triples} triples to be asked with GRAPH <{graph}>", markup=False)
    sys.stdout.flush()
