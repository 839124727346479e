"""The questions as German and French readers are shown them: as many rows, with labels in their language."""

import pyoxigraph as ox
import pytest

from clipgraph.sparql.library import LibraryQuery, read_library
from conftest import ROOT

QUERIES = [query for query in read_library(ROOT / "queries", "competency") if "SERVICE" not in query.text]


def rows(graph: ox.Store, text: str) -> int:
    """Return how many rows or statements a question has, 0 or 1 of one that is answered by yes or no."""
    answer = graph.query(text)
    return int(bool(answer)) if isinstance(answer, ox.QueryBoolean) else len(list(answer))


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name.rpartition("/")[2])
def test_a_question_has_as_many_rows_in_each_language(graph: ox.Store, query: LibraryQuery) -> None:
    english = rows(graph, query.asked("en"))

    assert [rows(graph, query.asked(language)) for language in ("de", "fr")] == [english, english]


def test_most_questions_ask_labels_in_the_language_of_the_reader() -> None:
    asking = [query for query in QUERIES if "LANG(?" in query.plain]

    assert len([query for query in asking if '"de"' in query.asked("de")]) > len(asking) / 2
    assert all('"de"' not in query.asked("en") for query in asking)
