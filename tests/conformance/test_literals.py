"""What the store makes of literals is what the page tells: some come back in another form."""

import pyoxigraph as ox
import pytest

from conformance.literals import CHANGED, KEPT
from conformance.over_http import Endpoint

G = "http://example.org/g1"


def read(literal: str) -> ox.Literal:
    text = f"@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . <urn:s> <urn:p> {literal} ."
    (quad,) = ox.parse(text, format=ox.RdfFormat.TURTLE)
    assert isinstance(quad.object, ox.Literal)
    return quad.object


@pytest.mark.parametrize("written_and_kept", [CHANGED, tuple((each, each) for each in KEPT)])
def test_literals_come_back_as_the_page_tells(
    endpoint: Endpoint, written_and_kept: tuple[tuple[str, str], ...]
) -> None:
    for number, (written, kept) in enumerate(written_and_kept):
        endpoint.load([])
        body = f"<urn:s> <urn:p> {read(written)} ."
        headers = {"Content-Type": "text/turtle"}
        for way in ("put", "update"):
            if way == "put":
                response = endpoint.write("PUT", f"/graphs?graph={G}{number}", body, headers)
            else:
                response = endpoint.update(f"INSERT DATA {{ GRAPH <{G}{number}> {{ {body} }} }}")
            assert response.is_success
            assert [quad.object for quad in endpoint.dataset()] == [read(kept)]
