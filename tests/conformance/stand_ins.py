"""Stands in for the endpoints that the suites name in SERVICE, each with the data of the test at hand."""

import re
from collections.abc import Iterable

import pyoxigraph as ox

from conformance.cases import Case
from conformance.datasets import read_graph
from testing_endpoints import JSON, Answer, Endpoint

# The base of the syntax tests is example.org, and <g> is an endpoint there.
ENDPOINTS = (
    "http://example.org/sparql",
    "http://example1.org/sparql",
    "http://example2.org/sparql",
    "http://example.org/g",
    "http://invalid.endpoint.org/sparql",
)
_INVALID = ENDPOINTS.index("http://invalid.endpoint.org/sparql")
_NAMES = re.compile("|".join(re.escape(f"<{endpoint}>") for endpoint in ENDPOINTS))
_NOW = "now"


def redirected(text: str, url: str, case: str = _NOW) -> str:
    """Return a query whose endpoints are those of a test here; by default of the one at hand."""
    return _NAMES.sub(lambda found: f"<{address(found[0][1:-1], url, case)}>", text)


def address(endpoint: str, url: str, case: str = _NOW) -> str:
    """Return where the stand-in for an endpoint is reached."""
    return f"{url}/{case}/{ENDPOINTS.index(endpoint)}"


class StandIns:
    """One web server for all endpoints; ``now`` is the name of the test at hand."""

    def __init__(self, cases: Iterable[Case]) -> None:
        self.now = ""
        self._files = {
            (case.name, ENDPOINTS.index(iri)): path
            for case in cases
            for iri, path in case.endpoints
            if iri in ENDPOINTS
        }
        self.server = Endpoint(self._answer)

    def _answer(self, path: str, query: str) -> Answer:
        case, number = path.removeprefix("/sparql/").rsplit("/", 1)
        if int(number) == _INVALID:
            return 404, {}, b""
        case = self.now if case == _NOW else case
        file = self._files.get((case, int(number)))
        store = ox.Store()
        store.extend(read_graph(file) if file else [])
        found = store.query(redirected(query, self.server.url, case))
        assert not isinstance(found, ox.QueryTriples)
        return 200, {"Content-Type": JSON}, found.serialize(format=ox.QueryResultsFormat.JSON) or b""
