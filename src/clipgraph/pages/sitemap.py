"""Which pages there are, for crawlers, in each language (https://www.sitemaps.org/protocol.html)."""

from collections.abc import Sequence

from clipgraph.pages.asking import Asking
from clipgraph.pages.navigation import ABOUT, MAIN
from clipgraph.rdf.identity import document_path, path_of_iri

STEP = 400  # pages of one file, each in every language
_WAYS_IN = tuple(path for path, _ in (("/", ""), *MAIN, *ABOUT) if path != "/readyz")


async def load_paths(asking: Asking) -> list[str]:
    """Return the paths of pages, encoded and without a language, the ways in first; one query."""
    found = (path_of_iri(row["thing"].text) for row in await asking.rows("sitemap"))
    return [*_WAYS_IN, *(document_path(path) for path in found if path)]


def sitemap_index(asking: Asking, origin: str, paths: Sequence[str], modified: str) -> str:
    """Return the list of files; ``modified`` is when the release was made."""
    numbers = range(1, -(-len(paths) // STEP) + 1)
    return asking.render("sitemap-index.xml", origin=origin, numbers=numbers, modified=modified)


def sitemap_file(asking: Asking, origin: str, paths: Sequence[str], number: int) -> str | None:
    """Return one file, counted from 1; None where there is none."""
    shown = paths[(number - 1) * STEP : number * STEP] if number > 0 else ()
    return asking.render("sitemap.xml", origin=origin, paths=shown) if shown else None
