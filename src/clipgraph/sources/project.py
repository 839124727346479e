"""Finds the project: the folder that holds ontology/, shapes/, data/ and queries/."""

from dataclasses import dataclass
from pathlib import Path

import clipgraph
from clipgraph.errors import Unavailable

FOLDERS = ("ontology", "shapes", "data", "queries")
_PACKAGE = Path(clipgraph.__file__).resolve().parent


@dataclass(frozen=True)
class Project:
    """A project folder; ``checkout`` is false for the copy that the wheel carries."""

    root: Path
    checkout: bool = True

    @property
    def queries(self) -> Path:
        """The query library."""
        return self.root / "queries"

    def name_of(self, path: Path) -> str:
        """Return a file's name as a maintainer would type it: relative to the project where it lies in it."""
        resolved = path.resolve()
        root = self.root.resolve()
        return str(resolved.relative_to(root)) if resolved.is_relative_to(root) else str(path)


def find_project(explicit: Path | None = None, start: Path | None = None) -> Project:
    """Return the project to work on.

    Args:
        explicit: the folder that the user named; anything goes there, even an empty folder.
        start: where to look else, the current folder by default: it or a folder above it that has
            ontology/, shapes/ and data/; then the copy inside the installed package.

    Raises:
        Unavailable: the named folder does not exist, or there is none at all.
    """
    if explicit is not None:
        if not explicit.is_dir():
            raise Unavailable(f"--project {explicit}: there is no such folder")
        return Project(explicit)
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if all((folder / name).is_dir() for name in FOLDERS[:3]):
            return Project(folder)
    own = own_project()
    if own is None:
        raise Unavailable(f"no project found in {here} or above: name one with --project DIR")
    return own


def own_project() -> Project | None:
    """Return the project that came with this package: its copy in the wheel, else the checkout around it."""
    packaged = _PACKAGE / "project"
    if packaged.is_dir():
        return Project(packaged, checkout=False)
    source = _PACKAGE.parents[1]
    return Project(source) if (source / "ontology").is_dir() else None
