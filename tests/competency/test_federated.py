"""Questions 13 and 56 to 58 ask other endpoints: here stand-ins with made-up answers, through aliases.

What is expected joins the graph with the stand-ins' data in endpoints/.
"""

import csv
import json
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pyoxigraph as ox
import pytest

from competency.asking import CODE, ID, QUESTIONS
from competency.federated import CORDIS, DOCUMENTS, EUROVOC, POPULATIONS, PROJECTS, STANDINS, WIKIDATA
from conftest import CLIPGRAPH, ROOT
from testing_endpoints import Endpoint, sparql

DATA = Path(__file__).parent / "endpoints"
PREFIXES = """
PREFIX clip: <https://w3id.org/clipgraph/def/>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
FIELD = (
    f"?field clip:fieldOf <{ID}instrument/european-pact> ; skos:notation 4 ; "
    "skos:closeMatch|skos:relatedMatch ?x"
)
COUNTRIES = (
    f"<{ID}network/clip> org:hasMember ?a . ?a dct:spatial/dct:isPartOf ?c . "
    f"?c clip:territoryKind <{CODE}territory-kind/country> ; owl:sameAs ?x"
)
CITIES = (
    "?p a clip:Practice ; dct:spatial ?city . "
    f"?city clip:territoryKind <{CODE}territory-kind/city> ; owl:sameAs ?x"
)


@pytest.fixture(scope="module")
def standins() -> Iterator[dict[str, Endpoint]]:
    """Servers in place of the three endpoints."""
    with ExitStack() as stack:
        yield {iri: stack.enter_context(standin(name)) for iri, name in STANDINS.items()}


def standin(name: str) -> Endpoint:
    return Endpoint(sparql((DATA / f"{name}.ttl").read_text(encoding="utf-8")))


def rows(question: str, data: Path, standins: dict[str, Endpoint]) -> list[tuple[str, ...]]:
    """Return the rows of a question, asked on the command line as the README says."""
    aliases = json.dumps({iri: endpoint.url for iri, endpoint in standins.items()})
    command = [*CLIPGRAPH, "query", str(QUESTIONS / f"{question}.rq"), "--data", str(data), "--format", "csv"]
    done = subprocess.run(
        [*command, "--project", str(ROOT), "--federate", "eu", "--federate", CORDIS],
        env=os.environ | {"CLIPGRAPH_SERVICE_ALIASES": aliases},
        capture_output=True,
        text=True,
        check=True,
    )
    return [tuple(row) for row in csv.reader(done.stdout.splitlines())][1:]


def test_members_outside_the_union(published: Path, standins: dict[str, Endpoint]) -> None:
    found = rows("cq13-members-outside-the-eu", published, standins)

    britain = [
        "Kirklees Metropolitan Borough Council",
        "City of Newport",
        "City of Wolverhampton",
    ]
    assert {(name, country, in_2011, today) for _, name, _, country, in_2011, today in found} == {
        ("City of Zagreb", "Croatia", "false", "true"),
        ("City of Zurich", "Switzerland", "false", "false"),
        ("City of Istanbul", "Turkey", "false", "false"),
        ("City of Izmir", "Turkey", "false", "false"),
        *((name, "United Kingdom", "true", "false") for name in britain),
    }
    assert len(found) == 7


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("cq56-eu-documents-on-a-field", DOCUMENTS),
        ("cq57-population-of-cities", POPULATIONS),
        ("cq58-research-projects-in-cities", PROJECTS),
    ],
)
def test_what_both_say_together(
    question: str, expected: list[tuple[str, ...]], published: Path, standins: dict[str, Endpoint]
) -> None:
    assert rows(question, published, standins) == expected


@pytest.mark.parametrize(
    ("question", "pattern", "prefix", "namespace"),
    [
        ("cq56-eu-documents-on-a-field", FIELD, "eurovoc", EUROVOC),
        ("cq57-population-of-cities", CITIES, "wikidata", WIKIDATA),
        ("cq13-members-outside-the-eu", COUNTRIES, "wikidata", WIKIDATA),
    ],
)
def test_what_is_named_again_for_the_other_endpoint_is_what_the_graph_has(
    graph: ox.Store, question: str, pattern: str, prefix: str, namespace: str
) -> None:
    text = (QUESTIONS / f"{question}.rq").read_text(encoding="utf-8")
    values = re.search(r"VALUES \?\w+ \{([^}]*)\}", text)
    assert values is not None
    named = {name.replace(f"{prefix}:", namespace) for name in values[1].split()}

    found = graph.query(
        f"{PREFIXES} SELECT DISTINCT ?x {{ {pattern} FILTER(STRSTARTS(STR(?x), '{namespace}')) }}"
    )

    assert isinstance(found, ox.QuerySolutions)
    assert named == {row["x"].value for row in found}


@pytest.mark.parametrize(
    "question", sorted(path.stem for path in [*QUESTIONS.glob("cq5[678]-*.rq"), *QUESTIONS.glob("cq13-*.rq")])
)
def test_without_leave_to_ask_they_are_refused_by_name(question: str, published: Path) -> None:
    command = [*CLIPGRAPH, "query", str(QUESTIONS / f"{question}.rq"), "--data", str(published)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert any(f"asks {iri}: this endpoint asks no other" in done.stderr for iri in STANDINS)
