"""Which file is which named graph, and which of them the default graph merges (design: datasets)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from clipgraph.errors import InputError
from clipgraph.rdf.prefixes import BASE
from clipgraph.rdf.reading import Statement, read_turtle
from clipgraph.sources.project import Project

GRAPHS = BASE + "graph/"
# Shapes for one purpose alone: asked for by name, never part of the project's graphs.
PROFILES = Path("shapes", "profile")
_NAME = re.compile(r"[\w.~-]+")
INFERENCES = GRAPHS + "inferences/rules"
DESCRIPTIONS = GRAPHS + "description/"
# What is said of the dataset by hand, and what each publish makes of that and of the release.
SAID_OF_DATASET = DESCRIPTIONS + "dataset"
VOID_GRAPH, SERVICE_GRAPH = DESCRIPTIONS + "void", DESCRIPTIONS + "service"
CATALOGUE_GRAPH, EXAMPLES_GRAPH = DESCRIPTIONS + "catalog", DESCRIPTIONS + "examples"
MADE_DESCRIPTIONS = (VOID_GRAPH, SERVICE_GRAPH, CATALOGUE_GRAPH, EXAMPLES_GRAPH)
# What follows from the other graphs; the empty name is the default graph's.
DERIVED = frozenset(("", INFERENCES, *MADE_DESCRIPTIONS))


class Role(StrEnum):
    """What a named graph is for."""

    ONTOLOGY = "ontology"
    SHAPES = "shapes"
    DATA = "data"
    EVIDENCE = "evidence"
    INFERENCES = "inferences"
    DESCRIPTION = "description"

    @property
    def merged(self) -> bool:
        """Whether the default graph holds this graph's triples: shapes, evidence, descriptions stay named."""
        return self not in (Role.SHAPES, Role.EVIDENCE, Role.DESCRIPTION)


# The folder that a graph is named by says its role; every other folder holds data.
_ROLES = {
    "ontology": Role.ONTOLOGY,
    "schemes": Role.ONTOLOGY,
    "alignments": Role.ONTOLOGY,
    "shapes": Role.SHAPES,
    "evidence": Role.EVIDENCE,
    "inferences": Role.INFERENCES,
    "description": Role.DESCRIPTION,
}


def role_of(iri: str) -> Role:
    """Return what the named graph with this IRI is for; one that is not named as ours are holds data."""
    theme = iri.removeprefix(GRAPHS).split("/", 1)[0] if iri.startswith(GRAPHS) else ""
    return _ROLES.get(theme, Role.DATA)


@dataclass(frozen=True)
class GraphFile:
    """A Turtle file of the project and the named graph that it is."""

    path: Path
    name: str
    iri: str
    role: Role

    def statements(self) -> Iterator[Statement]:
        """Yield the file's statements; raises UnreadableFile with the position."""
        return read_turtle(self.path, self.name)


_ALLOWED = {
    "ontology": {Role.ONTOLOGY},
    "shapes": {Role.SHAPES},
    "data": {Role.DATA, Role.EVIDENCE, Role.DESCRIPTION},
}


def graph_files(project: Project) -> list[GraphFile]:
    """Return every Turtle file of the project, sorted by graph IRI.

    Raises:
        InputError: two files would be the same named graph, or a name cannot be part of an IRI.
    """
    found: dict[str, GraphFile] = {}
    for folder in ("ontology", "shapes", "data"):
        for path in sorted((project.root / folder).rglob("*.ttl")):
            if path.parent == project.root / PROFILES:
                continue
            file = _graph_file(project, path, folder)
            if file.iri in found:
                raise InputError(
                    f"{file.name} and {found[file.iri].name} would be the same named graph <{file.iri}>: "
                    "rename one (a graph is named by its file and the folder it lies in)"
                )
            found[file.iri] = file
    return sorted(found.values(), key=lambda file: file.iri)


def profile_files(project: Project) -> dict[str, GraphFile]:
    """Return the files of the profiles' shapes, by the name of the profile."""
    paths = sorted((project.root / PROFILES).glob("*.ttl"))
    return {
        path.stem: GraphFile(path, project.name_of(path), f"{GRAPHS}shapes/profile-{path.stem}", Role.SHAPES)
        for path in paths
    }


def profile_file(project: Project, profile: str) -> GraphFile:
    """Return the file of a profile's shapes.

    Raises:
        InputError: there is no such profile; the message names those there are.
    """
    known = profile_files(project)
    if profile not in known:
        raise InputError(f"there is no profile {profile!r}; known: {', '.join(known) or 'none'}")
    return known[profile]


def _graph_file(project: Project, path: Path, folder: str) -> GraphFile:
    name = project.name_of(path)
    if not (_NAME.fullmatch(path.parent.name) and _NAME.fullmatch(path.stem)):
        raise InputError(
            f"{name}: a graph is named by its file and folder; use letters, digits, - . _ in both"
        )
    # All below data/evidence/ is evidence, so its graphs are named by that folder.
    evidence = folder == "data" and path.relative_to(project.root / folder).parts[0] == "evidence"
    iri = f"{GRAPHS}{'evidence' if evidence else path.parent.name}/{path.stem}"
    if role_of(iri) not in _ALLOWED[folder]:
        raise InputError(
            f"{name}: no folder of {folder}/ may be named {path.parent.name}, which names other graphs"
        )
    if iri in MADE_DESCRIPTIONS:
        raise InputError(f"{name}: each publish makes this graph itself; say it in another file beside")
    return GraphFile(path, name, iri, role_of(iri))
