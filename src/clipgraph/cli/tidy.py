"""``clipgraph tidy``: Turtle files in the one form that makes small differences."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from clipgraph.cli.options import ProjectOption, open_settings
from clipgraph.cli.terminal import CANNOT, FINDINGS, FINE, complain, progress
from clipgraph.errors import ClipgraphError
from clipgraph.rdf.tidying import tidied
from clipgraph.rdf.tidying import tidy as tidy_file
from clipgraph.sources.project import FOLDERS, Project, find_project


def tidy(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Turtle files, or folders of them; without any, the project's.", show_default=False
        ),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Change nothing; list what is not tidy.")] = False,
    project: ProjectOption = None,
) -> None:
    """Bring Turtle files into one form; what they say stays the same, comments too.

    Exit codes: 0 fine, 1 with --check where a file is not tidy, 2 a file cannot be read.
    """
    root = find_project(open_settings(project=project).project)
    paths = _turtle(files or [root.root / name for name in FOLDERS[:3]])
    with progress("tidying"):
        outcomes = [_outcome(path, root, check=check) for path in paths]
    if None in outcomes:
        raise typer.Exit(CANNOT)
    raise typer.Exit(FINDINGS if check and any(outcomes) else FINE)


def _turtle(given: Iterable[Path]) -> Iterator[Path]:
    for path in given:
        yield from sorted(path.rglob("*.ttl")) if path.is_dir() else (path,)


def _outcome(path: Path, root: Project, *, check: bool) -> bool | None:
    """Tidy a file or look whether it is tidy; return whether there was something to do, None for an error."""
    name = root.name_of(path)
    try:
        untidy = not tidied(path, name).is_tidy if check else tidy_file(path, name)
    except ClipgraphError as error:
        complain(str(error))
        return None
    if untidy:
        typer.echo(f"{name}: {'not tidy' if check else 'tidied'}")
    return untidy
