"""Reads Turtle files for validation: every statement with its line, every broken file with its reason."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from clipgraph.errors import UnreadableFile
from clipgraph.rdf.prefixes import PREFIXES
from clipgraph.rdf.reading import Statement, in_graph
from clipgraph.rdf.skolem import skolemise
from clipgraph.rdf.terms import NamedNode, Node, Quad, Triple
from clipgraph.sources.graphs import GraphFile
from clipgraph.validation.phrases import say
from clipgraph.validation.positions import Position, Positions
from clipgraph.validation.report import UNREADABLE, Finding, Severity

# Both forms of Turtle (https://www.w3.org/TR/turtle/#sec-iri), each on a line of its own.
_PREFIX = re.compile(r"^[^\S\n]*@?prefix[^\S\n]+([\w.-]*:)[^\S\n]*<([^>\n]*)>", re.IGNORECASE | re.MULTILINE)
_OF_NAMESPACE = {namespace: f"{prefix}:" for prefix, namespace in PREFIXES.items()}


@dataclass(frozen=True)
class FileContent:
    """What one file holds: its statements, or why it cannot be read."""

    file: GraphFile
    statements: tuple[Statement, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass
class Contents:
    """What the files hold together."""

    positions: Positions
    quads: list[Quad] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_file(file: GraphFile, language: str = "en") -> FileContent:
    """Read one file; a broken one has findings in place of statements."""
    try:
        statements = tuple(_skolemised(file.statements()))
    except UnreadableFile as error:
        return FileContent(file, findings=(_unreadable(error, language),))
    return FileContent(file, statements, tuple(prefix_findings(file, language)))


def _skolemised(statements: Iterable[Statement]) -> Iterator[Statement]:
    """Yield the statements with names for blank nodes, so that those of two files stay two."""
    given = list(statements)
    triples = skolemise(statement.triple for statement in given)
    return (Statement(triple, old.line) for triple, old in zip(triples, given, strict=True))


def gather(contents: Sequence[FileContent], preferred: Collection[str] = ()) -> Contents:
    """Put files together; the preferred ones answer first for the place of a subject."""
    together = Contents(Positions(preferred))
    for content in contents:
        together.findings.extend(content.findings)
        for statement in content.statements:
            together.positions.add(content.file.name, statement)
            together.quads.append(in_graph(statement, content.file.iri))
    return together


class PositionsLater(Positions):
    """Positions in files that are read once the first is asked for: of most projects, none ever is."""

    def __init__(self, files: Sequence[GraphFile]) -> None:
        super().__init__()
        self._unread = list(files)

    def find(
        self, focus: Node | Triple | None, path: NamedNode | None = None, value: Node | Triple | None = None
    ) -> Position:
        """Return the line of the value, else of the property, else where the focus is introduced."""
        unread, self._unread = self._unread, []
        for file in unread:
            for statement in read_file(file).statements:
                self.add(file.name, statement)
        return super().find(focus, path, value)


def prefix_findings(file: GraphFile, language: str = "en") -> Iterator[Finding]:
    """Yield the prefixes of a readable file that do not agree with the one prefix table.

    A known prefix on another namespace blocks; a known namespace under another name is a warning.
    """
    text = file.path.read_text(encoding="utf-8")
    for match in _PREFIX.finditer(text):
        if problem := _prefix_problem(*match.groups()):
            check, expected = problem
            parts = {"prefix": match[1], "found": match[2], "expected": expected}
            yield Finding(
                severity=Severity.VIOLATION if check == "prefix-namespace" else Severity.WARNING,
                component=check,
                message=say(check, language, **parts),
                remedy=say(f"{check}-remedy", language, **parts),
                file=file.name,
                line=text.count("\n", 0, match.start()) + 1,
                focus=match[1],
                value=f"<{match[2]}>",
            )


def _prefix_problem(prefix: str, namespace: str) -> tuple[str, str] | None:
    expected = PREFIXES.get(prefix.removesuffix(":"))
    if expected is not None:
        return None if expected == namespace else ("prefix-namespace", expected)
    name = _OF_NAMESPACE.get(namespace)
    return None if name is None else ("prefix-name", name)


def _unreadable(error: UnreadableFile, language: str) -> Finding:
    return Finding(
        severity=Severity.VIOLATION,
        component=UNREADABLE,
        message=say(UNREADABLE, language, reason=error.reason),
        remedy=say(f"{UNREADABLE}-remedy", language),
        file=error.file,
        line=error.line,
        column=error.column,
    )
