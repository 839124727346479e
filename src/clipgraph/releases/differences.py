"""What differs between two releases, as a derived file that is made once and read in pages.

``DATA/derived/differences/<before>-<after>/`` holds ``index.json`` (a DifferenceIndex) and
``statements.jsonl``, one removed or added statement a line, sorted by subject, so that what is said of one
subject is found without reading the rest. Releases never change, so neither does what differs between two.
"""

import gzip
import json
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from clipgraph.errors import NotFound, Unavailable
from clipgraph.rdf.reading import read_quad
from clipgraph.rdf.terms import Literal, NamedNode, Node, Quad, Triple
from clipgraph.releases.history import stated_difference
from clipgraph.releases.shelf import Shelf
from clipgraph.releases.sorting import sorted_lines

PAGE = 100
NOTHING = 0  # the number of what there is before the first release
_KEPT = 200
_HOUR = 3600
_MOST_TEXT = 2000
_FORM = 2  # of these files; those of another form are made again
_STATEMENTS, _INDEX = "statements.jsonl", "index.json"


@dataclass(frozen=True)
class GraphDifference:
    """How many statements of a named graph differ."""

    graph: str
    added: int
    removed: int


@dataclass(frozen=True)
class DifferenceIndex:
    """The counts of a difference, by graph, and where in the file each page of ``PAGE`` statements begins."""

    before: int
    after: int
    added: int
    removed: int
    graphs: list[GraphDifference]
    offsets: list[int]


@dataclass(frozen=True)
class Statement:
    """A statement of a difference: a term is what SPARQL results in JSON say of it, cut where very long.

    The order of the fields is that of the file: by subject, property and value, the removed before the added.
    """

    subject: dict[str, str]
    property: str
    added: bool
    value: dict[str, str]
    graph: str


def difference_folder(shelf: Shelf, before: int, after: int) -> Path:
    """Return where the difference between two releases is kept."""
    return shelf.root / "derived" / "differences" / f"{before}-{after}"


def statements_file(folder: Path) -> Path:
    """Return the file of a difference's statements, one a line."""
    return folder / _STATEMENTS


def read_index(folder: Path) -> DifferenceIndex | None:
    """Return the index of a kept difference, None where it is not there or cannot be read."""
    try:
        content: dict[str, Any] = json.loads((folder / _INDEX).read_text(encoding="utf-8"))
        if content.pop("form", None) != _FORM:
            return None
        graphs = [GraphDifference(**graph) for graph in content.pop("graphs")]
        return DifferenceIndex(**content, graphs=graphs)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def read_statements(folder: Path, index: DifferenceIndex, page: int) -> list[Statement]:
    """Return one page of statements, the first is 0; costs as much as it returns.

    Raises:
        NotFound: there is no such page.
        Unavailable: the file cannot be read.
    """
    if not 0 <= page < len(index.offsets):
        raise NotFound.worded(
            "there is no page %(page)s: the last is %(last)s", page=page + 1, last=len(index.offsets)
        )
    try:
        with statements_file(folder).open("rb") as file:
            file.seek(index.offsets[page])
            lines = [line for _, line in zip(range(PAGE), file, strict=False)]
        return [Statement(**json.loads(line)) for line in lines]
    except (OSError, ValueError, TypeError) as error:
        raise Unavailable(f"the difference cannot be read: {error}") from error


def make_difference(shelf: Shelf, before: int, after: int) -> Path:
    """Write the difference between two releases and return its folder; takes time linear in what is compared.

    Between a release and its parent, its own patch is read instead.

    Raises:
        NotFound, Unavailable: a release is not kept, or the file cannot be written.
    """
    target = difference_folder(shelf, before, after)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=target.parent))
        try:
            _write(made, before, after, _quads(shelf, before, after))
            made.chmod(0o755)
            if read_index(target) is None:  # else somebody made the same meanwhile
                shutil.rmtree(target, ignore_errors=True)
                made.rename(target)
        finally:
            shutil.rmtree(made, ignore_errors=True)
        _prune(target.parent)
    except OSError as error:
        raise Unavailable(f"the difference cannot be kept: {error}") from error
    return target


def _quads(shelf: Shelf, before: int, after: int) -> Iterable[tuple[bool, Quad]]:
    """Yield the quads that differ, those removed first, with whether they were added."""
    release = shelf.read(after)
    patch = shelf.patch_path(after)
    if before == (release.parent or NOTHING) and patch.exists():
        yield from patched(patch)
        return
    if before == NOTHING:
        raise NotFound("only the first release is compared with nothing")
    change = stated_difference(shelf, before, after)
    yield from ((False, quad) for quad in change.removed)
    yield from ((True, quad) for quad in change.added)


def patched(path: Path) -> Iterator[tuple[bool, Quad]]:
    """Yield the quads of a release's patch, each with whether it was added."""
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            if line.startswith(("A ", "D ")):
                yield line.startswith("A "), read_quad(_as_n_quads(line[2:]))


def _as_n_quads(line: str) -> str:
    """Return a line of a patch as N-Quads, which have no word for the default graph."""
    default = " DEFAULT .\n"
    return line.removesuffix(default) + " .\n" if line.endswith(default) else line


def _write(folder: Path, before: int, after: int, quads: Iterable[tuple[bool, Quad]]) -> None:
    added: Counter[str] = Counter()
    removed: Counter[str] = Counter()
    offsets, position = [], 0

    def lines() -> Iterator[bytes]:
        for is_added, quad in quads:
            statement = _statement(is_added, quad)
            (added if is_added else removed)[statement.graph] += 1
            yield json.dumps(asdict(statement), ensure_ascii=False).encode() + b"\n"

    with statements_file(folder).open("wb") as file:
        for number, line in enumerate(sorted_lines(lines())):
            if number % PAGE == 0:
                offsets.append(position)
            position += file.write(line)
    names = sorted(added.keys() | removed.keys())
    graphs = [GraphDifference(name, added[name], removed[name]) for name in names]
    index = DifferenceIndex(before, after, added.total(), removed.total(), graphs, offsets)
    told = {"form": _FORM} | asdict(index)
    (folder / _INDEX).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def _statement(is_added: bool, quad: Quad) -> Statement:  # noqa: FBT001  # a pair as it is yielded
    graph = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
    return Statement(_term(quad.subject), quad.predicate.value, is_added, _term(quad.object), graph)


def _term(term: Node | Triple) -> dict[str, str]:
    """Return a term as in https://www.w3.org/TR/sparql11-results-json/#select-encode-terms."""
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, Literal):
        text = term.value if len(term.value) <= _MOST_TEXT else term.value[:_MOST_TEXT] + "…"
        told = {"type": "literal", "value": text}
        if term.language:
            return told | {"xml:lang": term.language}
        return told | {"datatype": term.datatype.value}
    if isinstance(term, Triple):
        return {"type": "triple", "value": str(term)[:_MOST_TEXT]}
    return {"type": "bnode", "value": term.value}


def _prune(folder: Path) -> None:
    """Take away the oldest differences above those kept, as each can be made again, and what a crash left."""
    made = sorted((path for path in folder.iterdir() if "-" in path.name), key=_age)
    left = [path for path in folder.iterdir() if "-" not in path.name and _age(path) < time.time() - _HOUR]
    for path in (*made[:-_KEPT], *left):
        shutil.rmtree(path, ignore_errors=True)


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # taken away by another process this moment
        return 0
