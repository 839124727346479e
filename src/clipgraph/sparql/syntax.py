"""Turns what the engine says of a query it cannot read into line, column, the quoted line and plain words."""

import re

from clipgraph.errors import QuerySyntaxError
from clipgraph.sparql.mistakes import mistake
from clipgraph.wording import Words, worded

_POSITION = re.compile(r"^error at (\d+):(\d+): (.*)$", re.DOTALL)
_KEYWORD = re.compile(r"expected ([A-Z]{3,})")
_PROLOGUE = re.compile(r"(?:\s|#[^\n]*\n|(?:PREFIX\s+[^\s<]*\s*|BASE\s*)<[^>]*>)*+([A-Za-z]+)", re.IGNORECASE)
_LONGEST_PROLOGUE = 20_000
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH"}
_UNSEEN = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")  # would move the caret away from its column
_LONGEST_IRI = 10_000
_BROKEN_IRI = (
    worded("the IRI that begins here is not closed, or is none"),
    worded("it ends with >; spaces, quotes, braces, |, ^ and ` are written as %%20 and so on"),
)
# What may stand nearly everywhere, and helps nobody who reads of it.
_NOISE = {"[_]", "LATERAL", "SERVICE", ""}
_LAST_IRI = re.compile(r"<[^<]*$")
_UNCLOSED = re.compile(r"expected (?:one of )?\">\"")
# What the engine says of a query whose form is right and whose meaning is not.
_MEANINGS = {
    "The SELECT contains a variable that is unbound": (
        worded("SELECT names a variable that it cannot give"),
        worded("a variable in SELECT must stand in GROUP BY or inside an aggregate, once there is one"),
    ),
    "The query limit should be": (
        worded("the number behind LIMIT is too large"),
        worded("leave LIMIT out to get everything"),
    ),
    "The query offset should be": (
        worded("the number behind OFFSET is too large"),
        worded("no answer has so many rows"),
    ),
}


def explain(message: str, query: str) -> QuerySyntaxError:
    """Return the error for the engine's message about a query.

    ``quoted`` of the error is the line with a caret below the column.
    """
    match = _POSITION.match(message)
    if not match:
        return QuerySyntaxError(message)
    line, column, expected = int(match[1]), int(match[2]), " ".join(match[3].split())
    known = mistake(query)
    broken = _broken_iri(expected, query[: _offset(query, line, column)])
    if broken is not None:
        line, column = _position(query, broken)
    elif known is not None:  # an error in any case, which the engine seldom calls by its name
        line, column = _position(query, known.offset)
    elif keyword := _KEYWORD.fullmatch(expected):
        # The engine counts the letters that it compared with the keyword as read.
        line, column = _position(query, _offset(query, line, column) - len(keyword[1]))
        expected = ""
    lines = query.split("\n")  # as the engine counts: not at the other line ends that Unicode has
    text = lines[line - 1].rstrip("\r") if line <= len(lines) else ""
    after = text[column - 1 :]
    reason: str | Words
    hint: str | Words
    if broken is not None:
        reason, hint = _BROKEN_IRI
    else:
        reason, hint = (known.reason, known.hint) if known else _reason(expected, after)
    return QuerySyntaxError(reason, line, column, quoted(text, column), hint)


def begins_as_update(text: str) -> bool:
    """Tell whether a text that is no query begins as an update does, after its prologue."""
    match = _PROLOGUE.match(text[:_LONGEST_PROLOGUE])
    return bool(match and match[1].upper() in _UPDATES)


def _broken_iri(expected: str, before: str) -> int | None:
    """Return where an IRI begins that is not closed or none, if that is what the engine says.

    ``before`` is what it had read.
    """
    if not _UNCLOSED.match(expected) and "IRI parsing failed" not in expected:
        return None
    begun = _LAST_IRI.search(before[-_LONGEST_IRI:])
    return len(before) - len(begun[0]) if begun else None


def _offset(query: str, line: int, column: int) -> int:
    return sum(len(text) + 1 for text in query.split("\n")[: line - 1]) + column - 1


def _position(query: str, offset: int) -> tuple[int, int]:
    offset = max(0, offset)
    return query.count("\n", 0, offset) + 1, offset - query.rfind("\n", 0, offset)


def quoted(text: str, column: int, width: int = 120) -> str:
    """Return the line and a caret under the column; a long line is cut around it."""
    start = max(0, column - 1 - width // 2)
    shown = _UNSEEN.sub(" ", text[start : start + width])
    return f"{shown}\n{' ' * (column - 1 - start)}^"


def _reason(expected: str, after: str) -> tuple[str | Words, str | Words]:
    for known, told in _MEANINGS.items():
        if known in expected:
            return told
    found = "the end of the query" if not after.strip() else f'"{after.strip()[:20]}"'
    expected = expected.replace("['0'..='9']", "a digit")
    wanted = [item for item in re.split(r", (?=[^ ])", _listed(expected)) if item not in _NOISE]
    reason = f"cannot read {found} here" + (f"; expected {_short(', '.join(wanted))}" if wanted else "")
    return reason, "" if wanted else "look at the brackets, full stops and semicolons before this place"


def _listed(expected: str) -> str:
    return expected.removeprefix("expected ").removeprefix("one of ")


def _short(wanted: str, most: int = 160) -> str:
    return wanted if len(wanted) <= most else wanted[:most].rsplit(",", 1)[0] + ", …"
