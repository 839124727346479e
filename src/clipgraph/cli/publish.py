"""clipgraph publish: files become the current release."""

import getpass
from collections.abc import Callable
from typing import Annotated

import typer

from clipgraph.cli.options import DataOption, ProjectOption, open_project, open_settings
from clipgraph.cli.terminal import FINDINGS, complain, err, out, progress
from clipgraph.publishing.publish import NotPublished, Published
from clipgraph.publishing.publish import publish as publish_project
from clipgraph.releases.commit import Origin
from clipgraph.releases.shelf import Shelf
from clipgraph.sources.project import Project
from clipgraph.validation.text import print_text


def publish(
    project: ProjectOption = None,
    data: DataOption = None,
    message: Annotated[
        str, typer.Option("--message", "-m", help="Why; recorded in the release.")
    ] = "publish",
) -> None:
    """Read, validate and commit the project's files as a new immutable release.

    A file that is broken or breaks a shape stops it, and the release before serves on. A running service
    answers from the new release at once.
    """
    folder, shelf = open_project(open_settings(project=project, data=data))
    with progress("publishing") as tell:
        published = publish_or_exit(folder, shelf, message, tell)
    release = published.release
    state = "is current now" if published.new else "is current already: the files say nothing new"
    out.print(
        f"release {release.number} {state}: {release.triples} triples, {len(release.graphs)} named graphs"
    )
    out.print(f"in {shelf.root}", style="dim")


def publish_or_exit(project: Project, shelf: Shelf, message: str, tell: Callable[[str], None]) -> Published:
    """Publish; where findings block, show them and exit with 1."""
    try:
        return publish_project(project, shelf, Origin(_author(), message), tell)
    except NotPublished as error:
        print_text(error.report, err, "en")
        complain(str(error))
        raise typer.Exit(FINDINGS) from None


def _author() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user need not have a name
        return "unknown"
