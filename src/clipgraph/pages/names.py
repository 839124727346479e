"""Names of many things at once: the label that a reader wants, and a short one where there is little room."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from clipgraph.engines.rows import Row, Value
from clipgraph.pages.asking import Asking
from clipgraph.pages.labels import Labels, chosen
from clipgraph.pages.reader import Reader
from clipgraph.pages.site import readable
from clipgraph.rdf.terms import NamedNode
from clipgraph.sparql.binding import is_iri

_LONG = 24  # letters: a longer name gives way to a short one where there is little room
_SHORT = 12  # letters of a short name at most: an abbreviation rather than another name


@dataclass(frozen=True)
class Names:
    """The labels of things by IRI, and the short names of those that have one."""

    labels: Labels
    shorts: Labels

    def of(self, iri: str) -> Value:
        """Return the name of a thing, or a readable form of its IRI."""
        return self.labels.get(iri) or Value("literal", readable(iri))

    def short(self, iri: str) -> Value:
        """Return a name for a place with little room: the short one of a long name."""
        label = self.of(iri)
        return self.shorts.get(iri, label) if len(label.text) > _LONG else label


async def load_names(asking: Asking, iris: Iterable[str]) -> Names:
    """Return the names of the things; one query."""
    things = [NamedNode(iri) for iri in sorted(set(iris)) if is_iri(iri)]
    return names_of(await asking.rows("names", thing=things), asking.reader)


def names_of(rows: Iterable[Row], reader: Reader) -> Names:
    """Return the names from rows with a thing and its ``label`` or an ``other`` name."""
    kept = list(rows)
    others: dict[str, list[Value]] = defaultdict(list)
    for row in kept:
        if "other" in row and len(row["other"].text) <= _SHORT:
            others[row["thing"].text].append(row["other"])
    shorts = {
        iri: min(found, key=lambda value: (reader.rank(value.language), len(value.text), value.text))
        for iri, found in others.items()
    }
    return Names(chosen(kept, reader), shorts)
