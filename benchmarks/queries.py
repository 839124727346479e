"""Parts that ask: distinct small questions, the public mix, heavy analytics, a million rows."""

import http.client
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from urllib.parse import quote, urlsplit

from contest import contestants
from load import load, write_requests
from peers import Peer
from processes import children_of, memory_of
from questions import JSON, ROWS, competency, heavy, small, things
from results import Row, bound_row, ratio_row
from rounds import in_turn, ratio
from workplace import Graph, scratch

_DISTINCT = 150_000  # small questions, so that nobody is asked the same twice in a run
_REPEATED = 20_000  # requests of the mix
_BASE = "https://w3id.org/clipgraph/id/"
ALL = ("oxigraph", "virtuoso", "rdflib-endpoint")
_REACH = {"virtuoso": 1.2, "rdflib-endpoint": 15.0}  # whatever is asked; what of Oxigraph's depends on that


@dataclass(frozen=True)
class Effort:
    """How many rounds, and how many seconds each side has in one."""

    rounds: int
    seconds: float


def small_questions(graph: Graph, effort: Effort) -> list[Row]:
    """Measure distinct small questions: requests per second."""
    with contestants(graph, *ALL) as peers, scratch() as folder:
        asked = small(things(peers[0].url), _DISTINCT)
        files = [
            write_requests(folder / peer.name, [(peer.target(query), JSON) for query in asked])
            for peer in peers
        ]
        return _loads("distinct small queries", graph, peers, files, effort, _REACH | {"oxigraph": 0.5})


def public_mix(graph: Graph, effort: Effort) -> list[Row]:
    """Measure the mix of a public service, in which few things are asked for often.

    We are asked for documents, pages and queries, the others for the queries alone that give the same facts.
    """
    with contestants(graph, *ALL) as peers, scratch() as folder:
        requests = _mix(things(peers[0].url), peers)
        files = [write_requests(folder / peer.name, each) for peer, each in zip(peers, requests, strict=True)]
        return _loads("the public mix", graph, peers, files, effort, _REACH | {"oxigraph": 1.5})


def _mix(iris: Sequence[str], peers: Sequence[Peer]) -> list[list[tuple[str, str]]]:
    """Return the requests for each peer: a third each of queries, documents and pages, by rank (Zipf)."""
    draw = random.Random(1)  # noqa: S311  # nothing is kept secret by it
    queries = list(competency().values())
    often, seldom = ([1 / rank for rank in range(1, len(each) + 1)] for each in (queries, iris))
    found: list[list[tuple[str, str]]] = [[] for _ in peers]
    for number in range(_REPEATED):
        kind = number % 3
        query, iri = draw.choices(queries, often)[0], draw.choices(iris, seldom)[0]
        asked = ((query, JSON), (_described(iri), "text/turtle"), (_facts(iri), JSON))[kind]
        for place, peer in enumerate(peers):
            if place == 0 and kind:
                path = f"/doc/{quote(iri.removeprefix(_BASE))}"
                found[place].append((path, ("", "text/turtle", "text/html")[kind]))
            else:
                found[place].append((peer.target(asked[0]), asked[1]))
    return found


def _described(iri: str) -> str:
    """Return the query for what a document says of a thing."""
    return f"""CONSTRUCT {{ <{iri}> ?p ?o . ?s ?q <{iri}> }}
WHERE {{ {{ <{iri}> ?p ?o }} UNION {{ ?s ?q <{iri}> }} }}"""


def _facts(iri: str) -> str:
    """Return the query for what a page shows of a thing."""
    label = "<http://www.w3.org/2000/01/rdf-schema#label>|<http://www.w3.org/2004/02/skos/core#prefLabel>"
    return f"""SELECT ?p ?o ?s ?label WHERE {{ {{ <{iri}> ?p ?o OPTIONAL {{ ?o {label} ?label }} }}
UNION {{ ?s ?p <{iri}> OPTIONAL {{ ?s {label} ?label }} }} }}"""


def _loads(
    work: str,
    graph: Graph,
    peers: Sequence[Peer],
    files: Sequence[Path],
    effort: Effort,
    reach: dict[str, float],
) -> list[Row]:
    began = [0] * len(peers)

    def measure(place: int, _: int) -> float:
        done = load(peers[place].url, files[place], began[place], effort.seconds)
        began[place] += done.requests
        return done.per_second

    turns = [partial(measure, place) for place in range(len(peers))]
    for turn in turns:  # once without counting: files are read, connections made
        turn(0)
    ours, *others = in_turn(effort.rounds, *turns)
    rows = []
    for peer, theirs in zip(peers[1:], others, strict=True):
        if not all(theirs):
            told = f"{work}, {peer.name}: no answer in {effort.seconds:g} s, so there is no ratio"
            sys.stderr.write(f"  {told}\n")
            continue
        details = {"ours, 1/s": median(ours), "theirs, 1/s": median(theirs), "triples": float(graph.triples)}
        rows.append(ratio_row(work, graph.name, peer.name, ratio(ours, theirs), reach[peer.name], details))
    return rows


def heavy_analytics(graph: Graph, effort: Effort) -> list[Row]:
    """Measure questions over the whole graph, one after the other: seconds for all of them."""
    with contestants(graph, *ALL) as peers:
        times: list[list[dict[str, float]]] = [[] for _ in peers]

        def measure(place: int, number: int) -> float:
            taken = {name: _time(peers[place], f"{query}\n# {number}")[0] for name, query in heavy().items()}
            times[place].append(taken)
            return 1 / sum(taken.values())

        turns = [partial(measure, place) for place in range(len(peers))]
        ours, *others = in_turn(effort.rounds, *turns)
    reach = _REACH | {"oxigraph": 0.95}
    rows = []
    for place, theirs in enumerate(others, start=1):
        details = {"triples": float(graph.triples), "ours, s": median(1 / one for one in ours)}
        details["theirs, s"] = median(1 / one for one in theirs)
        for name in heavy():
            each = ratio([t[name] for t in times[place]], [t[name] for t in times[0]])
            details[name] = each.middle
        name = peers[place].name
        rows.append(ratio_row("heavy analytics", graph.name, name, ratio(ours, theirs), reach[name], details))
    return rows


def million_rows(graph: Graph, effort: Effort) -> list[Row]:
    """Measure a SELECT of as many rows as there are, a million at most."""
    lines = min(graph.triples, 1_000_000)
    query = ROWS.replace("LINES", str(lines))
    with contestants(graph, "oxigraph", cache="0") as peers:
        firsts: list[float] = []
        grown: list[float] = []

        def measure(place: int, number: int) -> float:
            before = memory_of(peers[place].process)
            seconds, first, size = _time(peers[place], f"{query}\n# {number}")
            if place == 0:
                firsts.append(first * 1000)
                grown.append((memory_of(peers[0].process) - before) / 2**20)
            return size / seconds

        _time(peers[0], query)
        ours, theirs = in_turn(effort.rounds, lambda n: measure(0, n), lambda n: measure(1, n))
        workers = len(children_of(peers[0].process))
    details = {"rows": float(lines), "ours, MB/s": median(ours) / 1e6, "theirs, MB/s": median(theirs) / 1e6}
    details["worker processes"] = float(workers)
    work = "a SELECT of many rows"
    return [
        ratio_row(f"{work}: throughput", graph.name, "oxigraph", ratio(ours, theirs), 0.8, details),
        bound_row(f"{work}: first byte", graph.name, firsts, "ms", 100, {}),
        bound_row(f"{work}: growth of the web process", graph.name, grown, "MiB", 50, {}),
    ]


def _time(peer: Peer, query: str) -> tuple[float, float, int]:
    """Ask one query and read all; returns seconds until the end and the first byte, and the size in bytes."""
    address = urlsplit(peer.url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=600)
    began = time.perf_counter()
    connection.request("GET", peer.target(query), headers={"Accept": JSON})
    answer = connection.getresponse()
    body = [answer.read(1)]
    first = time.perf_counter() - began
    body += iter(lambda: answer.read(1 << 20), b"")
    seconds = time.perf_counter() - began
    connection.close()
    content = b"".join(body)
    if answer.status != 200:  # noqa: PLR2004  # OK
        raise RuntimeError(f"{peer.name} answers {answer.status}: {content[:300]!r}")
    if not content.rstrip().endswith(b"}"):
        raise RuntimeError(f"{peer.name} does not finish its answer")
    return seconds, first, len(content)
