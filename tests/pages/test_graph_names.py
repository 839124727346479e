"""What named graphs without a title are called."""

import pytest

from clipgraph.pages.graph_names import name_of_graph
from clipgraph.pages.iris import readable
from clipgraph.pages.languages import read_languages

GERMAN = read_languages()["de"].translations


@pytest.mark.parametrize(
    ("graph", "english", "german"),
    [
        ("places/cities", "Places: cities", "Orte: cities"),
        (
            "statements/brochure-2-2",
            "What sources say: brochure, from chapter 2.2",
            "Broschüre, ab Kapitel 2.2",
        ),
        ("actors/factsheet", "Actors: factsheet", "Akteure: Faktenblatt"),
        ("own/new-one", "own: new one", "own: new one"),
    ],
)
def test_a_graph_is_called_by_its_theme_and_its_source(graph: str, english: str, german: str) -> None:
    iri = f"https://w3id.org/clipgraph/graph/{graph}"

    assert name_of_graph(iri, str) == english
    assert name_of_graph(iri, GERMAN.gettext).endswith(german)


@pytest.mark.parametrize("iri", ["https://example.org/graph", "https://w3id.org/clipgraph/graph/alone"])
def test_other_graphs_are_not_named(iri: str) -> None:
    assert name_of_graph(iri, str) == ""


def test_a_passage_without_a_label_is_named_by_its_document_and_place() -> None:
    passage = "https://w3id.org/clipgraph/id/document/european-pact-brochure-2011/passage/55546-55662"

    assert readable(passage) == "european pact brochure 2011, 55,546–55,662"
