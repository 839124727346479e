"""What is asked: small questions about things, the mix that a public service sees, heavy analytics.

All come out the same of the same graph: things are taken in the order of the SHA-256 of their IRIs.
"""

import hashlib
import itertools
import json
import urllib.request
from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from services import ROOT

JSON = "application/sparql-results+json"
_PREFIXES = """PREFIX clip: <https://w3id.org/clipgraph/def/>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX time: <http://www.w3.org/2006/time#>
"""
# What clients ask of one thing: each answer has some dozens of rows at most.
SMALL = (
    "SELECT ?property ?value WHERE { <THING> ?property ?value }",
    "SELECT ?from ?property WHERE { ?from ?property <THING> } LIMIT 50",
    "SELECT ?label WHERE { <THING> rdfs:label|skos:prefLabel|dct:title ?label FILTER (LANG(?label) = 'de') }",
    "ASK { <THING> a/rdfs:subClassOf* org:Organization }",
    """SELECT ?property ?value ?label WHERE { <THING> ?property ?value
  OPTIONAL { ?value rdfs:label|skos:prefLabel|dct:title ?label FILTER (LANG(?label) = 'en') } }""",
    """SELECT ?other ?label (COUNT(?shared) AS ?common) WHERE { <THING> dct:subject ?shared .
  ?other dct:subject ?shared ; rdfs:label ?label FILTER (LANG(?label) = 'en' && ?other != <THING>) }
GROUP BY ?other ?label ORDER BY DESC(?common) ?label LIMIT 10""",
    """SELECT ?type ?label WHERE { <THING> a ?type .
  OPTIONAL { ?type rdfs:label ?label FILTER (LANG(?label) = 'fr') } } ORDER BY ?type""",
    """SELECT ?from ?label WHERE { { ?from dct:isPartOf <THING> } UNION { ?from dct:spatial <THING> }
  UNION { ?from org:member <THING> } OPTIONAL { ?from rdfs:label|skos:prefLabel ?label } }
ORDER BY ?from LIMIT 30""",
)
# Questions over the whole graph: what somebody asks who writes a report.
HEAVY = {
    "classes by size": """SELECT ?class (COUNT(*) AS ?n) WHERE { ?thing a ?class }
GROUP BY ?class ORDER BY DESC(?n)""",
    "properties by use": """SELECT ?property (COUNT(*) AS ?n) (COUNT(DISTINCT ?thing) AS ?things)
WHERE { ?thing ?property ?value } GROUP BY ?property ORDER BY DESC(?n)""",
    "topics that go together": """SELECT ?one ?other (COUNT(*) AS ?n) WHERE {
  ?practice dct:subject ?one, ?other FILTER (STR(?one) < STR(?other)) }
GROUP BY ?one ?other ORDER BY DESC(?n) ?one ?other LIMIT 100""",
    "practices by country and topic": """SELECT ?country ?topic (COUNT(DISTINCT ?practice) AS ?n) WHERE {
  ?practice dct:spatial/dct:isPartOf+ ?country ; dct:subject ?topic . ?country a ?type }
GROUP BY ?country ?topic ORDER BY DESC(?n) ?country ?topic LIMIT 200""",
    "paths of classes": """SELECT ?top (COUNT(DISTINCT ?thing) AS ?n) WHERE {
  ?thing a/rdfs:subClassOf* ?top } GROUP BY ?top ORDER BY DESC(?n)""",
    "all labels in order": """SELECT ?label ?thing WHERE {
  ?thing rdfs:label|skos:prefLabel|dct:title ?label } ORDER BY ?label ?thing""",
    "words in texts": """SELECT ?thing ?text WHERE { ?thing dct:description ?text
  FILTER (REGEX(?text, "integration|mig|tr[aeiou]n", "i")) } ORDER BY ?thing LIMIT 1000""",
    "what has no label": """SELECT ?class (COUNT(*) AS ?n) WHERE { ?thing a ?class
  FILTER NOT EXISTS { ?thing rdfs:label|skos:prefLabel|dct:title ?label } }
GROUP BY ?class ORDER BY DESC(?n)""",
}
ROWS = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT LINES"
_THINGS = """SELECT DISTINCT ?thing WHERE {
  ?thing a ?class FILTER (STRSTARTS(STR(?thing), "https://w3id.org/clipgraph/id/")) }"""


PASSAGES = """SELECT ?thing WHERE {
  GRAPH ?graph { ?thing a <https://w3id.org/clipgraph/def/SourcePassage> } } LIMIT 100"""


def things(url: str, asked: str = _THINGS, most: int = 20_000) -> list[str]:
    """Return the IRIs of things that our endpoint knows, ``most`` at most."""
    request = urllib.request.Request(f"{url}/sparql?{urlencode({'query': asked})}", headers={"Accept": JSON})
    with urllib.request.urlopen(request, timeout=600) as response:
        rows = json.load(response)["results"]["bindings"]
    return sorted((row["thing"]["value"] for row in rows), key=_lot)[:most]


def _lot(iri: str) -> bytes:
    return hashlib.sha256(iri.encode()).digest()


def small(iris: Sequence[str], count: int) -> list[str]:
    """Return so many small questions, no two of them alike."""
    turns = itertools.count()
    asked = (
        f"{_PREFIXES}{text.replace('THING', iri)}" + (f"\n# {turn}" if turn else "")
        for turn in turns
        for text, iri in _pairs(iris, turn)
    )
    return list(itertools.islice(asked, count))


def _pairs(iris: Sequence[str], turn: int) -> Iterator[tuple[str, str]]:
    for place, iri in enumerate(iris):
        yield SMALL[(place + turn) % len(SMALL)], iri


def heavy() -> dict[str, str]:
    """Return the heavy questions by what they ask."""
    return {name: _PREFIXES + text for name, text in HEAVY.items()}


def competency() -> dict[str, str]:
    """Return the competency questions that ask one endpoint alone, and of merged graphs alone."""
    files = sorted((ROOT / "queries" / "competency").glob("*.rq"))
    texts = {file.stem: file.read_text(encoding="utf-8") for file in files}
    return {name: text for name, text in texts.items() if "SERVICE" not in text and not _asks_graphs(text)}


def _asks_graphs(text: str) -> bool:
    return any(word in text for word in ("GRAPH ", "FROM ", "DESCRIBE", "CONSTRUCT", "ASK"))
