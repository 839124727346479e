"""Which endpoints may be asked, and queries rewritten for their gate."""

from collections.abc import Mapping

import pytest

from clipgraph.errors import BadRequest
from clipgraph.sparql.federation import Service, located, read_federation, rewrite

PREFIX = "http://127.0.0.1/"


def test_nobody_is_asked_by_default() -> None:
    assert read_federation((), {}).urls == {}


def test_the_group_of_the_eu() -> None:
    urls = read_federation(["eu"], {}).urls

    assert sorted(urls) == [
        "http://publications.europa.eu/webapi/rdf/sparql",
        "https://data.europa.eu/sparql",
        "https://publications.europa.eu/webapi/rdf/sparql",
        "https://query.wikidata.org/sparql",
    ]
    assert all(url.startswith("https://") for url in urls.values())


def test_an_alias_is_asked_in_place_of_its_endpoint() -> None:
    names = ["eu", "http://a.example/sparql?x=1"]

    urls = read_federation(names, {"https://data.europa.eu/sparql": "http://127.0.0.1:9999/x"}).urls

    assert urls["https://data.europa.eu/sparql"] == "http://127.0.0.1:9999/x"
    assert urls["http://a.example/sparql?x=1"] == "http://a.example/sparql?x=1"


@pytest.mark.parametrize(
    ("names", "aliases"),
    [
        (["europe"], {}),
        (["file:///etc/passwd"], {}),
        (["ftp://a.example/"], {}),
        (["http://user@a.example/"], {}),
        (["http:///x"], {}),
        (["https://a.example/#x"], {}),
        (["eu"], {"https://b.example/": "http://127.0.0.1/"}),
        (["eu"], {"https://data.europa.eu/sparql": "unix:///run/x"}),
    ],
)
def test_what_is_no_endpoint_is_refused(names: list[str], aliases: Mapping[str, str]) -> None:
    with pytest.raises(BadRequest):
        read_federation(names, aliases)


def service(text: str, written: str) -> Service:
    start = text.index(written)
    return Service(written, written, start, start + len(written))


def place(text: str, mark: str) -> str:
    before = text[: text.index(mark)]
    return f"error at {before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}: x"


@pytest.mark.parametrize("written", ["a:b", "<https://a.example/of/a/longer/name>", "<http://127.0.0.1/0>"])
def test_a_place_in_the_rewritten_query_is_found_in_the_original(written: str) -> None:
    text = f"SELECT *\n{{ ?s SERVICE {written} {{ }} !\n x }}"
    services = [service(text, written)]
    rewritten = rewrite(text, services, PREFIX)

    for mark in ("?s", "{ }", "!", "x }"):
        assert located(place(rewritten, mark), text, services, PREFIX) == place(text, mark)
    assert located("no place", text, services, PREFIX) == "no place"
