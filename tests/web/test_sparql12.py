"""SPARQL 1.2 as far as the engine has it: triple terms, base direction, VERSION, in every format."""

import httpx2
import pytest

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
TERMS = """VERSION "1.2"
SELECT ?t ?d { VALUES (?t ?d) { (<<( <urn:a> <urn:b> "x"@ar--rtl )>> "y"@he--rtl) } }"""
REIFIED = (
    f"PREFIX rdf: <{RDF}> CONSTRUCT {{ <urn:r> rdf:reifies <<( <urn:a> <urn:b> 'x'@ar--rtl )>> }} WHERE {{}}"
)
DIRECTED = "CONSTRUCT { <urn:a> <urn:b> 'x'@ar--rtl } WHERE {}"


def ask(client: httpx2.Client, query: str, form: str) -> httpx2.Response:
    return client.post("/sparql", data={"query": query, "format": form})


def test_results_in_json(client: httpx2.Client) -> None:
    row = ask(client, TERMS, "json").json()["results"]["bindings"][0]

    assert row["t"] == {
        "type": "triple",
        "value": {
            "subject": {"type": "uri", "value": "urn:a"},
            "predicate": {"type": "uri", "value": "urn:b"},
            "object": {"type": "literal", "value": "x", "xml:lang": "ar", "its:dir": "rtl"},
        },
    }
    assert row["d"] == {"type": "literal", "value": "y", "xml:lang": "he", "its:dir": "rtl"}


def test_results_in_xml(client: httpx2.Client) -> None:
    text = ask(client, TERMS, "xml").text

    assert "<triple><subject><uri>urn:a</uri></subject><predicate><uri>urn:b</uri></predicate>" in text
    assert 'xml:lang="he" its:dir="rtl"' in text


def test_results_in_tsv_and_csv(client: httpx2.Client) -> None:
    tsv, csv = (ask(client, TERMS, form).text.splitlines() for form in ("tsv", "csv"))

    assert tsv == ["?t\t?d", '<<( <urn:a> <urn:b> "x"@ar--rtl )>>\t"y"@he--rtl']
    assert csv == ["t,d", "urn:a urn:b x,y"]


def test_a_page_shows_a_triple_term_as_text(client: httpx2.Client) -> None:
    page = client.get("/sparql", params={"query": TERMS}, headers={"Accept": "text/html"}).text

    assert "&lt;&lt;( &lt;urn:a&gt; &lt;urn:b&gt; &#34;x&#34;@ar--rtl )&gt;&gt;" in page


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("turtle", 'rdf:reifies <<( <urn:a> <urn:b> "x"@ar--rtl )>>'),
        ("ntriples", f'<urn:r> <{RDF}reifies> <<( <urn:a> <urn:b> "x"@ar--rtl )>> .'),
        ("rdfxml", 'rdf:parseType="Triple"'),
    ],
)
def test_graphs_with_triple_terms(client: httpx2.Client, form: str, written: str) -> None:
    response = ask(client, REIFIED, form)

    assert response.status_code == 200
    assert written in response.text


def test_json_ld_cannot_hold_a_triple_term_and_says_so(client: httpx2.Client) -> None:
    response = ask(client, REIFIED, "jsonld")

    assert (response.status_code, response.json()["code"]) == (406, "not-acceptable")
    assert "RDF 1.2" in response.json()["detail"]
    assert "text/turtle" in response.json()["available"]


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("turtle", '"x"@ar--rtl'),
        ("ntriples", '"x"@ar--rtl'),
        ("rdfxml", 'its:dir="rtl"'),
        ("jsonld", '"@direction":"rtl"'),
    ],
)
def test_graphs_with_a_base_direction(client: httpx2.Client, form: str, written: str) -> None:
    assert written in ask(client, DIRECTED, form).text


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("SUBJECT(<<( <urn:a> <urn:b> 1 )>>)", "<urn:a>"),
        ("PREDICATE(TRIPLE(<urn:a>, <urn:b>, 1))", "<urn:b>"),
        ("OBJECT(<<( <urn:a> <urn:b> 1 )>>)", "1"),
        ("isTRIPLE(<<( <urn:a> <urn:b> 1 )>>)", "true"),
        ("isTRIPLE(1)", "false"),
        ("<<( <urn:a> <urn:b> 1 )>> = <<( <urn:a> <urn:b> 1.0 )>>", "true"),
        ("sameTerm(<<( <urn:a> <urn:b> 1 )>>, <<( <urn:a> <urn:b> 1.0 )>>)", "false"),
        ("LANG('x'@ar--rtl)", '"ar"'),
        ("LANGDIR('x'@ar--rtl)", '"rtl"'),
        ("hasLANG('x'@ar)", "true"),
        ("hasLANGDIR('x'@ar)", "false"),
        ("STRLANGDIR('x', 'ar', 'rtl')", '"x"@ar--rtl'),
        ("DATATYPE('x'@ar--rtl)", f"<{RDF}dirLangString>"),
    ],
)
def test_functions(client: httpx2.Client, expression: str, value: str) -> None:
    assert ask(client, f"SELECT ({expression} AS ?x) {{}}", "tsv").text.splitlines() == ["?x", value]


@pytest.mark.parametrize(
    "query",
    [
        "VERSION '1.2' ASK { FILTER NOT EXISTS { <<?s ?p ?o>> ?q ?r } }",
        "ASK { FILTER NOT EXISTS { ?s ?p ?o {| ?q ?r |} } }",
        "ASK { FILTER NOT EXISTS { ?s ?p ?o ~ ?reifier } }",
    ],
)
def test_patterns_of_reified_triples(client: httpx2.Client, query: str) -> None:
    assert ask(client, query, "csv").text == "true"
