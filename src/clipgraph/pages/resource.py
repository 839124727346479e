"""The model behind the page of any IRI: what is stated, in the order a person would tell it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from clipgraph.engines.rows import Row, Value
from clipgraph.pages.asking import Asking
from clipgraph.pages.facts import Fact, Item, Telling, expand, is_nested, is_passage, name_of
from clipgraph.pages.labels import Labels, best, chosen, in_order
from clipgraph.pages.passages import Passage, read_passages
from clipgraph.pages.sections import INVERSE, Section, arranged
from clipgraph.pages.site import readable
from clipgraph.rdf.formats import GRAPHS
from clipgraph.rdf.prefixes import PREFIXES
from clipgraph.rdf.terms import NamedNode
from clipgraph.sparql.binding import is_iri

SHOWN = 100  # of what points to a thing, on one page

_NAMES = expand("skos:prefLabel", "dct:title", "rdfs:label", "foaf:name")
_DESCRIPTIONS = expand("dct:description", "skos:definition", "rdfs:comment", "dct:abstract")
_TYPE, _EVIDENCE, _STATUS = expand("rdf:type", "clip:evidence", "adms:status")
_APART = frozenset((*_NAMES, *_DESCRIPTIONS, _TYPE, _EVIDENCE, _STATUS))


@dataclass(frozen=True)
class Resource:
    """Everything that a page shows of an IRI.

    ``lead`` is the description in the best language and ``lead_others`` the same in the others; ``incoming``
    is a page of what points here from number ``start`` on, and ``more`` tells whether there is another.
    """

    iri: str
    label: Value
    names: list[Value]
    types: list[Item]
    statuses: list[Item]
    lead: Value | None
    sections: list[Section]
    incoming: list[Fact]
    start: int
    more: bool
    passages: list[Passage]
    graphs: list[str]


async def load(asking: Asking, iri: str, start: int = 0) -> Resource | None:
    """Return the model of an IRI, or None where the graph does not know it; three queries."""
    rows = await asking.rows("resource", start=start, resource=NamedNode(iri))
    if not rows:
        return None
    outgoing = [row for row in rows if row["direction"].text == "out"]
    incoming = [row for row in rows if row["direction"].text == "in"]
    nested = await _nested(asking, outgoing, incoming[:SHOWN])
    labels = await _labels(asking, [*rows, *(row for each in nested.values() for row in each)])
    return _model(asking, iri, outgoing, incoming, Telling(labels, nested, asking.reader), start)


async def _nested(asking: Asking, outgoing: list[Row], incoming: list[Row]) -> dict[str, list[Row]]:
    """Return the facts of the nodes that exist to say one thing, and of the passages that support them."""
    wanted = {row["value"].text for row in (*outgoing, *incoming) if is_nested(row["value"].text)}
    cited = {row["value"].text for row in outgoing if row["property"].text == _EVIDENCE}
    wanted = {iri for iri in wanted if (iri in cited or not is_passage(iri)) and is_iri(iri)}
    found: dict[str, list[Row]] = defaultdict(list)
    if wanted:
        for row in await asking.rows("details", thing=[NamedNode(iri) for iri in sorted(wanted)]):
            found[row["thing"].text].append(row)
    return found


async def _labels(asking: Asking, rows: Iterable[Row]) -> Labels:
    iris = {row[name].text for row in rows for name in ("property", "value") if row[name].kind == "uri"}
    nodes = [NamedNode(iri) for iri in sorted(iris) if is_iri(iri) and not is_passage(iri)]
    labels = dict(chosen(await asking.rows("labels", thing=nodes), asking.reader))
    for iri, message in _built_in(asking).items():
        labels.setdefault(iri, Value("literal", message, asking.reader.language))
    return labels


def _model(
    asking: Asking, iri: str, outgoing: list[Row], incoming: list[Row], telling: Telling, start: int
) -> Resource:
    stated: dict[str, list[Value]] = defaultdict(list)
    for row in outgoing:
        if row["value"] not in stated[row["property"].text]:
            stated[row["property"].text].append(row["value"])
    reader = asking.reader
    names = [value for name in _NAMES for value in stated.get(name, [])]
    descriptions = [value for name in _DESCRIPTIONS for value in stated.get(name, [])]
    shown = [row for row in outgoing if row["property"].text not in _APART]
    backwards = telling.facts(incoming[:SHOWN], inverse=True, without=iri)
    return Resource(
        iri,
        label := best(names, reader) or Value("literal", readable(iri)),
        _other_names(in_order(names, reader), label),
        _types(stated[_TYPE], telling.labels),
        [Item(value, name_of(value.text, telling.labels)) for value in stated[_STATUS]],
        best(descriptions, reader),
        arranged(telling.facts(shown)),
        sorted(backwards, key=_order_of_inverse),
        start,
        len(incoming) > SHOWN,
        read_passages(stated[_EVIDENCE], telling.nested, telling.labels),
        sorted({row["graph"].text for row in outgoing}),
    )


def _other_names(names: list[Value], label: Value) -> list[Value]:
    """Return what else it is called: each text once, without the one in the title."""
    others: dict[str, Value] = {}
    for name in names:
        others.setdefault(name.text, name)
    others.pop(label.text, None)
    return list(others.values())


def _types(values: list[Value], labels: Labels) -> list[Item]:
    """Return the types, our own first: they say most."""
    items = [Item(value, name_of(value.text, labels)) for value in values]
    return sorted(items, key=lambda item: (not item.iri.startswith(PREFIXES["clip"]), item.label.text))


def _order_of_inverse(fact: Fact) -> tuple[int, str]:
    known = list(INVERSE)
    place = known.index(fact.property) if fact.property in INVERSE else len(known)
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
    return asking.render(
        "resource.html", resource=resource, data=path, formats=GRAPHS, inverse=INVERSE, step=SHOWN
    )
