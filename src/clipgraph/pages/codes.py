"""One code of a code list, with what it is linked to and what uses it."""

from collections import defaultdict
from dataclasses import dataclass

from clipgraph.engines.rows import Row, Value
from clipgraph.pages.asking import Asking
from clipgraph.pages.paging import MOST_ORDERED, Part, part
from clipgraph.pages.reader import Reader
from clipgraph.pages.schemes import MATCHES, Code, code_of
from clipgraph.pages.statements import Statements, full
from clipgraph.pages.things import Thing, things
from clipgraph.rdf.terms import NamedNode

# code-uses counts no further than one beyond these.
MOST_COUNTED = 20_000


@dataclass(frozen=True)
class CodePage:
    """A code with its surroundings: links are things with labels."""

    code: Code
    schemes: list[Thing]
    alternatives: list[Value]
    notes: list[Value]
    broader: list[Thing]
    narrower: list[Thing]
    related: list[Thing]
    matches: list[tuple[str, Thing]]
    users: Part[tuple[str, Thing]]


async def load_code(asking: Asking, iri: str, start: int) -> CodePage | None:
    """Return the page of a code, None where it is in no list; three queries."""
    node = NamedNode(iri)
    rows = await asking.rows("code", resource=node)
    if not any(row["property"].text == full("skos:inScheme") for row in rows):
        return None
    uses = await asking.rows("code-uses", resource=node)
    total = sum(int(row["number"].text) for row in uses)
    name = "code-users" if total <= MOST_ORDERED else "code-users-unordered"
    return read_code(iri, rows, uses, await asking.rows(name, start=start, resource=node), asking, start)


def read_code(
    iri: str, rows: list[Row], uses: list[Row], users: list[Row], asking: Asking, start: int
) -> CodePage:
    """Return the page of a code from the rows of ``code``, ``code-uses`` and ``code-users``."""
    reader = asking.reader
    said = Statements((iri, row["property"].text, row["value"]) for row in rows)

    def linked(name: str) -> list[Thing]:
        mine = [row for row in rows if row["property"].text == full(name) and row["value"].kind == "uri"]
        return sorted(things(mine, reader, "value"), key=lambda thing: thing.label.text.casefold())

    counted = {row["property"].text: int(row["number"].text) for row in uses}
    return CodePage(
        code_of(said, iri, counted),
        linked("skos:inScheme"),
        said.values(iri, "skos:altLabel"),
        said.values(iri, "skos:scopeNote", "skos:editorialNote"),
        linked("skos:broader"),
        linked("skos:narrower"),
        linked("skos:related"),
        [(name, thing) for name in MATCHES for thing in linked(name)],
        _users(users, reader, start),
    )


def _users(rows: list[Row], reader: Reader, start: int) -> Part[tuple[str, Thing]]:
    by_property: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_property[row["property"].text].append(row)
    found = [(name, thing) for name, mine in by_property.items() for thing in things(mine, reader)]
    return part(found, start)
