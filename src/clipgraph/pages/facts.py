"""What a page tells of a thing: properties with their values, each with the label that a reader wants."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from clipgraph.engines.rows import Row, Value
from clipgraph.pages.labels import Labels, only_best_language
from clipgraph.pages.reader import Reader
from clipgraph.pages.site import readable
from clipgraph.rdf.identity import path_of_iri
from clipgraph.rdf.prefixes import PREFIXES

# Nodes below a thing or a document: /id/network/clip/membership/stuttgart.
_NESTED = 3
DEPTH = 4


def expand(*names: str) -> tuple[str, ...]:
    """Return the IRIs of prefixed names."""
    return tuple(PREFIXES[prefix] + local for prefix, local in (name.split(":", 1) for name in names))


@dataclass(frozen=True)
class Item:
    """A value as it is shown; ``facts`` are those of a node that exists to say this one thing."""

    value: Value
    label: Value
    facts: tuple["Fact", ...] = ()

    def fact(self, name: str) -> "Fact | None":
        """Return what it says by a property, given by its prefixed name."""
        return fact_of(self.facts, name)

    def one(self, name: str) -> "Item | None":
        """Return the first value of what it says by a property."""
        found = self.fact(name)
        return found.items[0] if found else None

    @property
    def iri(self) -> str:
        """The IRI of a link, empty for a literal."""
        return self.value.text if self.value.kind == "uri" else ""


@dataclass
class Fact:
    """One property with its values; ``inverse`` where the values point to the thing."""

    property: str
    label: Value
    items: list[Item] = field(default_factory=list)
    inverse: bool = False


def fact_of(facts: Iterable[Fact], name: str) -> Fact | None:
    """Return the fact of a property, given by its prefixed name, if it has values."""
    iri = expand(name)[0]
    return next((fact for fact in facts if fact.property == iri and fact.items), None)


def is_nested(iri: str) -> bool:
    """Tell whether an IRI names a part of something: a claim, a figure, a passage."""
    path = path_of_iri(iri)
    return path is not None and path.startswith("/id/") and len(path.split("/")) > _NESTED + 1


def is_passage(iri: str) -> bool:
    """Tell whether an IRI names a passage of a source."""
    return is_nested(iri) and "/passage/" in iri


def name_of(iri: str, labels: Labels) -> Value:
    """Return the label of an IRI, else what can be read in the IRI itself."""
    return labels.get(iri) or Value("literal", readable(iri))


@dataclass(frozen=True)
class Telling:
    """What is needed to tell facts: labels, the facts of nested nodes, and who reads."""

    labels: Labels
    nested: dict[str, list[Row]]
    reader: Reader

    def facts(
        self, rows: Iterable[Row], *, inverse: bool = False, depth: int = DEPTH, without: str = ""
    ) -> list[Fact]:
        """Return the facts in rows of ``property`` and ``value``, those of nested nodes within.

        ``depth`` is how far nodes are told within nodes: a claim, its period, the beginning of that.
        ``without`` is an IRI that is not told: the thing that the page is about.
        """
        values: dict[str, dict[Value, None]] = {}
        for row in rows:
            if row["value"].text != without:
                values.setdefault(row["property"].text, {})[row["value"]] = None
        return [
            Fact(iri, name_of(iri, self.labels), self.items(found, depth=depth, without=without), inverse)
            for iri, found in values.items()
        ]

    def items(self, values: Iterable[Value], *, depth: int = DEPTH, without: str = "") -> list[Item]:
        """Return values as they are shown: of texts the best language, the rest ordered by label."""
        values = list(values)
        tagged = [value for value in values if value.language]
        plain = [value for value in values if not value.language]
        items = [Item(value, value) for value in only_best_language(tagged, self.reader)] if tagged else []
        items += [self._item(value, depth=depth, without=without) for value in plain]
        return sorted(items, key=lambda item: item.label.text.casefold()) if len(items) > 1 else items

    def _item(self, value: Value, *, depth: int, without: str) -> Item:
        if value.kind != "uri":
            return Item(value, value)
        told: list[Fact] = []
        if depth and value.text in self.nested:
            rows = (row for row in self.nested[value.text] if row["property"].text not in _UNTOLD)
            told = self.facts(rows, depth=depth - 1, without=without)
        return Item(value, name_of(value.text, self.labels), tuple(told))


# What a nested node says of itself that its label and place say already.
_UNTOLD = frozenset(
    (
        *expand("rdf:type", "rdfs:label", "skos:prefLabel", "dct:title", "clip:evidence", "rdfs:isDefinedBy"),
        *expand("clip:sha256", "dct:type"),
    )
)
