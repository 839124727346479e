"""Makes the index of a release: to be called in a worker."""

import math
import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from clipgraph.rdf.prefixes import BASE
from clipgraph.search.folding import WRITTEN, fold, words
from clipgraph.search.keys import key_of
from clipgraph.search.schema import ALTERNATIVE, DESCRIPTION, INDEXES, KINDS, LABEL, TABLES
from clipgraph.search.stemming import forms, parts_of, stemmed, written_as
from clipgraph.search.wording import Indexed

# Rows of an engine's answer; each gives the terms by the names of variables.
Rows = Iterable[Any]
Select = Callable[[str], Rows]


@dataclass(frozen=True)
class Queries:
    """The queries that fill an index.

    ``texts`` gives ``thing``, ``kind`` and ``text``; ``facets`` gives ``facet``, ``thing`` and ``value``;
    ``links`` gives ``thing`` and ``number``.
    """

    texts: str
    facets: str
    links: str


_LONGEST_TEXT = 20_000
_LONGEST_NAME = 300
_MOST_LANGUAGES = 8
_BATCH = 5000


def build(select: Select, queries: Queries, path: Path) -> None:
    """Write the index to a new file, in which it is whole when this returns.

    Args:
        select: evaluates a query on the release.
        queries: what the index is filled by.
        path: of the file, which must not be there.

    Raises:
        OSError, sqlite3.Error: it cannot be written.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536;")
        connection.executescript(TABLES)
        with _at_once(connection):
            _store_texts(connection, select(queries.texts))
            _store_facets(connection, select(queries.facets))
            _weigh(connection, select(queries.links))
        connection.executescript(INDEXES)
        connection.execute("UPDATE value SET number = (SELECT count(*) FROM tag WHERE tag.value = value.id)")
        with _at_once(connection):
            _store_words(connection)
            _store_order(connection)
        connection.execute("INSERT INTO words (words) VALUES ('optimize')")
    finally:
        connection.close()
    with path.open("rb") as file:
        os.fsync(file.fileno())


@contextmanager
def _at_once(connection: sqlite3.Connection) -> Iterator[None]:
    """Write what the block writes together, which is much faster."""
    connection.execute("BEGIN")
    yield
    connection.execute("COMMIT")


def weight_of(iri: str) -> float:
    """Return how much a thing counts beside others that match as well.

    What has an IRI of its own counts most (``id/city/stuttgart``), then terms and code lists, then what
    hangs on another thing (``id/practice/x/involvement/y``).
    """
    own = iri.removeprefix(BASE) if iri.startswith(BASE) else ""
    if own.startswith("id/"):
        return 1.0 if own.count("/") == 2 else 0.4  # noqa: PLR2004  # id, type, slug
    if own.startswith("scheme/"):
        return 0.6 if own.count("/") > 1 else 0.5
    return 0.5 if own.startswith("def/") else 0.3


def _store_texts(connection: sqlite3.Connection, rows: Rows) -> None:
    """Store texts as they come, each once, and the things that have a name."""
    connection.execute("CREATE TEMP TABLE said (iri TEXT, kind INTEGER, language TEXT, value TEXT)")
    kinds = {name: number for number, name in enumerate(KINDS)}
    insert = "INSERT INTO said VALUES (?, ?, ?, ?)"
    for batch in _batches(_said(row, kinds) for row in rows):
        connection.executemany(insert, batch)
    named = "SELECT DISTINCT iri FROM said WHERE kind = 0 ORDER BY iri"
    numbered = ((iri, weight_of(iri)) for (iri,) in connection.execute(named).fetchall())
    connection.executemany("INSERT INTO thing (iri, weight) VALUES (?, ?)", numbered)
    connection.execute(
        # One text is one thing: a label before another name; a detail is a description by inference, too.
        "INSERT INTO text SELECT thing.id, CASE WHEN min(kind) < 2 THEN min(kind) ELSE max(kind) END "
        "AS best, language, value FROM said JOIN thing USING (iri) GROUP BY thing.id, language, value "
        "ORDER BY thing.id, best, language, value"
    )
    connection.execute("DROP TABLE said")


def _said(row: Any, kinds: dict[str, int]) -> tuple[str, int, str, str]:  # noqa: ANN401
    kind, text = kinds[row["kind"].value], row["text"]
    most = _LONGEST_TEXT if kind >= DESCRIPTION else _LONGEST_NAME
    value = text.value if len(text.value) <= most else text.value[: most - 1] + "…"
    return row["thing"].value, kind, (text.language or "").lower(), value.replace("\0", "\ufffd")


def _store_facets(connection: sqlite3.Connection, rows: Rows) -> None:
    connection.execute("CREATE TEMP TABLE held (facet TEXT, iri TEXT, value TEXT)")
    for batch in _batches((row["facet"].value, row["thing"].value, row["value"].value) for row in rows):
        connection.executemany("INSERT INTO held VALUES (?, ?, ?)", batch)
    values = connection.execute("SELECT DISTINCT facet, value FROM held ORDER BY 1, 2").fetchall()
    connection.executemany(
        "INSERT INTO value (facet, iri, key) VALUES (?, ?, ?)",
        ((facet, iri, key_of(facet, iri)) for facet, iri in values),
    )
    connection.execute(
        "INSERT OR IGNORE INTO tag SELECT value.id, thing.id FROM held JOIN thing USING (iri) "
        "JOIN value ON value.facet = held.facet AND value.iri = held.value ORDER BY 1, 2"
    )
    connection.execute("DROP TABLE held")


def _weigh(connection: sqlite3.Connection, rows: Rows) -> None:
    """Let count more what more statements point to: twice the weight for some 60 of them."""
    counts = ((1 + math.log2(1 + int(row["number"].value)) / 6, row["thing"].value) for row in rows)
    for batch in _batches(counts):
        connection.executemany("UPDATE thing SET weight = weight * ? WHERE iri = ?", batch)


def _store_words(connection: sqlite3.Connection) -> None:
    """Fill the word index, and the terms that spelling is mended with."""
    shown: dict[str, str] = {}
    connection.executemany(
        "INSERT INTO words (rowid, label, alternative, description, context) VALUES (?, ?, ?, ?, ?)",
        _words_of_things(connection, shown),
    )
    numbers = _store_names(connection)
    connection.executemany(
        "INSERT OR IGNORE INTO term VALUES (?, ?, ?)",
        ((word, written, numbers[word]) for word, written in sorted(shown.items())),
    )


def _words_of_things(connection: sqlite3.Connection, shown: dict[str, str]) -> Iterator[tuple[Any, ...]]:
    """Yield the number of each thing and the words of its names, other names, descriptions and values."""
    context, known = _contexts(connection), _parts(connection)
    languages = connection.execute("SELECT DISTINCT language FROM text").fetchall()
    indexed = {language: Indexed(language, known, shown) for (language,) in languages}
    rows = connection.execute("SELECT thing, kind, value, language FROM text ORDER BY thing, kind")
    for thing, texts in groupby(rows, key=lambda row: row[0]):
        columns: list[list[str]] = [[], [], []]
        for _, kind, value, language in texts:
            columns[min(kind, DESCRIPTION)].append(indexed[language].of(value))
        yield thing, *(" ".join(column) for column in columns), context(thing)


def _store_names(connection: sqlite3.Connection) -> Counter[str]:
    """Store the names that are found whole; returns how many of them have each word."""
    numbers: Counter[str] = Counter()

    def names() -> Iterator[tuple[str, str, str, int]]:
        rows = connection.execute(
            "SELECT thing, value, language FROM text WHERE kind IN (?, ?)", (LABEL, ALTERNATIVE)
        )
        for thing, value, language in rows:
            folded = words(value)
            numbers.update(folded)
            yield " ".join(folded), written_as(value), stemmed(value, language), thing

    connection.execute("CREATE TEMP TABLE named (folded TEXT, written TEXT, stems TEXT, thing INTEGER)")
    connection.executemany("INSERT INTO named VALUES (?, ?, ?, ?)", names())
    # In their order they go in one after the other, where each would look for its page.
    connection.execute("INSERT OR IGNORE INTO name SELECT * FROM named ORDER BY 1, 2, 3, 4")
    connection.execute("DROP TABLE named")
    return numbers


def _parts(connection: sqlite3.Connection) -> set[str]:
    """Return the German words that another may end with."""
    rows = connection.execute("SELECT value FROM text WHERE language = 'de' OR language LIKE 'de-%'")
    written: set[str] = set()
    for (value,) in rows:
        written.update(WRITTEN.findall(value))
    return {part for word in written for part in parts_of(word)}


def _contexts(connection: sqlite3.Connection) -> Callable[[int], str]:
    """Return what gives the words of a thing's values: its types, places, fields, by their names."""
    names: dict[int, str] = {}
    rows = connection.execute(
        "SELECT value.id, text.value, text.language FROM value JOIN thing ON thing.iri = value.iri "
        "JOIN text ON text.thing = thing.id AND text.kind = 0 ORDER BY value.id"
    )
    for value, same in groupby(rows, key=lambda row: row[0]):
        told = (word for _, text, language in same for word in (*words(text), *forms(text, language)))
        names[value] = " ".join(dict.fromkeys(told))

    def context(thing: int) -> str:
        values = connection.execute("SELECT value FROM tag WHERE thing = ? ORDER BY value", (thing,))
        return " ".join(names.get(value, "") for (value,) in values)

    return context


def _store_order(connection: sqlite3.Connection) -> None:
    """Store the place of each thing in the alphabet of each language that many things are named in."""
    languages = connection.execute(
        "SELECT language FROM text WHERE kind = 0 AND language != '' GROUP BY language "
        "ORDER BY count(*) DESC, language LIMIT ?",
        (_MOST_LANGUAGES,),
    ).fetchall()
    for (language,) in languages or [("en",)]:
        best = connection.execute(
            "SELECT thing, value FROM (SELECT thing, value, row_number() OVER (PARTITION BY thing ORDER BY "
            "language != ?, language != 'en', language != '', language, value) AS n "
            "FROM text WHERE kind = 0) WHERE n = 1",
            (language,),
        )
        ordered = sorted((fold(value), thing) for thing, value in best)
        connection.executemany(
            "INSERT INTO place VALUES (?, ?, ?)",
            ((language, thing, rank) for rank, (_, thing) in enumerate(ordered)),
        )


def _batches(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    batch: list[tuple[Any, ...]] = []
    for row in rows:
        batch.append(row)
        if len(batch) >= _BATCH:
            yield batch
            batch = []
    yield batch
