"""The SPARQL protocol, request by request (https://www.w3.org/TR/sparql11-protocol/)."""

import math
from urllib.parse import quote, urlencode

import pytest

from clipgraph.errors import BadRequest, InputError, UnsupportedMediaType
from clipgraph.rdf.formats import CSV, JSON, JSON_LD, RDF_XML, TURTLE, XML
from clipgraph.sparql.protocol import Query, Request, names_format, read_request

FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
ASK = "ASK {}"


def get(query_string: str | bytes, **headers: str) -> Query | None:
    raw = query_string.encode() if isinstance(query_string, str) else query_string
    return read_request(Request("GET", raw, headers), 30)


def post(body: bytes, content_type: str, query_string: bytes = b"") -> Query | None:
    return read_request(Request("POST", query_string, {"content-type": content_type}, body), 30)


def read(query_string: str | bytes) -> Query:
    query = get(query_string)
    assert query is not None
    return query


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_without_a_query_there_is_none(method: str) -> None:
    assert read_request(Request(method, b"default-graph-uri=urn:x", {}), 30) is None


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"query=ASK+%7B%7D", FORM),
        (b"query=ASK%20{}", FORM + "; charset=UTF-8"),
        (b"a=b&query=ASK {}&c", FORM.upper()),
        (b"ASK {}", DIRECT),
        (b"ASK {}", DIRECT + ' ; charset="utf-8"'),
        (b"ASK {}", "Application/SPARQL-Query;Charset=us-ascii"),
    ],
)
def test_both_posts_carry_the_query(body: bytes, content_type: str) -> None:
    query = post(body, content_type)

    assert query is not None
    assert query.text == ASK


@pytest.mark.parametrize(
    ("encoded", "text"),
    [
        ("ASK%20%7B%3Chttp%3A%2F%2Fa%2Fb%2520c%3E%7D", "ASK {<http://a/b%20c>}"),
        ("ASK{<http://a/b%252520c>}", "ASK{<http://a/b%2520c>}"),
        ("SELECT+(1%2B1+AS+%3Fx){}", "SELECT (1+1 AS ?x){}"),
        ("ASK{'a%26b%3Dc'}", "ASK{'a&b=c'}"),
        ("ASK{1=1}", "ASK{1=1}"),
        ("ASK{'%C3%A9'}", "ASK{'é'}"),
        ("ASK{'é;😀'}", "ASK{'é;😀'}"),
        ("ASK%00", "ASK\0"),
        ("%0A%09ASK%0D%0A", "\n\tASK\r\n"),
        ("", ""),
    ],
)
def test_parameters_are_decoded_exactly_once(encoded: str, text: str) -> None:
    from_form = post(f"query={encoded}".encode(), FORM)

    assert read(f"query={encoded}").text == text
    assert from_form is not None
    assert from_form.text == text


def test_a_direct_body_is_not_decoded_at_all() -> None:
    query = post("ASK{'%41+é'}".encode(), DIRECT)

    assert query is not None
    assert query.text == "ASK{'%41+é'}"


def test_a_form_in_latin_1_says_so() -> None:
    query = post(b"query=ASK{'%E9\xe9'}", FORM + "; charset=ISO-8859-1")

    assert query is not None
    assert query.text == "ASK{'éé'}"


@pytest.mark.parametrize(
    "query_string",
    ["query=ASK{}&query=ASK{}", "query=ASK{}&query=", "query=%ff", b"query=\xff", "query=%ED%A0%80"],
)
def test_several_queries_or_broken_utf_8_are_a_bad_request(query_string: str | bytes) -> None:
    with pytest.raises(BadRequest):
        get(query_string)


@pytest.mark.parametrize(
    ("body", "content_type", "query_string"),
    [
        (b"", FORM, b""),
        (b"q=ASK{}", FORM, b""),
        (b"query=ASK{}", FORM, b"query=ASK{}"),
        (b"ASK{}", DIRECT, b"query=ASK{}"),
        (b"ASK{'\xff'}", DIRECT, b""),
        (b"\xed\xa0\x80", DIRECT, b""),
        ("ASK{'é'}".encode(), DIRECT + ";charset=us-ascii", b""),
    ],
)
def test_a_post_carries_one_query_in_its_charset(body: bytes, content_type: str, query_string: bytes) -> None:
    with pytest.raises(BadRequest):
        post(body, content_type, query_string)


@pytest.mark.parametrize(
    "content_type",
    ["", "text/plain", "application/json", "multipart/form-data; boundary=x", "*/*", DIRECT + "x", ";"],
)
def test_other_media_types_are_named_in_the_refusal(content_type: str) -> None:
    with pytest.raises(UnsupportedMediaType, match=DIRECT):
        post(b"query=ASK{}", content_type)


@pytest.mark.parametrize(
    "charset",
    [
        "utf-16",
        "utf-7",
        "zlib",
        "bz2",
        "hex",
        "rot13",
        "punycode",
        "idna",
        "unicode_escape",
        "undefined",
        "a\0b",
        "",
    ],
)
@pytest.mark.parametrize("media_type", [FORM, DIRECT])
def test_no_charset_reaches_pythons_registry_of_codecs(charset: str, media_type: str) -> None:
    with pytest.raises(UnsupportedMediaType, match="UTF-8"):
        post(b"query=ASK{}", f"{media_type}; charset={charset}")


@pytest.mark.parametrize("where", ["url", "url of a query"])
def test_an_update_in_the_url_is_refused(where: str) -> None:
    update = b"update=DELETE+WHERE{?s+?p+?o}"
    body, content_type = {"url": (b"", FORM), "url of a query": (b"ASK{}", DIRECT)}[where]

    with pytest.raises(BadRequest, match="by POST alone"):
        post(body, content_type, update)


def test_the_dataset_of_the_protocol() -> None:
    graphs = [
        ("default-graph-uri", "urn:a"),
        ("named-graph-uri", "http://é/%20"),
        ("default-graph-uri", "urn:b"),
    ]

    query = read(urlencode([("query", ASK), *graphs]))

    assert query.default_graphs == ("urn:a", "urn:b")
    assert query.named_graphs == ("http://é/%20",)


@pytest.mark.parametrize(
    ("parameters", "default_graphs", "named_graphs"),
    [
        ("", None, None),
        ("&default-graph-uri=urn:a", ("urn:a",), ()),
        ("&named-graph-uri=urn:a", (), ("urn:a",)),
    ],
)
def test_a_side_that_the_protocol_does_not_name_is_empty(
    parameters: str, default_graphs: tuple[str, ...] | None, named_graphs: tuple[str, ...] | None
) -> None:
    query = read(f"query=ASK{{}}{parameters}")

    assert (query.default_graphs, query.named_graphs) == (default_graphs, named_graphs)


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
@pytest.mark.parametrize(
    "iri",
    [
        "",
        "a",
        "/a",
        "../a",
        "#a",
        "//a/b",
        "a b:c",
        "urn:a>",
        "http://[",
        "http://a/%zz",
        "1:a",
        "urn:\0",
        "urn:\\u0041",
    ],
)
def test_a_graph_that_is_no_absolute_iri_is_a_bad_request(name: str, iri: str) -> None:
    with pytest.raises(BadRequest, match=name):
        get(f"query=ASK{{}}&{name}={quote(iri)}")


def test_a_thousand_parameters_are_read_and_one_more_is_not() -> None:
    assert read("query=ASK{}" + "&a=b" * 999).text == "ASK{}"
    with pytest.raises(BadRequest, match="1000"):
        get("query=ASK{}" + "&a=b" * 1000)


@pytest.mark.parametrize(
    ("text", "seconds"), [("5", 5.0), ("0.5", 0.5), ("1e9", 30.0), ("inf", 30.0), ("+7", 30.0), (" 2 ", 2.0)]
)
def test_a_timeout_is_clamped_to_the_servers(text: str, seconds: float) -> None:
    encoded = text if text != "+7" else "%2B70"

    assert math.isclose(read(f"query=ASK{{}}&timeout={encoded}").deadline, seconds)


@pytest.mark.parametrize(
    "text", ["0", "-1", "nan", "-inf", "abc", "", "1,5", "0x10", "-0.0", "9" * 10_000 + "x"]
)
def test_a_timeout_that_is_no_time_is_a_bad_request(text: str) -> None:
    with pytest.raises(BadRequest, match="timeout"):
        get(f"query=ASK{{}}&timeout={text}")


@pytest.mark.parametrize(
    ("parameters", "accept", "results", "graph"),
    [
        ("", None, XML, TURTLE),
        ("", "text/csv", CSV, None),
        ("&format=json", "text/csv", JSON, JSON_LD),
        ("&output=xml", None, XML, RDF_XML),
        ("&format=turtle", "text/csv", CSV, TURTLE),
        ("&format=nonsense", "application/json", JSON, JSON_LD),
        ("&format=nonsense&output=csv", None, CSV, TURTLE),
        ("&format=application/ld+json", None, XML, JSON_LD),
    ],
)
def test_a_named_format_wins_over_accept(
    parameters: str, accept: str | None, results: object, graph: object
) -> None:
    headers = {} if accept is None else {"accept": accept}

    query = get(f"query=ASK{{}}{parameters}", **headers)

    assert query is not None
    assert (query.results, query.graph) == (results, graph)


@pytest.mark.parametrize(
    ("query_string", "named"), [(b"format=csv", True), (b"output=ttl", True), (b"format=x", False)]
)
def test_whether_a_request_names_a_format(query_string: bytes, *, named: bool) -> None:
    assert names_format(Request("GET", query_string, {})) is named


def test_nothing_but_our_own_errors_comes_out_of_broken_bodies() -> None:
    for byte in range(256):
        for body in (b"query=%" + bytes([byte]), bytes([byte]) * 3, b"query=\xc3" + bytes([byte])):
            for content_type in (FORM, DIRECT):
                try:
                    query = post(body, content_type)
                except InputError:
                    continue
                assert query is not None
                assert query.text.encode()


def test_a_byte_order_mark_before_the_query_is_passed_over() -> None:
    headers = {"content-type": "application/sparql-query"}
    for mark, text in (("\ufeff", "ASK {}"), ("\ufeff\ufeff", "\ufeffASK {}")):
        query = read_request(Request("POST", b"", headers, f"{mark}ASK {{}}".encode()), 30)
        assert query is not None
        assert query.text == text
