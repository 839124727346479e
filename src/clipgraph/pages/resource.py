"""The model behind the page of any IRI: what is stated, in the order a person would tell it."""

from asyncio import gather
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from clipgraph.engines.rows import Row, Value
from clipgraph.pages.asking import Asking
from clipgraph.pages.breadcrumbs import ancestors
from clipgraph.pages.facts import Fact, Item, expand, is_nested, is_passage, name_of
from clipgraph.pages.iris import readable
from clipgraph.pages.labels import Labels, best, chosen, in_order
from clipgraph.pages.parts import Parts, read_parts
from clipgraph.pages.passages import read_passage, read_passages, with_words
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
from clipgraph.sparql.binding import is_iri

SHOWN = 100  # of what points to a thing, on one page
SHOWN_PASSAGES = 200

_NAMES = expand("skos:prefLabel", "dct:title", "rdfs:label", "foaf:name")
_DESCRIPTIONS = expand("dct:description", "skos:definition", "rdfs:comment", "dct:abstract")
_TYPE, _EVIDENCE, _STATUS = expand("rdf:type", "clip:evidence", "adms:status")
_SIDE = expand("clip:hasClaim")[0]
# What sort of place it is says more than that it is a place.
(_KIND,) = expand("clip:territoryKind")
# What points to a thing by these says something about it, and is told with it.
_SAYING = expand("clip:about")
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
    if not start:
        incoming = [*by_direction["near"], *incoming]
    more = len(by_direction["in"]) > SHOWN
    known = _Known(iri, by_direction["out"], incoming, by_direction["disputed"], start, more)
    telling, parts = await gather(_telling(asking, known), _parts(asking, iri, kind))
    return await _quoting(asking, _model(known, telling, kind, parts), known, telling.labels)


async def _quoting(asking: Asking, model: Resource, known: "_Known", labels: Labels) -> Resource:
    """Return the model with the words of its passages; one that is a passage is named by its heading."""
    passages = await with_words(asking, model.passages)
    if not is_passage(model.iri) or (own := read_passage(model.iri, known.outgoing, labels)) is None:
        return replace(model, passages=passages)
    place = f"{own.start}–{own.end}"
    name = f"{own.heading.text}, {place}" if own.heading.text else place
    label = Value("literal", name, own.heading.language)
    return replace(model, label=label, passages=passages, passage=(await with_words(asking, [own]))[0])


@dataclass(frozen=True)
class _Known:
    """The rows of the first query: what is stated, what points here, which disagreements there are."""

    iri: str
    outgoing: list[Row]
    incoming: list[Row]
    disputed: list[Row]
    start: int
    more: bool


async def _parts(asking: Asking, iri: str, kind: Kind) -> Parts:
    rows = await asking.rows(kind.query, resource=NamedNode(iri)) if kind.query else []
    return read_parts(rows, asking.reader)


async def _telling(asking: Asking, known: _Known) -> Telling:
    """Return the facts of the nodes that exist to say one thing, where the passages stand, and all labels."""
    rows = [*known.outgoing, *known.incoming, *known.disputed]
    cited = {row["value"].text for row in known.outgoing if row["property"].text == _EVIDENCE}
    cited = set(sorted(cited)[:SHOWN_PASSAGES])
    iris = {row["value"].text for row in rows if row["value"].kind == "uri"} - cited
    disputed = {row["value"].text for row in known.disputed}
    claims = {row["value"].text for row in known.incoming if row["property"].text in _SAYING}
    sides = {row["value"].text for row in known.outgoing if row["property"].text == _SIDE}
    disputed |= {known.iri} if sides else set()
    within = (
        disputed | sides | {iri for iri in iris if not is_passage(iri) and (is_nested(iri) or iri in claims)}
    )
    named = {iri for iri in iris if not is_passage(iri)} | {
        row["property"].text for row in rows if "property" in row
    }
    named |= {above for iri in (known.iri, *cited) for above in ancestors(iri)} | {*_graphs(known)}
    # Of a document only a passage tells what kind it is and when it came out: it is no claim.
    documents = {above for iri in cited for above in ancestors(iri)} - within
    found = await asking.rows(
        "telling",
        within=_nodes(within | documents),
        cited=_nodes(cited),
        disputed=_nodes(disputed),
        named=_nodes(named),
    )
    nested: dict[str, list[Row]] = defaultdict(list)
    for row in found:
        if "property" in row:
            nested[row["thing"].text].append(row)
    labels = dict(chosen(found, asking.reader))
    for name, message in _built_in(asking).items():
        labels.setdefault(name, Value("literal", message, asking.reader.language))
    translations = asking.site.languages[asking.reader.language].translations
    apart = {iri: nested.pop(iri) for iri in documents if iri in nested}
    return Telling(labels, nested, asking.reader, translations, apart)


def _nodes(iris: Iterable[str]) -> list[NamedNode]:
    return [NamedNode(iri) for iri in sorted(iris) if is_iri(iri)]


def _model(known: _Known, telling: Telling, kind: Kind, parts: Parts) -> Resource:
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
        _types(values[_KIND] or values[_TYPE], telling),
        [Item(value, name_of(value.text, telling.labels)) for value in values[_STATUS]],
        best(descriptions, reader),
        stated,
        pointing,
        arranged(fact for fact in stated if not kind.is_told(fact.property, inverse=False)),
        pointing if known.start else _untold(pointing, kind, parts),
        known.start,
        known.more,
        telling.items((row["value"] for row in known.disputed), without=known.iri),
        read_passages(values[_EVIDENCE], telling.nested, telling.labels, telling.documents),
        [Item(Value("uri", each), name_of(each, telling.labels)) for each in _graphs(known)],
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


def _graphs(known: _Known) -> list[str]:
    """Return the named graphs that state something of it."""
    return sorted({row["graph"].text for row in known.outgoing})


def _own(known: _Known, telling: Telling) -> Item:
    """Return the thing itself as a list would tell it: a claim as a line."""
    itself = replace(telling, nested=telling.nested | {known.iri: known.outgoing})
    return itself.items([Value("uri", known.iri)])[0]


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


def _built_in(asking: Asking) -> dict[str, str]:
    """Return names for the terms of RDF, RDFS and OWL, which are not ours to describe in the graph."""
    _ = lambda text: asking.site.message(asking.reader, text)  # noqa: E731  # the name that Babel looks for
    names = (
        "rdf:type",
        "rdfs:label",
        "rdfs:subClassOf",
        "rdfs:subPropertyOf",
        "rdfs:isDefinedBy",
        "owl:sameAs",
    )
    told = (_("type"), _("label"), _("specialises"), _("specialises"), _("is defined by"), _("the same as"))
    return dict(zip(expand(*names), told, strict=True))


async def resource_page(asking: Asking, iri: str, path: str, start: int) -> str | None:
    """Return the page about an IRI, None where the graph does not know it."""
    resource = await load(asking, iri, start)
    if resource is None:
        return None
    structured = structured_data(resource, asking.public_url)
    context = {"map": map_of(resource), "structured": structured, "formats": GRAPHS, "step": SHOWN}
    return asking.render(resource.kind.template, resource=resource, data=path, **context)
