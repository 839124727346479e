"""The end of clipgraph publish --to: the current release goes to an engine elsewhere."""

import asyncio
from collections.abc import Callable

import typer

from clipgraph.cli.terminal import CANNOT, complain, out, progress
from clipgraph.errors import DeadlineExceeded, RemoteFailed
from clipgraph.publishing.pushing import Push, Pushed
from clipgraph.releases.release import Release
from clipgraph.releases.shelf import Shelf
from clipgraph.remote.connection import Connection
from clipgraph.settings import Settings


def push(settings: Settings, shelf: Shelf, release: Release) -> None:
    """Push a release to the engine of the settings, and tell what came of it.

    Raises:
        Exit: it broke off, and that was told.
        ClipgraphError: it did not begin, or another push took over.
    """
    address = settings.engine_address()

    async def pushed(tell: Callable[[str], None]) -> Pushed:
        async with Connection(address) as connection:
            pushing = Push(shelf, release, connection, settings.engine_merge, tell)
            try:
                return await pushing.run()
            except (RemoteFailed, DeadlineExceeded) as error:
                if not pushing.begun:
                    raise
                complain(f"{error}; the push is not complete, and the next one goes on from there")
                raise typer.Exit(CANNOT) from None

    with progress(f"pushing to {address.query}") as tell:
        done = asyncio.run(pushed(tell))
    if not (done.graphs or done.dropped):
        out.print(f"{address.query} holds release {release.number} already", markup=False)
        return
    gone = f", {done.dropped} taken away" if done.dropped else ""
    out.print(
        f"{address.query} holds release {release.number} now: {done.graphs} graphs brought up to date{gone}, "
        f"{done.statements} statements sent",
        markup=False,
    )
    if done.altered:
        before, after = done.example
        many = "1 statement has" if done.altered == 1 else f"{done.altered} statements have"
        out.print(
            f"{many} another form there, such as {after} for {before}: see "
            "docs/engines.md for what engines make of literals",
            markup=False,
        )
