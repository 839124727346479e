"""What is counted of a release: the figures behind VoID (https://www.w3.org/TR/void/)."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class PropertyFigures:
    """How often a graph uses a property, and with how many different subjects and objects."""

    triples: int
    subjects: int
    objects: int


@dataclass(frozen=True)
class GraphFigures:
    """What is counted of a graph.

    ``entities`` are the subjects that are IRIs in the URI space of the dataset; ``classes`` maps classes to
    how many things the graph says to be of them, ``properties`` maps properties to how they are used.
    """

    triples: int = 0
    subjects: int = 0
    objects: int = 0
    entities: int = 0
    classes: dict[str, int] = field(default_factory=dict)
    properties: dict[str, PropertyFigures] = field(default_factory=dict)


@dataclass(frozen=True)
class Use:
    """How many triples give things of a class a property.

    ``classes`` and ``datatypes`` map those of the values to how many of the triples have such a one.
    """

    of: str
    property: str
    triples: int
    classes: dict[str, int]
    datatypes: dict[str, int]


@dataclass(frozen=True)
class Links:
    """How many triples with a property lead from the dataset to another one, ``target``."""

    target: str
    property: str
    triples: int


@dataclass(frozen=True)
class Figures:
    """What is counted of a release: of the default graph, of each named graph (by IRI), and between them."""

    default: GraphFigures
    graphs: dict[str, GraphFigures]
    uses: tuple[Use, ...]
    links: tuple[Links, ...]


def figures_of(data: dict[str, Any]) -> Figures:
    """Return the figures that ``dataclasses.asdict`` made JSON values of; raises KeyError, TypeError."""
    return Figures(
        _graph(data["default"]),
        {iri: _graph(graph) for iri, graph in data["graphs"].items()},
        tuple(Use(**use) for use in data["uses"]),
        tuple(Links(**links) for links in data["links"]),
    )


def _graph(data: dict[str, Any]) -> GraphFigures:
    properties = {iri: PropertyFigures(**each) for iri, each in data["properties"].items()}
    return GraphFigures(**data | {"properties": properties})
