"""What a page asks once it knows what is stated of its thing: of nodes within, passages, lists, labels."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from babel.support import NullTranslations

from clipgraph.engines.rows import Row, Value
from clipgraph.pages.asking import Asking
from clipgraph.pages.breadcrumbs import ancestors
from clipgraph.pages.facts import expand, is_nested, is_passage
from clipgraph.pages.labels import Labels, chosen
from clipgraph.pages.parts import Parts, read_parts
from clipgraph.pages.telling import Telling
from clipgraph.pages.types import Kind
from clipgraph.rdf.terms import NamedNode
from clipgraph.sparql.binding import is_iri

SHOWN_PASSAGES = 200
_MOST_NAMED = 2000  # things whose labels one page asks for

(_EVIDENCE,) = expand("clip:evidence")
_SIDE = expand("clip:hasClaim")[0]
# What points to a thing by these says something about it, and is told with it.
_SAYING = expand("clip:about")


@dataclass(frozen=True)
class Known:
    """The rows of the first query: what is stated, what points here, which disagreements there are."""

    iri: str
    outgoing: list[Row]
    incoming: list[Row]
    disputed: list[Row]
    start: int
    more: bool

    @cached_property
    def graphs(self) -> list[str]:
        """The named graphs that state something of it."""
        return sorted({row["graph"].text for row in self.outgoing})

    @cached_property
    def cited(self) -> set[str]:
        """The passages that support what is stated, as many as a page shows."""
        found = {row["value"].text for row in self.outgoing if row["property"].text == _EVIDENCE}
        return set(sorted(found)[:SHOWN_PASSAGES])

    @cached_property
    def linked(self) -> set[str]:
        """What it links and what points here, but for the passages cited."""
        rows = [*self.outgoing, *self.incoming, *self.disputed]
        return {row["value"].text for row in rows if row["value"].kind == "uri"} - self.cited


async def load_telling(asking: Asking, known: Known, kind: Kind) -> tuple[Telling, Parts]:
    """Return the facts of the nodes that exist to say one thing, where the passages stand, all labels, lists.

    Two queries at most: of the labels only those are asked for that no page of the release asked for before,
    and these together with the lists.
    """
    documents = {above for iri in known.cited for above in ancestors(iri)}
    found = await _facts(asking, known, documents)
    nested: dict[str, list[Row]] = defaultdict(list)
    for row in found:
        nested[row["thing"].text].append(row)
    named = _named(known, found, documents)
    rows, labels = await _lists_and_labels(asking, known.iri, kind, named)
    translations = asking.site.languages[asking.reader.language].translations
    labels = {**_built_in(translations, asking.reader.language), **labels}
    apart = {iri: nested.pop(iri) for iri in documents - _within(known) if iri in nested}
    return Telling(labels, nested, asking.reader, translations, apart), read_parts(rows, asking.reader)


async def _facts(asking: Asking, known: Known, documents: set[str]) -> list[Row]:
    """Return the rows of what is told within; where nothing is, without a query."""
    within, cited = _within(known) | documents, known.cited
    if not within and not cited:
        return []
    disputed = _nodes(_disputed(known))
    return await asking.rows("telling", within=_nodes(within), cited=_nodes(cited), disputed=disputed)


def _within(known: Known) -> set[str]:
    """Return the nodes whose facts are told within those of the thing."""
    claims = {row["value"].text for row in known.incoming if row["property"].text in _SAYING}
    sides = {row["value"].text for row in known.outgoing if row["property"].text == _SIDE}
    told = {iri for iri in known.linked if not is_passage(iri) and (is_nested(iri) or iri in claims)}
    return _disputed(known) | sides | told


def _disputed(known: Known) -> set[str]:
    """Return the disagreements whose sides are told, itself among them where it is one."""
    itself = {known.iri for row in known.outgoing if row["property"].text == _SIDE}
    return {row["value"].text for row in known.disputed} | itself


def _named(known: Known, found: Iterable[Row], documents: set[str]) -> set[str]:
    """Return every IRI that the page names."""
    named = {iri for iri in known.linked if not is_passage(iri)}
    named |= {row["property"].text for row in (*known.outgoing, *known.incoming)}
    named |= {*ancestors(known.iri), *documents, *known.graphs}
    cited = known.cited
    for row in found:
        if row["thing"].text not in cited and row["property"].text != _EVIDENCE:
            named.add(row["property"].text)
            if row["value"].kind == "uri":
                named.add(row["value"].text)
    return named


async def _lists_and_labels(
    asking: Asking, iri: str, kind: Kind, named: set[str]
) -> tuple[Sequence[Row], Labels]:
    """Return the rows of the lists of a kind, and the labels; one query, or none."""
    known = asking.site.labels
    missing = _nodes(known.missing(asking.release, named))[:_MOST_NAMED]
    told = known.of(asking.release, named, asking.reader)
    rows: list[Row] = []
    if kind.query:
        rows = await asking.rows(kind.query, resource=NamedNode(iri), named=missing)
    elif missing:
        rows = await asking.rows("labels", thing=missing)
    labels = [row for row in rows if "part" not in row]
    known.put(asking.release, {node.value for node in missing}, labels)
    return [row for row in rows if "part" in row], {**told, **chosen(labels, asking.reader)}


def _nodes(iris: Iterable[str]) -> list[NamedNode]:
    return [NamedNode(iri) for iri in sorted(iris) if is_iri(iri)]


@lru_cache
def _built_in(translations: NullTranslations, language: str) -> Mapping[str, Value]:
    """Return names for the terms of RDF, RDFS and OWL, which are not ours to describe in the graph."""
    _ = translations.gettext  # the name that Babel looks for
    names = (
        "rdf:type",
        "rdfs:label",
        "rdfs:subClassOf",
        "rdfs:subPropertyOf",
        "rdfs:isDefinedBy",
        "owl:sameAs",
    )
    told = (_("type"), _("label"), _("specialises"), _("specialises"), _("is defined by"), _("the same as"))
    pairs = zip(expand(*names), told, strict=True)
    return {iri: Value("literal", words, language) for iri, words in pairs}
