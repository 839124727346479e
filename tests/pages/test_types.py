"""Pages of things by their type: of the real graph in three languages, and of a graph with far too much."""

import asyncio
import json
import re
from collections.abc import Iterator

import pyoxigraph as ox
import pytest

import testing_hostile as hostile
from clipgraph.pages.facts import expand
from clipgraph.pages.resource import resource_page
from clipgraph.pages.site import Site, open_site
from clipgraph.pages.types import KINDS, kind_of
from clipgraph.rdf.identity import document_path, path_of_iri
from clipgraph.sources.project import Project
from clipgraph.sparql.library import read_library
from testing_asking import StoreEngine, asking_of
from testing_pages import read_page

BASE = "https://w3id.org/clipgraph/"
ID = BASE + "id/"
THINGS = (
    *("city/stuttgart", "country/germany", "practice/social-city", "authority/stuttgart", "network/clip"),
    *("network/european-pact", "organisation/european-pact-steering-committee", "person/wolfgang-schuster"),
    *("organisation/european-pact-working-group-sport", "module/housing", "post/mayor-of-stuttgart"),
    *("organisation/stuttgart-department-for-integration", "disagreement/number-of-clip-countries"),
    *("network/clip/founding", "area/europe"),
)
IRIS = (*(ID + name for name in THINGS), BASE + "scheme/european-pact-field/sport")
MANY = 20_000
MOST_ROWS = 6000
QUESTIONS = 3


@pytest.fixture(scope="module")
def site(project: Project) -> Site:
    return open_site(read_library(project.queries, "pages"), [])


def page(store: ox.Store, site: Site, iri: str, language: str = "en") -> tuple[str, StoreEngine]:
    engine = StoreEngine(store)
    path = path_of_iri(iri)
    assert path
    text = asyncio.run(resource_page(asking_of(engine, site, language), iri, document_path(path), 0))
    assert text
    return text, engine


def words(text: str) -> str:
    """Return what a page says, without markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", re.sub(r"<script.*?</script>", "", text)))


@pytest.mark.parametrize("language", ["en", "de", "fr"])
@pytest.mark.parametrize("iri", IRIS)
def test_a_page_is_sound_and_asks_three_questions_at_most(
    graph: ox.Store, site: Site, iri: str, language: str
) -> None:
    text, engine = page(graph, site, iri, language)
    outline = read_page(text)

    assert outline.faults == []
    assert outline.language == language
    assert len(engine.rows) <= QUESTIONS
    label = " ".join(outline.headings[0].text.split())  # a title has no no-break spaces
    assert outline.title.startswith(label[:100])
    assert not re.search(r">\s*(?:clip|dct|org|skos|foaf|prov|geo|time):\w+\s*<", text)


def test_a_city_tells_what_an_officer_looks_for(graph: ox.Store, site: Site) -> None:
    told = words(page(graph, site, ID + "city/stuttgart")[0])

    for expected in (
        "Practices here",
        "Mum learns German",
        "about 40% of all inhabitants of Stuttgart",
        "City of Stuttgart",
        "European Network of Cities for Local Integration Policies for Migrants",
        "Mayor of the City of Stuttgart",
        "Wikidata Q1022",
        "GeoNames 2825297",
        "48.782° N, 9.177° E",
        "Other places in the same country",
    ):
        assert expected in told, expected
    assert "POINT(" not in told


def test_a_practice_is_told_in_order_with_similar_ones(graph: ox.Store, site: Site) -> None:
    told = words(page(graph, site, ID + "practice/social-city")[0])
    order = ["Why it began", "Goal", "How it works", "What came of it", "What is done", "Similar practices"]

    assert [told.index(heading) for heading in order] == sorted(told.index(heading) for heading in order)
    for expected in ("since 1999", "€400,000,000", "1999–2004", "Federal Government of Germany organiser"):
        assert expected in told, expected


def test_what_was_proposed_is_marked_and_grouped_by_level(graph: ox.Store, site: Site) -> None:
    text, _ = page(graph, site, ID + "network/european-pact")
    told = words(text)

    assert 'class="tag status-proposed"' in text
    levels = [told.index(f"{level} level") for level in ("European", "national", "regional", "local")]
    assert levels == sorted(levels)


def test_both_sides_of_a_disagreement_are_told_with_their_documents(graph: ox.Store, site: Site) -> None:
    text, _ = page(graph, site, ID + "authority/stuttgart")
    section = words(
        text[text.index('class="disputed"') : text.index("</section>", text.index('class="disputed"'))]
    )

    assert "Prize or honourable mention" in section
    assert "Honourable mention of Stuttgart, 2004" in section
    assert "Prize for Stuttgart, 2004, according to the caption" in section
    assert section.count("The European Pact for Integration") >= 2


def test_an_office_has_the_date_of_its_document(graph: ox.Store, site: Site) -> None:
    told = words(page(graph, site, ID + "person/wolfgang-schuster")[0])

    assert "Mayor of the City of Stuttgart as of July 2011" in told, told[300:1500]
    assert "whether they are held today is not said" in told


def test_words_are_those_of_the_language(graph: ox.Store, site: Site) -> None:
    german = words(page(graph, site, ID + "practice/social-city", "de")[0])
    french = words(page(graph, site, ID + "practice/social-city", "fr")[0])

    assert "Wie es dazu kam" in german
    assert "seit 1999" in german
    assert "400.000.000 €" in german.replace("\xa0", " ")
    assert "Pourquoi elle est née" in french
    assert "depuis 1999" in french


@pytest.mark.parametrize(
    ("name", "kind"),
    [("city/stuttgart", "City"), ("country/germany", "Country"), ("practice/social-city", "CreativeWork")],
)
def test_the_page_carries_schema_org(graph: ox.Store, site: Site, name: str, kind: str) -> None:
    text, _ = page(graph, site, ID + name)
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text)

    assert found
    assert json.loads(found[1])["@type"] == kind


def test_addresses_are_absolute_where_the_public_one_is_known(graph: ox.Store, site: Site) -> None:
    asking = asking_of(StoreEngine(graph), site, "en", "https://example.org")
    text = asyncio.run(resource_page(asking, ID + "city/stuttgart", "/doc/city/stuttgart", 0))

    assert text
    assert '<link rel="canonical" href="https://example.org/doc/city/stuttgart">' in text
    assert 'href="https://example.org/doc/city/stuttgart.ttl"' in text
    assert 'hreflang="de" href="https://example.org/de"' in text


def crowded(thing: str, kind: str) -> Iterator[ox.Quad]:
    """Yield a thing of a class to which very much points, by every property that its page asks for."""
    graph = ox.NamedNode(BASE + "graph/data/crowd")
    pointing = expand(
        *("dct:spatial", "dct:isPartOf", "clip:about", "org:member", "org:organization", "clip:involvedIn"),
        *("clip:figureAbout", "prov:wasAttributedTo", "clip:coversField", "clip:documentedInModule"),
        *("clip:implementedBy", "org:postIn", "cv:hasParticipant", "clip:involvedParty", "clip:hasClaim"),
    )
    types = expand("cv:PublicOrganisation", "clip:Practice", "org:Membership", "clip:ResearchModule")
    a, label, shared = (ox.NamedNode(iri) for iri in expand("rdf:type", "rdfs:label", "dct:subject"))
    topic = ox.NamedNode("urn:topic")

    def quads() -> Iterator[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]]:
        yield ox.NamedNode(thing), a, ox.NamedNode(kind)
        yield ox.NamedNode(thing), label, ox.Literal("crowded", language="en")
        yield ox.NamedNode(thing), shared, topic
        for number in range(MANY):
            other = ox.NamedNode(f"{ID}crowd/{number}/claim/x")
            yield other, ox.NamedNode(pointing[number % len(pointing)]), ox.NamedNode(thing)
            yield other, a, ox.NamedNode(types[number % len(types)])
            yield other, label, ox.Literal(f"other {number}", language="en")
            yield other, shared, topic

    for subject, predicate, value in quads():
        yield ox.Quad(subject, predicate, value, graph)
        yield ox.Quad(subject, predicate, value, ox.DefaultGraph())


@pytest.mark.parametrize(
    "name", ["cv:AdminUnit", "clip:Practice", "cv:PublicOrganisation", "foaf:Person", "clip:FieldOfAction"]
)
def test_a_page_asks_for_what_it_shows_however_much_there_is(site: Site, name: str) -> None:
    store = ox.Store()
    store.bulk_extend(crowded(ID + "crowded/thing", expand(name)[0]))
    text, engine = page(store, site, ID + "crowded/thing")

    assert len(engine.rows) <= QUESTIONS
    assert sum(engine.rows) < MOST_ROWS
    assert len(text) < 400_000
    assert "?from=100" in text


Triple = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]


def hostile_words() -> Iterator[ox.Quad]:
    """Yield a thing of every class with a template, and what its page lists, all with hostile words."""
    graph = ox.NamedNode(BASE + "graph/data/hostile")
    a, label, described = (ox.NamedNode(iri) for iri in expand("rdf:type", "rdfs:label", "dct:description"))
    words = (*hostile.MARKUP, hostile.TURNED, hostile.UNSEEN, hostile.STACKED, hostile.LONG)
    pointing = [ox.NamedNode(iri) for iri in POINTING]
    script, kinds = ox.NamedNode("javascript:alert(1)"), expand("clip:Practice", "cv:PublicOrganisation")
    for place, name in enumerate(KINDS):
        thing = ox.NamedNode(f"{ID}hostile/{place}")
        said: list[Triple] = [(thing, a, ox.NamedNode(expand(name)[0]))]
        for number, word in enumerate(words):
            other = ox.NamedNode(f"{ID}hostile/{place}/claim/{number}")
            text = ox.Literal(word, language=("en", "de", "x-odd")[number % 3])
            said += [(each, property_, text) for each in (thing, other) for property_ in (label, described)]
            said += [(other, link, thing) for link in pointing]
            said += [(other, ox.NamedNode(iri), ox.Literal(word)) for iri in expand(*VALUES)]
            said += [(other, ox.NamedNode(iri), script) for iri in expand(*LINKS)]
            said += [(other, a, ox.NamedNode(iri)) for iri in kinds]
        for triple in said:
            yield ox.Quad(*triple, graph)
            yield ox.Quad(*triple, ox.DefaultGraph())


POINTING = expand(
    *("dct:spatial", "dct:isPartOf", "clip:about", "org:member", "org:organization", "clip:involvedIn"),
    *("clip:figureAbout", "prov:wasAttributedTo", "clip:coversField", "clip:hasClaim", "org:postIn"),
)
VALUES = (
    *("sdmx-measure:obsValue", "clip:amount", "clip:base", "geo:asWKT", "time:inXSDgYear", "clip:asOf"),
    "skos:notation",
)
LINKS = ("org:role", "clip:governanceLevel", "clip:precision", "sdmx-attribute:unitMeasure", "dct:source")


@pytest.fixture(scope="module")
def hostile_store() -> ox.Store:
    store = ox.Store()
    store.bulk_extend(hostile_words())
    return store


@pytest.mark.parametrize("place", range(len(KINDS)), ids=list(KINDS))
def test_hostile_words_are_text_on_the_page_of_every_type(
    hostile_store: ox.Store, site: Site, place: int
) -> None:
    text, _ = page(hostile_store, site, f"{ID}hostile/{place}", "de")
    outline = read_page(text)

    assert outline.faults == []
    assert not [source for source in outline.scripts if not source.startswith("/static/")]
    assert not [link.target for link in outline.links if not link.target.startswith(("/", "#", "?", "http"))]
    assert "<script>alert" not in text
    assert len(text) < 400_000
    for found in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text):
        assert json.loads(found)["@id"] == f"{ID}hostile/{place}"


def test_the_special_class_decides() -> None:
    for name, kind in KINDS.items():
        assert kind_of([expand(name)[0], expand("prov:Entity")[0]]) is kind
    both = kind_of(expand("org:Organization", "clip:CityNetwork", "dct:Location"))
    assert both.template == "types/organisation.html"
