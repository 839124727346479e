"""What templates are rendered in: one environment for each reader, with what depends on the reader alone.

So the macros that many templates share are imported without the context of a page, and made once
(https://jinja.palletsprojects.com/en/stable/templates/#import-visibility).
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from types import BuiltinMethodType, FunctionType, MethodType
from typing import Any

from babel.support import NullTranslations
from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.bccache import Bucket
from jinja2.runtime import Context, Macro
from markupsafe import Markup

import clipgraph
from clipgraph.engines.rows import Value
from clipgraph.pages import navigation
from clipgraph.pages.assets import open_assets, versioned
from clipgraph.pages.figures import Figures
from clipgraph.pages.graph_names import name_of_graph
from clipgraph.pages.iris import compact, href, readable
from clipgraph.pages.labels import best
from clipgraph.pages.languages import Language
from clipgraph.pages.literals import grouped, moment, told, unstacked
from clipgraph.pages.messages import N_
from clipgraph.pages.outline import outline_address
from clipgraph.pages.projection import graticule
from clipgraph.pages.reader import Reader
from clipgraph.pages.words import CLASSES
from clipgraph.rdf.identity import slug_of
from clipgraph.rdf.prefixes import shorten

HERE = Path(__file__).resolve().parent
_UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Compiled(BytecodeCache):
    """What templates were compiled to: once, and not for each reader."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what is kept of a template as it stands."""
        kept = self._kept.get(f"{bucket.key} {bucket.checksum}")
        if kept:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a template was compiled to."""
        self._kept[f"{bucket.key} {bucket.checksum}"] = bucket.bytecode_to_string()


class _Context(Context):
    """A context that calls macros and plain functions without looking for what they want of it.

    A long page has ten thousands of such calls.
    """

    def call(self, called: Callable[..., Any], /, *args: Any, **variables: Any) -> Any:  # noqa: ANN401
        """Call something from a template."""
        kind = type(called)
        if kind is Macro:
            args = (self.eval_ctx, *args)
        elif kind not in _PLAIN or hasattr(called, "jinja_pass_arg"):
            return super().call(called, *args, **variables)
        variables.pop("_block_vars", None)
        variables.pop("_loop_vars", None)
        return called(*args, **variables)


_PLAIN = frozenset((FunctionType, MethodType, BuiltinMethodType))


_COLON = N_(": ")  # between a name and its value: of French with a space before it


class _Environment(Environment):
    context_class = _Context


def open_environments(languages: Mapping[str, Language]) -> dict[Reader, Environment]:
    """Return the environment of each reader there can be: of each language, with it in the address or not."""
    compiled = _Compiled()
    shared = {
        "version": clipgraph.__version__,
        "navigation": navigation,
        "own": {each.name: versioned(HERE / "static", each.name) for each in (HERE / "static").glob("*.*")},
        "island": open_assets(HERE / "static/built").island,
        "outline": outline_address(HERE / "static/built"),
        "graticule": graticule(),
    }
    readers = [Reader(tag, prefix) for tag in languages for prefix in ("", f"/{tag}")]
    return {
        reader: _environment(languages[reader.language].translations, reader, compiled, shared)
        for reader in readers
    }


def _environment(
    translations: NullTranslations, reader: Reader, compiled: BytecodeCache, shared: Mapping[str, Any]
) -> Environment:
    environment = _Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        cache_size=-1,
        auto_reload=False,  # entity tags tell the templates apart that there were at the start
        bytecode_cache=compiled,
    )
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    environment.policies["ext.i18n.trimmed"] = True
    environment.filters |= {**_FILTERS, "graph_name": _graph_names(translations)}
    environment.globals |= {"figures": Figures(reader, translations)}
    environment.globals |= _messages(translations)
    environment.globals |= {"colon": translations.gettext(_COLON)}
    environment.globals |= {**shared, "reader": reader, "link": reader.link}
    return environment


def _graph_names(translations: NullTranslations) -> Callable[[Context, str], str]:
    @pass_context
    def named(_: Context, iri: str) -> str:
        return name_of_graph(iri, translations.gettext) or slug_of(iri)

    return named


def _messages(translations: NullTranslations) -> dict[str, Callable[..., Markup]]:
    """Return the functions that templates get their words from, as ``newstyle`` of Jinja's has them.

    A message is a format even where it has no variables, and is HTML; what is put into it is escaped.
    These are Jinja's without the context, and those without variables are made once.
    """

    @lru_cache(maxsize=4096)
    def plain(message: str) -> Markup:
        return Markup(translations.gettext(message)) % {}  # noqa: S704  # of the catalogues

    def gettext(message: str, /, **variables: Any) -> Markup:  # noqa: ANN401
        if not variables:
            return plain(message)
        return Markup(translations.gettext(message)) % variables  # noqa: S704

    def ngettext(one: str, several: str, number: int, /, **variables: Any) -> Markup:  # noqa: ANN401
        words = Markup(translations.ngettext(one, several, number))  # noqa: S704
        return words % {"num": number, **variables}

    return {"_": gettext, "gettext": gettext, "ngettext": ngettext}


# What depends on the reader takes the context: it is not to be worked out when a template is compiled.
@pass_context
def _href(context: Context, iri: str) -> str:
    target = href(iri)
    return context["reader"].link(target) if target.startswith("/") else target


@pass_context
def _told(context: Context, value: Value) -> str:
    return told(value, context["reader"])


@pass_context
def _grouped(context: Context, number: int) -> str:
    return grouped(number, context["reader"].language)


@pass_context
def _moment(context: Context, text: str) -> str:
    return moment(text, context["reader"])


@pass_context
def _best(context: Context, values: Iterable[Value]) -> Value | None:
    return best(values, context["reader"])


def printable(text: str) -> str:
    """Return a text without the characters that XML cannot hold (https://www.w3.org/TR/xml/#charsets)."""
    return _UNPRINTABLE.sub("\ufffd", text)


_FILTERS: dict[str, Callable[..., Any]] = {
    "href": _href,
    "short": shorten,
    "readable": readable,
    "compact": compact,
    "told": _told,
    "grouped": _grouped,
    "moment": _moment,
    "unstacked": unstacked,
    "slug": slug_of,
    "class_word": lambda iri: CLASSES.get(iri, ""),
    "best": _best,
    "printable": printable,
}
