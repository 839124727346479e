"""The model of a list: what was found, the facets as links with counts, what is chosen, the pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clipgraph.engines.rows import Value
from clipgraph.pages.addresses import ListAddress
from clipgraph.pages.iris import href, readable
from clipgraph.pages.messages import N_
from clipgraph.pages.reader import Reader
from clipgraph.pages.words import CLASSES
from clipgraph.rdf.prefixes import PREFIXES
from clipgraph.search.questions import FACETS, MOST_LETTERS, MOST_PAGES, Found, Named, Question, Results, Text

SIZE = 20
# Values of a facet: on a page, whose links cost time to make and to read, and in JSON.
PAGE_VALUES, DATA_VALUES = 60, 200
_SHOWN_AT_ONCE = 8

NAMES: Mapping[str, str] = {
    "type": N_("Kind"),
    "level": N_("Level"),
    "sector": N_("Sector"),
    "country": N_("Country"),
    "place": N_("Place"),
    "field": N_("Field of action"),
    "module": N_("Research module"),
    "network": N_("Network"),
    "audience": N_("Target group"),
    "topic": N_("Topic"),
    "told": N_("What is told"),
    "has": N_("What there is"),
}


# What a practice tells, as a reader asks for it and not as the property is called.
_TOLD: Mapping[str, str] = {
    PREFIXES["clip"] + "goal": N_("its goal"),
    PREFIXES["clip"] + "result": N_("what came of it"),
    PREFIXES["clip"] + "evaluation": N_("how it is judged"),
    PREFIXES["clip"] + "transferability": N_("whether others can do it"),
    PREFIXES["clip"] + "mainstreamed": N_("that it became permanent"),
    PREFIXES["clip"] + "Funding": N_("who paid, or how much"),
    PREFIXES["time"] + "hasTime": N_("when it was"),
}


# By facet the values that the pages have words of their own for.
_MESSAGES: Mapping[str, Mapping[str, str]] = {"told": _TOLD, "type": CLASSES}


@dataclass(frozen=True)
class Choice:
    """A value of a facet as a link: its name, how many there are, where the link leads.

    ``href`` is that for the reader; ``message`` is a name from the catalogues that takes the place of the
    value's own, or empty.
    """

    name: Value
    count: int
    address: ListAddress
    href: str
    chosen: bool
    message: str = ""


@dataclass(frozen=True)
class Facet:
    """A facet: its name (a message) and its choices, the first shown at once, the others at will."""

    key: str
    name: str
    choices: list[Choice]

    @property
    def first(self) -> list[Choice]:
        """What is shown at once: what is chosen, and the most frequent."""
        return [choice for n, choice in enumerate(self.choices) if choice.chosen or n < _SHOWN_AT_ONCE]

    @property
    def further(self) -> list[Choice]:
        """What is shown at will."""
        return [choice for n, choice in enumerate(self.choices) if not choice.chosen and n >= _SHOWN_AT_ONCE]


@dataclass(frozen=True)
class Listing:
    """A page of a list."""

    address: ListAddress
    results: Results
    facets: list[Facet]

    @property
    def chosen(self) -> list[tuple[Facet, Choice]]:
        """What is chosen, each with the address without it."""
        return [(facet, choice) for facet in self.facets for choice in facet.choices if choice.chosen]

    @property
    def pages(self) -> int:
        """How many pages can be turned, at least one; of very many things the first ten thousand."""
        return min(max(1, -(-self.results.total // SIZE)), MOST_PAGES)

    @property
    def first(self) -> int:
        """The number of the first thing on this page, from 1."""
        return (self.results.page - 1) * SIZE + 1

    @property
    def previous(self) -> ListAddress | None:
        """The page before."""
        return self.address.at_page(self.results.page - 1) if self.results.page > 1 else None

    @property
    def next(self) -> ListAddress | None:
        """The page after."""
        return self.address.at_page(self.results.page + 1) if self.results.page < self.pages else None


def question(
    address: ListAddress,
    reader: Reader,
    counted: Sequence[str],
    within: tuple[tuple[str, str], ...] = (),
    values: int = PAGE_VALUES,
    size: int = SIZE,
) -> Question:
    """Return what is to be asked for a page of so many things, with so many values of each facet."""
    order = tuple(dict.fromkeys((reader.language, "en", "")))
    return Question(
        address.words,
        address.by_facet(),
        within,
        order,
        tuple(counted),
        min(address.page, MOST_PAGES),
        size,
        values,
    )


def listing(address: ListAddress, results: Results, reader: Reader) -> Listing:
    """Return the model of a page for a reader; facets without any choice are left out."""
    facets = [
        Facet(key, NAMES[key], _choices(key, values, address, reader))
        for key, values in results.facets.items()
    ]
    return Listing(address, results, [facet for facet in facets if facet.choices])


def _choices(facet: str, values: Sequence[Named], address: ListAddress, reader: Reader) -> list[Choice]:
    def choice(name: Value, count: int, leads: ListAddress, *, chosen: bool, message: str = "") -> Choice:
        return Choice(name, count, leads, reader.link(str(leads)), chosen, message)

    known = {name for value in values for name in (value.key, value.iri)}
    choices = [
        choice(
            name_of(value),
            value.count,
            address.without_value(facet, value.key, value.iri)
            if value.chosen
            else address.with_value(facet, value.key),
            chosen=value.chosen,
            message=_MESSAGES.get(facet, {}).get(value.iri, ""),
        )
        for value in values
    ]
    # What no thing has can be taken off, too.
    strange = [value for value in address.by_facet().get(facet, ()) if value not in known]
    return choices + [
        choice(Value("literal", value), 0, address.without_value(facet, value), chosen=True)
        for value in strange
    ]


def name_of(value: Named) -> Value:
    """Return the name of a value, or its IRI made readable where it has none."""
    text = value.label
    return (
        Value("literal", text.value, text.language) if text.value else Value("literal", readable(value.iri))
    )


def as_data(listing: Listing, reader: Reader, further: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return a page of a list as JSON values; ``further`` are values by the IRI of a thing, added to it."""
    results = listing.results
    return {
        "release": results.release,
        "query": listing.address.words,
        "read_as": results.read or None,
        "match": "some" if results.loose else "all",
        "total": results.total,
        "page": results.page,
        "pages": listing.pages,
        "previous": _linked(listing.previous, reader),
        "next": _linked(listing.next, reader),
        "results": [
            _found(found, reader) | dict((further or {}).get(found.iri, {})) for found in results.found
        ],
        "facets": {
            facet: [_value(value) | {"count": value.count, "chosen": value.chosen} for value in values]
            for facet, values in results.facets.items()
        },
    }


def _linked(address: ListAddress | None, reader: Reader) -> str | None:
    return None if address is None else reader.link(str(address))


def suggested(words: str, found: Sequence[Found], release: int, reader: Reader) -> dict[str, Any]:
    """Return what is suggested for what was typed as JSON values, in the words of a list."""
    things = [each for each in found if each.label.value]
    types = [{"type": [_value(value) for value in each.facets["type"]]} for each in things]
    return {
        "release": release,
        "query": " ".join(words[:MOST_LETTERS].split()),
        "results": [_thing(each, reader) | kinds for each, kinds in zip(things, types, strict=True)],
    }


def _found(found: Found, reader: Reader) -> dict[str, Any]:
    return {
        **_thing(found, reader),
        "description": text_data(found.description),
        **{facet: [_value(value) for value in found.facets.get(facet, ())] for facet in FACETS},
    }


def _thing(found: Found, reader: Reader) -> dict[str, Any]:
    return {
        "iri": found.iri,
        "href": target(found.iri, reader),
        "label": text_data(found.label),
        "found_as": text_data(found.alternative),
    }


def target(iri: str, reader: Reader) -> str | None:
    """Return where a link to a thing goes for a reader."""
    path = href(iri)
    return (reader.link(path) if path.startswith("/") else path) or None


def text_data(text: Text | None) -> dict[str, Any] | None:
    """Return a text as JSON values; ``marks`` are pairs of code points between which a found word stands."""
    if text is None:
        return None
    return {
        "value": text.value,
        "language": text.language or None,
        "marks": [list(pair) for pair in text.marks],
    }


def _value(value: Named) -> dict[str, Any]:
    name = name_of(value)
    return {
        "value": value.key,
        "iri": value.iri,
        "label": {"value": name.text, "language": name.language or None},
    }
