"""What serve finds on an engine elsewhere before it starts."""

import asyncio

from clipgraph.cli.terminal import err, progress
from clipgraph.errors import BadRequest, RemoteFailed
from clipgraph.releases.release import Release
from clipgraph.remote.connection import Connection
from clipgraph.remote.failures import may_pass
from clipgraph.remote.watch import Watch
from clipgraph.settings import Settings


def what_is_there(settings: Settings) -> str:
    """Return in words what the engine of the settings holds.

    One that is down, or holds nothing yet, is no reason not to start: the service is ready when it is.

    Raises:
        BadRequest: other settings are for releases of this machine.
        RemoteFailed: it is there, and cannot be used as it is set.
    """
    for name, value in (("federate", settings.federate), ("load", settings.load)):
        if value:
            raise BadRequest(f"{name} is for a service with releases of its own: leave out {name} or engine")
    address = settings.engine_address()

    async def looked() -> Watch:
        async with Connection(address) as connection:
            watch = Watch(connection)
            await watch.look()
            return watch

    with progress(f"asking {address.query}"):
        watch = asyncio.run(looked())
    trouble, release = watch.trouble, watch.publication.release
    if isinstance(trouble, RemoteFailed) and not may_pass(trouble):
        raise trouble
    if trouble:
        err.print(f"clipgraph: {trouble}; it is asked again every few seconds", markup=False)
    elif release is None:
        err.print(f"clipgraph: nothing is published on {address.query} yet: publish --to", markup=False)
    return f"{told(release) if release else 'what there will be'}, asked from {address.query},"


def told(release: Release) -> str:
    """Return a release in words."""
    return f"release {release.number} of {release.created[:10]}, {release.triples} triples"
