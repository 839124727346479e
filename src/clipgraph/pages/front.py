"""The front page: what this is, its numbers, ways in, queries to run."""

from collections import defaultdict
from dataclasses import dataclass, field

from clipgraph.engines.rows import Row, Value
from clipgraph.pages.asking import Asking
from clipgraph.pages.facts import name_of
from clipgraph.pages.labels import Labels, chosen
from clipgraph.pages.maps import SmallMap, small_map
from clipgraph.pages.points import Point, read_position

_MOST = 200  # things of a list; overview.rq has one more at most


@dataclass
class Entry:
    """One thing in a list: its place in the order, where it is, and the WKT of that where it is known."""

    iri: str
    label: Value
    number: str = ""
    wkt: str = ""
    places: dict[str, Value] = field(default_factory=dict)


async def front_page(asking: Asking) -> str:
    """Return the front page; two queries."""
    counts = {row["kind"].text: int(row["number"].text) for row in await asking.rows("front")}
    every = _lists(asking, await asking.rows("overview"))
    lists = {kind: entries[:_MOST] for kind, entries in every.items()}
    cut = {kind for kind, entries in every.items() if len(entries) > _MOST}
    members = _map_of(lists.get("member", []))
    return asking.render("front.html", counts=counts, lists=lists, map=members, cut=cut, most=_MOST)


def _lists(asking: Asking, rows: list[Row]) -> dict[str, list[Entry]]:
    labels = chosen(rows, asking.reader)
    places = chosen(rows, asking.reader, "place", "placeLabel")
    found: dict[str, dict[str, Entry]] = defaultdict(dict)
    for row in rows:
        iri = row["thing"].text
        entry = found[row["kind"].text].setdefault(iri, Entry(iri, name_of(iri, labels)))
        _tell(entry, row, places)
    return {kind: sorted(entries.values(), key=_order) for kind, entries in found.items()}


def _tell(entry: Entry, row: Row, places: Labels) -> None:
    if "number" in row:
        entry.number = row["number"].text
    if "wkt" in row:
        entry.wkt = row["wkt"].text
    if "place" in row:
        entry.places[row["place"].text] = name_of(row["place"].text, places)


def _order(entry: Entry) -> tuple[int, str]:
    return (int(entry.number) if entry.number.isdigit() else 0, entry.label.text.casefold())


def _map_of(entries: list[Entry]) -> SmallMap | None:
    points = [
        Point(entry.iri, entry.label.text, *where, entry.label.language)
        for entry in entries
        if (where := read_position(entry.wkt))
    ]
    return small_map(points)
