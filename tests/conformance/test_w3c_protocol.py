"""The W3C's protocol tests (https://w3c.github.io/rdf-tests/sparql/sparql11/protocol/)."""

from urllib.parse import urlencode

import httpx2
import pyoxigraph as ox
import pytest

from conformance.over_http import Endpoint
from conformance.w3c_protocol import DATA, FULL, QUERIES, REFUSALS, UPDATES, Exchange


def send(endpoint: Endpoint, exchange: Exchange) -> httpx2.Response:
    endpoint.load(ox.parse(DATA, format=ox.RdfFormat.TRIG))
    body = urlencode(exchange.body, doseq=True) if isinstance(exchange.body, dict) else exchange.body
    headers = {"Content-Type": exchange.content_type} if exchange.content_type else {}
    url = f"/sparql?{urlencode(exchange.dataset, doseq=True)}"
    content = body.encode() if isinstance(body, str) else body
    return endpoint.write(exchange.method, url, content, headers)


def is_true(response: httpx2.Response) -> bool:
    return bool(ox.parse_query_results(response.content, ox.QueryResultsFormat.XML))


@pytest.mark.parametrize("exchange", QUERIES, ids=lambda exchange: exchange.name)
def test_w3c_protocol_query(endpoint: Endpoint, exchange: Exchange) -> None:
    response = send(endpoint, exchange)

    assert response.is_success, response.text
    assert response.headers["content-type"].partition(";")[0] in exchange.kinds
    if exchange.answer is not None:
        assert is_true(response) is exchange.answer
    if exchange.body == FULL:
        assert response.text.count("<result>") == 2


@pytest.mark.parametrize("exchange", UPDATES, ids=lambda exchange: exchange.name)
def test_w3c_protocol_update(endpoint: Endpoint, exchange: Exchange) -> None:
    response = send(endpoint, exchange)

    assert response.is_success, response.text
    assert is_true(endpoint.query(exchange.asked or "ASK { FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } }"))


@pytest.mark.parametrize("exchange", REFUSALS, ids=lambda exchange: exchange.name)
def test_w3c_protocol_refusal(endpoint: Endpoint, exchange: Exchange) -> None:
    response = send(endpoint, exchange)

    assert response.is_client_error
    assert response.status_code not in (401, 403)
    assert len(endpoint.dataset()) == 3
