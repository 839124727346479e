"""The classes of a theme as cards, one below the other: their picture on a narrow screen."""

from collections.abc import Sequence
from dataclasses import dataclass

from clipgraph.pages.diagram import main_relations, ordered, outer
from clipgraph.pages.relations import Relation
from clipgraph.pages.terms import Term
from clipgraph.pages.themes import Group
from clipgraph.pages.vocabulary import Vocabulary


@dataclass(frozen=True)
class Card:
    """A class with what a picture tells of it.

    ``depth`` is how many classes of the theme stand above it (3 at most), ``parents`` what it specialises
    elsewhere, ``leads`` where its main properties lead, by property.
    """

    term: Term
    depth: int
    parents: list[str]
    leads: dict[str, list[str]]


def cards(vocabulary: Vocabulary, group: Group, found: Sequence[Relation]) -> list[Card]:
    """Return the cards of a theme, each class before those that specialise it; ``found`` is what to tell."""
    own = {term.iri: term for term in group.classes}
    return [
        Card(term, depth, outer(term, own), leading(main_relations(vocabulary, term.iri, found)))
        for term, depth in ordered(own)
    ]


def leading(relations: Sequence[Relation]) -> dict[str, list[str]]:
    """Return where relations lead, by property."""
    targets: dict[str, list[str]] = {}
    for relation in relations:
        targets.setdefault(relation.property, []).append(relation.target)
    return targets
