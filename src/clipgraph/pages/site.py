"""The templates and what they all know: languages, links, prefixed names, the library of queries."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

import clipgraph
from clipgraph.engines.rows import Value
from clipgraph.pages import navigation
from clipgraph.pages.assets import open_assets
from clipgraph.pages.labels import best
from clipgraph.pages.languages import Language, read_languages
from clipgraph.pages.literals import moment, told, unstacked
from clipgraph.pages.outline import outline_address
from clipgraph.pages.projection import graticule
from clipgraph.pages.reader import Reader
from clipgraph.rdf.identity import document_path, path_of_iri, slug_of
from clipgraph.rdf.prefixes import BASE, shorten
from clipgraph.sparql.library import LibraryQuery

HERE = Path(__file__).resolve().parent
# Shown on the front page, by name; those that a project does not have are left out.
_FEATURED = 5
_UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _environment(language: Language) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(language.translations, newstyle=True)  # type: ignore[attr-defined]
    environment.policies["ext.i18n.trimmed"] = True
    environment.filters |= {
        "href": _href,
        "short": shorten,
        "readable": readable,
        "compact": compact,
        "told": _told,
        "grouped": _grouped,
        "moment": _moment,
        "unstacked": unstacked,
        "slug": slug_of,
        "best": _best,
        "printable": printable,
    }
    environment.globals |= {
        "link": _link,
        "island": open_assets(HERE / "static/built").island,
        "outline": outline_address(HERE / "static/built"),
        "graticule": graticule(),
    }
    return environment


def href(iri: str) -> str:
    """Return where a link to an IRI goes: our own stay on the serving host, others must be http(s).

    Of a thing it is the document at once: the 303 between them tells a reader nothing.
    """
    own = path_of_iri(iri)
    if own is not None:
        return document_path(own)
    return iri if iri.startswith(("http://", "https://")) else ""


@pass_context
def _href(context: Context, iri: str) -> str:
    target = href(iri)
    return context["reader"].link(target) if target.startswith("/") else target


@pass_context
def _link(context: Context, path: str) -> str:
    """Return where a link to a path of this site goes for the page's reader."""
    return str(context["reader"].link(path))


@pass_context
def _told(context: Context, value: Value) -> str:
    return told(value, context["reader"])


@pass_context
def _grouped(context: Context, number: int) -> str:
    """Return a number with the marks of the page's language between its thousands."""
    return format_decimal(number, locale=context["reader"].language)


@pass_context
def _moment(context: Context, text: str) -> str:
    return moment(text, context["reader"])


@pass_context
def _best(context: Context, values: Iterable[Value]) -> Value | None:
    return best(values, context["reader"])


def printable(text: str) -> str:
    """Return a text without the characters that XML cannot hold (https://www.w3.org/TR/xml/#charsets)."""
    return _UNPRINTABLE.sub("\ufffd", text)


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
    """What pages are rendered from: the queries behind them and the ones they offer, in every language."""

    pages: dict[str, str]
    competency: tuple[LibraryQuery, ...]
    languages: Mapping[str, Language]
    environments: Mapping[str, Environment]

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
        shared = {
            "site": self,
            "version": clipgraph.__version__,
            "reader": reader,
            "path": path,
            "base": base,
        }
        shared |= {"address": path + (f"?{parameters}" if parameters else ""), "navigation": navigation}
        return self.environments[reader.language].get_template(template).render(shared | context)

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
    environments = {tag: _environment(language) for tag, language in languages.items()}
    return Site(by_name, tuple(competency), languages, environments)
