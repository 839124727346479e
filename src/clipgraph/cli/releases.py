"""clipgraph releases: what there is, what changed, going back, taking old ones away."""

import json
from collections import defaultdict
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated, Any

import typer

from clipgraph.cli.differences import difference_lines
from clipgraph.cli.options import DataOption, ProjectOption, open_project, open_settings
from clipgraph.cli.publish import author
from clipgraph.cli.terminal import FINDINGS, out
from clipgraph.errors import NotFound
from clipgraph.rdf.terms import NamedNode
from clipgraph.releases.change import Change
from clipgraph.releases.commit import Origin
from clipgraph.releases.history import releases as kept_releases
from clipgraph.releases.history import rollback as roll_back
from clipgraph.releases.history import stated_difference
from clipgraph.releases.release import Release
from clipgraph.releases.retention import prune as take_away
from clipgraph.releases.shelf import Shelf
from clipgraph.sparql.library import read_library

releases = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""List, show and compare releases, go back to one, take old ones away.

    Numbers only rise: going back to a release makes a new one with its content.""",
)


class Form(StrEnum):
    """How a command prints."""

    TEXT = "text"
    JSON = "json"


FormOption = Annotated[Form, typer.Option("--format", help="text, or json for programs.")]
NumberArgument = Annotated[int, typer.Argument(metavar="NUMBER", help="The number of a release.")]


def _shelf(project: ProjectOption, data: DataOption) -> Shelf:
    return open_project(open_settings(project=project, data=data))[1]


def _current(shelf: Shelf) -> Release:
    current = shelf.current()
    if current is None:
        raise NotFound("nothing is published yet: run clipgraph publish")
    return current


@releases.command("list")
def list_(form: FormOption = Form.TEXT, project: ProjectOption = None, data: DataOption = None) -> None:
    """List the kept releases, newest first."""
    shelf = _shelf(project, data)
    current = shelf.current_number()
    found = sorted(kept_releases(shelf), key=lambda release: -release.number)
    if form is Form.JSON:
        print(json.dumps([_summary(each) | {"current": each.number == current} for each in found], indent=1))
        return
    if not found:
        out.print("nothing is published yet")
    for each in found:
        mark = "*" if each.number == current else " "
        size = f"{each.triples:>9} triples"
        out.print(
            f"{mark} {each.number:>5}  {each.created}  {size}  {each.author}: {each.message}", markup=False
        )


def _summary(release: Release) -> dict[str, Any]:
    return {name: value for name, value in asdict(release).items() if name != "graphs"}


@releases.command()
def show(
    number: NumberArgument,
    form: FormOption = Form.TEXT,
    project: ProjectOption = None,
    data: DataOption = None,
) -> None:
    """Show a release and its named graphs."""
    release = _shelf(project, data).read(number)
    if form is Form.JSON:
        print(release.to_json(), end="")
        return
    out.print(
        f"release {release.number} of {release.created} by {release.author}: {release.message}", markup=False
    )
    made = f"made of release {release.parent}" if release.parent else "the first"
    out.print(f"{made}; {release.triples} triples in the default graph ({release.default_graph})")
    for iri, record in release.graphs.items():
        live = "  changed live" if record.changed_live else ""
        out.print(f"{record.triples:>9}  {record.role:<10}  {record.owner:<7}  {iri}{live}", markup=False)


@releases.command()
def diff(
    before: NumberArgument,
    after: Annotated[int | None, typer.Argument(help="Another. Default: the current one.")] = None,
    most: Annotated[int, typer.Option(min=0, help="Most triples shown of a graph; 0 for all.")] = 20,
    form: FormOption = Form.TEXT,
    project: ProjectOption = None,
    data: DataOption = None,
) -> None:
    """Show what is stated differently in two releases, graph by graph.

    What the rules infer is left out. Exit codes: 0 they say the same, 1 they differ.
    """
    shelf = _shelf(project, data)
    change = stated_difference(shelf, before, after if after is not None else _current(shelf).number)
    by_graph = _by_graph(change)
    if form is Form.JSON:
        told = {
            graph: {
                "removed": [str(quad.triple) for quad in each.removed],
                "added": [str(quad.triple) for quad in each.added],
            }
            for graph, each in by_graph.items()
        }
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        for graph, each in by_graph.items():
            for line in difference_lines(graph, each, most or None):
                out.print(line, markup=False)
    raise typer.Exit(FINDINGS if change else 0)


def _by_graph(change: Change) -> dict[str, Change]:
    """Return the Change of each graph, by its IRI; empty for the default graph."""
    sides: defaultdict[str, tuple[list[Any], list[Any]]] = defaultdict(lambda: ([], []))
    for side, quads in enumerate((change.added, change.removed)):
        for quad in quads:
            name = quad.graph_name
            sides[name.value if isinstance(name, NamedNode) else ""][side].append(quad)
    return {graph: Change(tuple(added), tuple(removed)) for graph, (added, removed) in sorted(sides.items())}


@releases.command()
def rollback(
    number: NumberArgument,
    message: Annotated[str, typer.Option("--message", "-m", help="Why; recorded in the release.")] = "",
    project: ProjectOption = None,
    data: DataOption = None,
) -> None:
    """Go back to the content of a release, by a new one. A running service answers from it at once."""
    settings = open_settings(project=project, data=data)
    folder, shelf = open_project(settings)
    rules = read_library(folder.queries, "rules") if settings.rules != "none" else []
    origin = Origin(author(settings), message or f"back to release {number}")
    made = roll_back(shelf, number, rules, origin)
    out.print(f"release {made.number} is current now: {made.triples} triples, as release {number}")


@releases.command()
def prune(
    keep: Annotated[
        int | None, typer.Option(min=1, help="Keep the last so many, and no others. Default: see below.")
    ] = None,
    project: ProjectOption = None,
    data: DataOption = None,
) -> None:
    """Take old releases away, never the current one.

    Without --keep, what every commit keeps: the last fifty, one of each of the last 30 days, one of each
    month.
    """
    shelf = _shelf(project, data)
    shelf.prepare()
    with shelf.lock():
        gone = take_away(shelf, keep=keep)
    out.print(f"taken away: {', '.join(map(str, gone)) or 'none'}; kept: {len(shelf.numbers())}")
