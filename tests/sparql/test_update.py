"""Reading update requests."""

import pytest

from clipgraph.errors import BadRequest, UnsupportedMediaType
from clipgraph.sparql.parameters import FORM, Request, read_message
from clipgraph.sparql.update import UPDATE, Update, is_update, read_update

TEXT = "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 'ü+ &' } }"
ENCODED = b"INSERT+DATA+%7B+GRAPH+%3Curn%3Ag%3E+%7B+%3Curn%3Aa%3E+%3Curn%3Ab%3E+%27%C3%BC%2B+%26%27+%7D+%7D"


def request(body: bytes, content_type: str = FORM, query: bytes = b"", method: str = "POST") -> Request:
    return Request(method, query, {"content-type": content_type}, body)


@pytest.mark.parametrize(
    "given",
    [
        request(b"update=" + ENCODED),
        request(TEXT.encode(), UPDATE),
        request(TEXT.encode(), f"{UPDATE}; charset=UTF-8"),
        request(TEXT.encode(), UPDATE.upper()),
    ],
)
def test_both_ways_to_post_an_update(given: Request) -> None:
    assert is_update(given)
    assert read_update(given, 30) == Update(TEXT, 30)


@pytest.mark.parametrize(
    "given",
    [
        request(b"", query=b"update=" + ENCODED),
        request(b"update=" + ENCODED, method="GET"),
        request(b"query=ASK{}"),
        request(b"ASK{}", "application/sparql-query"),
        request(b"", ""),
    ],
)
def test_what_is_no_update(given: Request) -> None:
    assert not is_update(given)


@pytest.mark.parametrize(
    ("body", "query"),
    [
        (b"update=CLEAR+ALL&timeout=2&message=why&using-graph-uri=urn:g&using-named-graph-uri=urn:n", b""),
        (b"update=CLEAR+ALL", b"timeout=2&message=why&using-graph-uri=urn:g&using-named-graph-uri=urn:n"),
    ],
)
def test_the_parameters_of_an_update(body: bytes, query: bytes) -> None:
    assert read_update(request(body, query=query), 30) == Update(
        "CLEAR ALL", 2, ("urn:g",), ("urn:n",), "why"
    )


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (request(b"update=CLEAR+ALL&update=CLEAR+ALL"), BadRequest),
        (request(b"update=CLEAR+ALL&query=ASK{}"), BadRequest),
        (request(b"CLEAR ALL", UPDATE, b"query=ASK{}"), BadRequest),
        (request(b"CLEAR ALL", UPDATE, b"update=CLEAR+ALL"), BadRequest),
        (request(b"\xff", UPDATE), BadRequest),
        (request(b"update=%FF"), BadRequest),
        (request(b"update=CLEAR+ALL&using-graph-uri=g"), BadRequest),
        (request(b"update=CLEAR+ALL&timeout=0"), BadRequest),
        (request(b"CLEAR ALL", f"{UPDATE}; charset=utf-16"), UnsupportedMediaType),
    ],
)
def test_what_breaks_the_protocol(given: Request, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_update(given, 30)


@pytest.mark.parametrize(
    ("given", "told"),
    [("a  b", "a b"), ("ev\x01il\x1b[31m\n<b>\u202ex", "ev il [31m <b> x"), ("", ""), ("\n", "")],
)
def test_a_message_is_one_line_without_control_characters(given: str, told: str) -> None:
    assert read_message(["before", given]) == told


def test_a_byte_order_mark_before_the_update_is_passed_over() -> None:
    headers = {"content-type": "application/sparql-update"}

    assert read_update(Request("POST", b"", headers, "\ufeffCLEAR ALL".encode()), 30).text == "CLEAR ALL"
