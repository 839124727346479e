"""The reference of the HTTP interface: the OpenAPI document, told as a page.

Each GET is a form, so that it can be tried without script. The document is https://spec.openapis.org/oas/v3.1.0's.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from markupsafe import Markup, escape

from clipgraph.pages.messages import N_
from clipgraph.pages.reader import Reader
from clipgraph.pages.site import Site

_Item = Mapping[str, Any]
# By the first part of the path; what is in none stands at the end.
_GROUPS = (
    (N_("Queries"), ("sparql", "queries")),
    (N_("Graphs"), ("graphs",)),
    (N_("Things and terms"), ("id", "doc", "def", "scheme", "shapes", "graph", "ontology", "passages")),
    (N_("Search and lists"), ("search", "practices", "cities", "fields", "map", "network", "timeline")),
    (N_("Releases and data"), ("dataset", "releases", "feed", "history", "catalog", "dumps")),
    (N_("Operations"), ("healthz", "readyz", "metrics")),
)
_REST = N_("Others")
_TEXTS = ("string", "string, …", "")
_CODE = re.compile(r"``(.+?)``|`(.+?)`")
_ADDRESS = re.compile(r"https?://[^\s<>()]+[^\s<>().,;:]")


@dataclass(frozen=True)
class Parameter:
    """One thing a request may say: ``place`` is where (path, query, header), ``kind`` its type in a word."""

    name: str
    place: str
    kind: str
    choices: tuple[str, ...]
    required: bool
    description: str


@dataclass(frozen=True)
class Operation:
    """A method at a path; ``bodies`` are media types, ``answers`` status, meaning and media types."""

    method: str
    path: str
    summary: str
    description: Markup
    parameters: tuple[Parameter, ...]
    bodies: tuple[str, ...]
    answers: tuple[tuple[str, str, tuple[str, ...]], ...]
    guarded: bool

    @property
    def anchor(self) -> str:
        """The name of its place in the page."""
        return "-".join([self.method, *re.findall(r"\w+", self.path)])

    @property
    def tried(self) -> tuple[Parameter, ...] | None:
        """What a form asks for, or None where a form cannot make the request.

        A browser sends fields that are left empty, too: an empty text asks for nothing, an empty number or
        IRI is refused. Those are not in the form.
        """
        if self.method != "get" or "{" in self.path:
            return None
        asked = (parameter for parameter in self.parameters if parameter.place == "query")
        return tuple(parameter for parameter in asked if parameter.kind in _TEXTS)


@dataclass(frozen=True)
class Group:
    """Operations that belong together, under a title that is a message of the catalogues."""

    title: str
    operations: tuple[Operation, ...]


def reference_page(site: Site, reader: Reader, document: _Item) -> str:
    """Return the page that tells an OpenAPI document."""
    return site.render("docs.html", reader, path="/docs", groups=groups_of(document), info=document["info"])


def groups_of(document: _Item) -> list[Group]:
    """Return the operations of an OpenAPI document by what they are for."""
    operations = [
        _operation(method, path, item)
        for path, methods in document["paths"].items()
        for method, item in methods.items()
    ]
    known = set(chain.from_iterable(names for _, names in _GROUPS))
    found = [Group(title, _of(operations, names)) for title, names in _GROUPS]
    rest = Group(_REST, tuple(operation for operation in operations if _first(operation) not in known))
    return [group for group in (*found, rest) if group.operations]


def _of(operations: Iterable[Operation], names: tuple[str, ...]) -> tuple[Operation, ...]:
    chosen = (operation for operation in operations if _first(operation) in names)
    return tuple(sorted(chosen, key=lambda operation: names.index(_first(operation))))


def _first(operation: Operation) -> str:
    return operation.path.split("/")[1].partition(".")[0]


def _operation(method: str, path: str, item: _Item) -> Operation:
    answers = tuple(
        (status, answer.get("description", ""), tuple(answer.get("content", ())))
        for status, answer in item.get("responses", {}).items()
    )
    description = prose(item.get("description", ""))
    parameters = tuple(_parameter(parameter) for parameter in item.get("parameters", ()))
    bodies = tuple(item.get("requestBody", {}).get("content", ()))
    guarded = bool(item.get("security"))
    return Operation(method, path, item.get("summary", ""), description, parameters, bodies, answers, guarded)


def _parameter(item: _Item) -> Parameter:
    schema = item.get("schema", {})
    inner = schema.get("items", {}) if schema.get("type") == "array" else schema
    choices = tuple(str(choice) for choice in inner.get("enum", ()))
    kind = inner.get("format") or inner.get("type") or ""
    told = f"{kind}, …" if inner is not schema else kind
    required, description = bool(item.get("required")), item.get("description", "")
    return Parameter(item["name"], item["in"], told, choices, required, description)


def prose(text: str) -> Markup:
    """Return a docstring as HTML: its first paragraph, with code between backquotes and links."""
    paragraph = " ".join(text.split("\n\n", maxsplit=1)[0].split())
    marked = _CODE.sub(lambda match: f"<code>{match[1] or match[2]}</code>", str(escape(paragraph)))
    return Markup(_ADDRESS.sub(lambda match: f'<a href="{match[0]}">{match[0]}</a>', marked))  # noqa: S704
