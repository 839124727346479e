"""Answers questions from an index: to be called in a worker."""

import sqlite3
from array import array
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from clipgraph.search.counting import count, narrow
from clipgraph.search.matching import Sought, fill_hits
from clipgraph.search.questions import MOST_PAGES, Question
from clipgraph.search.showing import Known, Shown
from clipgraph.search.spelling import Vocabulary

_SUGGESTIONS = 8
_REMEMBERED = 64
_SHOWN = ("type", "country", "place", "field", "module", "audience", "told", "network", "has")


@dataclass(frozen=True)
class _Matched:
    """What a question finds, whatever page of it is asked for: the things in order, and the counts."""

    sought: Sought
    total: int
    without: int
    things: Sequence[int]
    counted: dict[str, list[dict[str, Any]]]


class Index:
    """An index that is open for reading, with what the last questions found.

    Raises:
        sqlite3.Error: the file is not an index.
    """

    def __init__(self, path: str) -> None:
        self.connection = sqlite3.connect(f"file:{_quoted(path)}?mode=ro&immutable=1", uri=True)
        self.connection.execute("PRAGMA temp_store=MEMORY")
        self.vocabulary = Vocabulary(self.connection)
        self.known: Known = {}
        self._languages = [row[0] for row in self.connection.execute("SELECT DISTINCT language FROM place")]
        self._matched: OrderedDict[tuple[Any, ...], _Matched] = OrderedDict()

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    def matched(self, question: Question, *, names: bool = False) -> _Matched:
        """Return what a question finds; costs as much as it finds, and little when it is asked again."""
        language = next((each for each in question.order if each in self._languages), "")
        language = language or (self._languages or [""])[0]
        chosen = tuple(sorted(question.chosen.items()))
        key = (
            question.words,
            chosen,
            question.within,
            question.counted,
            question.values,
            question.size,
            language,
            names,
        )
        if key not in self._matched:
            self._matched[key] = self._match(question, language, names=names)
            if len(self._matched) > _REMEMBERED:
                self._matched.popitem(last=False)
        self._matched.move_to_end(key)
        return self._matched[key]

    def _match(self, question: Question, language: str, *, names: bool) -> _Matched:
        connection = self.connection
        sought = fill_hits(connection, self.vocabulary, question, names=names)
        bits = narrow(connection, question)
        every = sum(bits.values())
        (without,) = connection.execute("SELECT count(*) FROM hit").fetchone()
        (total,) = connection.execute("SELECT count(*) FROM hit WHERE mask = ?", (every,)).fetchone()
        # By score, and equals in the order of the alphabet.
        rows = connection.execute(
            "SELECT hit.id FROM hit LEFT JOIN place ON place.thing = hit.id AND place.language = ? "
            "WHERE mask = ? ORDER BY round(score, 6), rank, hit.id LIMIT ?",
            (language, every, MOST_PAGES * question.size),
        )
        things = array("q", (number for (number,) in rows))
        return _Matched(sought, total, without, things, count(connection, question, bits))


def _quoted(path: str) -> str:
    return path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def answer(index: Index, question: Question) -> dict[str, Any]:
    """Return the results of a question as JSON values; see questions.Results."""
    found = index.matched(question)
    page = min(question.page, max(1, -(-len(found.things) // question.size)))
    things = found.things[(page - 1) * question.size : page * question.size]
    shown = Shown(index.connection, question.order, found.sought, index.known)
    return {
        "total": found.total,
        "without": found.without,
        "found": [shown.thing(thing, _SHOWN) for thing in things],
        "facets": {facet: [shown.named(each) for each in values] for facet, values in found.counted.items()},
        "page": page,
        "words": list(found.sought.given),
        "read": _written(index.connection, found.sought) if found.sought.mended else "",
        "loose": found.sought.loose,
        "shortened": found.sought.shortened,
    }


def suggest(index: Index, text: str, order: Sequence[str]) -> list[dict[str, Any]]:
    """Return what somebody who typed this may be looking for: a few things by their names."""
    question = Question(text, order=tuple(order), counted=(), size=_SUGGESTIONS)
    found = index.matched(question, names=True)
    if not found.sought.given:
        return []
    if not found.total:
        near = [index.vocabulary.near(word, unfinished=True) or [word] for word in found.sought.given]
        question = replace(question, words=" ".join(words[0] for words in near))
        found = index.matched(question, names=True)
    shown = Shown(index.connection, order, found.sought, index.known)
    return [shown.thing(thing, ("type",)) for thing in found.things[:_SUGGESTIONS]]


def _written(connection: sqlite3.Connection, sought: Sought) -> str:
    """Return what is looked for as a person would write it."""
    written = []
    for each in sought.alternatives:
        row = connection.execute("SELECT shown FROM term WHERE folded = ?", (each[0],)).fetchone()
        written.append(row[0] if row else each[0])
    return " ".join(written)
