"""The models and filters behind the pages, without a server."""

import pytest

from clipgraph.engines.rows import Value
from clipgraph.pages.iris import compact, href, readable
from clipgraph.pages.literals import told
from clipgraph.pages.reader import Reader
from clipgraph.pages.site import open_site
from clipgraph.pages.workbench import _table

BASE = "https://w3id.org/clipgraph/"


@pytest.mark.parametrize(
    ("iri", "link"),
    [
        (BASE + "id/city/stuttgart", "/doc/city/stuttgart"),
        (BASE + "id/city/a b", "/doc/city/a%20b"),
        (BASE + ".well-known/genid/1", BASE + ".well-known/genid/1"),
        ("https://example.org/x", "https://example.org/x"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("urn:x", ""),
    ],
)
def test_links_stay_here_or_are_http(iri: str, link: str) -> None:
    assert href(iri) == link


def test_names_for_what_has_no_label() -> None:
    assert readable(BASE + "id/network/clip/membership/stuttgart") == "clip · membership · stuttgart"
    assert readable("http://purl.org/dc/terms/title") == "dct:title"
    assert compact(BASE + "id/city/stuttgart") == "id/city/stuttgart"


def test_a_tsv_table_is_read_back_exactly() -> None:
    text = '?a\t?b\n<urn:x>\t"tab\\t\\"quote\\" \\\\n"@en\n\t1.5\n"x"^^<urn:t>\t_:b\n'
    table = _table(text, whole=True)

    assert table.columns == ["a", "b"]
    assert table.rows == [
        [Value("uri", "urn:x"), Value("literal", 'tab\t"quote" \\n', "en")],
        [None, Value("literal", "1.5")],
        [Value("literal", "x", "", "urn:t"), Value("bnode", "_:b")],
    ]
    assert table.whole


def test_every_value_is_escaped() -> None:
    site = open_site([], [])
    problem = {"status": 400, "title": "<b>", "detail": "<script>x</script>"}
    page = site.render("error.html", Reader(), problem=problem, titles={})

    assert "&lt;script&gt;" in page
    assert "<script>" not in page


def test_marks_are_not_stacked_without_end() -> None:
    stacked = Value("literal", "Z" + "\u0301\u0489" * 50 + "o" + "e\u0301")

    assert told(stacked, Reader()) == "Z" + "\u0301\u0489" * 3 + "o" + "e\u0301"
