"""The model behind the page of any IRI: what is stated, in the order a person would tell it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from clipgraph.engines.engine import Engine
from clipgraph.engines.rows import Row, Value, select
from clipgraph.pages.site import Site, readable
from clipgraph.rdf.prefixes import PREFIXES
from clipgraph.rdf.terms import NamedNode
from clipgraph.sparql.binding import bind

_LANGUAGES = ("en", "", "de", "fr")
_INCOMING_SHOWN = 200


def _iris(*names: str) -> tuple[str, ...]:
    pairs = (name.split(":", 1) for name in names)
    return tuple(PREFIXES[prefix] + local for prefix, local in pairs)


_NAMES = _iris("skos:prefLabel", "dct:title", "rdfs:label", "foaf:name")
_DESCRIPTIONS = _iris("dct:description", "skos:definition", "rdfs:comment", "clip:goal", "dct:abstract")
_TYPE, _EVIDENCE, _STATUS = _iris("rdf:type", "clip:evidence", "adms:status")
# The terms of RDF and RDFS themselves are not ours to describe, so the graph has no label for them.
_BUILT_IN = dict(
    zip(
        _iris(
            "rdf:type",
            "rdfs:label",
            "rdfs:comment",
            "rdfs:subClassOf",
            "rdfs:subPropertyOf",
            "rdfs:isDefinedBy",
        ),
        ("type", "label", "comment", "specialises", "specialises", "is defined by"),
        strict=True,
    )
)
# What a reader wants first; everything else follows by label.
_FIRST = _iris(
    *(
        "skos:altLabel",
        "dct:alternative",
        "skos:notation",
        "adms:status",
        "clip:territoryKind",
        "dct:isPartOf",
    ),
    *("dct:spatial", "clip:governanceLevel", "clip:sector", "org:member", "org:role", "org:organization"),
    *("clip:implementedBy", "clip:documentedInModule", "dct:audience", "dct:issued", "dct:creator"),
)


@dataclass
class Fact:
    """One property with its values; ``graphs`` are the named graphs that state it."""

    property: str
    label: str
    values: list["Item"] = field(default_factory=list)
    graphs: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Item:
    """A value as it is shown: its text, and the IRI where it is a link."""

    value: Value
    label: str

    @property
    def iri(self) -> str:
        """The IRI of a link, empty for a literal."""
        return self.value.text if self.value.kind == "uri" else ""


@dataclass(frozen=True)
class Resource:
    """Everything that a page shows of an IRI."""

    iri: str
    label: Value
    types: list[Item]
    statuses: list[Item]
    descriptions: list[Value]
    facts: list[Fact]
    incoming: list[Fact]
    more_incoming: bool
    passages: list[Row]
    graphs: list[str]


async def load(engine: Engine, site: Site, iri: str, deadline: float, client: str) -> Resource | None:
    """Return the model of an IRI, or None where the graph does not know it; three queries."""
    value = {"resource": NamedNode(iri)}

    async def rows(name: str) -> list[Row]:
        return await select(engine, bind(site.pages[name], value), deadline, client)

    facts = _grouped(await rows("facts"))
    incoming = await rows("incoming")
    if not facts and not incoming:
        return None
    stated = {fact.property: fact for fact in facts}
    shown = [fact for fact in facts if fact.property not in (*_DESCRIPTIONS, _TYPE, _EVIDENCE, _STATUS)]
    label = _best(_values(stated, _NAMES)) or Value("literal", readable(iri))
    return Resource(
        iri,
        label,
        _types(stated),
        stated[_STATUS].values if _STATUS in stated else [],
        _by_language(_values(stated, _DESCRIPTIONS)),
        _ordered(_without_name(shown, label)),
        _ordered(_grouped(incoming[:_INCOMING_SHOWN])),
        len(incoming) > _INCOMING_SHOWN,
        await rows("evidence") if _EVIDENCE in stated else [],
        sorted({graph for fact in facts for graph in fact.graphs}),
    )


def _grouped(rows: Iterable[Row]) -> list[Fact]:
    facts: dict[str, Fact] = {}
    for row in rows:
        iri = row["property"].text
        label = row["propertyLabel"].text if "propertyLabel" in row else _BUILT_IN.get(iri) or readable(iri)
        fact = facts.setdefault(iri, Fact(iri, label))
        value = row["value"]
        known = row["valueLabel"].text if "valueLabel" in row else ""
        item = Item(value, known or (readable(value.text) if value.kind == "uri" else value.text))
        if item not in fact.values:
            fact.values.append(item)
        if "graph" in row:
            fact.graphs.add(row["graph"].text)
    for fact in facts.values():
        fact.values.sort(key=lambda item: (_language_order(item.value), item.label.casefold()))
    return list(facts.values())


def _ordered(facts: list[Fact]) -> list[Fact]:
    place = {iri: number for number, iri in enumerate(_FIRST)}
    return sorted(facts, key=lambda fact: (place.get(fact.property, len(place)), fact.label.casefold()))


def _without_name(facts: list[Fact], title: Value) -> list[Fact]:
    """Leave out of the names what stands in the title already, in whatever language."""
    for fact in facts:
        if fact.property in _NAMES:
            fact.values = [item for item in fact.values if item.value.text != title.text]
    return [fact for fact in facts if fact.values]


def _values(stated: dict[str, Fact], properties: Iterable[str]) -> list[Value]:
    return [item.value for iri in properties if iri in stated for item in stated[iri].values]


def _language_order(value: Value) -> int:
    return _LANGUAGES.index(value.language) if value.language in _LANGUAGES else len(_LANGUAGES)


def _best(values: list[Value]) -> Value | None:
    return min(values, key=_language_order, default=None)


def _by_language(values: list[Value]) -> list[Value]:
    return sorted(values, key=_language_order)


def _types(stated: dict[str, Fact]) -> list[Item]:
    """Return the types, our own first: they say most."""
    items = stated[_TYPE].values if _TYPE in stated else []
    return sorted(items, key=lambda item: (not item.iri.startswith(PREFIXES["clip"]), item.label.casefold()))
