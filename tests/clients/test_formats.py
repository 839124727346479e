"""Clients that nobody here wrote read every format we write."""

import csv
import io
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pandas as pd
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, JSONLD, POST, RDFXML, TSV, TURTLE, XML, SPARQLWrapper

from clients.cases import ID, PREFIXES, Row
from conftest import Running

MEMBERS = (
    f"{PREFIXES}SELECT ?member ?name WHERE {{ ?membership org:organization <{ID}network/clip> ; "
    "org:role <https://w3id.org/clipgraph/scheme/role/member> ; org:member ?member . "
    "?member rdfs:label ?name FILTER(LANG(?name) = 'en') } ORDER BY ?member"
)
PACT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s a <https://w3id.org/clipgraph/def/Pact> ; ?p ?o }"
TYPED = (
    f"{PREFIXES}SELECT ?whole ?decimal ?float ?truth ?day ?text ?none WHERE {{ "
    "VALUES (?whole ?decimal ?float ?truth ?day ?text) "
    "{ (35 1.5 2.5e0 true '2006-09-11'^^xsd:date 'a,\"b\\tc') } }"
)


def by_wrapper(url: str, form: str, method: str = "GET", query: str = MEMBERS) -> Any:  # noqa: ANN401
    wrapper = SPARQLWrapper(f"{url}/sparql")
    wrapper.setQuery(query)
    wrapper.setReturnFormat(form)
    wrapper.setMethod(method)
    return wrapper.query().convert()


def rows_in_xml(document: Any) -> list[Row]:  # noqa: ANN401
    return [
        tuple(
            node.firstChild.data
            for binding in row.getElementsByTagName("binding")
            for node in binding.childNodes
            if node.nodeType == node.ELEMENT_NODE
        )
        for row in document.getElementsByTagName("result")
    ]


READ: dict[str, Callable[[Any], list[Row]]] = {
    JSON: lambda told: [
        (row["member"]["value"], row["name"]["value"]) for row in told["results"]["bindings"]
    ],
    XML: rows_in_xml,
    CSV: lambda told: [(row[0], row[1]) for row in list(csv.reader(io.StringIO(told.decode())))[1:]],
    TSV: lambda told: [
        (line.split("\t")[0].strip("<>"), line.split("\t")[1].removesuffix("@en").strip('"'))
        for line in told.decode().splitlines()[1:]
    ],
}


@pytest.mark.parametrize("method", ["GET", POST])
@pytest.mark.parametrize("form", READ)
def test_sparqlwrapper_reads_rows(service: Running, members: list[Row], form: str, method: str) -> None:
    assert READ[form](by_wrapper(service.url, form, method)) == members


# rdflib parses both into a class of its own that it says not to use.
_OLD_CLASS = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")


@_OLD_CLASS
@pytest.mark.parametrize("form", [TURTLE, RDFXML, JSONLD])
def test_sparqlwrapper_reads_graphs(service: Running, form: str) -> None:
    found = by_wrapper(service.url, form, query=PACT)
    graph = rdflib.Graph().parse(data=found, format="turtle") if form == TURTLE else found

    assert set(graph) == set(pact(service))
    assert len(graph) > 10


def pact(service: Running) -> rdflib.Graph:
    """Return the graph by way of N-Triples, the plainest format."""
    answer = httpx2.get(f"{service.url}/sparql", params={"query": PACT, "format": "ntriples"})
    return rdflib.Graph().parse(data=answer.text, format="ntriples")


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv"])
def test_rdflibs_store_reads_rows(service: Running, members: list[Row], form: str, method: str) -> None:
    store = SPARQLStore(f"{service.url}/sparql", method=method, returnFormat=form)
    found: Any = store.query(MEMBERS)

    assert [tuple(str(value) for value in row) for row in found] == members


def test_rdflibs_store_is_a_graph(service: Running) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{service.url}/sparql"))
    vienna = rdflib.URIRef(f"{ID}city/vienna")

    assert rdflib.Literal("Wien", lang="de") in set(graph.objects(vienna, rdflib.RDFS.label))
    assert (vienna, rdflib.RDFS.label, rdflib.Literal("Wien", lang="de")) in graph


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize(
    ("accept", "begins"),
    [
        ("text/csv", "member,name\r\n"),
        ("text/tab-separated-values", "?member\t?name\n"),
        ("application/sparql-results+json", '{"head":{"vars":["member","name"]}'),
        ("application/sparql-results+xml", '<?xml version="1.0"?><sparql'),
    ],
)
def test_curl_reads_rows(service: Running, accept: str, begins: str, tmp_path: Path) -> None:
    (tmp_path / "members.rq").write_text(MEMBERS)
    command = ["curl", "-sSf", "--compressed", f"{service.url}/sparql", "-H", f"Accept: {accept}"]
    done = subprocess.run(
        [*command, "--data-urlencode", "query@members.rq"], cwd=tmp_path, check=True, capture_output=True
    )
    text = done.stdout.decode()

    assert text.startswith(begins)
    assert text.count(f"{ID}authority/") == 35
    assert "Zurich" in text


@_OLD_CLASS
@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "ntriples"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
    ],
)
def test_curl_follows_an_iri_to_a_graph(service: Running, accept: str, form: str) -> None:
    command = ["curl", "-sSfL", "-H", f"Accept: {accept}", f"{service.url}/id/city/vienna"]
    done = subprocess.run(command, check=True, capture_output=True)
    graph = rdflib.Graph().parse(data=done.stdout, format=form)

    names = graph.objects(rdflib.URIRef(f"{ID}city/vienna"), rdflib.RDFS.label)
    assert {str(name) for name in names} == {"Vienna", "Vienne", "Wien"}


def address(service: Running, query: str, form: str) -> str:
    return f"{service.url}/sparql?{httpx2.QueryParams({'query': query, 'format': form})}"


def test_pandas_reads_csv(service: Running, members: list[Row]) -> None:
    frame = pd.read_csv(address(service, MEMBERS, "csv"))

    assert [tuple(row) for row in frame.itertuples(index=False)] == members


def test_pandas_reads_values_of_csv_as_they_are(service: Running) -> None:
    frame = pd.read_csv(address(service, TYPED, "csv"), parse_dates=["day"])

    row = frame.iloc[0]
    assert (row["whole"], row["decimal"], row["float"], row["truth"]) == (35, 1.5, 2.5, True)
    assert (row["day"].year, row["text"]) == (2006, 'a,"b\tc')
    assert pd.isna(row["none"])


def test_pandas_reads_tsv(service: Running, members: list[Row]) -> None:
    frame = pd.read_csv(address(service, MEMBERS, "tsv"), sep="\t")

    assert list(frame["?member"].str.strip("<>")) == [iri for iri, _ in members]
    assert list(frame["?name"].str.removesuffix("@en").str.strip('"')) == [name for _, name in members]


def test_pandas_reads_json(service: Running, members: list[Row]) -> None:
    answer = httpx2.get(address(service, MEMBERS, "json"))
    frame = pd.json_normalize(answer.json()["results"]["bindings"])

    assert list(zip(frame["member.value"], frame["name.value"], strict=True)) == members
    assert set(frame["name.xml:lang"]) == {"en"}


@pytest.mark.parametrize(
    ("path", "column"),
    [
        ("/cities?format=json", "label"),
        ("/map?format=geojson", "geometry.coordinates"),
        ("/timeline?format=json", "label"),
    ],
)
def test_pandas_reads_lists_of_pages(service: Running, path: str, column: str) -> None:
    told = httpx2.get(service.url + path, timeout=60).json()
    listed = max((value for value in told.values() if isinstance(value, list)), key=len)
    frame = pd.json_normalize(listed)

    assert any(name.startswith(column) for name in frame.columns), json.dumps(list(frame.columns))
    assert len(frame) > 5


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
