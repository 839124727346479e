"""The W3C's protocol tests as requests with what has to come of them; their manifest has them in words.

https://w3c.github.io/rdf-tests/sparql/sparql11/protocol/
"""

from dataclasses import dataclass, field

from conformance.over_http import QUERY, UPDATE
from conformance.requirements import W3C_PROTOCOL, Requirement

FORM = "application/x-www-form-urlencoded"
D1, D2, D3 = (f"http://kasei.us/2009/09/sparql/data/data{number}.rdf" for number in (1, 2, 3))
DOCUMENT = "<http://xmlns.com/foaf/0.1/Document>"
DATA = " ".join(f"GRAPH <{each}> {{ <{each}> a {DOCUMENT} }}" for each in (D1, D2, D3))
BOOLEANS = ("application/sparql-results+xml", "application/sparql-results+json")
RESULTS = (*BOOLEANS, "text/csv", "text/tab-separated-values")
GRAPHS = ("text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json")
COPY = "<http://purl.org/dc/terms/BibliographicResource>"
TEST, BASE = "http://example.org/protocol-update-dataset-test/", "http://example.org/protocol-base-test/"
ONE_PATTERN = f"INSERT {{ GRAPH <{TEST}> {{ ?s a {COPY} }} }} WHERE {{ ?s a {DOCUMENT} }}"
IN_GRAPHS = f"INSERT {{ GRAPH <{TEST}> {{ ?s a {COPY} }} }} WHERE {{ GRAPH ?g {{ ?s a {DOCUMENT} }} }}"
IN_BOTH = (
    f"INSERT {{ GRAPH <{TEST}> {{ ?s <http://example.org/in> ?in }} }} WHERE {{"
    f"{{ GRAPH ?g {{ ?s a {DOCUMENT} }} BIND(?g AS ?in) }} UNION"
    f'{{ ?s a {DOCUMENT} . BIND("default" AS ?in) }} }}'
)
WITH = "WITH <http://example/addresses> DELETE { ?p ?q 'a' } INSERT { ?p ?q 'b' } WHERE { ?p ?q 'a' }"
Dataset = dict[str, list[str]]


@dataclass(frozen=True)
class Exchange:
    """A request, and what has to come of it.

    ``dataset`` are parameters of the URL, or of the form where the body is one; ``kinds`` the media types
    that a query's answer may have; ``answer`` the truth that an ASK has to find; ``asked`` an ASK that has
    to be true after an update.
    """

    name: str
    says: str
    method: str
    content_type: str = ""
    body: str | bytes | Dataset = ""
    dataset: Dataset = field(default_factory=dict)
    kinds: tuple[str, ...] = ()
    answer: bool | None = None
    asked: str = ""

    @property
    def requirement(self) -> Requirement:
        """The test of the W3C."""
        return Requirement(W3C_PROTOCOL, self.says, test=W3C_PROTOCOL + self.name)


def taken(*names: str) -> str:
    """Return the query that is true where exactly these of the three documents have been copied."""
    there = " ".join(f"<{name}> a {COPY} ." for name in names)
    missing = "".join(
        f"FILTER NOT EXISTS {{ GRAPH <{TEST}> {{ <{name}> ?p ?o }} }}" for name in {D1, D2, D3} - {*names}
    )
    return f"ASK {{ GRAPH <{TEST}> {{ {there} }} {missing} }}"


BOTH_DOCUMENTS = f"ASK {{ <{D1}> ?p ?o . <{D2}> ?q ?r }}"
IN_ANY_GRAPH = "ASK { GRAPH ?g { ?s ?p ?o } }"
FULL = f"SELECT ?g ?x ?s {{ ?x ?y ?o GRAPH ?g {{ ?s ?p ?o }} FILTER(?x = <{D3}> && ?g = ?s) }}"
DEFAULTS, NAMED = {"default-graph-uri": [D1, D2]}, {"named-graph-uri": [D1, D2]}
QUERIES = [
    Exchange("query_get", "by GET", "GET", dataset={"query": ["ASK {}"]}, kinds=BOOLEANS, answer=True),
    Exchange("query_post_form", "by a form", "POST", FORM, {"query": ["ASK {}"]}, {}, BOOLEANS, answer=True),
    Exchange("query_post_direct", "as the body", "POST", QUERY, "ASK {}", {}, BOOLEANS, answer=True),
    Exchange(
        "query_dataset_default_graphs_get",
        "default graphs, by GET",
        "GET",
        dataset={"query": [BOTH_DOCUMENTS]} | DEFAULTS,
        kinds=BOOLEANS,
        answer=True,
    ),
    Exchange(
        "query_dataset_default_graphs_post",
        "default graphs, by POST",
        "POST",
        QUERY,
        BOTH_DOCUMENTS,
        DEFAULTS,
        BOOLEANS,
        answer=True,
    ),
    Exchange(
        "query_dataset_named_graphs_get",
        "named graphs, by GET",
        "GET",
        dataset={"query": [IN_ANY_GRAPH]} | NAMED,
        kinds=BOOLEANS,
        answer=True,
    ),
    Exchange(
        "query_dataset_named_graphs_post",
        "named graphs, by POST",
        "POST",
        QUERY,
        IN_ANY_GRAPH,
        NAMED,
        BOOLEANS,
        answer=True,
    ),
    Exchange(
        "query_dataset_full",
        "default and named graphs",
        "POST",
        QUERY,
        FULL,
        NAMED | {"default-graph-uri": [D3]},
        RESULTS,
    ),
    Exchange(
        "query_multiple_dataset",
        "the protocol's dataset wins over that of the query",
        "POST",
        QUERY,
        f"ASK FROM <{D1}> {{ <{D1}> ?p ?o }}",
        {"default-graph-uri": [D2]},
        BOOLEANS,
        answer=False,
    ),
    Exchange("query_content_type_select", "a SELECT", "POST", QUERY, "SELECT (1 AS ?value) {}", {}, RESULTS),
    Exchange("query_content_type_ask", "an ASK", "POST", QUERY, "ASK {}", {}, BOOLEANS),
    Exchange(
        "query_content_type_describe",
        "a DESCRIBE",
        "POST",
        QUERY,
        "DESCRIBE <http://example.org/>",
        {},
        GRAPHS,
    ),
    Exchange(
        "query_content_type_construct", "a CONSTRUCT", "POST", QUERY, "CONSTRUCT { <s> <p> 1 } {}", {}, GRAPHS
    ),
]
UPDATES = [
    Exchange("update_post_form", "by a form", "POST", FORM, {"update": ["CLEAR ALL"]}),
    Exchange("update_post_direct", "as the body", "POST", UPDATE, "CLEAR ALL"),
    Exchange(
        "update_dataset_default_graph",
        "a default graph",
        "POST",
        UPDATE,
        ONE_PATTERN,
        {"using-graph-uri": [D1]},
        asked=taken(D1),
    ),
    Exchange(
        "update_dataset_default_graphs",
        "default graphs",
        "POST",
        UPDATE,
        ONE_PATTERN,
        {"using-graph-uri": [D1, D2]},
        asked=taken(D1, D2),
    ),
    Exchange(
        "update_dataset_named_graphs",
        "named graphs",
        "POST",
        UPDATE,
        IN_GRAPHS,
        {"using-named-graph-uri": [D1, D2]},
        asked=taken(D1, D2),
    ),
    Exchange(
        "update_dataset_full",
        "default and named graphs",
        "POST",
        UPDATE,
        IN_BOTH,
        {"using-graph-uri": [D1], "using-named-graph-uri": [D2]},
        asked=f"""ASK {{ GRAPH <{TEST}> {{ <{D1}> ?in "default" . <{D2}> ?in <{D2}> }}
            FILTER NOT EXISTS {{ GRAPH <{TEST}> {{ <{D3}> ?p ?o }} }} }}""",
    ),
    Exchange(
        "update_base_uri",
        "a relative IRI gets a base of the service's own",
        "POST",
        UPDATE,
        f"CLEAR SILENT GRAPH <{BASE}> ; INSERT DATA {{ GRAPH <{BASE}> {{ <urn:s> <urn:p> <test> }} }}",
        asked=f"ASK {{ GRAPH <{BASE}> {{ <urn:s> <urn:p> ?o }} FILTER(REGEX(STR(?o), '^[a-z]+:.*test$')) }}",
    ),
]
REFUSALS = [
    Exchange("bad_query_method", "a query by PUT", "PUT", dataset={"query": ["ASK {}"]}),
    Exchange("bad_multiple_queries", "two queries", "GET", dataset={"query": ["ASK {}", "SELECT * {}"]}),
    Exchange("bad_query_wrong_media_type", "a query as plain text", "POST", "text/plain", "ASK {}"),
    Exchange(
        "bad_query_missing_form_type", "a form that is not called one", "POST", "", "query=ASK%20%7B%7D"
    ),
    Exchange("bad_query_missing_direct_type", "a query that is not called one", "POST", "", "ASK {}"),
    Exchange(
        "bad_query_non_utf8",
        "a query in UTF-16",
        "POST",
        f"{QUERY}; charset=UTF-16",
        "ASK {}".encode("utf-16"),
    ),
    Exchange("bad_query_syntax", "a query cut short", "GET", dataset={"query": ["ASK {"]}),
    Exchange("bad_update_get", "an update by GET", "GET", dataset={"update": ["CLEAR ALL"]}),
    Exchange(
        "bad_multiple_updates", "two updates", "POST", FORM, {"update": ["CLEAR NAMED", "CLEAR DEFAULT"]}
    ),
    Exchange("bad_update_wrong_media_type", "an update as plain text", "POST", "text/plain", "CLEAR NAMED"),
    Exchange(
        "bad_update_missing_form_type", "a form that is not called one", "POST", "", "update=CLEAR%20NAMED"
    ),
    Exchange(
        "bad_update_non_utf8",
        "an update in UTF-16",
        "POST",
        f"{UPDATE}; charset=UTF-16",
        "CLEAR NAMED".encode("utf-16"),
    ),
    Exchange("bad_update_syntax", "a word that is no operation", "POST", FORM, {"update": ["CLEAR XYZ"]}),
    Exchange(
        "bad_update_dataset_conflict",
        "a dataset in protocol and update",
        "POST",
        FORM,
        {"using-named-graph-uri": ["http://example/people"], "update": [WITH]},
    ),
]
EXCHANGES = QUERIES + UPDATES + REFUSALS
