"""Reading requests of the Graph Store Protocol."""

import pytest

from clipgraph.errors import BadRequest, UnsupportedMediaType
from clipgraph.rdf.formats import JSON_LD, RDF_XML, TURTLE, Format
from clipgraph.sparql.graph_store import read_target, upload_boundary, upload_format


@pytest.mark.parametrize(
    ("query", "graph"),
    [
        (b"graph=urn%3Ag", "urn:g"),
        (b"graph=http://example.org/a%2520b", "http://example.org/a%20b"),
        (b"default", ""),
        (b"default=&message=why", ""),
    ],
)
def test_a_request_names_its_graph(query: bytes, graph: str) -> None:
    assert read_target("PUT", query).graph == graph


@pytest.mark.parametrize(
    ("method", "query"),
    [
        ("PUT", b""),
        ("GET", b""),
        ("PUT", b"graph="),
        ("PUT", b"graph=relative"),
        ("PUT", b"graph=urn:a&graph=urn:b"),
        ("POST", b"graph=urn:a&default"),
        ("POST", b"default&default"),
        ("GET", b"default=true"),
        ("GET", b"graph=%FF"),
    ],
)
def test_what_names_no_graph(method: str, query: bytes) -> None:
    with pytest.raises(BadRequest):
        read_target(method, query)


def test_a_post_for_a_new_graph_gets_a_new_name_each_time() -> None:
    names = {read_target("POST", b"").graph for _ in range(3)}

    assert len(names) == 3
    assert all(name.startswith("https://w3id.org/clipgraph/graph/service/") for name in names)


@pytest.mark.parametrize(
    ("content_type", "form"),
    [
        ("text/turtle", TURTLE),
        ("Text/Turtle; charset=utf-8", TURTLE),
        ("application/rdf+xml", RDF_XML),
        ("application/ld+json", JSON_LD),
        ("", RDF_XML),
    ],
)
def test_the_format_of_a_document(content_type: str, form: Format) -> None:
    assert upload_format({"content-type": content_type}) == form


@pytest.mark.parametrize(
    "headers",
    [
        {"content-type": "text/plain"},
        {"content-type": "text/html"},
        {"content-type": "application/n-quads"},
        {"content-type": "text/turtle; charset=latin1"},
        {"content-type": "text/turtle; charset=iso-8859-1"},
        {"content-type": "text/turtle", "content-encoding": "br"},
    ],
)
def test_what_is_not_read(headers: dict[str, str]) -> None:
    with pytest.raises(UnsupportedMediaType):
        upload_format(headers)


@pytest.mark.parametrize("content_type", ["", "application/octet-stream"])
def test_where_headers_do_not_say_the_name_of_the_file_does(content_type: str) -> None:
    headers = {"content-type": content_type} if content_type else {}

    assert upload_format(headers, "A.TTL") == TURTLE
    assert upload_format(headers, "a.jsonld") == JSON_LD
    assert upload_format(headers, "a.doc") == RDF_XML
    assert upload_format({"content-type": "text/turtle"}, "a.jsonld") == TURTLE


@pytest.mark.parametrize(
    ("content_type", "boundary"),
    [
        ("", ""),
        ("text/turtle", ""),
        ("multipart/form-data; boundary=a-1", "a-1"),
        ('Multipart/Form-Data; charset=utf-8; Boundary="a b"', "a b"),
    ],
)
def test_the_boundary_of_a_form(content_type: str, boundary: str) -> None:
    assert upload_boundary({"content-type": content_type}) == boundary


@pytest.mark.parametrize(
    ("headers", "error"),
    [
        ({"content-type": "multipart/form-data"}, BadRequest),
        ({"content-type": "multipart/form-data; boundary=ü"}, BadRequest),
        (
            {"content-type": "multipart/form-data; boundary=x", "content-encoding": "gzip"},
            UnsupportedMediaType,
        ),
    ],
)
def test_a_form_that_is_not_read(headers: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        upload_boundary(headers)
