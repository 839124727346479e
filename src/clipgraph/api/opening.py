"""Opens the graph for Python."""

import sys
from collections.abc import Sequence
from os import PathLike
from pathlib import Path

from clipgraph.api.graph import Graph
from clipgraph.errors import BadRequest
from clipgraph.publishing.publish import publish
from clipgraph.releases.commit import Origin
from clipgraph.releases.release import Release
from clipgraph.releases.shelf import Shelf
from clipgraph.settings import Settings, data_folder
from clipgraph.sources.project import Project, find_project


def open_graph(
    project: str | PathLike[str] | None = None,
    data: str | PathLike[str] | None = None,
    *,
    timeout: float = 30.0,
    federate: Sequence[str] = (),
) -> Graph:
    """Open the current release on this machine, made first where there is none (seconds, told in a line).

    Args:
        project: the folder with ontology/, shapes/, data/ and queries/; by default the checkout that one is
            in, else the graph that came with clipgraph.
        data: the folder of releases; by default ``var/`` of a checkout, else ``~/.local/share/clipgraph``.
        timeout: the most seconds for one query.
        federate: the endpoints that SERVICE may ask, as for ``clipgraph serve --federate``; by default none,
            and nothing leaves this machine.

    Raises:
        BadRequest: an argument is out of range.
        Unavailable: there is no such project, or the folder of releases cannot be read or written.
        NotValid: nothing is published, and the project cannot be.
    """
    given = {"project": project and Path(project), "data": data and Path(data), "timeout": timeout}
    known = {name: value for name, value in given.items() if value is not None}
    try:
        settings = Settings(**known, federate=",".join(federate))  # type: ignore[arg-type]
    except ValueError as error:
        raise BadRequest(f"the graph cannot be opened so: {error}") from error
    found = find_project(settings.project)
    shelf = Shelf(data_folder(settings, found))
    return Graph(shelf, shelf.current() or _first(found, shelf), settings)


def _first(project: Project, shelf: Shelf) -> Release:
    sys.stderr.write(f"clipgraph: nothing is published in {shelf.root} yet: publishing {project.root}\n")
    return publish(project, shelf, Origin("clipgraph.open", "first publish"), lambda _: None).release
