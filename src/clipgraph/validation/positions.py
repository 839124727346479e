"""Where statements stand: from a result of validation back to file and line."""

from collections.abc import Collection, Hashable
from dataclasses import dataclass
from typing import TypeVar

from clipgraph.rdf.reading import Statement
from clipgraph.rdf.terms import NamedNode, Node, Triple

_Key = TypeVar("_Key", bound=Hashable)
_Term = Node | Triple
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


@dataclass(frozen=True, slots=True)
class Position:
    """A line of a file, from 1; line 0 of no file where nothing is known."""

    file: str = ""
    line: int = 0


class Positions:
    """The line of every statement read, and of the place where each subject is introduced.

    Args:
        preferred: names of the files that answer first for a subject that others describe too, because a
            person is asking about these.
    """

    def __init__(self, preferred: Collection[str] = ()) -> None:
        self._preferred = frozenset(preferred)
        self._statements: dict[tuple[_Term, NamedNode, _Term], Position] = {}
        self._values: dict[tuple[_Term, _Term], Position] = {}
        self._properties: dict[tuple[_Term, NamedNode], Position] = {}
        self._subjects: dict[_Term, Position] = {}
        self._typed: set[_Term] = set()

    def add(self, file: str, statement: Statement) -> None:
        """Remember where a statement stands; of two places the preferred file wins, else the first."""
        triple, position = statement.triple, Position(file, statement.line)
        subject, predicate = triple.subject, triple.predicate
        self._put(self._statements, (subject, predicate, triple.object), position)
        self._put(self._values, (subject, triple.object), position)
        self._put(self._properties, (subject, predicate), position)
        self._put(self._subjects, subject, position)
        if predicate == _TYPE and subject not in self._typed:
            self._introduce(subject, position)

    def _put(self, table: dict[_Key, Position], key: _Key, position: Position) -> None:
        known = table.get(key)
        if known is None or (known.file not in self._preferred and position.file in self._preferred):
            table[key] = position

    def _introduce(self, subject: _Term, position: Position) -> None:
        """Take the line that says what a thing is as its own, whichever file mentions it before."""
        self._typed.add(subject)
        if self._subjects[subject].file not in self._preferred:
            self._subjects[subject] = position

    def find(
        self,
        focus: _Term | None,
        path: NamedNode | None = None,
        value: _Term | None = None,
    ) -> Position:
        """Return the line of the value, else of the property, else where the focus is introduced.

        A value that stands there with another property counts too: the path may be inferred from it.
        """
        if focus is None:
            return Position()
        candidates = (
            self._statements.get((focus, path, value)) if path and value is not None else None,
            self._values.get((focus, value)) if value is not None else None,
            self._properties.get((focus, path)) if path else None,
            self._subjects.get(focus),
        )
        return next((position for position in candidates if position), Position())
