"""What the service makes of each test, asked over HTTP as any client asks."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import httpx2
import pyoxigraph as ox

from conformance.answers import (
    Answer,
    Solutions,
    Table,
    difference,
    is_ordered,
    read_answer,
    read_rdf,
    read_results,
    read_table,
)
from conformance.cases import Case, Kind, iri_of
from conformance.datasets import read_dataset, same_dataset
from conformance.stand_ins import StandIns

QUERY, UPDATE = "application/sparql-query", "application/sparql-update"
_SOLUTIONS = {
    ".srx": ("application/sparql-results+xml", ox.QueryResultsFormat.XML),
    ".srj": ("application/sparql-results+json", ox.QueryResultsFormat.JSON),
    ".tsv": ("text/tab-separated-values", ox.QueryResultsFormat.TSV),
}
_GRAPHS = {".ttl": "text/turtle", ".nt": "application/n-triples", ".rdf": "application/rdf+xml"}
_EVERYTHING = "SELECT ?s ?p ?o ?g { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


class Unexpected(Exception):
    """The service answered what no test can take for an answer."""


@dataclass(frozen=True)
class Endpoint:
    """A running service: a client of it, the token of a maintainer, and the endpoints that it may ask."""

    client: httpx2.Client
    token: str
    stand_ins: StandIns

    def load(self, quads: Iterable[ox.Quad]) -> None:
        """Make a release that holds exactly these quads, in one commit."""
        data = "\n".join(_stated(quad) for quad in quads)
        response = self.update(f"DROP ALL ; INSERT DATA {{\n{data}\n}}")
        if not response.is_success:
            raise Unexpected(f"the data could not be loaded: {_told(response)}")

    def query(self, text: str, accept: str = "*/*", **headers: str) -> httpx2.Response:
        """Send a query as the body of a POST."""
        headers |= {"Content-Type": QUERY, "Accept": accept}
        return self.client.post("/sparql", content=text.encode(), headers=headers)

    def write(self, method: str, url: str, body: str | bytes, headers: dict[str, str]) -> httpx2.Response:
        """Send a request with the token of a maintainer."""
        headers = headers | {"Authorization": f"Bearer {self.token}"}
        return self.client.request(method, url, content=body, headers=headers)

    def update(self, text: str) -> httpx2.Response:
        """Send an update as the body of a POST."""
        return self.write("POST", "/sparql", text.encode(), {"Content-Type": UPDATE})

    def answer(self, text: str, accept: str) -> bytes:
        """Return the answer to a query in exactly the format that is asked for."""
        response = self.query(text, accept)
        if not response.is_success:
            raise Unexpected(_told(response))
        if response.headers["content-type"].partition(";")[0] != accept:
            raise Unexpected(f"{accept} was asked for, {response.headers['content-type']} came")
        return response.content

    def dataset(self) -> list[ox.Quad]:
        """Return all that the service holds, read with one query, so that blank nodes keep together."""
        body = self.answer(_EVERYTHING, "application/sparql-results+json")
        found = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
        assert isinstance(found, ox.QuerySolutions)
        return [ox.Quad(row["s"], row["p"], row["o"], row["g"] or ox.DefaultGraph()) for row in found]


def verdict(endpoint: Endpoint, case: Case) -> str:
    """Return how the service fails the test; empty where it passes."""
    endpoint.stand_ins.now = case.name
    try:
        return _JUDGES[case.kind](endpoint, case)
    except (Unexpected, SyntaxError, ValueError) as error:
        return f"{type(error).__name__}: {error}"


def _stated(quad: ox.Quad) -> str:
    """Return a quad as INSERT DATA has it."""
    named = not isinstance(quad.graph_name, ox.DefaultGraph)
    return f"GRAPH {quad.graph_name} {{ {quad.triple} }}" if named else f"{quad.triple} ."


def _told(response: httpx2.Response) -> str:
    return f"{response.status_code} {' '.join(response.text.split())[:600]}"


def _text(case: Case) -> str:
    """Return the text with the base that its file has; what is sent over HTTP was read from nowhere."""
    assert case.request is not None
    return f"BASE <{iri_of(case.request)}> {case.text}"


def _query(endpoint: Endpoint, case: Case) -> str:
    assert case.result is not None
    endpoint.load(read_dataset(case.data))
    wanted = read_answer(case.result)
    for found in _answers(endpoint, case, wanted):
        differs = difference(wanted, found, ordered=is_ordered(case.text))
        if differs:
            return differs
    return ""


def _answers(endpoint: Endpoint, case: Case, wanted: Answer) -> Iterable[Answer]:
    """Yield the answer in each format that can say it all."""
    text = _text(case)
    if isinstance(wanted, Table):
        yield read_table(endpoint.answer(text, "text/csv"))
    elif isinstance(wanted, list):
        for suffix, media_type in _GRAPHS.items():
            yield read_rdf(endpoint.answer(text, media_type), suffix)
    else:
        for media_type, form in _SOLUTIONS.values():
            # TSV has no form for a boolean.
            if isinstance(wanted, Solutions) or form is not ox.QueryResultsFormat.TSV:
                yield read_results(endpoint.answer(text, media_type), form)


def _update(endpoint: Endpoint, case: Case) -> str:
    endpoint.load(read_dataset(case.data))
    response = endpoint.update(_text(case))
    if not response.is_success:
        return _told(response)
    left = endpoint.dataset()
    return "" if same_dataset(read_dataset(case.after), left) else f"left {sorted(map(str, left))}"


def _good(endpoint: Endpoint, case: Case) -> str:
    if case.kind is Kind.GOOD_QUERY:
        response = endpoint.query(case.text, Host="example.org")  # which is its base, and has an endpoint <g>
    else:
        endpoint.load([])
        response = endpoint.update(case.text)
        if response.status_code == httpx2.codes.CONFLICT:
            return ""  # it was read, and what failed is doing it: there is nothing to DROP or CLEAR
    return "" if response.is_success else _told(response)


def _bad(endpoint: Endpoint, case: Case) -> str:
    send = endpoint.update if case.kind is Kind.BAD_UPDATE else endpoint.query
    response = send(case.text)
    refused = response.status_code == httpx2.codes.BAD_REQUEST
    return "" if refused and response.json()["code"] == "query-syntax-error" else _told(response)


def _description(endpoint: Endpoint, case: Case) -> str:
    """Judge the service description (https://www.w3.org/TR/sparql11-service-description/#conformance)."""
    response = endpoint.client.get("/sparql", headers={"Accept": "text/turtle"})
    graph = read_rdf(response.content, ".ttl")
    if not response.is_success or case.name.endswith("returns-rdf"):
        return "" if response.is_success and graph else _told(response)
    store, sd = ox.Store(), "http://www.w3.org/ns/sparql-service-description#"
    store.extend(graph)
    if case.name.endswith("has-endpoint-triple"):
        address = endpoint.client.base_url.join("/sparql")
        asked = f"ASK {{ ?service <{sd}endpoint> <{address}> }}"
        return "" if bool(store.query(asked)) else f"there is no sd:endpoint <{address}>"
    return _unknown_terms(store, sd)


def _unknown_terms(store: ox.Store, sd: str) -> str:
    """Say what the description does not keep to of the vocabulary: a property of the wrong kind of thing."""
    typed = f"ASK {{ ?service a <{sd}Service> ; <{sd}endpoint> ?endpoint FILTER(isIRI(?endpoint)) }}"
    if not bool(store.query(typed)):
        return "nothing is an sd:Service with an sd:endpoint"
    iris = ("supportedLanguage", "languageExtension", "feature", "resultFormat", "inputFormat")
    literal = " ".join(f"<{sd}{name}>" for name in iris)
    wrong = f"ASK {{ VALUES ?p {{ {literal} }} ?service ?p ?value FILTER(!isIRI(?value)) }}"
    return "a language, feature or format is not named by an IRI" if bool(store.query(wrong)) else ""


_JUDGES: dict[Kind, Callable[[Endpoint, Case], str]] = {
    Kind.QUERY: _query,
    Kind.CSV: _query,
    Kind.UPDATE: _update,
    Kind.GOOD_QUERY: _good,
    Kind.BAD_QUERY: _bad,
    Kind.GOOD_UPDATE: _good,
    Kind.BAD_UPDATE: _bad,
    Kind.DESCRIPTION: _description,
}
