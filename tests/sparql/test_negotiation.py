"""Content negotiation: RFC 9110, section 12.5.1, and the headers that real clients send."""

import pytest

from clipgraph.rdf.formats import (
    CSV,
    DOCUMENTS,
    GRAPHS,
    HTML,
    JSON,
    JSON_LD,
    N_TRIPLES,
    RDF_XML,
    RESULTS,
    TSV,
    TURTLE,
    XML,
    Format,
)
from clipgraph.sparql.negotiation import compress_from, named, negotiate, wants_html

FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
CHROME = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,"
    "application/signed-exchange;v=b3;q=0.7"
)
SAFARI = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
YASGUI = "application/sparql-results+json,*/*;q=0.9"
JENA = "application/sparql-results+json, application/sparql-results+xml;q=0.9, text/csv;q=0.5, */*;q=0.1"


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, XML),
        ("", XML),
        ("*/*", XML),
        ("*", XML),
        ("garbage", XML),
        (",;,", XML),
        ("application/sparql-results+json", JSON),
        ("APPLICATION/JSON", JSON),
        ("application/xml", XML),
        ("text/xml", XML),
        ("text/*", CSV),
        ("application/*", XML),
        ("text/csv;q=0.5, text/tab-separated-values", TSV),
        ("text/csv; header=present", CSV),
        ("text/csv;q=0.5,application/json;q=0.500", JSON),
        ("*/*;q=0.1, text/csv;q=0.2", CSV),
        ("application/sparql-results+xml;q=0, */*", JSON),
        ("*/*;q=0, text/csv", CSV),
        ("text/*;q=0, */*;q=0.1, text/csv;q=0.9", CSV),
        ("application/*;q=0.2, text/*;q=0.3, text/csv;q=0.1", TSV),
        ("text/csv;q=nan, application/json;q=0.1", CSV),
        ("text/csv;q=abc", CSV),
        ("text/csv ; Q = 0.5 , application/json ; q=0.4", CSV),
        (YASGUI, JSON),
        (JENA, JSON),
        ("text/html", None),
        ("text/turtle", None),
        ("*/*;q=0", None),
        ("text/csv;q=0", None),
        ("application/json;q=0.0", None),
        ("image/*", None),
    ],
)
def test_results(accept: str | None, chosen: Format | None) -> None:
    assert negotiate(accept, RESULTS) == chosen


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, TURTLE),
        ("*/*", TURTLE),
        ("text/*", TURTLE),
        ("text/plain", N_TRIPLES),
        ("application/*", N_TRIPLES),
        ("application/json", JSON_LD),
        ("application/xml", RDF_XML),
        ("application/rdf+xml, text/turtle;q=0.9", RDF_XML),
        ("application/ld+json;profile=x;q=1, text/turtle;q=0.99", JSON_LD),
        ("text/turtle;q=0, */*;q=0.1", N_TRIPLES),
        ("text/csv", None),
    ],
)
def test_graphs(accept: str | None, chosen: Format | None) -> None:
    assert negotiate(accept, GRAPHS) == chosen


@pytest.mark.parametrize("accept", [FIREFOX, CHROME, SAFARI])
def test_browsers_get_pages(accept: str) -> None:
    assert wants_html(accept)
    assert negotiate(accept, DOCUMENTS) == HTML
    assert negotiate(accept, RESULTS) == XML


@pytest.mark.parametrize(
    ("accept", "page"),
    [
        (None, False),
        ("", False),
        ("*/*", False),
        ("text/*", False),
        ("text/html", True),
        ("text/html;q=0", False),
        ("text/html;q=0.5, text/turtle", False),
        ("text/html, text/turtle;q=0.9", True),
        ("application/json, text/html;q=0.9", False),
        (YASGUI, False),
        (JENA, False),
    ],
)
def test_html_never_goes_to_a_client_that_did_not_ask(accept: str | None, *, page: bool) -> None:
    assert wants_html(accept) is page


@pytest.mark.parametrize(
    ("name", "results", "graph"),
    [
        ("xml", XML, RDF_XML),
        ("json", JSON, JSON_LD),
        ("csv", CSV, None),
        ("TSV", TSV, None),
        (" turtle ", None, TURTLE),
        ("ttl", None, TURTLE),
        ("ntriples", None, N_TRIPLES),
        ("nt", None, N_TRIPLES),
        ("jsonld", None, JSON_LD),
        ("rdfxml", None, RDF_XML),
        ("application/ld json", None, JSON_LD),
        ("application/sparql-results+json", JSON, None),
        ("html", None, None),
        ("", None, None),
    ],
)
def test_names_of_formats(name: str, results: Format | None, graph: Format | None) -> None:
    assert (named(name, RESULTS), named(name, GRAPHS)) == (results, graph)


def test_of_an_endless_header_only_the_beginning_counts() -> None:
    assert negotiate("a/b," * 100_000 + "text/csv", RESULTS) is None


@pytest.mark.parametrize(
    ("accept_encoding", "bytes_"),
    [
        (None, None),
        ("", None),
        ("identity", None),
        ("br, zstd", None),
        ("gzip", 1024),
        ("GZIP", 1024),
        ("x-gzip", 1024),
        ("gzip, deflate, br", 1024),
        ("br;q=1, gzip;q=0.1", 1024),
        ("*", 1024),
        ("deflate, *;q=0.5", 1024),
        ("gzip;q=0", None),
        ("gzip;q=0, *", None),
        ("gzip;q=0.5, identity;q=0.5", 1024),
        ("gzip;q=0.5, identity", None),
        ("*;q=0", None),
        ("gzip, identity;q=0", 0),
        ("gzip, *;q=0", 0),
        ("identity;q=0", None),
        (" gzip ; q=1.000 ", 1024),
        ("gzip;q=nonsense", 1024),
        (",;,=", None),
    ],
)
def test_the_coding(accept_encoding: str | None, bytes_: int | None) -> None:
    assert compress_from(accept_encoding) == bytes_
