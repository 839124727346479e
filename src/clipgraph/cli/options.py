"""The options that several commands share."""

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from clipgraph.releases.shelf import Shelf
from clipgraph.settings import Settings, data_folder
from clipgraph.sources.project import Project, find_project

ProjectOption = Annotated[
    Path | None,
    typer.Option(
        "--project",
        metavar="DIR",
        help="Folder with ontology/, shapes/, data/ and queries/. Default: the checkout you are in, else the "
        "graph that came with clipgraph.",
    ),
]
DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="DIR",
        help="Folder of releases. Default: var/ in the checkout, else ~/.local/share/clipgraph.",
    ),
]
ShapesOption = Annotated[
    Literal["project", "none"] | None,
    typer.Option(help="none: what is written need not keep to the shapes. Default: project."),
]
RulesOption = Annotated[
    Literal["project", "none"] | None,
    typer.Option(help="none: nothing is inferred. Default: project."),
]
DefaultGraphOption = Annotated[
    Literal["merged", "own"] | None,
    typer.Option(
        help="merged: the default graph is the merge of the published graphs. own: a graph like any other, "
        "for a folder of releases that began so. Default: merged."
    ),
]
FederateOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="IRI|eu",
        help="An endpoint that SERVICE may ask, by its exact IRI; or eu: those of the Publications Office, "
        "data.europa.eu and Wikidata; may be given several times. Default: none.",
    ),
]


def open_settings(**flags: Any) -> Settings:  # noqa: ANN401
    """Return the settings: flags that were given win over CLIPGRAPH_* variables, these over defaults."""
    return Settings(**{name: value for name, value in flags.items() if value is not None})


def open_project(settings: Settings) -> tuple[Project, Shelf]:
    """Return the project and the releases that the settings name."""
    project = find_project(settings.project)
    return project, Shelf(data_folder(settings, project))
