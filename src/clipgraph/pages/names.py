"""Names of many things at once: the label that a reader wants, and a short one where there is little room."""

from collections.abc import Iterable
from dataclasses import dataclass

from clipgraph.engines.rows import Row, Value
from clipgraph.pages.asking import Asking
from clipgraph.pages.iris import readable
from clipgraph.pages.labels import Labels, chosen
from clipgraph.pages.reader import Reader
from clipgraph.rdf.terms import Literal, NamedNode
from clipgraph.sparql.binding import is_iri

_LONG = 24  # letters: a longer name gives way to a short one where there is little room
_SHORT = 12  # letters of a short name at most, as in names.rq: an abbreviation rather than another name


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
    """Return the names of the things; one query, and another where some have none that the reader prefers."""
    things = {iri: NamedNode(iri) for iri in sorted(set(iris)) if is_iri(iri)}
    language = Literal(asking.reader.language)
    rows = await asking.rows("names", thing=list(things.values()), language=language)
    labelled = {row["thing"].text for row in rows if "label" in row}
    others = [thing for iri, thing in things.items() if iri not in labelled]
    if others:
        rows += await asking.rows("labels", thing=others)
    return names_of(rows, asking.reader)


def names_of(rows: Iterable[Row], reader: Reader) -> Names:
    """Return the names from rows with a thing and its ``label`` or a ``short`` name."""
    kept = list(rows)
    shorts = chosen(kept, reader, label="short")
    return Names(chosen(kept, reader), {iri: it for iri, it in shorts.items() if len(it.text) <= _SHORT})
