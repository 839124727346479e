"""The ontology, its shapes and how often each term is used, read once for each release."""

import asyncio
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from clipgraph.engines.rows import Row, Value, select, sorted_rows
from clipgraph.pages.asking import Asking
from clipgraph.pages.labels import best
from clipgraph.pages.property_paths import PREDICATE
from clipgraph.pages.reader import Reader
from clipgraph.pages.relations import Relation, relations_of
from clipgraph.pages.shapes import CORE, Shape, read_shapes
from clipgraph.pages.statements import Statements
from clipgraph.pages.term_links import TermLinks
from clipgraph.pages.terms import Term, Use, read_terms, uses_of
from clipgraph.rdf.prefixes import PREFIXES
from clipgraph.sparql.binding import bind

MOST_STATEMENTS = 40_000
_MOST_BYTES = 32 << 20
_KEPT = 3


@dataclass(frozen=True)
class Uses:
    """How often a term is used: in the default graph, and in the graphs of evidence beside it."""

    default: int = 0
    evidence: int = 0

    @property
    def all(self) -> int:
        """Both together."""
        return self.default + self.evidence


@dataclass(frozen=True)
class Vocabulary:
    """What the ontology page and those of terms and shapes show; ``whole`` tells whether all was read."""

    statements: Statements
    shapes: tuple[Shape, ...]
    instances: dict[str, Uses]
    uses: dict[str, Uses]
    whole: bool = True
    _links: dict[Reader, TermLinks] = field(default_factory=dict, init=False, repr=False, compare=False)

    def links(self, reader: Reader) -> TermLinks:
        """Return the links to terms for a reader, which pages share."""
        return self._links.setdefault(reader, TermLinks(self.label, reader))

    @cached_property
    def relations(self) -> list[Relation]:
        """How things of one class lead to those of another."""
        return relations_of(self.shapes)

    @cached_property
    def terms(self) -> dict[str, Term]:
        """Our terms by IRI."""
        return read_terms(self.statements)

    @cached_property
    def used_with(self) -> dict[str, list[Use]]:
        """What shapes say of each property, by its IRI."""
        return uses_of(self.shapes)

    @cached_property
    def by_iri(self) -> dict[str, Shape]:
        """The shapes by IRI."""
        return {shape.iri: shape for shape in self.shapes}

    def owner_of(self, part: str) -> Shape | None:
        """Return the shape that a property shape or a constraint is part of."""
        return self._owners.get(part)

    @cached_property
    def _owners(self) -> dict[str, Shape]:
        pairs = ((part, shape) for shape in self.shapes for part in shape.parts)
        return {part: shape for part, shape in pairs if part.startswith(PREFIXES["clipsh"])}

    def shapes_of(self, class_iri: str) -> list[Shape]:
        """Return the shapes that check the instances of a class, those of the classes above it last."""
        found = {shape.iri: shape for shape in self._by_class.get(class_iri, ())}
        for parent in self.above(class_iri):
            for shape in self._by_class.get(parent, ()):
                found.setdefault(shape.iri, shape)
        return list(found.values())

    @cached_property
    def _by_class(self) -> dict[str, list[Shape]]:
        found: dict[str, list[Shape]] = {}
        for shape in self.shapes:
            for iri in dict.fromkeys(shape.classes):
                found.setdefault(iri, []).append(shape)
        return found

    def properties_of(self, class_iri: str) -> list[tuple[str, int | None, int | None]]:
        """Return what the core shapes ask of a class: properties, at least and at most how many values.

        What several rules ask of one property is put together; a value of a certain kind counts as one.
        """
        found: dict[str, tuple[int | None, int | None]] = {}
        core = [shape for shape in self.shapes_of(class_iri) if shape.profile == CORE and shape.active]
        for rules in (rules for shape in core for rules in shape.properties):
            if rules.path.kind == PREDICATE and rules.active:
                least, most = found.get(rules.path.iri, (None, None))
                wanted = [least, rules.least, *(rule.least for rule in rules.rules)]
                bounds = [bound for bound in (most, rules.most) if bound is not None]
                found[rules.path.iri] = (
                    max((n for n in wanted if n), default=None),
                    min(bounds, default=None),
                )
        return [(iri, *counts) for iri, counts in found.items()]

    def above(self, term: str) -> list[str]:
        """Return every term that a term specialises, the nearest first."""
        found: dict[str, None] = {}
        near = self.statements.nodes(term, "rdfs:subClassOf", "rdfs:subPropertyOf")
        while near:
            found |= dict.fromkeys(near)
            far = [i for n in near for i in self.statements.nodes(n, "rdfs:subClassOf", "rdfs:subPropertyOf")]
            near = [iri for iri in far if iri not in found and iri != term]
        return list(found)

    def label(self, iri: str, reader: Reader) -> Value | None:
        """Return the label of a term, ours or reused, or the name of a shape."""
        known = self.by_iri.get(iri)
        return best(known.names if known else self.statements.values(iri, "rdfs:label"), reader)

    @cached_property
    def namespaces(self) -> list[tuple[str, str]]:
        """The prefixes of the table whose namespaces the ontology and its shapes use, with these."""
        used = self.statements.mentioned()
        return [
            (prefix, name) for prefix, name in PREFIXES.items() if any(iri.startswith(name) for iri in used)
        ]

    def count(self, term: str) -> Uses:
        """Return how many things a class has, or how many statements a property."""
        return self.instances.get(term) or self.uses.get(term) or Uses()


class Vocabularies:
    """The vocabularies of the releases asked for last; ``profiles`` are the shapes no release holds."""

    def __init__(self, profiles: Sequence[Shape] = ()) -> None:
        self._profiles = tuple(profiles)
        self._kept: OrderedDict[tuple[int, str], Vocabulary] = OrderedDict()
        self._lock = asyncio.Lock()

    async def of(self, asking: Asking) -> Vocabulary:
        """Return the vocabulary of the release that is asked; two queries where it is not kept."""
        async with self._lock:
            key = (asking.release, asking.state)
            found = self._kept.get(key)
            if found is None:
                found = self._kept[key] = await self._read(asking)
                if len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            return found

    async def _read(self, asking: Asking) -> Vocabulary:
        graphs = asking.graphs_of("ontology", "alignments", "shapes")
        query = asking.site.pages["terms"]
        text = bind(query, {"graph": graphs})
        rows = await select(asking.engine, text, asking.deadline, asking.client, _MOST_BYTES)
        rows = sorted_rows(query, rows)
        counts = await asking.rows("uses", evidence=asking.graphs_of("evidence"))
        return await asyncio.to_thread(make_vocabulary, rows, counts, self._profiles)


def make_vocabulary(rows: Sequence[Row], counts: Iterable[Row], profiles: Sequence[Shape] = ()) -> Vocabulary:
    """Return the vocabulary from the rows of the two queries, ``terms`` and ``uses``."""
    triples = ((row["subject"].text, row["property"].text, row["value"]) for row in rows[:MOST_STATEMENTS])
    statements = Statements(triples)
    found: dict[str, dict[str, dict[str, int]]] = {"class": {}, "property": {}}
    for row in counts:
        places = found[row["kind"].text].setdefault(row["term"].text, {})
        places[row["place"].text] = int(row["number"].text)
    instances, uses = ({iri: Uses(**places) for iri, places in kind.items()} for kind in found.values())
    shapes = (*read_shapes(statements), *profiles)
    return Vocabulary(statements, shapes, instances, uses, len(rows) <= MOST_STATEMENTS)
