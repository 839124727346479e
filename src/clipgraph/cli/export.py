"""clipgraph export: what the service wrote, back into files."""

from typing import Annotated

import typer

from clipgraph.cli.options import DataOption, ProjectOption, open_project, open_settings
from clipgraph.cli.terminal import FINDINGS, FINE, complain, out
from clipgraph.errors import NotFound
from clipgraph.publishing.export import changed_live
from clipgraph.publishing.export import export as write


def export(
    project: ProjectOption = None,
    data: DataOption = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; list what would be written.")
    ] = False,
) -> None:
    """Write graphs that were changed through the service into the project's files.

    Only what changed is touched: comments and order stay. clipgraph publish then finds the files say what
    the service says. A graph whose IRI names no file of a project (…/graph/THEME/NAME) is left out.

    Exit codes: 0 fine, 1 a graph was left out, or with --check there is something to write.
    """
    folder, shelf = open_project(open_settings(project=project, data=data))
    release = shelf.current()
    if release is None:
        raise NotFound("nothing is published yet: run clipgraph publish")
    found = changed_live(folder, release)
    if not check:
        write(shelf, release, found)
    placed = [each for each in found if each.path is not None]
    for each in placed:
        what = "gone" if not each.triples else f"{each.triples} triples"
        out.print(f"{folder.name_of(each.path)}: {what}", markup=False)  # type: ignore[arg-type]
    left_out = [each for each in found if each.path is None]
    for each in left_out:
        complain(f"left out: <{each.graph}> names no file of a project; read it from /graphs instead")
    if not found:
        out.print("nothing was changed through the service")
    raise typer.Exit(FINDINGS if left_out or (check and placed) else FINE)
