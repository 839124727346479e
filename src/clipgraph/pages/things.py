"""Things in lists: an IRI with its best label, from rows that name it once for each label."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from clipgraph.engines.rows import Row, Value
from clipgraph.pages.iris import readable
from clipgraph.pages.labels import best
from clipgraph.pages.reader import Reader


@dataclass(frozen=True)
class Thing:
    """A thing as a list names it; ``classes`` where the list tells them."""

    iri: str
    label: Value
    classes: tuple[str, ...] = ()


@dataclass
class _Found:
    labels: list[Value] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)


def things(rows: Iterable[Row], reader: Reader, name: str = "thing", label: str = "label") -> list[Thing]:
    """Return the things of the rows, each once, in the order in which they come first."""
    found: dict[str, _Found] = {}
    for row in rows:
        entry = found.setdefault(row[name].text, _Found())
        if label in row:
            entry.labels.append(row[label])
        if "class" in row:
            entry.classes.append(row["class"].text)
    return [
        Thing(iri, named(entry.labels, iri, reader), tuple(dict.fromkeys(entry.classes)))
        for iri, entry in found.items()
    ]


def named(labels: Iterable[Value], iri: str, reader: Reader) -> Value:
    """Return the best of some labels, else a readable form of the IRI."""
    return best(labels, reader) or Value("literal", readable(iri))
