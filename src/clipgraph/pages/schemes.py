"""Code lists: the list of lists, and one list as a table and as data."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from clipgraph.engines.rows import Row, Value
from clipgraph.pages.asking import Asking
from clipgraph.pages.labels import best
from clipgraph.pages.paging import Part, part
from clipgraph.pages.reader import Reader
from clipgraph.pages.statements import Statements, full
from clipgraph.pages.things import named
from clipgraph.rdf.prefixes import SCHEME
from clipgraph.rdf.terms import NamedNode

STEP = 300
MATCHES = ("skos:exactMatch", "skos:closeMatch", "skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch")
LANGUAGES = ("en", "de", "fr")
_DEEPEST = 12


@dataclass(frozen=True)
class SchemeLine:
    """A code list in the list of lists."""

    iri: str
    titles: list[Value]
    descriptions: list[Value]
    codes: int
    matched: int


@dataclass(frozen=True)
class Code:
    """A code in its list; ``depth`` is how far below a top code it stands, ``uses`` counts by property."""

    iri: str
    notation: str
    labels: list[Value]
    definitions: list[Value]
    broader: list[str]
    matches: list[tuple[str, str]]
    deprecated: bool
    replaced_by: list[str]
    uses: dict[str, int] = field(default_factory=dict)
    depth: int = 0

    @property
    def used(self) -> int:
        """How often it is used, all properties together."""
        return sum(self.uses.values())

    def label_in(self, language: str) -> str:
        """Return the label in a language, empty where there is none."""
        return next((value.text for value in self.labels if value.language == language), "")

    def definition_in(self, language: str) -> str:
        """Return the definition in a language, empty where there is none."""
        return next((value.text for value in self.definitions if value.language == language), "")


@dataclass(frozen=True)
class Scheme:
    """A code list with one page of its codes, each after the one above it."""

    iri: str
    titles: list[Value]
    descriptions: list[Value]
    codes: Part[Code]

    def has(self, name: str) -> bool:
        """Tell whether any code of the page has something to show in a column."""
        return any(getattr(code, name) for code in self.codes.items)


async def load_schemes(asking: Asking) -> list[SchemeLine]:
    """Return the code lists in the order of their titles; one query."""
    return read_schemes(await asking.rows("schemes"), asking.reader)


def read_schemes(rows: Iterable[Row], reader: Reader) -> list[SchemeLine]:
    """Return the code lists of the rows of ``schemes``."""
    found: dict[str, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        found[row["scheme"].text][row["property"].text].append(row["value"])
    lines = [
        SchemeLine(
            iri,
            [*said[full("dct:title")], *said[full("skos:prefLabel")]],
            said[full("dct:description")],
            _count(said["codes"]),
            _count(said["matched"]),
        )
        for iri, said in found.items()
    ]
    return sorted(lines, key=lambda line: (named(line.titles, line.iri, reader).text.casefold(), line.iri))


def _count(values: list[Value]) -> int:
    return int(values[0].text) if values else 0


async def load_scheme(asking: Asking, iri: str, start: int) -> Scheme | None:
    """Return a code list with a page of its codes, None where there is none of that name; two queries."""
    node = NamedNode(iri)
    rows = await asking.rows("scheme", start=start, resource=node)
    return read_scheme(rows, await asking.rows("scheme-uses", resource=node), iri, start, asking.reader)


def read_scheme(
    rows: Iterable[Row], uses: Iterable[Row], iri: str, start: int, reader: Reader
) -> Scheme | None:
    """Return a code list from the rows of ``scheme`` and ``scheme-uses``."""
    said = Statements((row["thing"].text, row["property"].text, row["value"]) for row in rows)
    counted: dict[str, dict[str, int]] = defaultdict(dict)
    for row in uses:
        counted[row["thing"].text][row["property"].text] = int(row["number"].text)
    own = [other for other in said.subjects("skos:inScheme", iri) if other != iri]
    if not own and iri not in said:
        return None
    codes = [code_of(said, code, counted.get(code, {})) for code in dict.fromkeys(own)]
    shown = part(codes, start, step=STEP)
    ordered = Part(_as_tree(shown.items, reader), start, shown.more, STEP)
    titles = said.values(iri, "dct:title", "skos:prefLabel")
    return Scheme(iri, titles, said.values(iri, "dct:description"), ordered)


def code_of(said: Statements, iri: str, uses: dict[str, int]) -> Code:
    """Return a code from what is said of it and how often each property has it as value."""
    notation = said.first(iri, "skos:notation")
    return Code(
        iri,
        notation.text if notation else "",
        said.values(iri, "skos:prefLabel"),
        said.values(iri, "skos:definition"),
        said.nodes(iri, "skos:broader"),
        [(name, other) for name in MATCHES for other in said.nodes(iri, name)],
        any(value.text in ("true", "1") for value in said.values(iri, "owl:deprecated")),
        said.nodes(iri, "dct:isReplacedBy"),
        uses,
    )


def _as_tree(codes: Iterable[Code], reader: Reader) -> list[Code]:
    """Return the codes by notation and label, each below the one that is broader."""
    by_iri = {code.iri: code for code in codes}
    below: dict[str, list[Code]] = defaultdict(list)
    for code in by_iri.values():
        above = next((iri for iri in code.broader if iri in by_iri and iri != code.iri), "")
        below[above].append(code)
    placed: dict[str, Code] = {}

    def place(parent: str, depth: int) -> None:
        for code in sorted(below[parent], key=lambda code: _order(code, reader)):
            if code.iri not in placed and depth <= _DEEPEST:
                placed[code.iri] = Code(**vars(code) | {"depth": depth})
                place(code.iri, depth + 1)

    place("", 0)
    rest = [code for code in by_iri.values() if code.iri not in placed]  # a circle, which SKOS forbids
    return [*placed.values(), *sorted(rest, key=lambda code: _order(code, reader))]


def _order(code: Code, reader: Reader) -> tuple[bool, float, str, str]:
    number = float(code.notation) if code.notation.isascii() and code.notation.isdigit() else float("inf")
    label = named(code.labels, code.iri, reader).text.casefold()
    return not code.notation, number, code.notation or label, code.iri


def as_data(scheme: Scheme) -> dict[str, Any]:
    """Return a code list as JSON has it."""
    return {
        "iri": scheme.iri,
        "title": _by_language(scheme.titles),
        "description": _by_language(scheme.descriptions),
        "codes": [code_as_data(code) for code in scheme.codes.items],
        "more": scheme.codes.more,
    }


def code_as_data(code: Code) -> dict[str, Any]:
    """Return a code as JSON has it."""
    return {
        "iri": code.iri,
        "notation": code.notation or None,
        "label": _by_language(code.labels),
        "definition": _by_language(code.definitions),
        "broader": code.broader,
        "matches": [{"property": full(name), "iri": other} for name, other in code.matches],
        "deprecated": code.deprecated,
        "uses": code.uses,
    }


def _by_language(values: Iterable[Value]) -> dict[str, str]:
    return dict(sorted((value.language, value.text) for value in values))


def lines_as_data(lines: Iterable[SchemeLine]) -> list[dict[str, Any]]:
    """Return the list of lists as JSON has it."""
    return [
        {
            "iri": line.iri,
            "title": _by_language(line.titles),
            "description": _by_language(line.descriptions),
            "codes": line.codes,
            "matched": line.matched,
        }
        for line in lines
    ]


def is_list(iri: str) -> bool:
    """Tell whether an IRI is that of a list, by its form."""
    return iri.startswith(SCHEME) and "/" not in iri.removeprefix(SCHEME).rstrip("/")


def title_of(scheme: Scheme, reader: Reader) -> Value:
    """Return the title for a reader."""
    return best(scheme.titles, reader) or named([], scheme.iri, reader)
