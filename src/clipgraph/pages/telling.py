"""Tells facts: rows of the graph as properties with values, in the words that a reader wants."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from babel.support import NullTranslations

from clipgraph.engines.rows import Row, Value
from clipgraph.pages.claims import Claims
from clipgraph.pages.facts import Fact, Item, expand, name_of
from clipgraph.pages.figures import Figures
from clipgraph.pages.labels import Labels, only_best_language
from clipgraph.pages.reader import Reader
from clipgraph.pages.words import BACKWARD, CLASSES, FORWARD

DEPTH = 4  # a claim, its period, the beginning of that, its date


@dataclass(frozen=True)
class Telling:
    """What is needed to tell facts: labels, the facts of nested nodes, who reads, the words of the pages."""

    labels: Labels
    nested: dict[str, list[Row]]
    reader: Reader
    translations: NullTranslations
    documents: dict[str, list[Row]] = field(default_factory=dict)

    @cached_property
    def _claims(self) -> Claims:
        return Claims(Figures(self.reader, self.translations))

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
            self._fact(iri, self.items(found, depth=depth, without=without), inverse=inverse)
            for iri, found in values.items()
        ]

    def _fact(self, iri: str, items: list[Item], *, inverse: bool) -> Fact:
        term = name_of(iri, self.labels)
        words = (BACKWARD if inverse else FORWARD).get(iri)
        said = Value("literal", self.translations.gettext(words), self.reader.language) if words else term
        return Fact(iri, said, term, items, inverse)

    def class_name(self, iri: str) -> Value:
        """Return what a class is called: the pages' word for it, else its label."""
        words = CLASSES.get(iri)
        if not words:
            return name_of(iri, self.labels)
        return Value("literal", self.translations.gettext(words), self.reader.language)

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
        name = name_of(value.text, self.labels)
        if not depth or value.text not in self.nested:
            return Item(value, name)
        rows = [row for row in self.nested[value.text] if row["property"].text not in _UNTOLD]
        told = tuple(self.facts(rows, depth=depth - 1, without=without))
        part = next((row["property"].text for row in rows if row["value"].text == without), "")
        return Item(value, name, told, self._claims.claim(told, part) if told else None)


# What a nested node says of itself that its label and place say already.
_UNTOLD = frozenset(
    (
        *expand("rdf:type", "rdfs:label", "skos:prefLabel", "dct:title", "clip:evidence", "rdfs:isDefinedBy"),
        *expand("clip:sha256", "dct:type"),
    )
)
