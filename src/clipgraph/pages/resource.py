"""The model behind the page of any IRI: what is stated, in the order a person would tell it."""

from collections import defaultdict
from dataclasses import replace

from babel.numbers import format_decimal

from clipgraph.engines.rows import Row, Value
from clipgraph.pages.asking import Asking
from clipgraph.pages.breadcrumbs import ancestors
from clipgraph.pages.facts import Fact, Item, expand, is_nested, is_passage, name_of
from clipgraph.pages.graph_names import name_of_graph
from clipgraph.pages.iris import readable
from clipgraph.pages.labels import Labels, best, in_order
from clipgraph.pages.nested import Known, load_telling
from clipgraph.pages.paging import none_from
from clipgraph.pages.parts import Parts
from clipgraph.pages.passages import read_passage, read_passages, with_words
from clipgraph.pages.reader import Reader
from clipgraph.pages.resource_model import Resource
from clipgraph.pages.sections import arranged
from clipgraph.pages.structured import structured_data
from clipgraph.pages.telling import Telling
from clipgraph.pages.types import Kind, kind_of
from clipgraph.pages.whereabouts import map_of
from clipgraph.pages.words import BACKWARD
from clipgraph.rdf.formats import GRAPHS
from clipgraph.rdf.prefixes import PREFIXES
from clipgraph.rdf.terms import NamedNode

SHOWN = 100  # of what points to a thing, on one page

_NAMES = expand("skos:prefLabel", "dct:title", "rdfs:label", "foaf:name")
_DESCRIPTIONS = expand("dct:description", "skos:definition", "rdfs:comment", "dct:abstract")
_TYPE, _EVIDENCE, _STATUS = expand("rdf:type", "clip:evidence", "adms:status")
# What sort of place it is says more than that it is a place.
(_KIND,) = expand("clip:territoryKind")
_OF_DOCUMENT, _DOCUMENT = expand("dct:type", "clip:Document")
# Of these a special class is given too, or says no more.
_GENERAL = expand(
    *("dct:Location", "skos:Concept", "time:Interval", "org:Organization", "org:OrganizationalCollaboration")
)
_APART = frozenset((*_NAMES, *_DESCRIPTIONS, _TYPE, _EVIDENCE, _STATUS))


async def load(asking: Asking, iri: str, start: int = 0) -> Resource | None:
    """Return the model of an IRI, or None where the graph does not know it; three queries at most."""
    rows = await asking.rows("resource", start=start, resource=NamedNode(iri))
    if not rows:
        return None
    by_direction: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_direction[row["direction"].text].append(row)
    kind = kind_of(row["value"].text for row in by_direction["out"] if row["property"].text == _TYPE)
    incoming = by_direction["in"][:SHOWN]
    if start and not incoming:
        raise none_from(start)
    if not start:
        incoming = [*by_direction["near"], *incoming]
    more = len(by_direction["in"]) > SHOWN
    known = Known(iri, by_direction["out"], incoming, by_direction["disputed"], start, more)
    telling, parts = await load_telling(asking, known, kind)
    return await _quoting(asking, _model(known, telling, kind, parts), known, telling.labels)


async def _quoting(asking: Asking, model: Resource, known: Known, labels: Labels) -> Resource:
    """Return the model with the words of its passages; one that is a passage is named by its heading."""
    passages = await with_words(asking, model.passages)
    if not is_passage(model.iri) or (own := read_passage(model.iri, known.outgoing, labels)) is None:
        return replace(model, passages=passages)
    numbers = (format_decimal(number, locale=asking.reader.language) for number in (own.start, own.end))
    place = "–".join(numbers)
    name = f"{own.heading.text}, {place}" if own.heading.text else place
    label = Value("literal", name, own.heading.language)
    return replace(model, label=label, passages=passages, passage=(await with_words(asking, [own]))[0])


def _model(known: Known, telling: Telling, kind: Kind, parts: Parts) -> Resource:
    values: dict[str, list[Value]] = defaultdict(list)
    for row in known.outgoing:
        if row["value"] not in values[row["property"].text]:
            values[row["property"].text].append(row["value"])
    reader = telling.reader
    names = [value for name in _NAMES for value in values.get(name, [])]
    descriptions = [value for name in _DESCRIPTIONS for value in values.get(name, [])]
    stated = telling.facts(
        (row for row in known.outgoing if row["property"].text not in _APART), without=known.iri
    )
    disputes = {row["value"] for row in known.disputed}
    incoming = (row for row in known.incoming if row["value"] not in disputes)
    pointing = telling.facts(incoming, inverse=True, without=known.iri)
    pointing.sort(key=_order_of_inverse)
    return Resource(
        known.iri,
        frozenset(value.text for value in values[_TYPE]),
        label := best(names, reader) or Value("literal", readable(known.iri)),
        _other_names(in_order(names, reader), label),
        _types(_kinds(values), telling),
        [Item(value, name_of(value.text, telling.labels)) for value in values[_STATUS]],
        best(descriptions, reader),
        stated,
        pointing,
        arranged(fact for fact in stated if not kind.is_told(fact.property, inverse=False)),
        pointing if known.start else _untold(pointing, kind, parts),
        known.start,
        known.more,
        _with_itself(known, telling).items(row["value"] for row in known.disputed),
        read_passages(values[_EVIDENCE], telling.nested, telling.labels, telling.documents),
        [Item(Value("uri", each), _graph_name(each, telling)) for each in known.graphs],
        kind,
        parts,
        [
            Item(Value("uri", above), telling.labels[above])
            for above in ancestors(known.iri)
            if above in telling.labels
        ],
        None,
        _own(known, telling) if is_nested(known.iri) else None,
    )


def _kinds(values: dict[str, list[Value]]) -> list[Value]:
    """Return what sort of place or document it is where that is said, else its classes."""
    sorts = values[_OF_DOCUMENT] if any(value.text == _DOCUMENT for value in values[_TYPE]) else []
    return values[_KIND] or sorts or values[_TYPE]


def _with_itself(known: Known, telling: Telling) -> Telling:
    """Return what tells the thing itself too, as a list would: one of the sides, a claim as a line."""
    if not is_nested(known.iri):
        return telling
    told = [*known.outgoing, *telling.nested.get(known.iri, [])]
    return replace(
        telling,
        nested=telling.nested | {known.iri: told},
        labels={**telling.labels, known.iri: _label(known, telling.reader)},
    )


def _graph_name(iri: str, telling: Telling) -> Value:
    name = name_of_graph(iri, telling.translations.gettext)
    return telling.labels.get(iri) or Value("literal", name or readable(iri), telling.reader.language)


def _own(known: Known, telling: Telling) -> Item:
    """Return the thing itself as a line."""
    return _with_itself(known, telling).items([Value("uri", known.iri)])[0]


def _label(known: Known, reader: Reader) -> Value:
    names = [row["value"] for name in _NAMES for row in known.outgoing if row["property"].text == name]
    return best(names, reader) or Value("literal", readable(known.iri))


def _untold(facts: list[Fact], kind: Kind, parts: Parts) -> list[Fact]:
    """Return what points here without what the page tells elsewhere: by its template, or in a list."""
    listed = {card.iri for cards in parts.values() for card in cards}
    listed |= {item.iri for fact in facts if kind.is_told(fact.property, inverse=True) for item in fact.items}
    left = []
    for fact in facts:
        items = [item for item in fact.items if item.iri not in listed]
        if items and not kind.is_told(fact.property, inverse=True):
            left.append(replace(fact, items=items))
    return left


def _other_names(names: list[Value], label: Value) -> list[Value]:
    """Return what else it is called: each text once, without the one in the title."""
    others: dict[str, Value] = {}
    for name in names:
        others.setdefault(name.text, name)
    others.pop(label.text, None)
    return list(others.values())


def _types(values: list[Value], telling: Telling) -> list[Item]:
    """Return the types, our own first: they say most; without the general where there is a special one."""
    special = [value for value in values if value.text not in _GENERAL] or values
    items = [Item(value, telling.class_name(value.text)) for value in special]
    return sorted(items, key=lambda item: (not item.iri.startswith(PREFIXES["clip"]), item.label.text))


def _order_of_inverse(fact: Fact) -> tuple[int, str]:
    known = list(BACKWARD)
    place = known.index(fact.property) if fact.property in BACKWARD else len(known)
    return place, fact.label.text.casefold()


async def resource_page(asking: Asking, iri: str, path: str, start: int) -> str | None:
    """Return the page about an IRI, None where the graph does not know it."""
    resource = await load(asking, iri, start)
    if resource is None:
        return None
    structured = structured_data(resource, asking.public_url)
    context = {"map": map_of(resource), "structured": structured, "formats": GRAPHS, "step": SHOWN}
    return asking.render(resource.kind.template, resource=resource, data=path, **context)
