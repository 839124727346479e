"""clipgraph serve: SPARQL and linked-data pages over the current release."""

import errno
import logging
import socket
import sys
from typing import Annotated

import typer
import uvicorn

from clipgraph.cli.options import DataOption, ProjectOption, open_project, open_settings
from clipgraph.cli.publish import publish_or_exit
from clipgraph.cli.terminal import err, out, progress
from clipgraph.errors import Unavailable
from clipgraph.releases.release import Release
from clipgraph.settings import Settings
from clipgraph.web.app import create_app, open_service
from clipgraph.workers.confinement import network_filter_exists

_BACKLOG = 512
_LAST_SECONDS = 10  # for answers under way when the service is told to end


def serve(
    project: ProjectOption = None,
    data: DataOption = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on. Default: 127.0.0.1.")] = None,
    port: Annotated[
        int | None, typer.Option(help="Port to listen on; 0 takes a free one. Default: 8000.")
    ] = None,
    timeout: Annotated[float | None, typer.Option(help="Most seconds for one query. Default: 30.")] = None,
    workers: Annotated[
        int | None,
        typer.Option(help="Processes that evaluate queries. Default: two per core, at least four."),
    ] = None,
    memory: Annotated[
        int | None, typer.Option(help="Most MiB of memory for one query. Default: 1024.")
    ] = None,
    public_url: Annotated[
        str | None,
        typer.Option(help="Where the public reaches the service, for example https://graph.example.org."),
    ] = None,
) -> None:
    """Serve SPARQL and linked-data pages; publishes the project first where nothing is published yet.

    Every option can be set as CLIPGRAPH_NAME in the environment, too.
    """
    settings = open_settings(
        project=project,
        data=data,
        host=host,
        port=port,
        timeout=timeout,
        workers=workers,
        memory=memory,
        public_url=public_url,
    )
    folder, shelf = open_project(settings)
    listener = _listen(settings)
    release = shelf.current()
    if release is None:
        with progress("nothing is published yet: publishing") as tell:
            release = publish_or_exit(folder, shelf, "first publish", tell).release
    app = create_app(open_service(settings, folder, shelf))
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        backlog=_BACKLOG,
        timeout_graceful_shutdown=_LAST_SECONDS,
    )
    logging.getLogger("uvicorn.error").addFilter(_unless_cut_on_purpose)
    _Server(config, release, _address(settings, listener)).run(sockets=[listener])


def _unless_cut_on_purpose(record: logging.LogRecord) -> bool:
    """Leave out uvicorn's word on answers that we cut; the log says why already."""
    return "returned without completing response" not in record.getMessage()


def _listen(settings: Settings) -> socket.socket:
    """Return a listening socket.

    Raises:
        Unavailable: the port is taken, or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # With its protocol named, asyncio sets TCP_NODELAY on what it accepts; without, small answers wait 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        where = f"{settings.host}:{settings.port}"
        if error.errno == errno.EADDRINUSE:
            raise Unavailable(f"{where} is taken by another program: choose a port with --port N") from error
        raise Unavailable(f"cannot listen on {where}: {error.strerror or error}") from error
    return listener


def _address(settings: Settings, listener: socket.socket) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return settings.public_url.rstrip("/") or f"http://{host}:{listener.getsockname()[1]}"


class _Server(uvicorn.Server):
    """Uvicorn, which says where to look once it answers."""

    def __init__(self, config: uvicorn.Config, release: Release, address: str) -> None:
        super().__init__(config)
        self._release, self._address = release, address

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets=sockets)
        if self.started:
            _welcome(self._release, self._address)
            sys.stdout.flush()


def _welcome(release: Release, address: str) -> None:
    if not network_filter_exists():
        err.print(
            "this kernel has no system call filter: queries are kept off the network by their text only"
        )
    published = f"release {release.number} of {release.created[:10]}, {release.triples} triples"
    query = "SELECT (COUNT(*) AS ?triples) { ?s ?p ?o }"
    out.print(f"\nclipgraph serves {published} at {address} (Ctrl-C ends it). To try:\n", markup=False)
    for line in (
        f"  {address}/",
        f"  {address}/id/city/stuttgart",
        f"  {address}/def",
        f"  curl -H 'Accept: text/turtle' -L {address}/id/network/clip",
        f"  curl {address}/sparql -H 'Accept: text/csv' --data-urlencode 'query={query}'",
    ):
        out.print(line, markup=False)
