"""How things of one class lead to those of another, by the shapes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clipgraph.pages.property_paths import PREDICATE
from clipgraph.pages.shapes import CORE, PropertyRules, Shape, given


@dataclass(frozen=True)
class Relation:
    """A property by which the things of one class lead to those of another."""

    source: str
    property: str
    target: str


def relations_of(shapes: Sequence[Shape]) -> list[Relation]:
    """Return every relation between two classes by one property that the core shapes state.

    Where values may be of several classes by a shape of its own, that shape is the target.
    """
    by_iri = {shape.iri: shape for shape in shapes}
    found = [
        Relation(source, rules.path.iri, target)
        for shape in shapes
        if shape.profile == CORE
        for source in shape.classes
        for rules in shape.properties
        if rules.path.kind == PREDICATE
        for target in _targets_of(by_iri, rules)
    ]
    return list(dict.fromkeys(found))


def _targets_of(by_iri: Mapping[str, Shape], rules: PropertyRules) -> list[str]:
    shapes = [by_iri.get(iri) for iri in given(rules.rules, "node")]
    return [*rules.classes, *(shape.iri for shape in shapes if shape and shape.asks_for_class)]
