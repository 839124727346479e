"""A service under attack answers who asks it well (issue 3: must show).

From 127.0.0.2 to 127.0.0.9 come cross joins, memory bombs, hang-ups and connections that never say what they
want; from other loopback addresses 500 good queries and eight slow readers. A good client may obey
Retry-After three times.
"""

import random
import socket
import statistics
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import httpx2
import pytest

from conftest import CLIPGRAPH, ROOT, Running

DEADLINE = "2"
HOSTILE = [f"127.0.0.{number}" for number in range(2, 10)]
GOOD = [f"127.0.1.{number}" for number in range(1, 9)]
SLOW = [f"127.0.2.{number}" for number in range(1, 9)]
CROSS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
BOMBS = (
    "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?a",
    "SELECT (GROUP_CONCAT(?c) AS ?x) WHERE { ?a ?b ?c . ?d ?e ?f }",
    "SELECT DISTINCT ?a ?d ?g WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
)
ANSWERS = {
    "SELECT (COUNT(*) AS ?n) WHERE { ?practice a <https://w3id.org/clipgraph/def/GoodPractice> }": ["n", "9"],
    "SELECT (COUNT(*) AS ?n) WHERE { ?field <https://w3id.org/clipgraph/def/fieldOf> "
    "<https://w3id.org/clipgraph/id/instrument/european-pact> }": None,
    "SELECT ?name WHERE { <https://w3id.org/clipgraph/id/city/stuttgart> "
    "<http://www.w3.org/2000/01/rdf-schema#label> ?name FILTER(LANG(?name) = 'en') }": ["name", "Stuttgart"],
}
LARGE = "SELECT * WHERE { ?a ?b ?c } LIMIT 20000"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    data = tmp_path_factory.mktemp("hostile")
    subprocess.run(
        [*CLIPGRAPH, "publish", "--shapes", "none", "--project", str(ROOT), "--data", str(data)], check=True
    )
    # Every query may run for two seconds; all else is as it comes.
    running = Running(["--project", str(ROOT), "--data", str(data), "--timeout", DEADLINE, "--log", "off"])
    yield running
    running.stop()


def client(address: str, url: str) -> httpx2.Client:
    return httpx2.Client(base_url=url, timeout=60, transport=httpx2.HTTPTransport(local_address=address))


def children(parent: int) -> list[str]:
    """Return what the processes below a service are, sorted: the modules that they run."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                status = (folder / "stat").read_text().rpartition(")")[2].split()
                command = (folder / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if int(status[1]) == parent and status[0] != "Z":
                found.append(next((each.decode() for each in command if each.startswith(b"clipgraph.")), "?"))
    return sorted(found)


def attack(address: str, url: str, seed: int) -> Counter[str]:
    """Send what one hostile address sends, four things at a time; return the statuses of its answers."""
    source = random.Random(seed)  # noqa: S311
    shots: list[Callable[[httpx2.Client], str]] = [
        *([lambda c: ask(c, CROSS)] * 13),
        *[lambda c, q=query: ask(c, q) for query in BOMBS],
        *([lambda _: hang_up(address, url)] * 4),
        *([lambda _: half_open(address, url)] * 4),
    ]
    source.shuffle(shots)
    with client(address, url) as web, ThreadPoolExecutor(4) as threads:
        return Counter(threads.map(lambda shot: shot(web), shots))


def ask(web: httpx2.Client, query: str) -> str:
    try:
        return str(web.post("/sparql", data={"query": query}).status_code)
    except httpx2.TransportError:
        return "cut"


def _connect(address: str, url: str) -> socket.socket:
    host, _, port = url.removeprefix("http://").partition(":")
    return socket.create_connection((host, int(port)), timeout=30, source_address=(address, 0))


def hang_up(address: str, url: str) -> str:
    """Ask for a cross join and leave before the answer."""
    with _connect(address, url) as connection:
        connection.sendall(f"GET /sparql?query={quote(CROSS)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        time.sleep(0.2)
    return "hang-up"


def half_open(address: str, url: str) -> str:
    """Begin a request and never finish it, until the service has had enough."""
    with _connect(address, url) as connection:
        connection.sendall(b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-")
        try:
            while connection.recv(1024):
                pass
        except OSError:
            return "half-open, reset"
    return "half-open, ended"


def good(address: str, url: str, count: int, answers: dict[str, list[str]]) -> list[float]:
    """Ask good queries one after the other; return the seconds that each took, Retry-After obeyed."""
    taken = []
    queries = list(answers)
    with client(address, url) as web:
        for number in range(count):
            query = (
                f"{queries[number % len(queries)]} # {address} {number}"  # no two are the same: none is kept
            )
            began = time.monotonic()
            for _ in range(4):
                answer = web.get("/sparql", params={"query": query}, headers={"Accept": "text/csv"})
                if answer.status_code not in (429, 503):
                    break
                time.sleep(int(answer.headers["retry-after"]))
            taken.append(time.monotonic() - began)
            assert (answer.status_code, answer.text.split()) == (200, answers[queries[number % len(queries)]])
            time.sleep(0.1)
    return taken


def read_slowly(address: str, url: str, over: threading.Event) -> int:
    """Read a large answer at some 20 KiB/s; return how many bytes came."""
    got = 0
    with _connect(address, url) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
        head = f"GET /sparql?query={quote(LARGE)} HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\n\r\n"
        connection.sendall(head.encode())
        while not over.is_set():
            piece = connection.recv(4096)
            got += len(piece)
            if not piece:
                break
            time.sleep(0.2)
    return got


@pytest.mark.timeout(600)
def test_good_queries_are_answered_whatever_others_do(service: Running) -> None:
    url, pid = service.url, service.process.pid
    answers = dict[str, list[str]]()
    with client(GOOD[0], url) as web:
        for query, known in ANSWERS.items():
            found = web.get("/sparql", params={"query": query}, headers={"Accept": "text/csv"}).text.split()
            assert known is None or found == known
            answers[query] = found
    before = children(pid)
    over = threading.Event()
    with ThreadPoolExecutor(24) as threads:
        slow = [threads.submit(read_slowly, address, url, over) for address in SLOW]
        hostile = [threads.submit(attack, address, url, seed) for seed, address in enumerate(HOSTILE)]
        time.sleep(0.5)
        asked = [
            threads.submit(good, address, url, 63 if place < 4 else 62, answers)
            for place, address in enumerate(GOOD)
        ]
        try:
            taken = sorted(seconds for future in asked for seconds in future.result())
            outcomes = sum((future.result() for future in hostile), Counter[str]())
        finally:
            over.set()
        read = [future.result() for future in slow]

    p50, p99 = statistics.median(taken), taken[int(len(taken) * 0.99)]
    print(f"\n{len(taken)} good queries: p50 {p50:.3f} s, p99 {p99:.3f} s, longest {taken[-1]:.3f} s")
    print(f"hostile: {dict(outcomes)}; slow readers took {min(read)} to {max(read)} bytes")
    assert len(taken) == 500
    # Each was ended at its deadline or for its memory, cut where it had begun to answer, or had no place.
    ended = outcomes["504"] + outcomes["503"] + outcomes["cut"]
    assert ended == len(HOSTILE) * (13 + len(BOMBS)), outcomes
    assert outcomes["504"]
    assert min(read) > 0
    assert _settled(pid, before)


def _settled(pid: int, before: list[str]) -> bool:
    """Tell whether the processes are the same kinds again, some seconds later at most."""
    until = time.monotonic() + 20
    while children(pid) != before and time.monotonic() < until:
        time.sleep(0.2)
    assert children(pid) == before
    return True
