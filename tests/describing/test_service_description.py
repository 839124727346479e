"""The service description says what the endpoint does, and nothing that it does not."""

from dataclasses import replace

import pytest
import rdflib
from rdflib import RDF, RDFS, VOID, Literal, URIRef

from clipgraph.describing.account import Account
from clipgraph.describing.documents import SERVICE, describe
from clipgraph.describing.figures import Figures
from clipgraph.describing.serving import Allowance, Serving, serving_of
from clipgraph.rdf.prefixes import BASE
from clipgraph.releases.release import OWN
from clipgraph.sources.graphs import MADE_DESCRIPTIONS
from describing.reading import as_rdflib

SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
ENDPOINT = URIRef("https://graph.example.org/sparql")
ALLOWANCE = Allowance(12.5, 256, 64, 512, "10/second")
FULL = Serving(
    "https://graph.example.org",
    federated=("https://query.wikidata.org/sparql",),
    loaded=("urn:clipgraph:loaded:more",),
    writable=True,
    allowance=ALLOWANCE,
)


def described(account: Account, serving: Serving) -> rdflib.Graph:
    return as_rdflib(describe(SERVICE, replace(account, serving=serving)))


def test_it_is_about_the_address_that_is_asked(account: Account) -> None:
    graph = described(account, FULL)

    assert set(graph.subjects(RDF.type, SD.Service)) == {ENDPOINT}
    assert set(graph.objects(ENDPOINT, SD.endpoint)) == {ENDPOINT}
    formats = {str(each).rsplit("/", 1)[1] for each in graph.objects(ENDPOINT, SD.resultFormat)}
    assert {"SPARQL_Results_XML", "SPARQL_Results_JSON", "Turtle", "RDF_XML"} <= formats


def test_it_says_what_is_switched_on(account: Account) -> None:
    closed = described(account, Serving("https://graph.example.org", allowance=ALLOWANCE))
    opened = described(account, FULL)

    assert set(closed.objects(ENDPOINT, SD.supportedLanguage)) == {SD.SPARQL11Query}
    assert not list(closed.objects(ENDPOINT, SD.feature))
    assert not list(closed.objects(ENDPOINT, SD.inputFormat))
    assert set(opened.objects(ENDPOINT, SD.supportedLanguage)) == {SD.SPARQL11Query, SD.SPARQL11Update}
    assert set(opened.objects(ENDPOINT, SD.feature)) == {SD.BasicFederatedQuery}
    assert list(opened.objects(ENDPOINT, SD.inputFormat))


def test_limits_are_told_in_words(account: Account) -> None:
    told = " ".join(str(each) for each in described(account, FULL).objects(ENDPOINT, RDFS.comment))

    for word in ("12.5 seconds", "256 MiB", "64 MiB", "512 KiB", "10/second", "query.wikidata.org"):
        assert word in told
    assert "12.5 Sekunden" in told
    assert "12.5 secondes" in told


@pytest.mark.parametrize("counted", [True, False])
def test_a_query_that_names_no_graph_sees_these(account: Account, figures: Figures, *, counted: bool) -> None:
    graph = described(replace(account, figures=figures if counted else None), FULL)
    dataset = graph.value(ENDPOINT, SD.defaultDataset)
    default = graph.value(dataset, SD.defaultGraph)
    named = {str(graph.value(each, SD.name)) for each in graph.objects(dataset, SD.namedGraph)}

    assert named == {*account.release.graphs, "urn:clipgraph:loaded:more"}
    assert graph.value(default, VOID.triples) == Literal(account.release.triples)
    assert bool(list(graph.objects(default, VOID.propertyPartition))) == counted
    for iri, record in account.release.graphs.items():
        assert graph.value(URIRef(iri), VOID.triples) == Literal(record.triples)
        assert (URIRef(iri), RDF.type, SD.Graph) in graph


def test_the_default_graph_is_not_called_a_union(account: Account) -> None:
    graph = described(account, FULL)
    own = described(replace(account, release=replace(account.release, default_graph=OWN)), FULL)

    assert (None, SD.feature, SD.UnionDefaultGraph) not in graph
    assert list(graph.objects(graph.value(ENDPOINT, SD.defaultDataset), RDFS.comment))
    assert not list(own.objects(own.value(ENDPOINT, SD.defaultDataset), RDFS.comment))


def test_descriptions_are_named_without_figures(account: Account) -> None:
    """They would have to count themselves."""
    record = next(iter(account.release.graphs.values()))
    graphs = account.release.graphs | dict.fromkeys(MADE_DESCRIPTIONS, record)
    graph = described(replace(account, release=replace(account.release, graphs=graphs)), FULL)
    names = {str(each) for each in graph.objects(None, SD.name)}

    assert set(MADE_DESCRIPTIONS) <= names
    assert not [iri for iri in MADE_DESCRIPTIONS if graph.value(URIRef(iri), VOID.triples)]


def test_a_service_travels_as_json() -> None:
    assert serving_of(FULL.to_data()) == FULL
    assert serving_of(Serving().to_data()) == Serving()


def test_without_an_address_it_is_the_persistent_one(account: Account) -> None:
    assert set(described(account, Serving()).subjects(RDF.type, SD.Service)) == {URIRef(BASE + "sparql")}
