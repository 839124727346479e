"""The front page: what this is, its numbers, ways in, queries to run."""

from collections import defaultdict

from clipgraph.engines.engine import Engine
from clipgraph.engines.rows import Row, select
from clipgraph.pages.site import Site


async def front_page(site: Site, engine: Engine, deadline: float, client: str) -> str:
    """Return the front page; two queries."""
    numbers = await select(engine, site.pages["front"], deadline, client)
    lists: dict[str, list[Row]] = defaultdict(list)
    for row in await select(engine, site.pages["overview"], deadline, client):
        lists[row["kind"].text].append(row)
    lists["field"].sort(key=lambda row: int(row["detail"].text))
    counts = {row["kind"].text: int(row["number"].text) for row in numbers}
    return site.render("front.html", counts=counts, lists=lists)


async def ontology_page(site: Site, engine: Engine, deadline: float, client: str) -> str:
    """Return the page of the ontology: its terms with their definitions; one query."""
    terms: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in await select(engine, site.pages["ontology"], deadline, client):
        kind = "Classes" if row["kind"].text.endswith("Class") else "Properties"
        terms[kind][row["term"].text].append(row)
    return site.render("ontology.html", terms=terms)
