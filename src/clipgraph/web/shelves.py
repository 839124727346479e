"""What the pages about the graph itself are made of."""

from dataclasses import dataclass, field

from clipgraph.errors import InputError
from clipgraph.evidence.coverage_page import Told, read_page
from clipgraph.pages.profiles import Profiles
from clipgraph.pages.vocabulary import Vocabularies
from clipgraph.releases.archive import Archive
from clipgraph.sources.graphs import graph_files
from clipgraph.sources.project import Project

COVERAGE = "docs/coverage.md"


@dataclass(frozen=True)
class Shelves:
    """What pages about releases are made of: their records, the vocabularies of some, and the project."""

    archive: Archive
    vocabularies: Vocabularies
    project: Project
    profiles: Profiles
    files: dict[int, dict[str, str]] = field(default_factory=dict)

    def file_of(self, iri: str, release: int) -> str:
        """Return the name of the file that is a named graph, empty where the project has none.

        The folders are looked through once for each release.
        """
        if release not in self.files:
            self.files.clear()
            self.files[release] = self._names()
        return self.files[release].get(iri, "")

    def _names(self) -> dict[str, str]:
        try:
            return {file.iri: file.name for file in graph_files(self.project)}
        except InputError:  # its files are being worked on
            return {}

    def coverage(self) -> list[Told]:
        """Return what the project says of how much of its sources the graph covers."""
        try:
            return read_page((self.project.root / COVERAGE).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError):
            return []
