"""Which pages a measurement asks for: things chosen once and for all, and each page that is no thing's."""

import hashlib
import json
import urllib.request
from urllib.parse import urlencode

BASE = "https://w3id.org/clipgraph/"
# Each list and vocabulary page; of those with an IRI one that shows much.
LISTS = (
    *("/", "/search?q=housing", "/practices", "/cities", "/fields", "/map", "/network", "/timeline"),
    *("/ontology", "/ontology/changes", "/shapes", "/scheme", "/graph", "/dataset", "/releases", "/docs"),
    *(
        "/def/Practice",
        "/def/coversField",
        "/shapes/PracticeShape",
        "/scheme/topic",
        "/scheme/governance-level/local",
    ),
    *("/graph/actors/brochure-1", "/sparql", f"/history?of={BASE}id/city/stuttgart"),
)
_WHOLE = 3  # parts of a path at most, where it is no part of something
_THINGS = """SELECT DISTINCT ?thing WHERE {
  GRAPH ?graph { ?thing a ?class } FILTER (STRSTARTS(STR(?thing), "https://w3id.org/clipgraph/id/"))
}"""


def things(url: str, count: int) -> list[str]:
    """Return the paths of the documents about ``count`` things of the graph.

    The same of every release that has them: those whose IRIs have the lowest SHA-256.
    """
    request = urllib.request.Request(
        f"{url}/sparql?{urlencode({'query': _THINGS})}", headers={"Accept": "application/sparql-results+json"}
    )
    with urllib.request.urlopen(request) as response:
        rows = json.load(response)["results"]["bindings"]
    iris = sorted((row["thing"]["value"] for row in rows), key=_lot)
    return ["/doc/" + iri.removeprefix(f"{BASE}id/") for iri in iris[:count]]


def kind_of(path: str) -> str:
    """Return what a document is about: ``city``, or ``city/figure`` of a part of one."""
    parts = path.removeprefix("/doc/").split("/")
    return f"{parts[0]}/{parts[2]}" if len(parts) > _WHOLE else parts[0]


def apart(path: str, number: int) -> str:
    """Return an address of the same page that was not asked for before."""
    return f"{path}{'&' if '?' in path else '?'}measured={number}"


def _lot(iri: str) -> bytes:
    return hashlib.sha256(iri.encode()).digest()
