"""The lists: what is looked for by words, the practices, the cities; each a page and the same as data."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from clipgraph.engines.rows import Value
from clipgraph.pages.addresses import ListAddress
from clipgraph.pages.asking import Asking
from clipgraph.pages.choices import name_of
from clipgraph.pages.details import Details, details_data, details_of, points_of
from clipgraph.pages.listing import Listing, as_data, listing
from clipgraph.pages.maps import small_map
from clipgraph.pages.tables import table
from clipgraph.search.questions import Results


@dataclass(frozen=True)
class Kind:
    """A kind of list.

    ``within`` are pairs of facet and value of which what it lists has one; ``facets`` what it is narrowed
    by; ``details`` the query for what is told of each thing, or empty; ``template`` the page. ``columns``
    and ``dates`` are what a table has beside the facets: things that are told, and times.
    """

    path: str
    facets: tuple[str, ...]
    template: str
    within: tuple[tuple[str, str], ...] = ()
    details: str = ""
    columns: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()


SEARCH = Kind("/search", ("type", "level", "sector", "country", "field", "module", "network"), "search.html")
PRACTICES = Kind(
    "/practices",
    ("country", "field", "module", "audience", "told", "network", "type", "topic"),
    "practices.html",
    tuple(("type", kind) for kind in ("Practice", "GoodPractice", "PilotProject")),
    "practice-details",
    ("place", "actor", "funder", "status"),
    ("beginning", "end"),
)
CITIES = Kind(
    "/cities",
    ("country", "network", "has", "type"),
    "cities.html",
    tuple(("type", f"territory-kind:{kind}") for kind in ("city", "metropolitan-borough", "province")),
    "city-details",
    ("practice", "signed"),
)


async def list_page(asking: Asking, kind: Kind, address: ListAddress, results: Results) -> str:
    """Return the page of a list; one query, or none."""
    made = listing(address, results, asking.reader)
    details = await _details(asking, kind, made)
    names = {found.iri: _name(found.label.value, found.label.language) for found in results.found}
    return asking.render(
        kind.template,
        listing=made,
        details=details,
        map=small_map(points_of(details, names)),
        on_map=_on_map(results),
        search=SEARCH.path,
    )


async def list_data(asking: Asking, kind: Kind, address: ListAddress, results: Results) -> dict[str, Any]:
    """Return a list as JSON values; one query, or none."""
    made = listing(address, results, asking.reader)
    details = await _details(asking, kind, made)
    return as_data(made, asking.reader, details_data(details, asking.reader))


async def list_table(asking: Asking, kind: Kind, address: ListAddress, results: Results) -> str:
    """Return a list as CSV, a thing a line; one query, or none."""
    told = await list_data(asking, kind, address, results)
    columns = {"iri": "iri", "label": "label.value", "language": "label.language"}
    columns |= {"description": "description.value"}
    for facet in dict.fromkeys((*kind.facets, *kind.columns)):
        columns |= {facet: f"{facet}.label.value", f"{facet}_iri": f"{facet}.iri"}
    return table(columns | {name: f"{name}.value" for name in kind.dates}, told["results"])


async def _details(asking: Asking, kind: Kind, made: Listing) -> Details:
    shown: Sequence[str] = [found.iri for found in made.results.found]
    return (
        await details_of(asking, kind.details, shown)
        if kind.details
        else defaultdict(lambda: defaultdict(list))
    )


def _on_map(results: Results) -> str:
    """Return the address of the map that shows as nearly as it can what is chosen."""
    chosen = {
        facet: name_of(value.iri)
        for facet in ("country", "network")
        for value in results.facets.get(facet, ())
        if value.chosen
    }
    return "/map" + (f"?{urlencode(chosen, safe='/:')}" if chosen else "")


def _name(text: str, language: str) -> Value:
    return Value("literal", text, language)
