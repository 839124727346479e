"""Addresses of lists: parameters read, values added and taken off, pages turned."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipgraph.errors import BadRequest
from clipgraph.pages.addresses import ListAddress, read_address

GIVEN = [
    ("q", " sport  in "),
    ("country", "germany"),
    ("country", "france"),
    ("type", "Practice"),
    ("page", "3"),
]


def test_parameters_are_read_and_others_left_out() -> None:
    address = read_address(
        "/search", [*GIVEN, ("utm", "x"), ("format", "json"), ("country", " "), ("release", "2")]
    )

    assert address.words == "sport in"
    assert address.by_facet() == {"country": ("germany", "france"), "type": ("Practice",)}
    assert str(address) == "/search?q=sport+in&country=germany&country=france&type=Practice&release=2&page=3"


def test_a_value_is_added_and_taken_off_from_the_first_page() -> None:
    address = read_address("/search", GIVEN)

    more = address.with_value("level", "local")
    assert more.page == 1
    assert more.by_facet()["level"] == ("local",)
    assert more.without_value("level", "local", "http://iri/local") == address.at_page(1)
    assert address.without_values() == ListAddress("/search", "sport in")


def test_facets_of_other_lists_are_not_read() -> None:
    assert read_address("/cities", GIVEN, ("country",)).by_facet() == {"country": ("germany", "france")}


@pytest.mark.parametrize("page", ["0", "-1", "x", "1.5", "²", "٣", "9" * 40])
def test_what_is_no_page_is_refused(page: str) -> None:
    with pytest.raises(BadRequest, match="page="):
        read_address("/search", [("page", page)])


def test_too_much_at_once_is_refused() -> None:
    with pytest.raises(BadRequest, match="at most"):
        read_address("/search", [("country", str(number)) for number in range(60)])
    with pytest.raises(BadRequest, match="at most"):
        read_address("/search", [("country", "x" * 501)])


@given(words=st.text(max_size=50), value=st.text(min_size=1, max_size=30))
def test_an_address_reads_itself_back(words: str, value: str) -> None:
    address = read_address("/search", [("q", words), ("type", value)])
    from_text = read_address("/search", [("q", address.words), *address.chosen])

    assert from_text == address
    str(address).encode("ascii")
