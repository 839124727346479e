"""What is shown of a thing that was found: its name and description in the reader's language, marked."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from clipgraph.search.folding import marks
from clipgraph.search.matching import Sought
from clipgraph.search.schema import ALTERNATIVE, DESCRIPTION, DETAIL, KINDS, LABEL
from clipgraph.search.stemming import stem

_SNIPPET = 240
_BEFORE = 60
_SHORT = 12
_MOST_OF_A_FACET = 12
_MOST_KNOWN = 20_000
_NO_TEXT = {"value": "", "language": "", "marks": []}

Texts = list[tuple[str, str]]
# By languages and number of a value: its key, IRI and name.
Known = dict[tuple[tuple[str, ...], int], tuple[str, str, dict[str, Any]]]


class Shown:
    """Reads what stands in an index for people; ``order`` are their languages, ``sought`` what to mark.

    ``known`` keeps the values of facets as they were shown before, of the same index.
    """

    def __init__(
        self, connection: sqlite3.Connection, order: Sequence[str], sought: Sought, known: Known
    ) -> None:
        self._connection, self._known = connection, known
        self._sought, self._forms = sought.beginnings, frozenset(sought.forms_of_all)
        self._order = tuple(order)
        self._places = {language: place for place, language in enumerate(order)}
        self._shorts: dict[str, dict[str, Any] | None] = {}

    def thing(self, number: int, facets: Sequence[str]) -> dict[str, Any]:
        """Return what is shown of a thing: see questions.Found."""
        (iri,) = self._connection.execute("SELECT iri FROM thing WHERE id = ?", (number,)).fetchone()
        rows = self._connection.execute(
            "SELECT kind, language, value FROM text WHERE thing = ? ORDER BY kind", (number,)
        ).fetchall()
        texts = [[row[1:] for row in rows if row[0] == kind] for kind in range(len(KINDS))]
        label = self._text(self._preferred(texts[LABEL])[0])
        return {
            "iri": iri,
            "label": label,
            "alternative": None if label["marks"] else self._marked([*texts[ALTERNATIVE], *texts[LABEL]]),
            "description": self._snippet([*texts[DESCRIPTION], *texts[DETAIL]]),
            "facets": {facet: self._values(number, facet) for facet in facets},
        }

    def named(self, counted: dict[str, Any], *, short: bool = False) -> dict[str, Any]:
        """Return a value of a facet, given by number, with its key, IRI, name, and a short one if wanted."""
        key, iri, label = self._value(counted["id"])
        further = {"count": counted.get("count", 0), "chosen": counted.get("chosen", False)}
        return {
            "key": key,
            "iri": iri,
            "label": label,
            "short": self._short(iri) if short else None,
            **further,
        }

    def _value(self, number: int) -> tuple[str, str, dict[str, Any]]:
        found = self._known.get((self._order, number))
        if found is None:
            key, iri = self._connection.execute(
                "SELECT key, iri FROM value WHERE id = ?", (number,)
            ).fetchone()
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            found = self._known[self._order, number] = key, iri, self.label(iri)
        return found

    def _short(self, iri: str) -> dict[str, Any] | None:
        """Return another name of a few letters, such as an acronym."""
        if iri not in self._shorts:
            rows = self._connection.execute(
                "SELECT language, value FROM text WHERE kind = 1 AND length(value) <= ? "
                "AND thing = (SELECT id FROM thing WHERE iri = ?)",
                (_SHORT, iri),
            ).fetchall()
            best = self._preferred(rows)
            self._shorts[iri] = {"value": best[0][1], "language": best[0][0], "marks": []} if best else None
        return self._shorts[iri]

    def label(self, iri: str) -> dict[str, Any]:
        """Return the name of anything, unmarked; of what has none, no text."""
        rows = self._connection.execute(
            "SELECT language, value FROM text WHERE kind = 0 "
            "AND thing = (SELECT id FROM thing WHERE iri = ?)",
            (iri,),
        ).fetchall()
        best = self._preferred(rows)
        return {"value": best[0][1], "language": best[0][0], "marks": []} if best else _NO_TEXT

    def _values(self, number: int, facet: str) -> list[dict[str, Any]]:
        rows = self._connection.execute(
            "SELECT value.id FROM tag JOIN value ON value.id = tag.value WHERE tag.thing = ? AND facet = ? "
            "ORDER BY value.number, value.id LIMIT ?",  # of types, what says most
            (number, facet, _MOST_OF_A_FACET),
        )
        return [self.named({"id": value}, short=facet == "network") for (value,) in rows.fetchall()]

    def _preferred(self, texts: Texts) -> Texts:
        last = len(self._places)
        return sorted(texts, key=lambda text: (self._places.get(text[0], last), text[0]))

    def _text(self, text: tuple[str, str]) -> dict[str, Any]:
        language, value = text
        return {"value": value, "language": language, "marks": self._marks(value, language)}

    def _marks(self, value: str, language: str) -> list[tuple[int, int]]:
        return marks(value, self._sought, lambda word: stem(word, language) in self._forms)

    def _marked(self, texts: Texts) -> dict[str, Any] | None:
        """Return the first of the texts, in the order of languages, that has a word that was sought."""
        told = (self._text(text) for text in self._preferred(texts))
        return next((text for text in told if text["marks"]), None)

    def _snippet(self, texts: Texts) -> dict[str, Any] | None:
        """Return the part of a description that has the words, else the beginning of one."""
        if not texts:
            return None
        preferred = self._preferred(texts)
        language = preferred[0][0]
        ours = self._marked([text for text in texts if text[0] == language])
        found = ours or self._marked(preferred) or self._text(preferred[0])
        return _cut(found)


def _cut(text: dict[str, Any]) -> dict[str, Any]:
    """Return a text of some 240 letters around the first mark, cut between words."""
    value: str = text["value"]
    if len(value) <= _SNIPPET:
        return text
    first = text["marks"][0][0] if text["marks"] else 0
    start = 0 if first <= _SNIPPET - _BEFORE else value.rfind(" ", 0, max(first - _BEFORE, 1)) + 1
    start = start if first - start <= _SNIPPET // 2 or not start else max(first - _BEFORE, 0)
    end = start + _SNIPPET
    if end < len(value):
        gap = value.rfind(" ", start + _SNIPPET // 2, end)
        end = gap if gap > 0 else end
    head, tail = "… " if start else "", " …" if end < len(value) else ""
    shift = start - len(head)
    inside = [(a - shift, b - shift) for a, b in text["marks"] if a >= start and b <= end]
    return {"value": head + value[start:end] + tail, "language": text["language"], "marks": inside}
