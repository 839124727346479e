"""An index of a few things, and one of the real graph."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from clipgraph.rdf.terms import Store
from clipgraph.search.answering import Index
from clipgraph.search.building import Queries, build
from clipgraph.sources.project import Project
from testing_search import MadeIndex, Things, queries_of


@pytest.fixture
def index_of(tmp_path: Path) -> Iterator[MadeIndex]:
    """Make and open an index of things."""
    opened: list[Index] = []

    def make(things: Things) -> Index:
        path = tmp_path / f"{len(opened)}.sqlite"
        build(things.select, Queries("texts", "facets", "links"), path)
        opened.append(Index(str(path)))
        return opened[-1]

    yield make
    for index in opened:
        index.close()


@pytest.fixture(scope="session")
def real(graph: Store, project: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """The index of the real graph."""
    path = tmp_path_factory.mktemp("index") / "real.sqlite"
    build(lambda text: cast("Iterable[Any]", graph.query(text)), queries_of(project), path)
    index = Index(str(path))
    yield index
    index.close()
