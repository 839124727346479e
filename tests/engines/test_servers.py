"""The engines that tests run beside ours start, keep what they are given, and answer."""

import httpx2
import pytest

from testing_engines import EngineServer

TURTLE = "<urn:a> <urn:p> 'é', 1 ."
QUERY = "SELECT ?o { GRAPH <urn:test:started> { ?s ?p ?o } }"


def asked(server: EngineServer) -> list[str]:
    server.put(TURTLE, "urn:test:started")
    headers = {"Accept": "application/sparql-results+json"}
    response = httpx2.post(server.query, data={"query": QUERY}, headers=headers, timeout=60)
    httpx2.delete(server.graphs, params={"graph": "urn:test:started"}, auth=server.auth, timeout=60)
    return sorted(row["o"]["value"] for row in response.json()["results"]["bindings"])


@pytest.mark.parametrize("name", ["oxigraph", "virtuoso"])
def test_an_engine_keeps_what_it_is_given(name: str, request: pytest.FixtureRequest) -> None:
    assert asked(request.getfixturevalue(name)) == ["1", "é"]
