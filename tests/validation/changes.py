"""Makes random changes to a graph, most of them damage, of the kinds that people make."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable

from clipgraph.rdf.prefixes import BASE, REUSED
from clipgraph.rdf.terms import Literal, NamedNode, Quad, Store
from clipgraph.releases.change import Change
from clipgraph.sources.graphs import DESCRIPTIONS, GRAPHS, INFERENCES

TYPE = NamedNode(REUSED["rdf"] + "type")
SUBCLASS = NamedNode(REUSED["rdfs"] + "subClassOf")
_NOT_CHANGED = (GRAPHS + "shapes/", GRAPHS + "ontology/external", INFERENCES, DESCRIPTIONS)
_DATES = ("2011-07-31", "1999-02-30", "2031-01-01", "not a date")


class Changes:
    """Random changes to what a store states, the same ones for the same seed."""

    def __init__(self, store: Store, seed: int) -> None:
        self._store = store
        self._random = random.Random(seed)  # noqa: S311
        quads = sorted(self._stated(store), key=str)
        self._by_class: dict[NamedNode, list[NamedNode]] = defaultdict(list)
        for quad in quads:
            kind = quad.object
            if quad.predicate == TYPE and isinstance(quad.subject, NamedNode) and isinstance(kind, NamedNode):
                self._by_class[kind].append(quad.subject)
        self._quads = quads

    @staticmethod
    def _stated(store: Store) -> Iterable[Quad]:
        return (
            quad
            for quad in store
            if isinstance(quad.graph_name, NamedNode) and not quad.graph_name.value.startswith(_NOT_CHANGED)
        )

    def kinds(self) -> list[Callable[[], Change]]:
        """Kinds."""
        return [
            self.deleted_subject,
            self.other_type,
            self.second_type,
            self.dropped_statement,
            self.other_link,
            self.other_literal,
            self.copied_statement,
            self.renamed_subject,
            self.new_statement,
            self.other_date,
            self.class_tree,
        ]

    def next(self) -> Change:
        """Next."""
        change = self._random.choice(self.kinds())()
        return Change(
            tuple(quad for quad in dict.fromkeys(change.added) if quad not in self._store),
            tuple(quad for quad in dict.fromkeys(change.removed) if quad in self._store),
        )

    def _subject(self) -> NamedNode:
        """Return a subject of a class that is drawn first, so that small classes have their turn."""
        kind = self._random.choice(list(self._by_class))
        return self._random.choice(self._by_class[kind])

    def _said(self, subject: NamedNode) -> list[Quad]:
        quads = self._store.quads_for_pattern(subject, None, None, None)
        return sorted((quad for quad in quads if self._is_stated(quad)), key=str)

    def _is_stated(self, quad: Quad) -> bool:
        graph = quad.graph_name
        return isinstance(graph, NamedNode) and not graph.value.startswith(_NOT_CHANGED)

    def _one(self, wanted: Callable[[Quad], bool] = lambda _: True) -> Quad | None:
        said = [quad for quad in self._said(self._subject()) if wanted(quad)]
        return self._random.choice(said) if said else None

    def deleted_subject(self) -> Change:
        """Deleted subject."""
        return Change(removed=tuple(self._said(self._subject())))

    def other_type(self) -> Change:
        """Other type."""
        return self._swapped(self._one(lambda quad: quad.predicate == TYPE), self._a_class())

    def second_type(self) -> Change:
        """Second type."""
        quad = self._one(lambda quad: quad.predicate == TYPE)
        return Change(added=(_with(quad, self._a_class()),) if quad else ())

    def dropped_statement(self) -> Change:
        """Dropped statement."""
        quad = self._one()
        return Change(removed=(quad,) if quad else ())

    def other_link(self) -> Change:
        """Other link."""
        return self._swapped(self._one(lambda quad: isinstance(quad.object, NamedNode)), self._subject())

    def other_literal(self) -> Change:
        """Other literal."""
        quad = self._one(lambda quad: isinstance(quad.object, Literal))
        other = self._random.choice(self._quads).object
        return self._swapped(quad, other if isinstance(other, Literal) else Literal("x", language="en"))

    def other_date(self) -> Change:
        """Other date."""
        quad = self._one(lambda quad: "date" in str(quad.object).lower() or "gYear" in str(quad.object))
        kind = NamedNode(REUSED["xsd"] + "date")
        return self._swapped(quad, Literal(self._random.choice(_DATES), datatype=kind))

    def copied_statement(self) -> Change:
        """Copied statement."""
        kind = self._random.choice(list(self._by_class))
        quad = self._random.choice(self._said(self._random.choice(self._by_class[kind])) or [None])
        other = self._random.choice(self._by_class[kind])
        return Change(
            added=(Quad(other, quad.predicate, quad.object, quad.graph_name),) if quad else (),
        )

    def renamed_subject(self) -> Change:
        """Renamed subject."""
        said = self._said(self._subject())
        name = NamedNode(f"{BASE}id/renamed/x{self._random.randrange(10**6)}")
        return Change(
            tuple(Quad(name, quad.predicate, quad.object, quad.graph_name) for quad in said), tuple(said)
        )

    def new_statement(self) -> Change:
        """New statement."""
        quad, subject = self._random.choice(self._quads), self._subject()
        return Change(added=(Quad(subject, quad.predicate, quad.object, quad.graph_name),))

    def class_tree(self) -> Change:
        """Class tree."""
        edges = sorted(self._store.quads_for_pattern(None, SUBCLASS, None, None), key=str)
        edges = [quad for quad in edges if self._is_stated(quad)]
        quad = self._random.choice(edges)
        if self._random.random() < 0.5:
            return Change(removed=(quad,))
        return Change(added=(_with(quad, self._a_class()),))

    def _a_class(self) -> NamedNode:
        return self._random.choice(list(self._by_class))

    def _swapped(self, quad: Quad | None, value: NamedNode | Literal) -> Change:
        if quad is None or quad.object == value:
            return Change()
        return Change((_with(quad, value),), (quad,))


def _with(quad: Quad, value: NamedNode | Literal) -> Quad:
    return Quad(quad.subject, quad.predicate, value, quad.graph_name)
