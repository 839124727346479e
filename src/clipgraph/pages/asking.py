"""What makes a page: the questions of one reader to one release, and the templates."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from clipgraph.engines.engine import Engine
from clipgraph.engines.rows import Row, select, sorted_rows
from clipgraph.evidence.texts import SourceTexts
from clipgraph.pages.reader import Reader
from clipgraph.pages.site import Site
from clipgraph.rdf.terms import Literal, NamedNode
from clipgraph.sources.graphs import GRAPHS
from clipgraph.sparql.binding import bind

_MOST = 32 << 20  # bytes of an answer; queries bound rows and texts
Bound = NamedNode | Literal | Sequence[NamedNode | Literal]


@dataclass(frozen=True)
class Asking:
    """One request's way to the graph: an engine of its release, the site, who reads and who asks.

    ``deadline`` is in seconds, for each query; ``client`` is whom the engine counts it to; ``path`` and
    ``parameters`` are the page's own address without the prefix of its language. ``texts`` are the source
    texts, where the service has them; ``release`` is the number of the release and ``state`` what tells it
    from others that may have that number; ``public_url`` is where the public reaches the service, without a
    slash at the end, empty where that is not known. ``graphs`` gives the IRIs of the release's named
    graphs.
    """

    engine: Engine
    site: Site
    reader: Reader
    deadline: float
    client: str
    path: str = "/"
    parameters: str = ""
    texts: SourceTexts | None = None
    release: int = 0
    public_url: str = ""
    state: str = ""
    graphs: Callable[[], Iterable[str]] = tuple

    async def rows(self, name: str, *, start: int = 0, **values: Bound) -> list[Row]:
        """Return the rows of ``queries/pages/<name>.rq`` with these terms bound; raises what engines raise.

        ``start`` takes the place of 0 in the query's ``OFFSET 0``. They are in the order of the query or,
        where it gives none, of their values, so that the same is told of the same graph whichever engine
        holds it.
        """
        text = bind(self.site.pages[name], values)
        text = text.replace("OFFSET 0", f"OFFSET {start}") if start else text
        rows = await select(self.engine, text, self.deadline, self.client, most=_MOST)
        return sorted_rows(self.site.pages[name], rows)

    def graphs_of(self, *themes: str) -> list[NamedNode]:
        """Return the named graphs of these themes: what stands behind ``graph/`` in their IRIs."""
        beginnings = tuple(f"{GRAPHS}{theme}/" for theme in themes)
        return [NamedNode(iri) for iri in self.graphs() if iri.startswith(beginnings)]

    def render(self, template: str, **context: Any) -> str:  # noqa: ANN401
        """Return a page for the reader."""
        place = {"path": self.path, "parameters": self.parameters, "base": self.public_url}
        return self.site.render(template, self.reader, **place, **context)

    def message(self, text: str) -> str:
        """Return one of the pages' messages in the reader's language."""
        return self.site.message(self.reader, text)

    def over(self, engine: Engine) -> "Asking":
        """Return the same questions to another engine."""
        return replace(self, engine=engine)


Page = Callable[[Asking], Awaitable[str]]
