"""clipgraph bench: what measurements need."""

from pathlib import Path
from typing import Annotated

import typer

from clipgraph.cli.options import ProjectOption, open_settings
from clipgraph.cli.terminal import out, progress
from clipgraph.generating.project import generate as generate_project
from clipgraph.sources.project import find_project

bench = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@bench.callback()
def main() -> None:
    """What measurements need: graphs of any size."""


@bench.command()
def generate(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to; new, or empty.")],
    triples: Annotated[
        int, typer.Option("--triples", "-n", min=1, max=10**9, help="How many triples the data have.")
    ] = 100_000,
    seed: Annotated[int, typer.Option("--seed", help="Another number gives another graph.")] = 1,
    project: ProjectOption = None,
) -> None:
    """Write a project with a made-up graph that fits ontology and shapes.

    The same number and seed give the same bytes. Names and texts are of no language, so that nothing reads as
    if a source said it. Then: clipgraph publish --project FOLDER --data DIR, and serve the same way.
    """
    folder_of = find_project(open_settings(project=project).project)
    with progress("generating") as tell:
        made = generate_project(folder_of, folder, triples, seed, tell)
    out.print(f"{made.triples} triples in {made.files} files below {folder}")
