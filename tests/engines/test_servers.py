"""The engine that tests run beside ours starts, keeps what it is given, and answers."""

import httpx2

from testing_engines import EngineServer


def test_it_keeps_what_it_is_given(oxigraph: EngineServer) -> None:
    graph = "urn:test:started"
    oxigraph.put("<urn:a> <urn:p> 'é', 1 .", graph)
    query = f"SELECT ?o {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
    headers = {"Accept": "application/sparql-results+json"}
    response = httpx2.post(oxigraph.query, data={"query": query}, headers=headers, timeout=60)
    httpx2.delete(oxigraph.graphs, params={"graph": graph}, timeout=60)

    assert sorted(row["o"]["value"] for row in response.json()["results"]["bindings"]) == ["1", "é"]
