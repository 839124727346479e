"""The model of a list and its pages, without a server: hostile values are text, links keep what is chosen."""

from collections import defaultdict

import pytest

from clipgraph.pages.addresses import read_address
from clipgraph.pages.listing import as_data, listing
from clipgraph.pages.lists import CITIES, PRACTICES, SEARCH, Kind
from clipgraph.pages.reader import Reader
from clipgraph.pages.site import open_site
from clipgraph.search.questions import Found, Named, Results, Text

BAD = '"><script>alert(1)</script>\u202e{{ 7*7 }}'
FACETS = ("type", "country", "place", "field", "module", "audience", "told", "network", "has")


def found(iri: str) -> Found:
    value = Named("x", iri, Text(BAD, "en"), Text(BAD))
    return Found(iri, Text(BAD, "en", ((0, 2),)), Text(BAD), Text(BAD), {facet: [value] for facet in FACETS})


def results(*iris: str, total: int = 45, page: int = 2) -> Results:
    named = Named("germany", "urn:germany", Text("Germany", "en"), None, 3, chosen=True)
    facets = {"country": [named], "type": [Named(BAD, "urn:x", Text(""), None, 1)]}
    return Results(1, total, [found(iri) for iri in iris], facets, ["a"], page=page, read=BAD, without=5)


@pytest.mark.parametrize("kind", [SEARCH, PRACTICES, CITIES], ids=lambda kind: kind.path)
@pytest.mark.parametrize("iri", ["urn:x", "javascript:alert(1)", "https://example.org/\u202e'\""])
def test_whatever_stands_in_the_index_is_text(kind: Kind, iri: str) -> None:
    address = read_address(kind.path, [("q", BAD), ("country", "germany"), ("country", BAD)])
    page = open_site([], []).render(
        kind.template,
        Reader("de", "/de"),
        listing=listing(address, results(iri), Reader("de", "/de")),
        details=defaultdict(lambda: defaultdict(list)),
        map=None,
        on_map="/map",
        search=SEARCH.path,
    )

    assert "<script>alert" not in page
    assert 'href="javascript:' not in page
    assert ">49<" not in page


def test_what_is_chosen_can_be_taken_off_known_or_not() -> None:
    address = read_address("/cities", [("country", "germany"), ("country", "nowhere"), ("page", "2")])
    made = listing(address, results(), Reader())

    assert [(choice.name.text, str(choice.address)) for _, choice in made.chosen] == [
        ("Germany", "/cities?country=nowhere"),
        ("nowhere", "/cities?country=germany"),
    ]


def test_pages_are_counted_and_linked() -> None:
    made = listing(read_address("/cities", []), results(total=45, page=2), Reader())

    assert (made.pages, made.first) == (3, 21)
    assert (str(made.previous), str(made.next)) == ("/cities", "/cities?page=3")
    last = listing(read_address("/cities", []), results(total=45, page=3), Reader())
    assert last.next is None
    assert listing(read_address("/cities", []), results(total=0, page=1), Reader()).pages == 1


def test_the_data_says_the_same() -> None:
    address = read_address("/cities", [("q", "a b")])
    made = listing(address, results("https://w3id.org/clipgraph/id/city/x"), Reader())
    data = as_data(made, Reader("fr", "/fr"), {"https://w3id.org/clipgraph/id/city/x": {"practice": ["y"]}})

    assert (data["total"], data["page"], data["pages"], data["query"]) == (45, 2, 3, "a b")
    assert data["next"] == "/fr/cities?q=a+b&page=3"
    (thing,) = data["results"]
    assert (thing["href"], thing["practice"]) == ("/fr/doc/city/x", ["y"])
    assert data["facets"]["country"][0] == {
        "value": "germany",
        "iri": "urn:germany",
        "label": {"value": "Germany", "language": "en"},
        "count": 3,
        "chosen": True,
    }
