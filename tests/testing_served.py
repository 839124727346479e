"""What a service has to say alike whichever engine it asks: tests to be taken over for each engine."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pyoxigraph as ox
import pytest

from clipgraph.remote.addresses import Address
from conftest import ROOT, Running

PAGES = [
    *("/", "/search?q=integration", "/practices", "/de/cities?country=DEU", "/fields", "/network", "/map"),
    *("/timeline", "/ontology", "/shapes", "/scheme", "/graph", "/dataset", "/releases", "/feed"),
    *("/doc/city/stuttgart", "/doc/practice/athens-international-radio", "/doc/event/clip-launch-conference"),
    *("/fr/doc/instrument/european-pact", "/doc/module/housing", "/doc/country/germany", "/def/Practice"),
    *("/doc/document/european-pact-first-monitoring-report", "/scheme/status/proposed", "/scheme/sector"),
    *("/graph/practices/athens-international-radio", "/sitemap.xml", "/search/suggest?q=stu"),
]
DOCUMENTS = [
    "/doc/city/stuttgart",
    "/doc/network/clip",
    "/def",
    "/graph/places/cities",
    "/scheme/sector",
]
FORMS = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "rdf": ox.RdfFormat.RDF_XML}
QUERIES = ["cq01-actors-by-level", "cq11-members", "cq20-fields-and-goals", "cq48-figures-of-places"]
VOID = "http://rdfs.org/ns/void#"


def set_for(address: Address) -> dict[str, str]:
    """Return the settings with which an engine is asked and pushed to."""
    who = address.credentials
    return {
        "CLIPGRAPH_ENGINE": address.query,
        "CLIPGRAPH_ENGINE_UPDATE": address.update,
        "CLIPGRAPH_ENGINE_GRAPHS": address.graphs,
        "CLIPGRAPH_ENGINE_USER": who.user,
        "CLIPGRAPH_ENGINE_PASSWORD": who.password,
        "CLIPGRAPH_ENGINE_SCHEME": who.scheme,
    }


@contextmanager
def served(address: Address, data: Path, **settings: str) -> Iterator[Running]:
    """Run a service that asks an engine, with a folder of its own."""
    arguments = ["--project", str(ROOT), "--data", str(data)]
    running = Running(
        arguments, environment={"CLIPGRAPH_RATE": "1000000/minute"} | set_for(address) | settings
    )
    try:
        yield running
    finally:
        running.stop()


def triples(body: bytes, suffix: str, url: str) -> set[str]:
    """Return the statements of a document, with the addresses of the service as paths."""
    return {str(quad.triple).replace(url, "") for quad in ox.parse(body, FORMS[suffix])}


class ServedContract:
    """The tests; a class that takes them over has a fixture ``elsewhere``, a service that asks an engine."""

    @pytest.mark.parametrize("path", PAGES)
    def test_pages_are_the_same_to_the_letter(self, service: Running, elsewhere: Running, path: str) -> None:
        """Their own addresses left aside."""
        texts = []
        for running in (service, elsewhere):
            response = httpx2.get(running.url + path, headers={"Accept": "text/html"}, timeout=60)
            assert response.status_code == 200, response.text
            texts.append(response.text.replace(running.url, ""))

        assert texts[0].splitlines() == texts[1].splitlines()

    @pytest.mark.parametrize("path", DOCUMENTS)
    def test_documents_say_the_same(self, service: Running, elsewhere: Running, path: str) -> None:
        """Statements have no order."""
        for suffix in FORMS:
            bodies = [
                httpx2.get(f"{running.url}{path}.{suffix}", timeout=60).raise_for_status().content
                for running in (service, elsewhere)
            ]
            said = [triples(body, suffix, "") for body in bodies]
            assert said[0] == said[1]
            assert said[0]

    @pytest.mark.parametrize("name", QUERIES)
    def test_queries_are_answered_the_same(self, service: Running, elsewhere: Running, name: str) -> None:
        """In every format, byte for byte."""
        text = (ROOT / f"queries/competency/{name}.rq").read_text(encoding="utf-8")
        for form in ("json", "xml", "csv", "tsv"):
            first, second = (
                httpx2.post(running.url + "/sparql", data={"query": text, "format": form}, timeout=60)
                for running in (service, elsewhere)
            )
            assert second.headers["content-type"] == first.headers["content-type"]
            assert second.text == first.text

    def test_it_describes_itself(self, service: Running, elsewhere: Running) -> None:
        """Service description, VoID, catalogue and examples, with its own address."""
        for path in ("/sparql", "/.well-known/void", "/catalog", "/queries"):
            first, second = (
                httpx2.get(running.url + path, headers={"Accept": "text/turtle"}, timeout=60)
                for running in (service, elsewhere)
            )
            assert second.status_code == 200, second.text
            before, after = (
                triples(response.content, "ttl", running.url)
                for response, running in ((first, service), (second, elsewhere))
            )
            # The one knows of itself what no release says; the other has no dumps.
            assert len(before & after) > 0.6 * len(before)
            assert f"{elsewhere.url}/sparql" in second.text
            counted = {line for line in before if f"<{VOID}triples>" in line}
            assert counted <= after
            assert counted or path in ("/catalog", "/queries")

    def test_what_needs_releases_on_disk_says_so(self, elsewhere: Running) -> None:
        """And what it asks is the one release that is there."""
        for path in (
            "/history?of=https://w3id.org/clipgraph/id/city/stuttgart",
            "/dumps/",
            "/releases/1/diff/1",
        ):
            page = httpx2.get(elsewhere.url + path, headers={"Accept": "text/html"}, timeout=60)
            assert page.status_code == 501
            assert "has no releases on its disk" in page.text
        for path in ("/?release=7", "/sparql?query=ASK{}&release=7", "/graphs?default&release=7"):
            refused = httpx2.get(elsewhere.url + path, timeout=60)
            assert (refused.status_code, refused.json()["code"]) == (501, "unimplemented")
        assert httpx2.get(elsewhere.url + "/releases/1", timeout=60).status_code == 200

    def test_it_is_only_read_from(self, elsewhere: Running) -> None:
        """What is written goes through a publish."""
        update = {"update": "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> <urn:c> } }"}
        assert httpx2.post(elsewhere.url + "/sparql", data=update, timeout=60).status_code == 403
        assert httpx2.put(elsewhere.url + "/graphs?graph=urn:g", timeout=60).status_code == 403

    def test_no_query_reaches_beyond_the_graph(self, elsewhere: Running) -> None:
        """Whatever the engine itself would let one do."""
        beyond = [
            "SELECT (<bif:http_get>('http://127.0.0.1/') AS ?x) {}",
            "SELECT (bif:http_get('http://127.0.0.1/') AS ?x) {}",
            "define get:soft 'soft' SELECT * FROM <http://127.0.0.1/def.ttl> { ?s ?p ?o }",
            f"SELECT * {{ SERVICE <{elsewhere.url}/sparql> {{ ?s ?p ?o }} }}",
            "DROP ALL",
        ]
        for text in beyond:
            answer = httpx2.post(elsewhere.url + "/sparql", data={"query": text}, timeout=60)
            assert answer.status_code in (400, 403), (text, answer.text)
        marker = "SELECT * FROM <https://w3id.org/clipgraph/graph/publication/marker> { ?s ?p ?o } LIMIT 1"
        nothing = httpx2.post(elsewhere.url + "/sparql", data={"query": marker, "format": "csv"}, timeout=60)
        assert len(nothing.text.split()) == 1

    def test_what_has_not_changed_is_not_sent_again(self, elsewhere: Running) -> None:
        """Entity tags hold as long as the release does."""
        for path in (
            "/doc/city/stuttgart",
            "/doc/city/stuttgart.ttl",
            "/sparql?query=ASK{}",
            "/graphs?default",
        ):
            first = httpx2.get(elsewhere.url + path, timeout=60).raise_for_status()
            again = httpx2.get(
                elsewhere.url + path, headers={"If-None-Match": first.headers["etag"]}, timeout=60
            )
            assert again.status_code == 304

    def test_it_is_ready(self, elsewhere: Running) -> None:
        """It says which release it answers from."""
        assert httpx2.get(elsewhere.url + "/readyz", timeout=60).json() == {"status": "ready", "release": 1}
        assert "clipgraph_release 1.0" in httpx2.get(elsewhere.url + "/metrics", timeout=60).text
