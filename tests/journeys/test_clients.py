"""Three clients that nobody here wrote read the same answers."""

import csv
import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, TURTLE, XML, SPARQLWrapper

from conftest import Running

MEMBERS = """
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX role: <https://w3id.org/clipgraph/scheme/role/>
SELECT ?member WHERE {
  ?membership org:organization <https://w3id.org/clipgraph/id/network/clip> ;
    org:role role:member ; org:member ?member
} ORDER BY ?member
"""


def by_wrapper(url: str, form: str, method: str) -> set[str]:
    wrapper = SPARQLWrapper(f"{url}/sparql")
    wrapper.setQuery(MEMBERS)
    wrapper.setReturnFormat(form)
    wrapper.setMethod(method)
    result: Any = wrapper.query().convert()
    if form == CSV:
        return {row[0] for row in list(csv.reader(io.StringIO(result.decode())))[1:]}
    if form == XML:
        return {node.firstChild.data for node in result.getElementsByTagName("uri")}
    return {row["member"]["value"] for row in result["results"]["bindings"]}


@pytest.mark.parametrize("method", ["GET", POST])
@pytest.mark.parametrize("form", [JSON, XML, CSV])
def test_sparqlwrapper_reads_the_members(service: Running, form: str, method: str) -> None:
    members = by_wrapper(service.url, form, method)

    assert len(members) == 35
    assert "https://w3id.org/clipgraph/id/authority/stuttgart" in members


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflibs_store_reads_the_same(service: Running, method: str) -> None:
    store = SPARQLStore(f"{service.url}/sparql", method=method)
    result: Any = store.query(MEMBERS)
    rows = [str(row[0]) for row in result]

    assert len(rows) == 35  # none twice
    assert set(rows) == by_wrapper(service.url, JSON, "GET")


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl_reads_the_same(service: Running) -> None:
    command = [
        "curl",
        "-sS",
        f"{service.url}/sparql",
        "-H",
        "Accept: text/csv",
        "--data-urlencode",
        f"query={MEMBERS}",
    ]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()

    assert lines[0] == "member"
    assert len(lines) == 36
    assert set(lines[1:]) == by_wrapper(service.url, JSON, "GET")


def test_sparqlwrapper_reads_a_graph(service: Running) -> None:
    wrapper = SPARQLWrapper(f"{service.url}/sparql")
    wrapper.setQuery("CONSTRUCT { ?s ?p ?o } WHERE { ?s a <https://w3id.org/clipgraph/def/Pact> ; ?p ?o }")
    wrapper.setReturnFormat(TURTLE)

    turtle: Any = wrapper.query().convert()

    assert b"european-pact" in turtle


def test_a_triple_that_stands_in_two_graphs_comes_once(tmp_path: Path) -> None:
    for name in ("one", "two"):
        file = tmp_path / f"data/twice/{name}.ttl"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("<urn:s> <urn:p> <urn:o> .")
    running = Running(["--project", str(tmp_path)])
    try:
        store = SPARQLStore(f"{running.url}/sparql")
        plain: Any = store.query("SELECT ?s WHERE { ?s <urn:p> ?o }")
        named: Any = store.query("SELECT ?g WHERE { GRAPH ?g { ?s <urn:p> ?o } }")
        counts = (len(list(plain)), len(list(named)))
    finally:
        running.stop()

    assert counts == (1, 2)
