"""Writes what the service changed back into the project's files."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from clipgraph.errors import Unavailable
from clipgraph.rdf.revising import revised
from clipgraph.rdf.terms import NamedNode, Store
from clipgraph.rdf.tidying import tidied
from clipgraph.releases.history import open_release
from clipgraph.releases.release import FILES, Release
from clipgraph.releases.shelf import Shelf
from clipgraph.sources.graphs import DERIVED, GRAPHS, Role, graph_files, role_of
from clipgraph.sources.project import Project


@dataclass(frozen=True)
class Export:
    """A graph that was written through the service.

    ``path`` is its file in the project, None where its IRI names none; ``triples`` is how many it has now,
    0 where its file has to go.
    """

    graph: str
    path: Path | None
    triples: int


def changed_live(project: Project, release: Release) -> list[Export]:
    """Return the graphs of a release that differ from what was last published from files, sorted by IRI."""
    files = {file.iri: file.path for file in graph_files(project)}
    return [
        Export(iri, files.get(iri) or _place(project, iri), record.triples)
        for iri, record in release.graphs.items()
        if iri not in DERIVED and (record.owner != FILES or record.changed_live)
    ]


def _place(project: Project, iri: str) -> Path | None:
    """Return where the file of a new graph belongs, None where its IRI is not one of a file."""
    theme, _, name = iri.removeprefix(GRAPHS).partition("/")
    if not iri.startswith(GRAPHS) or not theme or not name or "/" in name:
        return None
    folder = {
        Role.DATA: f"data/{theme}",
        Role.EVIDENCE: "data/evidence",
        Role.DESCRIPTION: "data/description",
        Role.SHAPES: "shapes",
    }
    if role_of(iri) is Role.ONTOLOGY:
        return project.root / "ontology" / ("" if theme == "ontology" else theme) / f"{name}.ttl"
    return project.root / folder[role_of(iri)] / f"{name}.ttl" if role_of(iri) in folder else None


def export(shelf: Shelf, release: Release, exports: list[Export]) -> None:
    """Write the graphs that have a place into their files; a graph without triples takes its file away.

    All are made before the first is written, so that one that cannot be made leaves the others as they are.

    Raises:
        Unavailable: a file cannot be written.
        UnreadableFile: a file that is there is not Turtle.
        EngineFailed: a graph holds what cannot be written as tidy Turtle.
    """
    store = open_release(shelf, release.number)
    made = {each.path: _text(store, each, each.path) for each in exports if each.path is not None}
    for path, text in made.items():
        try:
            if text:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            else:
                path.unlink(missing_ok=True)
        except OSError as error:
            raise Unavailable(f"{path}: {error.strerror or error}") from error


def _text(store: Store, each: Export, path: Path) -> str:
    """Return what the file of a graph has to hold, nothing where it has to go."""
    if not each.triples:
        return ""
    before = tidied(path).after if path.exists() else ""
    wanted = [q.triple for q in store.quads_for_pattern(None, None, None, NamedNode(each.graph))]
    with TemporaryDirectory() as folder:
        draft = Path(folder) / path.name
        draft.write_text(revised(before, wanted), encoding="utf-8")
        return tidied(draft, path.name).after
