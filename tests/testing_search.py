"""Small indexes for tests: rows put down by hand, the queries of a project, questions asked of an index."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from clipgraph.rdf.terms import Literal, NamedNode
from clipgraph.releases.shelf import Shelf
from clipgraph.search.answering import Index, answer
from clipgraph.search.building import Queries
from clipgraph.search.files import index_path
from clipgraph.search.questions import Question, Results, results_of
from clipgraph.sources.project import Project
from clipgraph.sparql.library import read_query

Rows = list[dict[str, Any]]


def queries_of(project: Project) -> Queries:
    folder = project.queries / "pages"
    return Queries(
        *(read_query(folder / f"search-{name}.rq", name).text for name in ("texts", "facets", "links"))
    )


def index_of(shelf: Shelf, number: int, project: Project) -> Path:
    """Return where the index of a release comes to stand."""
    told = (shelf.read(number).created, "")
    return index_path(shelf.root, number, told, vars(queries_of(project)))


class Things:
    """Rows as the queries give them, put down by hand."""

    def __init__(self) -> None:
        self.texts: Rows = []
        self.facets: Rows = []
        self.links: Rows = []

    def text(self, thing: str, kind: str, text: str, language: str = "en") -> None:
        """State a text of a thing; without a language where that is empty."""
        literal = Literal(text, language=language) if language else Literal(text)
        self.texts.append({"thing": NamedNode(thing), "kind": Literal(kind), "text": literal})

    def facet(self, facet: str, thing: str, value: str) -> None:
        """State that a thing has a value of a facet."""
        self.facets.append({"facet": Literal(facet), "thing": NamedNode(thing), "value": NamedNode(value)})

    def link(self, thing: str, number: int) -> None:
        """State how many statements point to a thing."""
        self.links.append({"thing": NamedNode(thing), "number": Literal(number)})

    def select(self, text: str) -> Rows:
        """Return the rows of the query with this name."""
        rows: Rows = getattr(self, text)
        return rows


MadeIndex = Callable[[Things], Index]


def ask(index: Index, words: str = "", **further: object) -> Results:
    return results_of(answer(index, Question(words, **further)), 1)  # type: ignore[arg-type]


def names(results: Results) -> list[str]:
    return [found.label.value for found in results.found]
