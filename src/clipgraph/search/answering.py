"""Answers questions from an index: to be called in a worker."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from clipgraph.search.counting import count, narrow
from clipgraph.search.matching import Sought, fill_hits
from clipgraph.search.questions import Question
from clipgraph.search.showing import Shown
from clipgraph.search.spelling import Vocabulary

_SUGGESTIONS = 8
_SHOWN = ("type", "country", "place", "field", "module", "audience", "told", "network", "has")


class Index:
    """An index that is open for reading.

    Raises:
        sqlite3.Error: the file is not an index.
    """

    def __init__(self, path: str) -> None:
        self.connection = sqlite3.connect(f"file:{_quoted(path)}?mode=ro&immutable=1", uri=True)
        self.connection.execute("PRAGMA temp_store=MEMORY")
        self.vocabulary = Vocabulary(self.connection)

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()


def _quoted(path: str) -> str:
    return path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def answer(index: Index, question: Question) -> dict[str, Any]:
    """Return the results of a question as JSON values; see questions.Results."""
    connection = index.connection
    sought = fill_hits(connection, index.vocabulary, question)
    bits = narrow(connection, question)
    every = sum(bits.values())
    (without,) = connection.execute("SELECT count(*) FROM hit").fetchone()
    (total,) = connection.execute("SELECT count(*) FROM hit WHERE mask = ?", (every,)).fetchone()
    shown = Shown(connection, question.order, sought.beginnings)
    last = max(1, -(-total // question.size))
    question = replace(question, page=min(question.page, last))
    things = _page(connection, question, every)
    counted = count(connection, question, bits)
    return {
        "total": total,
        "without": without,
        "found": [shown.thing(thing, _SHOWN) for thing in things],
        "facets": {facet: [shown.named(value) for value in values] for facet, values in counted.items()},
        "page": question.page,
        "words": list(sought.given),
        "read": _written(connection, sought) if sought.mended else "",
        "loose": sought.loose,
        "shortened": sought.shortened,
    }


def suggest(index: Index, text: str, order: Sequence[str]) -> list[dict[str, Any]]:
    """Return what somebody who typed this may be looking for: a few things by their names."""
    question = Question(text, order=tuple(order), counted=(), size=_SUGGESTIONS)
    sought = fill_hits(index.connection, index.vocabulary, question)
    if not sought.given:
        return []
    if not _page(index.connection, question, 0):
        near = [index.vocabulary.near(word, unfinished=True) or [word] for word in sought.given]
        question = Question(
            " ".join(words[0] for words in near), order=tuple(order), counted=(), size=_SUGGESTIONS
        )
        sought = fill_hits(index.connection, index.vocabulary, question)
    shown = Shown(index.connection, order, sought.beginnings)
    return [shown.thing(thing, ("type", "country")) for thing in _page(index.connection, question, 0)]


def _page(connection: sqlite3.Connection, question: Question, every: int) -> list[int]:
    """Return the things of the page: by score, and equals in the order of the alphabet."""
    languages = [row[0] for row in connection.execute("SELECT DISTINCT language FROM place")]
    language = next((each for each in question.order if each in languages), languages[0] if languages else "")
    rows = connection.execute(
        "SELECT hit.id FROM hit LEFT JOIN place ON place.thing = hit.id AND place.language = ? "
        "WHERE mask = ? ORDER BY round(score, 6), rank, hit.id LIMIT ? OFFSET ?",
        (language, every, question.size, (question.page - 1) * question.size),
    )
    return [number for (number,) in rows]


def _written(connection: sqlite3.Connection, sought: Sought) -> str:
    """Return what is looked for as a person would write it."""
    written = []
    for each in sought.alternatives:
        row = connection.execute("SELECT shown FROM term WHERE folded = ?", (each[0],)).fetchone()
        written.append(row[0] if row else each[0])
    return " ".join(written)
