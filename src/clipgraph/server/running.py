"""Runs an application until it is told to end."""

import asyncio
import gc
import logging
import socket
from collections.abc import Callable
from functools import partial
from typing import Any, cast

import uvicorn

from clipgraph.server.connections import Bounds, Connections
from clipgraph.server.heads import HeadLimits
from clipgraph.server.listening import BACKLOG, make_room
from clipgraph.server.protocol import BoundedProtocol
from clipgraph.server.proxies import behind_proxies
from clipgraph.settings import KIB, Settings
from clipgraph.web.short_way import ShortWay

_LAST_SECONDS = 10  # for answers under way when the service is told to end
_MADE_UNTIL_COLLECTED = 20_000  # objects; Python's 700 are soon there
_TICKS_PER_LOOK = 10  # of a tenth of a second


def run(
    app: Callable[..., Any],
    settings: Settings,
    listener: socket.socket,
    refused: Callable[[str], None],
    started: Callable[[], None],
) -> None:
    """Serve an application on a listening socket until SIGTERM or SIGINT.

    Args:
        app: the application.
        settings: its bounds.
        listener: see ``listen``.
        refused: is told the reason of each connection that is refused or cut.
        started: is called once requests are answered.

    Raises:
        Unavailable: this process may open too few files.
    """
    proxies = tuple(settings.trusted_proxies.split(",")) if settings.trusted_proxies else ()
    total = make_room(settings.connections, settings.workers)
    among = Connections(Bounds(total, settings.connections_per_client, proxies), refused)
    way = app if isinstance(app, ShortWay) else None
    limits = HeadLimits(settings.url * KIB, settings.headers * KIB)
    config = uvicorn.Config(
        behind_proxies(app, settings.trusted_proxies) if settings.trusted_proxies else app,
        http=cast("type[asyncio.Protocol]", partial(BoundedProtocol, among=among, limits=limits, way=way)),
        ws="none",
        loop="uvloop",
        log_config=None,
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,  # see behind_proxies
        backlog=BACKLOG,
        timeout_graceful_shutdown=_LAST_SECONDS,
    )
    logging.getLogger("uvicorn.error").addFilter(_unless_cut_on_purpose)
    _Server(config, among, started).run(sockets=[listener])


def _unless_cut_on_purpose(record: logging.LogRecord) -> bool:
    """Leave out uvicorn's word on answers that we cut; the log says why already."""
    return "returned without completing response" not in record.getMessage()


def _collect_seldom() -> None:
    """Search for cycles less often: what a request makes is mostly let go at once.

    To look through it took, with what stays anyway (``staying``), a twelfth of the time of this process.
    """
    gc.set_threshold(_MADE_UNTIL_COLLECTED, *gc.get_threshold()[1:])


class _Server(uvicorn.Server):
    """Uvicorn, which says when it answers, and looks at its connections once a second."""

    def __init__(self, config: uvicorn.Config, among: Connections, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._among, self._tell = among, started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets=sockets)
        if self.started:
            _collect_seldom()
            self._tell()

    async def on_tick(self, counter: int) -> bool:
        """Do what is to be done again and again; returns whether to end."""
        if counter % _TICKS_PER_LOOK == 0:
            self._among.look(asyncio.get_running_loop().time())
        return await super().on_tick(counter)
