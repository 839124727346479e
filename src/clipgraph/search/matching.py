"""Which things a question finds: all words, else mended words, else some of the words."""

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

from clipgraph.search.folding import WRITTEN, words
from clipgraph.search.questions import MOST_LETTERS, MOST_WORDS, Question
from clipgraph.search.spelling import Vocabulary
from clipgraph.search.stemming import LANGUAGES, accented, stemmed, stems, written_as

# How much a word counts in a name, another name, a description, the names of values.
_WEIGHTS = "12.0, 8.0, 1.5, 1.0"
# A name that is just what was asked for comes before everything else, one that begins so before its equals.
_WHOLE_NAME, _SAME_STEMS, _BEGINNING = 1000.0, 500.0, 2.0
# What has a word with the accents that were typed comes before what has it with others.
_SAME_ACCENTS = 600.0
# What has one more of several words, of which no thing has all, comes before what has one less.
_ONE_MORE = 100.0
_SHORT = 3  # letters: such a word is an acronym before it is the beginning of another
_TYPED = re.compile("(?<=[aou])e")  # an umlaut, of who has no key for it


@dataclass(frozen=True)
class Sought:
    """What is looked for: ``alternatives`` has for each word the words that may stand for it.

    ``forms`` are the other forms in which the index has each: with accents, and stems. ``mended`` tells that
    a word was not known, ``loose`` that one of the words is enough, ``names`` that they have to stand in
    names, ``exact`` that a short one is not the beginning of another.
    """

    given: tuple[str, ...]
    alternatives: tuple[tuple[str, ...], ...]
    mended: bool = False
    loose: bool = False
    shortened: bool = False
    names: bool = False
    forms: tuple[tuple[str, ...], ...] = ()
    written: str = ""
    exact: bool = False

    @property
    def forms_of_all(self) -> list[str]:
        """Every form that is looked for, unless a word was mended."""
        return [] if self.mended else [form for each in self.forms for form in each]

    @property
    def stems(self) -> list[str]:
        """The stems of all words in each language that they may be of; mended words have none."""
        return [] if self.mended else [each for of in LANGUAGES if (each := stemmed(self.written, of))]

    @property
    def with_accents(self) -> list[str]:
        """The words that were typed with accents."""
        return [form for form in self.forms_of_all if not form.isascii()]

    @property
    def beginnings(self) -> list[str]:
        """Every word that is looked for; what begins with one is found."""
        return [word for each in self.alternatives for word in each]

    def expression(self) -> str:
        """Return the query (https://www.sqlite.org/fts5.html#full_text_query_syntax); quoted, all of it."""
        expression = (" OR " if self.loose else " AND ").join(f"({group})" for group in self.groups)
        return f"{{label alternative}} : ({expression})" if self.names else expression

    @property
    def groups(self) -> list[str]:
        """For each word the query for what may stand for it; what fits in more ways counts more."""
        forms = [() for _ in self.given] if self.mended or self.names else self.forms
        return [
            " OR ".join([*map(self._either, each), *(f'"{form}"' for form in further)])
            for each, further in zip(self.alternatives, forms, strict=True)
        ]

    def _either(self, word: str) -> str:
        """Return a word, or what begins with it; the word itself then counts twice."""
        alone = len(word) < 2 or (self.exact and len(word) <= _SHORT)  # noqa: PLR2004  # a letter
        return f'"{word}"' if alone else f'"{word}" OR "{word}"*'


def read(text: str) -> Sought:
    """Return the words of what somebody typed, as many as are used."""
    text = text[: MOST_LETTERS + 1]
    written: dict[str, str] = {}
    for match in WRITTEN.finditer(text[:MOST_LETTERS]):
        for word in words(match.group()):
            written.setdefault(word, match.group())
    given = tuple(written)[:MOST_WORDS]
    shortened = len(text) > MOST_LETTERS or len(written) > MOST_WORDS
    forms = tuple(tuple(filter(None, (accented(written[word]), *stems(written[word])))) for word in given)
    alternatives = tuple((word,) for word in given)
    return Sought(given, alternatives, shortened=shortened, forms=forms, written=written_as(text.strip()))


def fill_hits(
    connection: sqlite3.Connection, vocabulary: Vocabulary, question: Question, *, names: bool = False
) -> Sought:
    """Fill the temporary table ``hit`` (id, score, mask) with what the words find; the best have the least.

    Things outside of ``question.within`` are not in it; what is chosen is not looked at. With ``names``,
    the words have to stand in names.
    """
    connection.execute("DROP TABLE IF EXISTS temp.hit")
    connection.execute("CREATE TEMP TABLE hit (id INTEGER PRIMARY KEY, score REAL, mask INTEGER DEFAULT 0)")
    sought = read(question.words)
    if not sought.given:
        if not question.words.strip():
            _all(connection, question)
        return sought
    for attempt in _attempts(replace(sought, names=names), vocabulary):
        if _match(connection, attempt, question):
            return attempt
    return sought


def _attempts(sought: Sought, vocabulary: Vocabulary) -> list[Sought]:
    attempts = [sought]
    if any(len(word) <= _SHORT for word in sought.given) and not sought.names:
        attempts.insert(0, replace(sought, exact=True))
    near = {word: _near(word, vocabulary) for word in sought.given if not vocabulary.has(word)}
    if any(near.values()):
        mended = tuple(tuple(near.get(word) or (word,)) for word in sought.given)
        attempts.append(replace(sought, alternatives=mended, mended=True))
    if len(sought.given) > 1:
        attempts.append(replace(attempts[-1], loose=True))
    return attempts


def _near(word: str, vocabulary: Vocabulary) -> list[str]:
    plain = _TYPED.sub("", word)
    return [plain] if plain != word and vocabulary.has(plain) else vocabulary.near(word)


def _all(connection: sqlite3.Connection, question: Question) -> None:
    condition, values = _within(connection, question, "thing.id")
    connection.execute(
        f"INSERT INTO hit (id, score) SELECT id, -weight FROM thing WHERE {condition}",  # noqa: S608
        values,
    )


def _match(connection: sqlite3.Connection, sought: Sought, question: Question) -> bool:
    condition, values = _within(connection, question, "words.rowid")
    name = " ".join(each[0] for each in sought.alternatives)
    marks = ",".join("?" * len(sought.stems))  # none is none of all names: many have no stems
    connection.execute(
        "INSERT INTO hit (id, score) SELECT thing.id, thing.weight * ("  # noqa: S608  # no word stands in it
        f"bm25(words, {_WEIGHTS}) - CASE "
        "WHEN thing.id IN (SELECT thing FROM name WHERE folded = ? AND (? OR written = ?)) "
        f"THEN {_WHOLE_NAME} "
        f"WHEN thing.id IN (SELECT thing FROM name WHERE stems IN ({marks})) THEN {_SAME_STEMS} "
        f"WHEN thing.id IN (SELECT thing FROM name WHERE folded > ? AND folded < ?) THEN {_BEGINNING} "
        f"ELSE 0 END) FROM words JOIN thing ON thing.id = words.rowid WHERE words MATCH ? AND {condition}",
        (
            *(name, sought.mended or sought.written.isascii(), sought.written),
            *sought.stems,
            *(name, name + "\U0010ffff", sought.expression(), *values),
        ),
    )
    told = [(group, _ONE_MORE) for group in sought.groups] if sought.loose else []
    told += [(f'"{word}"*', _SAME_ACCENTS) for word in sought.with_accents]
    connection.executemany(
        "UPDATE hit SET score = score - ?2 WHERE id IN (SELECT rowid FROM words WHERE words MATCH ?1)", told
    )
    return connection.execute("SELECT 1 FROM hit LIMIT 1").fetchone() is not None


def _within(connection: sqlite3.Connection, question: Question, column: str) -> tuple[str, Sequence[int]]:
    """Return the condition that a thing is one of those the question is about, and its parameters."""
    if not question.within:
        return "1", ()
    values = [
        number for facet, value in question.within for number in value_numbers(connection, facet, (value,))
    ]
    marks = ",".join("?" * len(values))
    return f"EXISTS (SELECT 1 FROM tag WHERE tag.thing = {column} AND tag.value IN ({marks}))", values  # noqa: S608


def value_numbers(connection: sqlite3.Connection, facet: str, values: Sequence[str]) -> list[int]:
    """Return the numbers of a facet's values, which are named by key or IRI; unknown ones have none."""
    marks = ",".join("?" * len(values))
    # Half of a surrogate pair is no text that SQLite takes; no value has one.
    facet, *values = (text.encode("utf-8", "replace").decode() for text in (facet, *values))
    rows = connection.execute(
        f"SELECT id FROM value WHERE facet = ? AND (key IN ({marks}) OR iri IN ({marks}))",  # noqa: S608
        (facet, *values, *values),
    )
    return [number for (number,) in rows]
