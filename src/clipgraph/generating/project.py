"""A folder with a generated graph that every command takes for a project."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from clipgraph.errors import BadRequest
from clipgraph.generating.codes import read_codes, undeclared_lists
from clipgraph.generating.graph import Graph
from clipgraph.rdf.prefixes import BASE, PREFIXES
from clipgraph.sources.project import Project

_TRIPLES_PER_FILE = 100_000
_COPIED = ("ontology", "shapes", "queries")
_USED = ("adms", "clip", "cv", "dct", "oa", "org", "prov", "rdfs", "skos", "time", "xsd")
_STATISTICS = ("sdmx-attribute", "sdmx-measure")


@dataclass(frozen=True)
class Made:
    """What was made: triples, those of the evidence included, and files."""

    triples: int
    files: int


def generate(project: Project, folder: Path, triples: int, seed: int, tell: Callable[[str], None]) -> Made:
    """Write a project with a graph of at least so many triples, and of a few hundred more at most.

    The same project, number and seed give the same bytes. Ontology, code lists, shapes and queries are copies
    of the project's; the data say nothing of the world.

    Args:
        project: whose ontology and shapes the graph fits.
        folder: must not exist yet, or be empty.
        triples: of data/, evidence included.
        seed: another one gives another graph.
        tell: is told how far it is.

    Raises:
        BadRequest: the folder holds something.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadRequest(f"{folder} holds something already: name a folder that is new or empty")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".generating-", dir=folder.parent) as draft:
        root = Path(draft) / "project"
        for name in _COPIED:
            shutil.copytree(project.root / name, root / name)
        lists = undeclared_lists(project)
        made = _Files(root / "data", tell, triples).write(Graph(read_codes(project), lists, seed))
        if folder.exists():
            folder.rmdir()
        root.rename(folder)
    return made


class _Files:
    """Writes a graph as pairs of files: what is said, and the passages that it is said by."""

    def __init__(self, root: Path, tell: Callable[[str], None], triples: int) -> None:
        self._root, self._tell, self._wanted = root, tell, triples
        (root / "generated").mkdir(parents=True)
        (root / "evidence").mkdir()

    def write(self, graph: Graph) -> Made:
        written = files = 0
        while written < self._wanted:
            files += 1
            name = f"part-{files:04}.ttl"
            with (
                (self._root / "generated" / name).open("w", encoding="utf-8") as said,
                (self._root / "evidence" / name).open("w", encoding="utf-8") as evidence,
            ):
                said.write(_head("Generated data: they say nothing of the world."))
                evidence.write(_head("Generated passages of documents that do not exist."))
                most = min(self._wanted, written + _TRIPLES_PER_FILE)
                while written < most:
                    for each, is_evidence in graph.step():
                        (evidence if is_evidence else said).write(each.text)
                        written += each.triples
            self._tell(f"{written:,} of {self._wanted:,} triples")
        return Made(written, 2 * files)


def _head(comment: str) -> str:
    names = (*_USED, *_STATISTICS)
    lines = [f"@prefix {name}: <{PREFIXES[name]}> ." for name in names]
    return "\n".join((f"# {comment}", f"@base <{BASE}id/> .", *lines, "", ""))
