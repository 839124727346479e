"""Reads docs/coverage-reasons.tsv: why a stretch of a source needs no place in the graph, as reviewed."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from clipgraph.errors import UnreadableFile
from clipgraph.evidence.passages import Document

COLUMNS = ("document", "start", "end", "reason")


class Reason(StrEnum):
    """The closed list: nothing else excuses a unit."""

    LETTERHEAD = "letterhead"
    CONTACT = "contact"
    LAYOUT = "layout"
    RHETORIC = "rhetoric without a claim"
    REPETITION = "repetition"
    ILLEGIBLE = "illegible"


@dataclass(frozen=True, slots=True)
class Excuse:
    """A stretch of a document, in code points, and the reason why its units need not be covered."""

    document: str
    start: int
    end: int
    reason: Reason
    line: int


def read_excuses(path: Path, documents: Iterable[Document], name: str = "") -> list[Excuse]:
    """Return the rows of the file; none where the file is not there.

    One row a stretch, tab-separated: document slug, start, end, reason; the first row names the columns,
    empty lines and those that begin with # are passed over.

    Raises:
        UnreadableFile: with the line that is not of this form, or names an unknown document or reason.
    """
    if not path.exists():
        return []
    name = name or str(path)
    slugs = {document.slug: document.iri for document in documents}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(name, str(getattr(error, "strerror", None) or error)) from error
    rows = [(number, line) for number, line in enumerate(lines, 1) if line.strip() and line[0] != "#"]
    if not rows or tuple(rows[0][1].split("\t")) != COLUMNS:
        raise UnreadableFile(
            name, f"the first row names the columns, tab-separated: {', '.join(COLUMNS)}", 1, 1
        )
    return [_excuse(name, number, line.split("\t"), slugs) for number, line in rows[1:]]


def _excuse(name: str, number: int, cells: list[str], slugs: dict[str, str]) -> Excuse:
    if len(cells) != len(COLUMNS):
        raise UnreadableFile(name, f"{len(cells)} columns instead of {len(COLUMNS)}", number, 1)
    slug, start, end, reason = (cell.strip() for cell in cells)
    if slug not in slugs:
        raise UnreadableFile(name, f"no document of the project is called {slug}", number, 1)
    if not (start.isdecimal() and end.isdecimal() and int(start) < int(end)):
        raise UnreadableFile(name, f"{start} to {end} is no stretch of a text", number, 1)
    if reason not in set(Reason):
        raise UnreadableFile(name, f"{reason!r} is no reason; there are: {', '.join(Reason)}", number, 1)
    return Excuse(slugs[slug], int(start), int(end), Reason(reason), number)
