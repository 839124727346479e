"""The templates and what they all know: links, prefixed names, the library of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

import clipgraph
from clipgraph.rdf.identity import path_of_iri, slug_of
from clipgraph.rdf.prefixes import BASE, shorten
from clipgraph.sparql.library import LibraryQuery

HERE = Path(__file__).resolve().parent
# Shown on the front page, by name; those that a project does not have are left out.
_FEATURED = 5


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["href"] = href
    environment.filters["short"] = shorten
    environment.filters["readable"] = readable
    environment.filters["compact"] = compact
    return environment


def href(iri: str) -> str:
    """Return where a link to an IRI goes: our own stay on the serving host, others must be http(s)."""
    own = path_of_iri(iri)
    if own is not None:
        return own
    return iri if iri.startswith(("http://", "https://")) else ""


def readable(iri: str) -> str:
    """Return a name for something without a label: its prefixed name, or the last parts of its path."""
    own = path_of_iri(iri)
    if own is not None and own.startswith("/id/"):
        return " · ".join(part.replace("-", " ") for part in iri.split("/id/", 1)[1].split("/")[-3:])
    short = shorten(iri)
    return short if short != iri or own is None else slug_of(iri)


def compact(iri: str) -> str:
    """Return an IRI as short as a table cell wants it: prefixed, or ours without the part they all share."""
    short = shorten(iri)
    return iri.removeprefix(BASE) if short == iri else short


@dataclass(frozen=True)
class Site:
    """What pages are rendered from: the queries behind them and the ones they offer.

    ``title`` names the site in every page's title.
    """

    pages: dict[str, str]
    competency: tuple[LibraryQuery, ...]
    environment: Environment

    def render(self, template: str, **context: Any) -> str:  # noqa: ANN401
        """Return a page; every value is escaped."""
        shared = {"site": self, "version": clipgraph.__version__}
        return self.environment.get_template(template).render(shared | context)

    @property
    def featured(self) -> tuple[LibraryQuery, ...]:
        """The queries that the front page offers: those that say so, else the first."""
        chosen = [query for query in self.competency if query.metadata.get("featured") == "true"]
        return tuple(chosen or self.competency)[:_FEATURED]


def open_site(pages: Sequence[LibraryQuery], competency: Sequence[LibraryQuery]) -> Site:
    """Return the site over the library's ``pages/`` and ``competency/`` queries."""
    by_name = {query.name.removeprefix("pages/"): query.text for query in pages}
    return Site(by_name, tuple(competency), _environment())
