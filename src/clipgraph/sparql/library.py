"""The query library: SPARQL files with their metadata as ``#+ key: value`` comments.

The form is grlc's: a file stays valid SPARQL as it stands.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from clipgraph.errors import UnreadableFile


@dataclass(frozen=True)
class LibraryQuery:
    """A query of the library.

    ``name`` is its path below queries/ without extension (``competency/cq11-members``);
    ``metadata`` holds the ``#+`` lines, title and description among them.
    """

    name: str
    text: str
    metadata: dict[str, str]

    def title(self, language: str = "en") -> str:
        """Return the title in the language, else in English, else the name."""
        return self.metadata.get(f"title-{language}") or self.metadata.get("title") or self.name

    @property
    def plain(self) -> str:
        """The query without what it says about itself."""
        return "\n".join(line for line in self.text.splitlines() if not line.startswith("#+")).strip()

    def asked(self, language: str = "en") -> str:
        """Return the query as a reader is shown it: of what it says about itself, only the title."""
        return f"# {self.title(language)}\n{self.plain}\n"


def read_query(path: Path, name: str) -> LibraryQuery:
    """Read one query file; raises UnreadableFile where it cannot be read as UTF-8."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(str(path), str(error)) from error
    metadata = {}
    for line in text.splitlines():
        if line.startswith("#+") and ":" in line:
            key, value = line[2:].split(":", 1)
            metadata[key.strip()] = value.strip()
    return LibraryQuery(name, text, metadata)


def read_library(folder: Path, theme: str = "") -> list[LibraryQuery]:
    """Return the queries below ``folder/theme``, sorted by name; an absent folder has none."""
    files = sorted((folder / theme).rglob("*.rq"))
    return [read_query(path, path.relative_to(folder).with_suffix("").as_posix()) for path in files]


def rules_digest(rules: Iterable[LibraryQuery]) -> str:
    """Return what tells one set of rules from another: the SHA-256 of their texts."""
    return hashlib.sha256("\0".join(rule.text for rule in rules).encode()).hexdigest()
