"""Parts that write: commits, publishing, validating the whole graph, starting."""

import json
import shutil
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import pyoxigraph as ox

from clipgraph.sources.graphs import INFERENCES
from peers import load_oxigraph
from queries import Effort
from questions import PASSAGES, things
from results import Row, bound_row, ratio_row
from rounds import in_turn, ratio
from services import ROOT, serving
from workplace import Graph, clipgraph, scratch

_MANY = 100_000
_PLAIN = """
import json, sys
from collections import Counter
from pathlib import Path
import pyshacl, rdflib
root = Path(sys.argv[1])
data, shapes = rdflib.Graph(), rdflib.Graph()
data.parse(sys.argv[2], format="nt")
for folder in ("ontology", "data"):
    for path in sorted((root / folder).rglob("*.ttl")):
        if path != root / "ontology/external.ttl":
            data.parse(path, format="turtle")
for path in sorted((root / "shapes").glob("*.ttl")):
    shapes.parse(path, format="turtle")
_, report, _ = pyshacl.validate(data, shacl_graph=shapes)
results = report.objects(None, rdflib.SH.resultSeverity)
print(json.dumps(Counter(str(each).rsplit("#", 1)[-1] for each in results)))
"""


def commits(graph: Graph, effort: Effort) -> list[Row]:
    """Measure a commit of 100 triples that are known one by one: INSERT DATA over HTTP, until the answer."""
    return [
        *_commits(graph, effort, "none", 0.5),
        *_commits(graph, effort, "project", 2.0),
    ]


def _commits(graph: Graph, effort: Effort, shapes: str, reach: float) -> list[Row]:
    with scratch() as folder:
        shutil.copytree(
            graph.data, folder / "data", copy_function=_link, ignore=shutil.ignore_patterns("lock")
        )
        token = clipgraph("token", "create", "bench", "--role", "maintainer", "--data", str(folder / "data"))
        held = token.split()[-1]
        taken = []
        settings = {"shapes": shapes, "update_timeout": "600"}
        with serving(ROOT, folder / "data", settings, graph.project) as service:
            passage = things(service.url, asked=PASSAGES, most=1)[0]
            for number in range(effort.rounds + 1):
                began = time.perf_counter()
                _update(service.url, held, _hundred(number, passage))
                taken.append(time.perf_counter() - began)
    with_shapes = "with" if shapes == "project" else "without"
    return [_seconds(f"commit of 100 triples, {with_shapes} shapes", graph, taken[1:], reach)]


def _hundred(number: int, passage: str) -> str:
    """Return an update with 100 triples about new cities that fit the shapes, said by a passage."""
    base, scheme = "https://w3id.org/clipgraph/id/", "https://w3id.org/clipgraph/scheme/"
    cities = []
    for place in range(10):
        city = f"<{base}city/measured-{number}-{place}>"
        labels = " , ".join(
            f'"Measured {number} {place}"@{language}' for language in ("en", "de", "fr", "nl")
        )
        cities.append(
            f"{city} a <http://purl.org/dc/terms/Location>, <http://data.europa.eu/m8g/AdminUnit> ; "
            f"<http://www.w3.org/2000/01/rdf-schema#label> {labels} ; "
            f"<https://w3id.org/clipgraph/def/territoryKind> <{scheme}territory-kind/city> ; "
            f"<http://purl.org/dc/terms/isPartOf> <{base}country/generated-1> ; "
            f"<https://w3id.org/clipgraph/def/evidence> <{passage}> ; "
            f'<http://www.w3.org/2004/02/skos/core#note> "Measured."@en .'
        )
    graph = "https://w3id.org/clipgraph/graph/measured/cities"
    return f"INSERT DATA {{ GRAPH <{graph}> {{ {' '.join(cities)} }} }}"


def _update(url: str, token: str, update: str) -> None:
    request = urllib.request.Request(
        f"{url}/sparql",
        update.encode(),
        {"Content-Type": "application/sparql-update", "Authorization": f"Bearer {token}"},
    )
    with urllib.request.urlopen(request, timeout=600) as answer:
        answer.read()


def publishing(graph: Graph, effort: Effort) -> list[Row]:
    """Measure a first publish of all files, without shapes, beside ``oxigraph load`` of the same quads."""

    def ours(_: int) -> float:
        with scratch() as folder:
            where = ("--project", str(graph.project), "--data", str(folder / "data"))
            return 1 / _timed(lambda: clipgraph("publish", *where, "--shapes", "none"))

    def theirs(_: int) -> float:
        with scratch() as folder:
            return 1 / _timed(lambda: load_oxigraph(folder / "store", graph.quads, optimise=False))

    taken = in_turn(effort.rounds, ours, theirs)
    return [_beside("publish, without shapes", graph, "oxigraph load", 0.3, *taken)]


def validation(graph: Graph, effort: Effort) -> list[Row]:
    """Measure the validation of a whole project beside plain pySHACL, which parses with rdflib.

    With pySHACL as it is tuned here, and with the fast engine. Plain pySHACL judges the same: it is given
    what the rules infer, ready made, and no terms of others. A run whose results are not as many, of each
    severity, as those of plain pySHACL ends the measurement.
    """
    with scratch() as folder:
        return _validation(graph, effort, _inferred(graph, folder))


def _validation(graph: Graph, effort: Effort, inferred: Path) -> list[Row]:
    counts: list[dict[str, int]] = []

    def ours(engine: str) -> float:
        return 1 / _timed(lambda: counts.append(_results(graph, engine)))

    def theirs(_: int) -> float:
        command = [sys.executable, "-c", _PLAIN, str(graph.project), str(inferred)]
        return 1 / _timed(lambda: counts.append(json.loads(subprocess.check_output(command))))

    taken = in_turn(effort.rounds, lambda _: ours("pyshacl"), lambda _: ours("turbo"), theirs)
    if any(each != counts[0] for each in counts):
        raise ValueError(f"the engines do not say the same of {graph.name}: {counts}")
    tuned, fast, plain = taken
    # What a small graph takes is mostly Python's own start.
    fast_reach = 15.0 if graph.triples >= _MANY else None
    return [
        _beside("validation of the whole graph", graph, "plain pySHACL", 4.0, tuned, plain),
        _beside(
            "validation of the whole graph, fast engine", graph, "plain pySHACL", fast_reach, fast, plain
        ),
    ]


def _inferred(graph: Graph, folder: Path) -> Path:
    """Write what the rules infer as N-Triples, from the quads that are published."""
    file, inferences = folder / "inferred.nt", ox.NamedNode(INFERENCES)
    quads = ox.parse(path=graph.quads, format=ox.RdfFormat.N_QUADS)
    triples = (quad.triple for quad in quads if quad.graph_name == inferences)
    ox.serialize(triples, file, format=ox.RdfFormat.N_TRIPLES)
    return file


def _results(graph: Graph, engine: str) -> dict[str, int]:
    """Validate a project by its shapes, and return how many results there are of each severity."""
    told = json.loads(
        clipgraph("validate", "--project", str(graph.project), "--engine", engine, "--format", "json")
    )
    findings = [each for each in told["findings"] if each["shape"] and each["component"] != "no-target"]
    return dict(Counter(each["severity"] for each in findings))


def starting(graph: Graph, effort: Effort) -> list[Row]:
    """Measure how long a service takes from its start to its first answer."""
    taken = []
    for _ in range(effort.rounds):
        began = time.perf_counter()
        with serving(ROOT, graph.data, {}, graph.project) as service:
            with urllib.request.urlopen(f"{service.url}/sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D") as answer:
                answer.read()
            taken.append(time.perf_counter() - began)
    return [_seconds("start to first answer", graph, taken, 1.5)]


def _beside(
    work: str, graph: Graph, against: str, reach: float | None, ours: Sequence[float], theirs: Sequence[float]
) -> Row:
    """Return the line of two whole runs, both as how many there would be in a second."""
    details = {"ours, s": median(1 / each for each in ours), "theirs, s": median(1 / each for each in theirs)}
    details["triples"] = graph.triples
    return ratio_row(work, graph.name, against, ratio(ours, theirs), reach, details)


def _seconds(work: str, graph: Graph, taken: Sequence[float], reach: float) -> Row:
    return bound_row(work, graph.name, taken, "s", reach, {"triples": float(graph.triples)})


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _link(source: str, target: str) -> None:
    """Link a file of a store, which never changes; copy any other."""
    if "store" in Path(source).parts:
        Path(target).hardlink_to(source)
    else:
        shutil.copy2(source, target)
