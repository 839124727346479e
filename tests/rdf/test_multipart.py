"""Splitting forms with files."""

import pytest

from clipgraph.errors import BadRequest
from clipgraph.rdf.multipart import Part, split_form

HEAD = b'--x\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n'


def test_parts_come_out_byte_for_byte() -> None:
    odd = '<urn:ü> <urn:p> """a\n\r\n\u2028\x85--y""" .\r\n'.encode()
    body = HEAD % b"a.ttl" + b"Content-Type: text/turtle; charset=utf-8\r\n\r\n" + odd + b"\r\n"
    body += b'--x\r\nContent-Disposition: form-data; name="field"\r\n\r\n\r\n--x--\r\n'

    assert split_form(body, "x") == [
        Part("a.ttl", 'text/turtle; charset="utf-8"', odd),
        Part("field", "", b""),
    ]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nothing of the kind",
        HEAD % b"a.ttl" + b"\r\nbroken off",
        HEAD % b"a"
        + b"Content-Type: multipart/mixed; boundary=z\r\n\r\n--z\r\n\r\n\r\n--z--\r\n\r\n--x--\r\n",
    ],
)
def test_what_is_no_whole_form(body: bytes) -> None:
    with pytest.raises(BadRequest):
        split_form(body, "x")
