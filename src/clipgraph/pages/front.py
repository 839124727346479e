"""The front page: what this is, its numbers, ways in, queries to run."""

from collections import defaultdict

from clipgraph.engines.rows import Row
from clipgraph.pages.asking import Asking
from clipgraph.pages.labels import chosen


async def front_page(asking: Asking) -> str:
    """Return the front page; two queries."""
    numbers = await asking.rows("front")
    rows = await asking.rows("overview")
    labels = chosen(rows, asking.reader)
    places = chosen(rows, asking.reader, "place", "placeLabel")
    found: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        found[row["kind"].text][row["thing"].text].append(row)
    lists = {kind: list(things) for kind, things in found.items()}
    for kind, things in lists.items():
        things.sort(key=lambda iri: _order(kind, found[kind][iri][0], labels[iri].text))
    details = {
        iri: sorted({row["place"].text for row in things if "place" in row})
        for group in found.values()
        for iri, things in group.items()
    }
    ordinals = {iri: things[0]["number"].text for iri, things in found["field"].items()}
    counts = {row["kind"].text: int(row["number"].text) for row in numbers}
    context = {"labels": labels, "places": places, "details": details, "ordinals": ordinals}
    return asking.render("front.html", counts=counts, lists=lists, **context)


def _order(kind: str, row: Row, label: str) -> tuple[int, str]:
    return (int(row["number"].text), "") if kind == "field" else (0, label.casefold())
