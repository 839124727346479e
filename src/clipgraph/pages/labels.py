"""Chooses among the labels of a thing the one that a reader wants."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from clipgraph.engines.rows import Row, Value
from clipgraph.pages.reader import Reader

Labels = Mapping[str, Value]


def best(values: Iterable[Value], reader: Reader) -> Value | None:
    """Return the value in the reader's language, else in English, else in any; None where there is none."""
    return min(values, key=lambda value: (reader.rank(value.language), value.text), default=None)


def in_order(values: Iterable[Value], reader: Reader) -> list[Value]:
    """Return the values, the reader's language first; those of one language stay in their order."""
    return sorted(values, key=lambda value: reader.rank(value.language))


def only_best_language(values: Iterable[Value], reader: Reader) -> list[Value]:
    """Return the values in the language that is best for the reader, of those that there are."""
    ordered = in_order(values, reader)
    return [value for value in ordered if reader.rank(value.language) == reader.rank(ordered[0].language)]


def chosen(rows: Iterable[Row], reader: Reader, thing: str = "thing", label: str = "label") -> Labels:
    """Return the best label of each IRI from rows with an IRI and one of its labels."""
    labels: dict[str, list[Value]] = defaultdict(list)
    for row in rows:
        if label in row:
            labels[row[thing].text].append(row[label])
    return {iri: found for iri, values in labels.items() if (found := best(values, reader))}
