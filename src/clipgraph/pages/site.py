"""The templates and what they all know: languages, links, prefixed names, the library of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment

from clipgraph.pages.environments import open_environments
from clipgraph.pages.known_labels import KnownLabels
from clipgraph.pages.languages import Language, read_languages
from clipgraph.pages.reader import Reader
from clipgraph.sparql.library import LibraryQuery

# Shown on the front page, by name; those that a project does not have are left out.
_FEATURED = 5
_LONGEST = 2000  # characters of an address that links repeat


@dataclass(frozen=True)
class Site:
    """What pages are rendered from: the queries behind them and the ones they offer, for every reader.

    ``labels`` are those that pages have asked for.
    """

    pages: dict[str, str]
    competency: tuple[LibraryQuery, ...]
    languages: Mapping[str, Language]
    environments: Mapping[Reader, Environment]
    labels: KnownLabels

    def render(
        self,
        template: str,
        reader: Reader,
        *,
        path: str = "/",
        parameters: str = "",
        base: str = "",
        **context: Any,  # noqa: ANN401
    ) -> str:
        """Return a page for a reader; every value is escaped.

        ``path`` and ``parameters`` (the query string) are its address without the language, ``base`` what
        makes it absolute.
        """
        whole = path + (f"?{parameters}" if parameters else "")
        # Told seven times on each page: of a very long one the beginning has to do.
        address = next((each for each in (whole, path) if len(each) <= _LONGEST), "/")
        shared = {"site": self, "path": path, "base": base, "address": address}
        return self.environments[reader].get_template(template).render(shared | context)

    def message(self, reader: Reader, text: str) -> str:
        """Return one of the pages' messages in the reader's language."""
        return self.languages[reader.language].translations.gettext(text)

    @property
    def featured(self) -> tuple[LibraryQuery, ...]:
        """The queries that the front page offers: those that say so, else the first."""
        chosen = [query for query in self.competency if query.metadata.get("featured") == "true"]
        return tuple(chosen or self.competency)[:_FEATURED]


def open_site(pages: Sequence[LibraryQuery], competency: Sequence[LibraryQuery]) -> Site:
    """Return the site over the library's ``pages/`` and ``competency/`` queries."""
    by_name = {query.name.removeprefix("pages/"): query.text for query in pages}
    languages = read_languages()
    environments = open_environments(languages)
    return Site(by_name, tuple(competency), languages, environments, KnownLabels(languages))
