"""clipgraph publish: files become the current release."""

import getpass
from collections.abc import Callable, Mapping
from typing import Annotated, Literal

import typer

from clipgraph.cli.differences import difference_lines
from clipgraph.cli.options import (
    DataOption,
    DefaultGraphOption,
    ProjectOption,
    RulesOption,
    ShapesOption,
    open_project,
    open_settings,
)
from clipgraph.cli.push import push
from clipgraph.cli.terminal import FINDINGS, complain, err, out, progress
from clipgraph.errors import BadRequest
from clipgraph.publishing.publish import LiveChanges, NotPublished, Published, Terms
from clipgraph.publishing.publish import publish as publish_project
from clipgraph.releases.commit import Origin
from clipgraph.releases.shelf import Shelf
from clipgraph.settings import Settings
from clipgraph.sources.project import Project
from clipgraph.validation.text import print_text

_ToOption = Annotated[
    str | None,
    typer.Option(
        "--to",
        metavar="URL",
        help="Then push the release to the engine with this SPARQL endpoint. Who asks it is set as "
        "CLIPGRAPH_ENGINE_USER and so on (docs/engines.md).",
    ),
]
_ToUpdateOption = Annotated[
    str | None,
    typer.Option("--to-update", metavar="URL", help="Where it takes updates. Default: the same URL."),
]
_ToGraphsOption = Annotated[
    str | None,
    typer.Option("--to-graphs", metavar="URL", help="Its Graph Store. Default: none, updates alone."),
]
_ToMergeOption = Annotated[
    Literal["default", "named"] | None,
    typer.Option(
        "--to-merge",
        help="Where it keeps the merge: in a named graph, or in its default graph. Default: named.",
    ),
]


def publish(
    project: ProjectOption = None,
    data: DataOption = None,
    message: Annotated[
        str, typer.Option("--message", "-m", help="Why; recorded in the release.")
    ] = "publish",
    shapes: ShapesOption = None,
    rules: RulesOption = None,
    default_graph: DefaultGraphOption = None,
    discard: Annotated[
        bool,
        typer.Option(
            "--discard-live-changes", help="Let the files win over what the service changed of them."
        ),
    ] = False,
    to: _ToOption = None,
    to_update: _ToUpdateOption = None,
    to_graphs: _ToGraphsOption = None,
    to_merge: _ToMergeOption = None,
) -> None:
    """Read, validate and commit the project's files as a new immutable release.

    A file that is broken or breaks a shape stops it, and the release before serves on. A running service
    answers from the new release at once. With --to, an engine elsewhere gets what differs from what it has.
    """
    _must_go_somewhere(to, {"update": to_update, "graphs": to_graphs, "merge": to_merge})
    settings = open_settings(
        project=project,
        data=data,
        shapes=shapes,
        rules=rules,
        default_graph=default_graph,
        engine=to,
        engine_update=to_update,
        engine_graphs=to_graphs,
        engine_merge=to_merge,
    )
    folder, shelf = open_project(settings)
    origin = Origin(author(settings), message)
    with progress("publishing") as tell:
        published = publish_or_exit(folder, shelf, origin, tell, terms_of(settings, discard=discard))
    release = published.release
    state = "is current now" if published.new else "is current already: the files say nothing new"
    out.print(
        f"release {release.number} {state}: {release.triples} triples, {len(release.graphs)} named graphs"
    )
    out.print(f"in {shelf.root}", style="dim")
    if to:
        push(settings, shelf, release)


def _must_go_somewhere(to: str | None, beside: Mapping[str, str | None]) -> None:
    """Raise BadRequest where there are options of a push and no engine: nobody would be told that none is."""
    given = [f"--to-{name}" for name, value in beside.items() if value is not None]
    if to == "" or (to is None and given):
        raise BadRequest(f"{'--to' if to == '' else given[0]} names no engine to push to: give --to URL")


def terms_of(settings: Settings, *, discard: bool = False) -> Terms:
    """Return how to publish by the settings."""
    return Terms(settings.shapes != "none", settings.rules != "none", settings.default_graph, discard)


def publish_or_exit(
    project: Project, shelf: Shelf, origin: Origin, tell: Callable[[str], None], terms: Terms
) -> Published:
    """Publish; where something stands against it, show that and exit with 1."""
    try:
        return publish_project(project, shelf, origin, tell, terms)
    except NotPublished as error:
        print_text(error.report, err, "en")
        complain(str(error))
    except LiveChanges as error:
        for conflict in error.conflicts:
            for line in difference_lines(conflict.graph, conflict.change):
                err.print(line, markup=False)
        complain(str(error))
    raise typer.Exit(FINDINGS) from None


def author(settings: Settings) -> str:
    """Return who is at the command line, for the history."""
    if settings.author:
        return settings.author
    try:
        account = getpass.getuser()
    except (KeyError, OSError):  # a container's user need not have a name
        account = ""
    return account if account not in ("", "root") else "unknown"
