"""The pictures over graphs that nobody would wish for: hostile names, broken values, far too much."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import pyoxigraph as ox
import pytest

from clipgraph.engines.engine import Engine
from clipgraph.engines.rows import Row, read_rows
from clipgraph.pages.asking import Asking
from clipgraph.pages.atlas import MOST
from clipgraph.pages.map import map_data, map_page
from clipgraph.pages.network import network_data, network_page
from clipgraph.pages.reader import Reader
from clipgraph.pages.site import Site, open_site
from clipgraph.pages.timeline import PAGE, timeline_data, timeline_page
from clipgraph.rdf.terms import Literal, NamedNode
from clipgraph.sources.project import Project
from clipgraph.sparql.binding import bind
from clipgraph.sparql.library import read_library

PREFIXES = """@prefix adms: <http://www.w3.org/ns/adms#> . @prefix clip: <https://w3id.org/clipgraph/def/> .
@prefix dct: <http://purl.org/dc/terms/> . @prefix geo: <http://www.opengis.net/ont/geosparql#> .
@prefix org: <http://www.w3.org/ns/org#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix time: <http://www.w3.org/2006/time#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix kind: <https://w3id.org/clipgraph/scheme/territory-kind/> .
@prefix status: <https://w3id.org/clipgraph/scheme/status/> . @base <https://w3id.org/clipgraph/id/> .
"""
PAGES = (map_page, network_page, timeline_page)
Bound = NamedNode | Literal | Sequence[NamedNode | Literal]
NASTY = '\\"><script>alert(1)</script>\\u202E&amp;\\u0001'


@dataclass(frozen=True)
class Local(Asking):
    """Asks a store at hand, by the project's own queries."""

    store: ox.Store = field(default_factory=ox.Store)

    async def rows(self, name: str, *, start: int = 0, **values: Bound) -> list[Row]:
        """Return the rows of a query of the library."""
        assert not start
        answer = self.store.query(bind(self.site.pages[name], values))
        assert isinstance(answer, ox.QuerySolutions)
        return read_rows(cast(bytes, answer.serialize(format=ox.QueryResultsFormat.JSON)))


@pytest.fixture(scope="module")
def site(project: Project) -> Site:
    return open_site(read_library(project.queries, "pages"), ())


def asking(site: Site, turtle: str, parameters: str = "") -> Local:
    store = ox.Store()
    store.load((PREFIXES + turtle).encode(), ox.RdfFormat.TURTLE)
    return Local(cast(Engine, None), site, Reader(), 1, "test", "/map", parameters, store=store)


def page_of(page: Any, over: Local) -> str:  # noqa: ANN401
    return str(asyncio.run(page(over)))


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_graph_says_that_nothing_is_there(site: Site, page: Any) -> None:  # noqa: ANN401
    text = page_of(page, asking(site, ""))

    assert "<h1>" in text
    assert any(words in text for words in ("No place fits", "No actor fits", "Nothing fits"))


@pytest.mark.parametrize("page", PAGES)
def test_names_are_text_whatever_they_hold(site: Site, page: Any) -> None:  # noqa: ANN401
    text = page_of(
        page,
        asking(
            site,
            f"""<city/x> geo:hasGeometry <city/x/point> ; rdfs:label "{NASTY}" , "{"x" * 1_000_000}"@de ;
              dct:isPartOf <country/x> .
            <country/x> clip:territoryKind kind:country ; rdfs:label "{NASTY}" .
            <city/x/point> geo:asWKT "POINT(9 48)"^^geo:wktLiteral .
            <a> a org:Organization ; rdfs:label "{NASTY}" ; dct:spatial <city/x> ; org:memberOf <b> ;
              clip:sector <javascript:alert(1)> .
            <b> a org:Organization , org:OrganizationalCollaboration ; rdfs:label "{"word " * 100_000}"@fr .
            <m> a org:Membership ; org:member <a> ; org:organization <b> .
            <e> a clip:Founding ; rdfs:label "{NASTY}" ; time:hasTime <t> . <t> time:inXSDDate "{NASTY}" .""",
        ),
    )

    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text
    assert 'href="javascript' not in text
    assert len(text) < 300_000


def test_values_of_the_wrong_kind_are_no_failure(site: Site) -> None:
    odd = """<p> geo:hasGeometry "point" , <g> , <h> . <g> geo:asWKT 5 . <h> geo:asWKT "POINT(200 95)" .
    <a> a org:Organization ; clip:governanceLevel "local" , 3 ; clip:sector "" ; adms:status status:proposed .
    <m> a org:Membership ; org:member "somebody" , <a> ; org:organization <a> .
    [] org:unitOf <a> . <a> org:subOrganizationOf <a> , "itself" .
    <d> a clip:Document ; dct:issued 2006 , "2006"^^xsd:gYear , "-0044"^^xsd:gYear , "12345-01" , <then> ."""
    for page in (*PAGES, map_data, network_data, timeline_data):
        page_of(page, asking(site, odd))
    entries = asyncio.run(timeline_data(asking(site, odd)))["results"]
    assert [entry["when"] for entry in entries[:2]] == ["-0044", "2006"]


def test_what_is_proposed_and_dated_is_told_apart(site: Site) -> None:
    dated = """<e> a clip:Founding ; rdfs:label "To be founded" ; adms:status status:proposed ;
      time:hasTime <t> .
    <t> time:inXSDgYear "2030"^^xsd:gYear . <f> a clip:Founding ; rdfs:label "Founded" ; time:hasTime <u> .
    <u> time:inXSDgYear "2006"^^xsd:gYear ."""
    text = page_of(timeline_page, asking(site, dated))
    only = asyncio.run(timeline_data(asking(site, dated, "state=proposed")))

    assert "not done yet" in text
    assert [entry["label"]["value"] for entry in only["results"]] == ["To be founded"]
    assert only["results"][0]["proposed"]


def test_ten_thousand_places_stay_bounded(site: Site) -> None:
    places = "\n".join(
        f'<city/x{n:05}> geo:hasGeometry <g{n}> . <g{n}> geo:asWKT "POINT({n % 30} {40 + n % 20})" .'
        for n in range(10_000)
    )
    over = asking(site, places)
    data = asyncio.run(map_data(over))

    assert len(data["features"]) == MOST
    assert data["more"]
    text = page_of(map_page, over)
    assert text.count('class="spot') <= MOST
    assert f"more than {MOST} places" in text


def test_ten_thousand_actors_stay_a_picture(site: Site) -> None:
    actors = "\n".join(
        f"<a{n}> a org:Organization . <m{n}> a org:Membership ; org:member <a{n}> ; org:organization <net> ."
        for n in range(10_000)
    )
    text = page_of(network_page, asking(site, f"<net> a org:Organization . {actors}"))

    assert text.count('class="box') < 50
    assert "more actors and ties than this picture" in text
    around = page_of(network_page, asking(site, f"<net> a org:Organization . {actors}", "actor=/id/a9999"))
    assert "a9999" in around


def test_ten_thousand_dates_are_paged(site: Site) -> None:
    dates = "\n".join(f'<d{n}> a clip:Document ; dct:issued "{1000 + n}"^^xsd:gYear .' for n in range(10_000))
    data = asyncio.run(timeline_data(asking(site, dates, "page=2")))

    assert len(data["results"]) == PAGE
    assert data["results"][0]["when"] == str(1000 + PAGE)
    assert data["more"]
    assert len(page_of(timeline_page, asking(site, dates))) < 100_000
