"""SERVICE over HTTP: what is listed is asked, what fails is a 502, the rest stays a clear 403."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from conftest import ROOT, Running
from testing_endpoints import Endpoint, sparql, told

WIKIDATA, DATA = "https://query.wikidata.org/sparql", "https://data.europa.eu/sparql"
PATTERN = "{ ?s <urn:n> ?n }"


@pytest.fixture(scope="module")
def wikidata() -> Iterator[Endpoint]:
    with Endpoint(sparql("<urn:a> <urn:n> 1 . <urn:b> <urn:n> 2 .")) as endpoint:
        yield endpoint


@pytest.fixture(scope="module")
def failing() -> Iterator[Endpoint]:
    with Endpoint(told(503, b"come back later", Content_Type="text/plain")) as endpoint:
        yield endpoint


@pytest.fixture(scope="module")
def federated(published: Path, wikidata: Endpoint, failing: Endpoint) -> Iterator[httpx2.Client]:
    """A client of a service that may ask the endpoints of the EU, which stand on this machine."""
    aliases = {WIKIDATA: wikidata.url, DATA: failing.url}
    running = Running(
        ["--project", str(ROOT), "--data", str(published), "--federate", "eu", "--federate", failing.url],
        environment={"CLIPGRAPH_SERVICE_ALIASES": json.dumps(aliases)},
    )
    with httpx2.Client(base_url=running.url, timeout=60) as client:
        yield client
    running.stop()


def ask(client: httpx2.Client, query: str, accept: str = "text/csv") -> httpx2.Response:
    return client.get("/sparql", params={"query": query}, headers={"Accept": accept})


def test_a_listed_endpoint_is_asked(federated: httpx2.Client) -> None:
    response = ask(federated, f"SELECT ?n {{ VALUES ?s {{ <urn:b> }} SERVICE <{WIKIDATA}> {PATTERN} }}")

    assert (response.status_code, response.text.split()) == (200, ["n", "2"])


def test_in_a_page_too(federated: httpx2.Client) -> None:
    page = ask(federated, f"SELECT ?s {{ SERVICE <{WIKIDATA}> {PATTERN} }}", "text/html")

    assert page.status_code == 200
    assert "urn:b" in page.text


def test_one_that_fails_is_named_with_its_status_and_time(
    federated: httpx2.Client, failing: Endpoint
) -> None:
    response = ask(federated, f"SELECT * {{ SERVICE <{DATA}> {PATTERN} }}")

    problem = response.json()
    assert response.status_code == 502
    assert response.headers["content-type"] == "application/problem+json"
    assert (problem["code"], problem["endpoint"], problem["endpoint_status"]) == ("service-failed", DATA, 503)
    assert problem["seconds"] > 0
    assert f"SERVICE <{DATA}> failed after" in problem["detail"]
    assert "503 Service Unavailable: come back later" in problem["detail"]
    assert failing.url not in response.text


def test_silent_goes_on(federated: httpx2.Client) -> None:
    query = f"SELECT (COUNT(*) AS ?rows) {{ SERVICE SILENT <{DATA}> {PATTERN} }}"

    assert ask(federated, query).text.split() == ["rows", "1"]


def test_one_that_is_not_listed_is_refused_by_name(federated: httpx2.Client) -> None:
    problem = ask(federated, f"ASK {{ SERVICE <https://cordis.europa.eu/datalab/sparql> {PATTERN} }}").json()

    assert (problem["status"], problem["code"]) == (403, "refused")
    assert "asks https://cordis.europa.eu/datalab/sparql, which is not among" in problem["detail"]
    assert "--federate https://cordis.europa.eu/datalab/sparql" in problem["detail"]


def test_one_from_a_variable_is_refused(federated: httpx2.Client) -> None:
    problem = ask(federated, f"ASK {{ BIND(<{WIKIDATA}> AS ?u) SERVICE ?u {PATTERN} }}").json()

    assert problem["status"] == 403
    assert "from a variable" in problem["detail"]


def test_a_syntax_error_is_where_it_stands(federated: httpx2.Client) -> None:
    problem = ask(federated, f"SELECT *\n{{ SERVICE <{WIKIDATA}> {{ ?s <urn:n> 5. . }} ?x }}").json()

    assert (problem["status"], problem["line"]) == (400, 2)
    line, caret = problem["quoted"].split("\n")
    assert line[caret.index("^") :].startswith(". } ?x")
    assert WIKIDATA in line


def test_while_nothing_is_listed_the_operator_is_told_what_to_set(client: httpx2.Client) -> None:
    problem = ask(client, f"ASK {{ SERVICE <{WIKIDATA}> {PATTERN} }}").json()

    assert problem["status"] == 403
    assert f"SERVICE in line 1 asks {WIKIDATA}: this endpoint asks no other" in problem["detail"]
    assert f"--federate {WIKIDATA}" in problem["detail"]


def test_the_description_says_whether_there_is_federation(
    client: httpx2.Client, federated: httpx2.Client
) -> None:
    assert "BasicFederatedQuery" not in client.get("/sparql").text
    assert "BasicFederatedQuery" in federated.get("/sparql").text
