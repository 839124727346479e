"""The catalogue is what DCAT-AP 3 and a harvester ask for."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib import DCAT, DCTERMS, FOAF, RDF, XSD, Literal, URIRef

from clipgraph.describing.account import Account
from clipgraph.describing.catalogue import catalogue
from clipgraph.describing.documents import CATALOGUE, describe
from clipgraph.describing.sayings import NOTHING_SAID
from clipgraph.describing.serving import Allowance, Serving
from clipgraph.releases.dumps import Dump, Offer
from describing.reading import as_rdflib

HERE = Path(__file__).parent
BASE = "https://w3id.org/clipgraph/"
DATASET, PUBLISHER = URIRef(BASE + "catalog#dataset"), URIRef(BASE + "catalog#publisher")
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
VCARD = rdflib.Namespace("http://www.w3.org/2006/vcard/ns#")
SERVING = Serving(
    "https://graph.example.org",
    "mailto:graph@example.org",
    "An Institution",
    federated=("https://query.wikidata.org/sparql",),
    writable=True,
    allowance=Allowance(30, 1024, 0, 512, "6000/minute"),
)


def findings(graph: rdflib.Graph, *names: str) -> list[tuple[str, str, str]]:
    """Return what the shapes of these files find: severity, property and node, each by its last part."""
    shapes = rdflib.Graph()
    for name in names:
        shapes.parse(HERE / f"dcat-ap/{name}.ttl")
    data = rdflib.Graph().parse(HERE / "authorities.ttl")
    data += graph
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes)
    assert isinstance(report, rdflib.Graph)
    return sorted(
        (_last(report.value(each, SH.resultSeverity)), _last(report.value(each, SH.resultPath)), str(node))
        for each in report.objects(None, SH.result)
        for node in report.objects(each, SH.focusNode)
    )


def _last(node: object) -> str:
    return str(node).rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def made_dumps(account: Account) -> tuple[Dump | Offer, ...]:
    return tuple(
        Dump(**vars(offer), start=0, size=10, sha256="ab" * 32, plain_size=20, plain_sha256="cd" * 32)
        for offer in account.dumps
    )


@pytest.mark.parametrize("serving", [Serving(), SERVING, replace(SERVING, private=True)])
def test_it_conforms(account: Account, serving: Serving) -> None:
    for dumps in (account.dumps, made_dumps(account), ()):
        graph = as_rdflib(describe(CATALOGUE, replace(account, serving=serving, dumps=dumps)))

        assert not findings(graph, "shapes", "range", "deprecateduris")


@pytest.mark.parametrize(
    ("subject", "predicate"),
    [(DATASET, DCTERMS.title), (PUBLISHER, FOAF.name), (URIRef(BASE + "catalog"), DCTERMS.publisher)],
)
def test_the_shapes_find_what_is_missing(account: Account, subject: URIRef, predicate: URIRef) -> None:
    graph = as_rdflib(catalogue(account))
    graph.remove((subject, predicate, None))

    assert ("Violation", _last(predicate), str(subject)) in findings(graph, "shapes")


def test_of_what_is_recommended_only_what_nobody_knows_is_missing(account: Account) -> None:
    graph = as_rdflib(describe(CATALOGUE, replace(account, serving=SERVING, dumps=made_dumps(account))))
    missing = Counter(
        (path, node.rsplit("/", 1)[-1]) for _, path, node in findings(graph, "shapes_recommended")
    )

    # When it was first issued, how long it stays available, what kind of body publishes, where Europe ends.
    assert missing == Counter(
        {
            ("issued", "catalog"): 1,
            **{("availability", f"catalog#{name}"): 1 for name in ("nquads", "sparql", "trig")},
            ("type", "catalog#publisher"): 1,
            ("type", "catalog#operator"): 1,
            ("type", "CC_BY_4_0"): 1,
            ("bbox", "EUROPE"): 1,
            ("centroid", "EUROPE"): 1,
        }
    )


def test_it_has_what_the_metadata_quality_assessment_scores(account: Account) -> None:
    """The indicators of https://dataeuropa.gitlab.io/data-provider-manual/metadata-quality-dashboard/."""
    graph = as_rdflib(describe(CATALOGUE, replace(account, serving=SERVING, dumps=made_dumps(account))))
    of_dataset = [DCAT.keyword, DCAT.theme, DCTERMS.spatial, DCTERMS.temporal, DCAT.contactPoint]
    of_dataset += [DCTERMS.publisher, DCTERMS.accessRights, DCTERMS.modified]
    of_files = [DCAT.accessURL, DCAT.downloadURL, DCTERMS.format, DCAT.mediaType, DCTERMS.license]
    of_files += [DCTERMS.rights, DCAT.byteSize, DCTERMS.issued, DCTERMS.modified]

    assert all((DATASET, each, None) in graph for each in of_dataset)
    for name in ("nquads", "trig"):
        assert all((URIRef(f"{BASE}catalog#{name}"), each, None) in graph for each in of_files)
    for subject, predicate, value in graph:
        if predicate in (DCTERMS.format, DCTERMS.license, DCTERMS.accessRights, DCTERMS.language):
            assert str(value).startswith("http://publications.europa.eu/resource/authority/"), subject


def test_addresses_are_those_of_the_service_and_names_are_not(account: Account) -> None:
    graph = as_rdflib(describe(CATALOGUE, replace(account, serving=SERVING)))
    endpoint = URIRef("https://graph.example.org/sparql")

    assert (endpoint, DCAT.servesDataset, DATASET) in graph
    assert (endpoint, DCAT.endpointURL, endpoint) in graph
    assert set(graph.objects(None, DCAT.downloadURL)) == {
        URIRef(f"https://graph.example.org/dumps/clipgraph.{ending}.gz") for ending in ("nq", "trig")
    }
    assert not [node for node in graph.all_nodes() if str(node).startswith(BASE + "dumps/")]
    assert (URIRef(BASE + "catalog"), RDF.type, DCAT.Catalog) in graph


def test_who_runs_the_service_is_told_as_set_and_else_nobody_is_made_up(account: Account) -> None:
    told = as_rdflib(describe(CATALOGUE, replace(account, serving=SERVING)))
    silent = as_rdflib(describe(CATALOGUE, account))
    contact, operator = URIRef(BASE + "catalog#contact"), URIRef(BASE + "catalog#operator")

    assert (contact, VCARD.hasEmail, URIRef("mailto:graph@example.org")) in told
    assert (operator, FOAF.name, Literal("An Institution")) in told
    assert (URIRef(BASE + "catalog"), DCTERMS.publisher, operator) in told
    assert (DATASET, DCTERMS.publisher, PUBLISHER) in told
    assert (None, DCAT.contactPoint, None) not in silent
    assert (URIRef(BASE + "catalog"), DCTERMS.publisher, PUBLISHER) in silent
    page = as_rdflib(catalogue(replace(account, serving=Serving(contact="https://example.org/contact"))))
    assert (contact, VCARD.hasURL, URIRef("https://example.org/contact")) in page


def test_sizes_and_digests_are_told_where_dumps_are_made(account: Account) -> None:
    file = URIRef(BASE + "catalog#nquads")
    offered = as_rdflib(catalogue(account))
    graph = as_rdflib(catalogue(replace(account, dumps=made_dumps(account))))
    checksum = graph.value(file, SPDX.checksum)

    assert (file, DCAT.byteSize, None) not in offered
    assert (file, DCAT.byteSize, Literal("10", datatype=XSD.nonNegativeInteger)) in graph
    assert (checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256) in graph
    assert str(graph.value(checksum, SPDX.checksumValue)).lower() == "ab" * 32


def test_files_of_a_release_that_was_asked_for_are_its_own(account: Account) -> None:
    graph = as_rdflib(describe(CATALOGUE, replace(account, serving=SERVING, pinned="?release=7")))

    assert URIRef("https://graph.example.org/dumps/clipgraph.nq.gz?release=7") in set(
        graph.objects(None, DCAT.downloadURL)
    )


def test_a_project_that_says_nothing_of_itself_gets_a_plain_catalogue(account: Account) -> None:
    bare = replace(account, said=NOTHING_SAID, serving=SERVING)
    graph = as_rdflib(describe(CATALOGUE, bare))

    assert not findings(graph, "shapes", "range")
    assert not list(graph.objects(None, DCTERMS.license))
    assert (DATASET, DCTERMS.title, Literal("The dataset of this service", lang="en")) in graph


def test_the_same_account_gives_the_same_bytes(account: Account) -> None:
    assert list(catalogue(account)) == list(catalogue(replace(account)))
