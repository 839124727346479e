"""The table of formats: names and media types lead to one format in each kind of answer."""

import pytest

from clipgraph.rdf.formats import CSV, DOCUMENTS, GRAPHS, HTML, JSON, RESULTS, TURTLE, Format


@pytest.mark.parametrize("offered", [RESULTS, GRAPHS, DOCUMENTS])
def test_no_two_formats_answer_to_the_same_name(offered: tuple[Format, ...]) -> None:
    words = [
        word
        for each in offered
        for word in {each.name, each.extension, *each.names, each.media_type, *each.aliases}
    ]

    assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize(
    ("form", "content_type"),
    [
        (TURTLE, "text/turtle; charset=utf-8"),
        (CSV, "text/csv; charset=utf-8"),
        (HTML, "text/html; charset=utf-8"),
        (JSON, "application/sparql-results+json"),
    ],
)
def test_text_says_its_charset(form: Format, content_type: str) -> None:
    assert form.content_type == content_type
