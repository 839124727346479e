"""Makes the default graph of an update's WHERE the merge of the graphs that its USING clauses name.

That is what several USING mean (https://www.w3.org/TR/sparql11-update/#deleteInsert, with
https://www.w3.org/TR/sparql11-query/#specifyingDataset): a triple stands in it once, in however many of the
graphs it is. The engine gives it once for each of them, so an operation with several USING reads a graph
that is made for it, just before it and in the same transaction, and taken away behind it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from clipgraph.errors import BadRequest
from clipgraph.sparql.reading import Reading
from clipgraph.sparql.tokens import Token

_USING, _NAMED, _WITH = "USING", "NAMED", "WITH"
_BEGINS = (_WITH, "INSERT", "DELETE")


@dataclass(frozen=True, slots=True)
class _Clause:
    """A USING: whether it is USING NAMED, the IRI as it is written, where it begins and ends."""

    named: bool
    iri: str
    start: int
    end: int


@dataclass
class _Operation:
    """An operation: where it begins behind its prologue, where it ends, what it is evaluated on."""

    start: int
    end: int
    clauses: list[_Clause] = field(default_factory=list)


def merged(text: str) -> str:
    """Return an update that the engine evaluates as the one that is given has to be evaluated.

    Args:
        text: an update that the engine can read.

    Raises:
        BadRequest, Refused: where an operation begins or ends cannot be told without doubt.
    """
    if text.upper().count(_USING) < 2:  # noqa: PLR2004
        return text
    pieces, done = list[str](), 0
    for start, end, put in (edit for operation in _operations(text) for edit in _edits(operation)):
        pieces += [text[done:start], put]
        done = end
    return "".join([*pieces, text[done:]])


def _edits(operation: _Operation) -> Iterator[tuple[int, int, str]]:
    """Yield what to put in place of what, from where to where, for an operation with several USING."""
    default = [clause for clause in operation.clauses if not clause.named]
    if len(default) < 2:  # noqa: PLR2004
        return
    graph = f"<{uuid4().urn}>"  # seen by nothing else: USING leaves no named graph but those of USING NAMED
    copies = (f"ADD SILENT GRAPH {iri} TO GRAPH {graph} ; " for iri in dict.fromkeys(c.iri for c in default))
    yield operation.start, operation.start, "".join(copies)
    for number, clause in enumerate(default):
        yield clause.start, clause.end, "" if number else f" USING {graph} "
    yield operation.end, operation.end, f" ; DROP SILENT GRAPH {graph}"


def _operations(text: str) -> Iterator[_Operation]:
    """Yield the operations of an update that have a WHERE."""
    reading = Reading(text)
    operation: _Operation | None = None
    before, skipped = Token("other", "", 0), 0
    for place, token in reading:
        if token.kind == "unclosed" and _USING in token.text.upper():
            raise BadRequest("USING cannot be read without doubt: close every string before it")
        if not reading.open and token.text == ";":
            if operation:
                yield operation
            operation = None
        elif operation is None and not reading.open and _begins(token, before):
            operation = _Operation(token.start, _end(token))
        elif operation:
            operation.end = _end(token)
            if not reading.open and place >= skipped and before.text != ";":
                clause, skipped = _clause(reading, place, before, operation.clauses)
                operation.clauses += clause
        before = token
    if operation:
        yield operation


def _begins(token: Token, before: Token) -> bool:
    """Tell whether an operation begins with a token, which may be WITH and a name in one."""
    word = token.text.upper()
    if token.kind == "word":
        return word.startswith(_BEGINS)
    return token.kind == "name" and word.startswith(_WITH) and before.text.upper() != "PREFIX"


def _end(token: Token) -> int:
    return token.start + len(token.text)


def _clause(
    reading: Reading, place: int, before: Token, others: Sequence[_Clause]
) -> tuple[list[_Clause], int]:
    """Return the clause that begins at a place, if one does, and the place behind it.

    One may begin behind a template and behind another clause. The engine needs no space between the
    keywords and before a name: ``USINGNAMEDex:g``. It tries the IRI first, so that where the prefix
    ``NAMEDex`` is declared, ``USING NAMEDex:g`` is that name.
    """
    token = reading.at(place)
    word = token.text.upper()
    behind = before.text == "}" or (others and others[-1].end == _end(before))
    if not behind or not word.startswith(_USING):
        return [], place
    rest = token.text[len(_USING) :]
    if not rest:
        place += 1
        rest = reading.at(place).text
    named = rest.upper().startswith(_NAMED) and not reading.declares(Token("name", rest, 0))
    if named:
        rest = rest[len(_NAMED) :]
    if not rest:
        place += 1
        rest = reading.at(place).text
    return [_Clause(named, rest, token.start, _end(reading.at(place)))], place + 1
