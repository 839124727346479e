"""The model behind the page of any IRI."""

from dataclasses import dataclass

from clipgraph.engines.rows import Value
from clipgraph.pages.facts import Fact, Item, fact_of
from clipgraph.pages.parts import Card, Parts, grouped
from clipgraph.pages.passages import Passage
from clipgraph.pages.sections import Section
from clipgraph.pages.types import Kind


@dataclass(frozen=True)
class Resource:
    """Everything that a page shows of an IRI.

    ``lead`` is the description in the best language; ``stated`` are all facts about it and ``pointing`` all
    that point to it, ``sections`` and ``incoming`` those that the template has no place of its own for; what
    points here is a page from number ``start`` on, and ``more`` tells whether there is another. ``disputed``
    is where sources disagree about it, and ``parts`` are the lists of its kind. ``trail`` holds what it is
    nested in, the outermost first; ``passage`` is itself, where it is a passage, and ``own`` where it is a
    part of something, a claim for example.
    """

    iri: str
    classes: frozenset[str]
    label: Value
    names: list[Value]
    types: list[Item]
    statuses: list[Item]
    lead: Value | None
    stated: list[Fact]
    pointing: list[Fact]
    sections: list[Section]
    incoming: list[Fact]
    start: int
    more: bool
    disputed: list[Item]
    passages: list[Passage]
    graphs: list[Item]
    kind: Kind
    parts: Parts
    trail: list[Item]
    passage: Passage | None
    own: Item | None = None

    def fact(self, name: str) -> Fact | None:
        """Return what is stated by a property, given by its prefixed name."""
        return fact_of(self.stated, name)

    def part(self, name: str) -> list[Card]:
        """Return a list of other things that its kind asks for, empty where there is none."""
        return self.parts.get(name, [])

    def part_by(self, name: str, key: str) -> list[tuple[Item | None, list[Card]]]:
        """Return a list of other things in groups, by what they say by a property."""
        return grouped(self.part(name), key)

    def back(self, name: str) -> Fact | None:
        """Return what points here by a property."""
        return fact_of(self.pointing, name)
