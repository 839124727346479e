"""The query library: SPARQL files with their metadata as ``#+ key: value`` comments.

The form is grlc's: a file stays valid SPARQL as it stands.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from clipgraph.errors import UnreadableFile

_LANGUAGE = re.compile(r'(?P<before>LANG\(\?(?P<variable>\w+)\)\s*=\s*)"en"', re.IGNORECASE)


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
        """Return the query as a reader is shown it, with labels in the reader's language.

        Of what it says about itself, only the title. Titles of sources stay as they are; a query with
        ``labels: en`` has some that are in English alone.
        """
        text = self.plain
        if self.metadata.get("labels") != "en":
            text = _LANGUAGE.sub(lambda match: _in(language, match, text), text)
        return f"# {self.title(language)}\n{text}\n"


def _in(language: str, match: re.Match[str], text: str) -> str:
    """Return a condition on the language of a variable, of a label in another one."""
    is_label = re.search(rf"(?:rdfs:label|skos:prefLabel)\s+\?{match['variable']}\b", text)
    return match["before"] + f'"{language if is_label else "en"}"'


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
