"""What the tests with other engines share: the engines, and what each was answered."""

from collections.abc import Callable

import pyoxigraph as ox
import pytest

from clients import cases, engines
from clients.cases import CANNOT, ID, Case, Row
from clients.engines import Answered
from conftest import Running
from testing_engines import EngineServer
from testing_relay import Relay


@pytest.fixture(scope="session")
def members(graph: ox.Store) -> list[Row]:
    """The members of the network with their English names, found without the service."""
    found = graph.query(
        f"{cases.PREFIXES}SELECT ?member ?name {{ ?membership org:organization <{ID}network/clip> ; "
        "org:role <https://w3id.org/clipgraph/scheme/role/member> ; org:member ?member . "
        "?member rdfs:label ?name FILTER(LANG(?name) = 'en') } ORDER BY ?member"
    )
    assert isinstance(found, ox.QuerySolutions)
    return [(row["member"].value, row["name"].value) for row in found]


@pytest.fixture(scope="session")
def local(members: list[Row]) -> str:
    """The data that the other engines have of their own, as Turtle."""
    return cases.local_data([iri for iri, _ in members])


@pytest.fixture(scope="session")
def questions(members: list[Row]) -> tuple[Case, ...]:
    """All questions, with the one whose answer is found here."""
    rows = [(iri, name, f"https://example.org/visit{number}") for number, (iri, name) in enumerate(members)]
    return (*cases.FIXED, cases.many(rows))


@pytest.fixture(scope="session")
def granted(virtuoso: EngineServer) -> EngineServer:
    """A Virtuoso whose public endpoint may use SERVICE."""
    engines.grant_service(virtuoso)
    return virtuoso


@pytest.fixture(scope="session")
def asking(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], engines.Asking]:
    """Return what asks an engine, by its name; skips where it is not installed."""
    makers: dict[str, Callable[[], engines.Asking]] = {
        "comunica": lambda: engines.comunica,
        "jena": lambda: engines.jena(tmp_path_factory.mktemp("jena")),
        "oxigraph": lambda: engines.server(request.getfixturevalue("oxigraph"), ""),
        "rdflib": lambda: engines.rdflib_graph,
        "virtuoso": lambda: engines.server(request.getfixturevalue("granted"), engines.LOCAL),
    }
    return lambda name: makers[name]()


@pytest.fixture(scope="session")
def answered(
    asking: Callable[[str], engines.Asking],
    questions: tuple[Case, ...],
    local: str,
    service: Running,
) -> Callable[[str], Answered]:
    """Return what an engine answers to all questions, each asked once; by its name."""
    known: dict[str, Answered] = {}

    def answer(name: str) -> Answered:
        if name not in known:
            ask = asking(name)
            cases = [case for case in questions if case.name not in CANNOT.get(name, {})]
            with Relay(service.url) as relay:
                rows = ask(cases, local, f"{relay.url}/sparql")
                known[name] = Answered(rows, tuple(relay.asked))
        return known[name]

    return answer
