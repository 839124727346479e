"""What the other engines ask us with SERVICE, joined with data of their own, and the right answers.

The answers stand here as a reader of the documents would write them down; that of ``many`` is found in the
files. Every question gives values of ``?a``, ``?b`` and ``?c``; ``OURS`` stands for the endpoint.
"""

from collections.abc import Sequence
from dataclasses import dataclass

OURS = "urn:ours"
ID = "https://w3id.org/clipgraph/id/"
PREFIXES = """\
PREFIX clip: <https://w3id.org/clipgraph/def/>
PREFIX cv: <http://data.europa.eu/m8g/>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX ex: <https://example.org/>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX time: <http://www.w3.org/2006/time#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
Row = tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """A question: the pattern behind WHERE, and its rows; an empty text stands for what is unbound."""

    name: str
    where: str
    rows: Sequence[Row]

    def query(self, endpoint: str) -> str:
        """Return the question as one query to an engine."""
        return f"{PREFIXES}SELECT ?a ?b ?c WHERE {{ {self.where} }}".replace(OURS, endpoint)


def local_data(members: Sequence[str]) -> str:
    """Return what an institution has: invented projects in some places, a visit to each of the members."""
    visits = "\n".join(f"ex:visit{number} ex:with <{iri}> ." for number, iri in enumerate(members))
    return f"""\
@prefix ex: <https://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:one ex:in <{ID}city/stuttgart> ; ex:began "2006-09-11"^^xsd:date ; ex:field 4 .
ex:two ex:in <{ID}city/vienna> ; ex:began "2006-09-11" ; ex:field "4" .
ex:three ex:in <https://example.org/elsewhere> .
{visits}
"""


BOUND = Case(
    "names of the places of local data",
    "?a ex:in ?city SERVICE <urn:ours> { ?city rdfs:label ?b FILTER(LANG(?b) = 'en') }",
    [("https://example.org/one", "Stuttgart", ""), ("https://example.org/two", "Vienna", "")],
)
OPTIONAL = Case(
    "what is not there stays unbound",
    "?a ex:in ?city OPTIONAL { SERVICE <urn:ours> { ?city rdfs:label ?b FILTER(LANG(?b) = 'de') } }",
    [
        ("https://example.org/one", "Stuttgart", ""),
        ("https://example.org/two", "Wien", ""),
        ("https://example.org/three", "", ""),
    ],
)
VALUES = Case(
    "a VALUES block",
    f"SERVICE <urn:ours> {{ VALUES ?a {{ <{ID}city/stuttgart> <{ID}city/vienna> }} "
    "?a rdfs:label ?b FILTER(LANG(?b) = 'fr') }",
    [(f"{ID}city/stuttgart", "Stuttgart", ""), (f"{ID}city/vienna", "Vienne", "")],
)
UNDEF = Case(
    "a VALUES block with UNDEF",
    f"SERVICE <urn:ours> {{ VALUES (?a ?b) {{ (<{ID}city/stuttgart> 'Stuttgart'@en) "
    f"(<{ID}city/vienna> UNDEF) }} ?a rdfs:label ?b }}",
    [
        (f"{ID}city/stuttgart", "Stuttgart", ""),
        (f"{ID}city/vienna", "Vienna", ""),
        (f"{ID}city/vienna", "Vienne", ""),
        (f"{ID}city/vienna", "Wien", ""),
    ],
)
TYPED = Case(
    "dates and texts are joined by their types",
    "?a ex:began ?day ; ex:field ?c SERVICE <urn:ours> { ?event a cv:PublicEvent ; rdfs:label ?b ; "
    "time:hasTime/time:inXSDDate ?day FILTER(LANG(?b) = 'en') }",
    [("https://example.org/one", "CLIP network launch conference", "4")],
)
INSIDE = Case(
    "OPTIONAL inside",
    f"SERVICE <urn:ours> {{ <{ID}network/clip> org:hasMember ?a . ?a dct:spatial <{ID}city/stuttgart> "
    "OPTIONAL { ?a rdfs:label ?b FILTER(LANG(?b) = 'de') } OPTIONAL { ?a ex:none ?c } }",
    [(f"{ID}authority/stuttgart", "Stadt Stuttgart", "")],
)
# With whole IRIs, since rdflib sends such a block as it stands, without the prefixes of the query.
AGGREGATED = Case(
    "a SELECT inside that counts",
    f"SERVICE <urn:ours> {{ SELECT ?a (COUNT(?m) AS ?b) {{ VALUES ?a {{ <{ID}network/clip> }} "
    "?a <http://www.w3.org/ns/org#hasMember> ?m } GROUP BY ?a }",
    [(f"{ID}network/clip", "35", "")],
)
NEGATED = Case(
    "a pattern inside that must not be there",
    "SERVICE <urn:ours> { ?a a clip:GoodPractice ; dct:spatial ?place . ?place rdfs:label ?b ; "
    "clip:territoryKind <https://w3id.org/clipgraph/scheme/territory-kind/city> FILTER(LANG(?b) = 'en') "
    f"FILTER NOT EXISTS {{ ?authority dct:spatial ?place ; org:memberOf <{ID}network/clip> }} }}",
    [
        (f"{ID}practice/bokaler", "Malmö", ""),
        (f"{ID}practice/services-provision-by-trade-unions", "Mataró", ""),
    ],
)
NAMED = Case(
    "a named graph inside",
    f"SERVICE <urn:ours> {{ GRAPH ?c {{ <{ID}city/stuttgart> a ?a }} VALUES ?a {{ cv:AdminUnit }} "
    "FILTER(?c = <https://w3id.org/clipgraph/graph/places/cities>) }",
    [("http://data.europa.eu/m8g/AdminUnit", "", "https://w3id.org/clipgraph/graph/places/cities")],
)
FIXED = (BOUND, OPTIONAL, VALUES, UNDEF, TYPED, INSIDE, AGGREGATED, NEGATED, NAMED)


def many(rows: Sequence[Row]) -> Case:
    """Return the question with more rows than any engine sends in one block; ``rows`` are its answer."""
    return Case(
        "more bindings than one block holds",
        "?c ex:with ?a SERVICE <urn:ours> { ?a a cv:PublicOrganisation ; rdfs:label ?b "
        "FILTER(LANG(?b) = 'en') }",
        rows,
    )


ENGINES = ("comunica", "jena", "oxigraph", "rdflib", "virtuoso")
# What an engine cannot say, whoever it asks, as it was found with the versions of Debian 12.
CANNOT: dict[str, dict[str, str]] = {
    "virtuoso": {
        OPTIONAL.name: "sends the word UNDEF in place of the variable",
        UNDEF.name: "ends with an internal error of its compiler (SP031)",
        AGGREGATED.name: "ends with an internal error of its compiler (SQ200)",
        NEGATED.name: "ends with an internal error of its compiler (SQ200)",
    },
}
