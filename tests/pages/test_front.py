"""The front page shows a part of a large graph and says so; what it asks for does not grow with the graph."""

import asyncio
from collections.abc import Iterator

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from clipgraph.pages.front import front_page
from clipgraph.pages.site import Site, open_site
from clipgraph.rdf.prefixes import BASE, expand
from clipgraph.sources.project import Project
from clipgraph.sparql.library import read_library
from testing_asking import StoreEngine, asking_of

ID, COUNTRY = BASE + "id/", NamedNode(BASE + "id/country/land")
SAID = {
    "en": "Only 200 of them are shown here.",
    "de": "Nur 200 davon sind hier gezeigt.",
    "fr": "Il n’en est montré ici que 200.",
}


@pytest.fixture(scope="module")
def site(project: Project) -> Site:
    return open_site(read_library(project.queries, "pages"), read_library(project.queries, "competency"))


def graph(cities: int) -> Store:
    """Return a graph with so many cities of the network, each with a point and a good practice."""
    store = Store()
    store.extend(_quads(cities))
    return store


def _quads(cities: int) -> Iterator[Quad]:
    kind = NamedNode(BASE + "scheme/territory-kind/country")
    yield _quad(COUNTRY, "clip:territoryKind", kind)
    yield _quad(COUNTRY, "rdfs:label", Literal("Land", language="de"))
    for number in range(cities):
        names = ("city", "point", "authority", "membership", "practice")
        city, point, authority, membership, practice = (
            NamedNode(f"{ID}{name}/n{number:04}") for name in names
        )
        yield _quad(city, "rdf:type", NamedNode(expand("cv:AdminUnit")))
        yield _quad(city, "rdfs:label", Literal(f"City {number:04}", language="en"))
        yield _quad(city, "dct:isPartOf", COUNTRY)
        yield _quad(city, "geo:hasGeometry", point)
        yield _quad(point, "geo:asWKT", Literal(f"POINT({number / 50:.2f} {45 + number / 100:.2f})"))
        yield _quad(authority, "dct:spatial", city)
        yield _quad(membership, "org:organization", NamedNode(ID + "network/clip"))
        yield _quad(membership, "org:role", NamedNode(BASE + "scheme/role/member"))
        yield _quad(membership, "org:member", authority)
        yield _quad(practice, "rdf:type", NamedNode(expand("clip:GoodPractice")))
        yield _quad(practice, "rdfs:label", Literal(f"Practice {number:04}", language="en"))
        yield _quad(practice, "dct:spatial", city)


def _quad(subject: NamedNode, name: str, value: NamedNode | Literal) -> Quad:
    return Quad(subject, NamedNode(expand(name)), value, DefaultGraph())


def page(site: Site, engine: StoreEngine, language: str = "en") -> str:
    return asyncio.run(front_page(asking_of(engine, site, language)))


@pytest.mark.parametrize("language", SAID)
def test_what_is_left_out_is_said_in_the_language_of_the_page(site: Site, language: str) -> None:
    text = page(site, StoreEngine(graph(203)), language)

    assert text.count(SAID[language]) == 3  # of the map, the practices and the places
    assert "<dd>203</dd>" in text
    assert text.count('class="touch"') == 200
    assert ("Practice 0199" in text, "Practice 0200" in text) == (True, False)
    assert ("City 0199" in text, "City 0200" in text) == (True, False)
    assert "<bdi" in text.split("City 0199", 1)[1].split("</li>")[0], "its country is told"


def test_of_what_is_whole_nothing_is_said(site: Site) -> None:
    text = page(site, StoreEngine(graph(200)))

    assert SAID["en"] not in text
    assert text.count('class="touch"') == 200
    assert "Practice 0199" in text


def test_it_asks_for_no_more_in_a_larger_graph(site: Site) -> None:
    smaller, larger = StoreEngine(graph(300)), StoreEngine(graph(600))
    page(site, smaller)
    page(site, larger)

    assert smaller.rows == larger.rows
