"""What the service says of itself, at its addresses and in the graphs of a publish."""

import re
from collections.abc import Iterator

import httpx2
import pyoxigraph as ox
import pytest
import rdflib
from rdflib import DCAT, DCTERMS, FOAF, RDF, VOID, Literal, URIRef
from rdflib.compare import to_isomorphic

from clipgraph.rdf.prefixes import BASE, PREFIXES
from clipgraph.sources.graphs import CATALOGUE_GRAPH, EXAMPLES_GRAPH, MADE_DESCRIPTIONS, VOID_GRAPH
from conftest import Running, make_token

SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
VCARD = rdflib.Namespace("http://www.w3.org/2006/vcard/ns#")
DATASET = URIRef(BASE + "catalog#dataset")
VERSION = URIRef("http://www.w3.org/ns/dcat#version")  # of DCAT 3, which rdflib does not list
FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
DOCUMENTS = ("/catalog", "/.well-known/void")


def graph_of(response: httpx2.Response, form: str = "turtle") -> rdflib.Graph:
    assert response.status_code == 200, response.text[:500]
    return rdflib.Graph().parse(data=response.content, format=form)


def stated(client: httpx2.Client, iri: str) -> str:
    """Return a named graph as N-Triples."""
    response = client.get("/graphs", params={"graph": iri, "format": "ntriples"})
    assert response.status_code == 200, response.text[:500]
    return response.text


@pytest.mark.parametrize("path", DOCUMENTS)
def test_each_format_says_the_same(client: httpx2.Client, path: str) -> None:
    def triples(response: httpx2.Response, form: ox.RdfFormat) -> set[ox.Triple]:
        assert response.status_code == 200, response.text[:500]
        assert response.headers["content-type"].startswith(form.media_type)
        return {quad.triple for quad in ox.parse(response.content, format=form)}

    found = [triples(client.get(f"{path}.{ending}"), form) for ending, form in FORMATS.items()]
    asked = client.get(path, headers={"Accept": "application/rdf+xml"})
    default = client.get(path)

    assert len(found[0]) > 100
    assert found[0] == triples(asked, ox.RdfFormat.RDF_XML) == triples(default, ox.RdfFormat.TURTLE)
    assert found == [found[0]] * len(FORMATS)
    assert default.headers["vary"] == "Accept, Accept-Encoding"


@pytest.mark.parametrize("path", DOCUMENTS)
def test_the_same_is_the_same_and_not_sent_again(client: httpx2.Client, path: str) -> None:
    first = client.get(path)
    tag = first.headers["etag"]

    assert client.get(path).content == first.content
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    assert client.get(f"{path}.nt").headers["etag"] != tag


@pytest.mark.parametrize("path", DOCUMENTS)
def test_who_asks_for_a_page_gets_that_of_the_dataset(client: httpx2.Client, path: str) -> None:
    browser = client.get(path, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    german = client.get("/de" + path, headers={"Accept": "text/html"})

    assert (browser.status_code, browser.headers["location"]) == (303, "/dataset")
    assert german.headers["location"] == "/de/dataset"
    assert client.get(path, headers={"Accept": "image/png"}).status_code == 406
    assert client.get(path + ".xyz").status_code == 404
    assert client.head(path).headers["content-type"].startswith("text/turtle")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "a client may ask 1,000,000 times a minute"),
        ("de", "ein Client darf 1.000.000-mal in der Minute fragen"),
        ("fr", "un client peut demander 1 000 000 fois par minute"),
    ],
)
def test_the_rate_is_told_in_words(client: httpx2.Client, language: str, words: str) -> None:
    text = client.get(f"/{language}/dataset", headers={"Accept": "text/html"}).text

    assert words in re.sub(r"\s", " ", text)


def test_the_page_of_the_dataset_leads_to_them(client: httpx2.Client) -> None:
    page = client.get("/dataset", headers={"Accept": "text/html"})
    data = client.get("/dataset", headers={"Accept": "text/turtle"})

    for address in ("/catalog.ttl", "/catalog.rdf", "/.well-known/void.jsonld"):
        assert f'href="{address}"' in page.text
    assert 'rel="describedby"' in page.text
    assert (data.status_code, data.headers["location"]) == (303, "/catalog")
    assert client.get("/dataset", headers={"Accept": "application/json"}).json()["release"]
    front = client.get("/", headers={"Accept": "text/html"})
    assert 'href="/dataset#descriptions"' in front.text
    for response in (page, front, client.get("/sparql", params={"query": "ASK {}"})):
        assert 'rel="describedby"' in response.headers["link"]
    assert "link" not in client.get("/healthz").headers
    assert '</catalog.rdf>; rel="describedby"' in page.headers["link"]


def test_addresses_are_those_of_the_request(service: Running, client: httpx2.Client) -> None:
    for host, origin in ((None, service.url), ("graph.example.org", "http://graph.example.org")):
        headers = {"Host": host} if host else {}
        catalogue = graph_of(client.get("/catalog", headers=headers))
        described = graph_of(client.get("/sparql", headers=headers | {"Accept": "text/turtle"}))
        void = client.get("/.well-known/void.nt", headers=headers).text
        endpoint = URIRef(origin + "/sparql")

        assert (endpoint, DCAT.servesDataset, DATASET) in catalogue
        assert set(described.subjects(RDF.type, SD.Service)) == {endpoint}
        assert f"<{DATASET}> <{VOID.sparqlEndpoint}> <{endpoint}> ." in void
    assert client.get("/catalog", headers={"Host": "no host"}).status_code == 400


def test_what_they_name_is_there(service: Running, client: httpx2.Client) -> None:
    """The addresses of the catalogue answer, as harvesters check; the digests are those of the files."""
    catalogue = graph_of(client.get("/catalog"))
    addresses = {
        str(each)
        for name in (DCAT.downloadURL, DCAT.accessURL, DCAT.endpointURL, DCAT.landingPage)
        for each in catalogue.objects(None, name)
    }
    addresses |= {
        str(each) for each in catalogue.objects(None, FOAF.page) if str(each).startswith(service.url)
    }

    assert any(address.endswith(".nq.gz") for address in addresses)
    for address in addresses:
        parameters = {"default": ""} if address.endswith("/graphs") else {}
        assert address.startswith(service.url)
        assert client.head(address.removeprefix(service.url), params=parameters).status_code == 200, address


def test_the_graphs_of_a_publish_say_the_same_with_the_persistent_addresses(
    service: Running, client: httpx2.Client
) -> None:
    def placed(text: str) -> set[str]:
        return set(text.replace(f"<{service.url}/", f"<{BASE}").splitlines())

    void = placed(client.get("/.well-known/void.nt").text)
    # What a service lets one do, and the sizes of files, are known to it alone.
    catalogue = placed(client.get("/catalog.nt").text)
    stored = placed(stated(client, CATALOGUE_GRAPH))

    assert len(void) > 10_000
    assert void == placed(stated(client, VOID_GRAPH))
    assert all("description" in line for line in stored - catalogue)
    assert {line.split(" ")[1] for line in catalogue - stored} <= {
        f"<{name}>"
        for name in (
            DCTERMS.description,
            DCAT.byteSize,
            RDF.type,
            *(f"http://spdx.org/rdf/terms#{each}" for each in ("checksum", "algorithm", "checksumValue")),
        )
    }


def test_they_are_found_by_sparql_when_named_and_only_then(client: httpx2.Client) -> None:
    def ask(pattern: str) -> bool:
        query = f"PREFIX dcat: <{DCAT}> PREFIX void: <{VOID}> ASK {{ {pattern} }}"
        answer = client.get("/sparql", params={"query": query}, headers={"Accept": "application/json"})
        return bool(answer.json()["boolean"])

    assert ask(f"GRAPH <{CATALOGUE_GRAPH}> {{ ?dataset a dcat:Dataset }}")
    assert ask(f"GRAPH <{VOID_GRAPH}> {{ ?dataset void:propertyPartition ?part }}")
    assert not ask("?dataset a dcat:Dataset")
    assert not ask("?dataset void:propertyPartition ?part")


def test_the_service_description_has_the_graphs_and_their_numbers(client: httpx2.Client) -> None:
    client.get("/.well-known/void")  # counts the release
    described = graph_of(client.get("/sparql"))
    count = client.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "format": "csv"})
    names = {str(each) for each in described.objects(None, SD.name)}
    listed = {
        each["iri"] for each in client.get("/graph", headers={"Accept": "application/json"}).json()["graphs"]
    }

    assert names == listed
    assert set(MADE_DESCRIPTIONS) <= names
    default = next(described.objects(None, SD.defaultGraph))
    assert described.value(default, VOID.triples) == Literal(int(count.text.split()[1]))
    assert list(described.objects(default, VOID.propertyPartition))
    assert (None, SD.feature, SD.BasicFederatedQuery) not in described


def test_terms_and_examples_are_not_told_about_by_descriptions(client: httpx2.Client) -> None:
    practice = client.get("/def/GoodPractice.nt").text
    city = client.get("/doc/city/stuttgart.nt").text

    assert practice
    assert ".well-known/void" not in practice + city
    assert "catalog#dataset" not in practice + city


@pytest.fixture(scope="module")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Running, str]]:
    """A service over a small project that says little of itself, and a token for it."""
    root = tmp_path_factory.mktemp("small")
    for folder in ("ontology", "shapes", "data/t", "queries/rules"):
        (root / "p" / folder).mkdir(parents=True)
    (root / "p/data/t/one.ttl").write_text("<urn:a> a <urn:C> .\n")
    data = root / "data"
    running = Running(
        [
            "--project",
            str(root / "p"),
            "--data",
            str(data),
            "--federate",
            "eu",
        ],
        environment={
            "CLIPGRAPH_CONTACT": "https://g.example.org/contact",
            "CLIPGRAPH_PUBLISHER": "An Institution",
        },
    )
    yield running, make_token(data)
    running.stop()


def test_settings_are_told(writable: tuple[Running, str]) -> None:
    with httpx2.Client(base_url=writable[0].url, timeout=60) as client:
        described, catalogue = (
            graph_of(client.get("/sparql", headers={"Accept": "text/turtle"})),
            graph_of(client.get("/catalog.ttl")),
        )
        endpoint = URIRef(writable[0].url + "/sparql")

        assert (endpoint, SD.feature, SD.BasicFederatedQuery) in described
        assert (endpoint, SD.supportedLanguage, SD.SPARQL11Update) in described
        assert (None, VCARD.hasURL, URIRef("https://g.example.org/contact")) in catalogue
        assert (None, FOAF.name, Literal("An Institution")) in catalogue


def test_after_a_write_the_addresses_tell_of_it_and_the_graphs_of_the_publish(
    writable: tuple[Running, str],
) -> None:
    running, token = writable
    with httpx2.Client(base_url=running.url, timeout=60) as client:
        before = graph_of(client.get("/.well-known/void.ttl"))
        released = str(graph_of(client.get("/catalog.ttl")).value(DATASET, VERSION))
        update = client.post(
            "/sparql",
            content="INSERT DATA { GRAPH <urn:live> { <urn:b> a <urn:D> ; <urn:p> 1 } }",
            headers={"Content-Type": "application/sparql-update", "Authorization": f"Bearer {token}"},
        )
        after, stored = (
            graph_of(client.get("/.well-known/void.ttl")),
            rdflib.Graph().parse(data=stated(client, VOID_GRAPH), format="nt"),
        )
        catalogue = graph_of(client.get("/catalog.ttl"))
        earlier = graph_of(client.get("/.well-known/void.ttl", params={"release": released}))
        described = graph_of(client.get("/sparql", headers={"Accept": "text/turtle"}))

    assert update.status_code < 300, update.text
    assert int(str(after.value(DATASET, VOID.triples))) == int(str(before.value(DATASET, VOID.triples))) + 2
    assert (URIRef("urn:live"), RDF.type, VOID.Dataset) in after
    assert set(stored) == {each for each in stored if each[0] != URIRef("urn:live")}
    assert str(catalogue.value(DATASET, VERSION)) == str(int(released) + 1)
    assert any(f"release {released}," in str(text) for text in stored.objects(None, DCTERMS.description))
    files = {str(each) for each in earlier.objects(DATASET, VOID.dataDump)}
    for graph in (earlier, before):
        graph.remove((None, VOID.dataDump, None))
    assert to_isomorphic(earlier) == to_isomorphic(before)
    assert files == {f"{running.url}/dumps/clipgraph.{end}.gz?release={released}" for end in ("nq", "trig")}
    assert (None, SD.name, URIRef("urn:live")) in described


def test_what_a_publish_makes_is_not_written_by_others(writable: tuple[Running, str]) -> None:
    running, token = writable
    with httpx2.Client(
        base_url=running.url, timeout=60, headers={"Authorization": f"Bearer {token}"}
    ) as client:
        put = client.put(
            "/graphs",
            params={"graph": VOID_GRAPH},
            content="<urn:a> <urn:b> 1 .",
            headers={"Content-Type": "text/turtle"},
        )
        update = client.post(
            "/sparql",
            content=f"DROP GRAPH <{VOID_GRAPH}>",
            headers={"Content-Type": "application/sparql-update"},
        )

    assert (put.status_code, update.status_code) == (403, 403)
    assert "made of the named graphs" in put.text


def test_the_queries_of_the_library_are_data(client: httpx2.Client, service: Running) -> None:
    found = graph_of(client.get("/queries"))
    target, kind = URIRef("https://schema.org/target"), URIRef("http://www.w3.org/ns/shacl#SPARQLExecutable")
    examples = set(found.subjects(RDF.type, kind))

    assert URIRef(BASE + "queries#cq05-founders") in examples
    assert set(found.objects(None, target)) == {URIRef(f"{service.url}/sparql")}
    for ending, form in FORMATS.items():
        document = ox.parse(client.get(f"/queries.{ending}").content, format=form)
        assert len({quad.triple for quad in document}) == len(found)
    page = client.get("/fr/queries", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["location"]) == (303, "/fr/sparql#examples")
    assert client.get("/queries.xyz").status_code == 404


def test_the_graph_of_the_queries_has_persistent_addresses(client: httpx2.Client) -> None:
    served, kept = client.get("/queries.nt").text, stated(client, EXAMPLES_GRAPH)
    endpoint = f"{client.base_url!s}".rstrip("/") + "/sparql"

    assert sorted(kept.splitlines()) == sorted(
        served.replace(f"<{endpoint}>", f"<{BASE}sparql>").splitlines()
    )


def test_an_editor_that_finds_nothing_in_the_default_graph_finds_it_in_the_service_description(
    client: httpx2.Client,
) -> None:
    """As those of the SIB look for examples and prefixes: first there, then here."""
    patterns = (
        "?x a sh:SPARQLExecutable ; rdfs:comment ?y ; sh:select ?z",
        "?x sh:namespace ?y ; sh:prefix ?z",
    )
    prefixes = "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in ("sh", "rdfs"))
    description = graph_of(client.get("/sparql", headers={"Accept": "text/turtle"}))

    for pattern in patterns:
        query = f"{prefixes} SELECT * {{ {pattern} }} LIMIT 1"
        answer = client.get("/sparql", params={"query": query, "format": "json"}).json()
        assert answer["results"]["bindings"] == []
        assert len(description.query(query)) == 1
