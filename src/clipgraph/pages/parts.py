"""What a page lists of other things: the rows of its further query, as cards in named parts."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from clipgraph.engines.rows import Row, Value
from clipgraph.pages.facts import Item, expand, name_of, order_of_group
from clipgraph.pages.labels import best, chosen
from clipgraph.pages.reader import Reader

_DIGITS = 9  # of a number by which things are ordered


@dataclass(frozen=True)
class Card:
    """Another thing, its label, and what a list says of it beside."""

    iri: str
    label: Value
    said: dict[str, list[Item]] = field(default_factory=dict)

    @property
    def order(self) -> tuple[int, str]:
        """Its place in a list: by its number where it has one, then by its locator or label."""
        place = self.number("skos:notation", self.number("clip:ordinal", 10**9))
        return place, (self.text("clip:locator") or self.label).text.casefold()

    def number(self, name: str, default: int) -> int:
        """Return the whole number that it says by a property, else the default."""
        found = self.text(name)
        whole = found and found.text.isascii() and found.text.isdecimal() and len(found.text) < _DIGITS
        return int(found.text) if found and whole else default

    def items(self, name: str) -> list[Item]:
        """Return what it says by a property, given by its prefixed name."""
        return self.said.get(expand(name)[0], [])

    def text(self, name: str) -> Value | None:
        """Return the first of what it says by a property: of a text the best for the reader."""
        found = self.items(name)
        return found[0].value if found else None


Parts = dict[str, list[Card]]


def grouped(cards: Iterable[Card], name: str) -> list[tuple[Item | None, list[Card]]]:
    """Return cards in groups by the first of what they say by a property, in order."""
    groups: dict[str, tuple[Item | None, list[Card]]] = {}
    for card in cards:
        key = next(iter(card.items(name)), None)
        groups.setdefault(key.value.text if key else "", (key, []))[1].append(card)
    return sorted(groups.values(), key=lambda group: order_of_group(group[0], len(group[1])))


def read_parts(rows: Iterable[Row], reader: Reader) -> Parts:
    """Return the parts of a page from rows of ``part``, ``thing``, ``property``, ``value`` and ``label``.

    ``label`` is one of the value's labels, or of the thing's where a row has no property. The things stand in
    the order of the rows.
    """
    rows = list(rows)
    labels = dict(chosen((row for row in rows if "property" not in row), reader))
    labels |= chosen((row for row in rows if "value" in row), reader, thing="value")
    said: dict[tuple[str, str], dict[str, dict[Value, None]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows:
        facts = said[row["part"].text, row["thing"].text]
        if "property" in row and "value" in row:
            facts[row["property"].text][row["value"]] = None
    parts: Parts = defaultdict(list)
    for (part, iri), facts in said.items():
        told = {name: _items(values, labels, reader) for name, values in facts.items()}
        parts[part].append(Card(iri, name_of(iri, labels), told))
    return dict(parts)


def _items(values: Iterable[Value], labels: dict[str, Value], reader: Reader) -> list[Item]:
    values = list(values)
    text = best((value for value in values if value.language), reader)
    plain = [value for value in values if not value.language]
    shown = [text, *plain] if text else plain
    return [Item(value, name_of(value.text, labels) if value.kind == "uri" else value) for value in shown]
