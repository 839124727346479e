"""SERVICE and LOAD are refused wherever the engine would read them, and nowhere else."""

import subprocess
import sys

import pytest

from clipgraph.errors import Refused
from clipgraph.sparql.federation import Federation, rewrite
from clipgraph.sparql.policy import check, check_update

HARMLESS = [
    "ASK {}",
    "",
    "PREFIX sd: <urn:s#> SELECT * { ?x a sd:Service }",
    "SELECT * { ?service ?p $SERVICE }",
    'SELECT * { ?s ?p "SERVICE <u> {}" }',
    "SELECT * { ?s ?p '''a\nSERVICE <u> {}''' }",
    "SELECT * { ?s ?p 'it\\'s SERVICE' }",
    "SELECT * { ?s ?p <http://a/SERVICE#service> }",
    "SELECT * { ?s ?p ?o } # SERVICE <u> {}",
    "# SERVICE\rSELECT * { ?s ?p ?o }",
    "SELECT * { ?s ?p 'x'@service }",
    "SELECT * { _:service ?p ?o }",
    "PREFIX a: <urn:a> SELECT * { ?s a:b\\,SERVICE a:%41SERVICE }",
    "PREFIX service: <urn:x> SELECT * FROM service:g { GRAPH service:g { ?s service:p service:o } }",
    "PREFIXservice:<urn:x>SELECT*{?s service:p service:o}",
    "PREFIX a: <urn:a#> SELECT * { VALUES (?x ?y) { (a:b <http://a/#service>) (1 <urn:('SERVICE')>) } }",
    "SELECT * { FILTER(?x IN (<urn:a#service>, <urn:b>)) FILTER(?x<?y&&?y>5) }",
    "SELECT * { ?s ?p 'SERVICE'^^<urn:t>, ?o·service, ?oe\u0301service }",
    "SELECT * { ?s <#service> '''a\nSERVICE <urn:u> {}''' }",
]
REACHING = [
    "SELECT * { SERVICE <urn:u> { ?s ?p ?o } }",
    "SELECT * { service <urn:u> { ?s ?p ?o } }",
    "SELECT * { sErViCe SILENT <urn:u> { ?s ?p ?o } }",
    "SELECT * { SERVICE ?u { ?s ?p ?o } }",
    "SELECT * { ?s ?p 5SERVICE<urn:u>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p trueSERVICE<urn:u>{ ?s ?p ?o } }",
    "PREFIX : <urn:u> SELECT * { ?s ?p trueSERVICE:x{ ?s ?p ?o } }",
    "PREFIX : <urn:u> SELECT * { ?s ?p true.SERVICE:x{ ?s ?p ?o } }",
    "SELECT * { SERVICESILENT<urn:u>{ ?s ?p ?o } }",
    "SELECT * { LATERAL{SERVICE ?u { ?s ?p ?o } } }",
    "SELECT * { ?s ?p 'a'SERVICE<urn:u>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p 'x'@en SERVICE<urn:u>{ ?s ?p ?o } }",
    "SELECT * {#x\nSERVICE#y\n<urn:u>{ ?s ?p ?o } }",
    "SELECT * {#x\rSERVICE<urn:u>{ ?s ?p ?o } }",
    "SELECT * { FILTER(1<2)SERVICE<urn:u>{ ?s ?p ?o } }",
    "SELECT * { FILTER EXISTS{SERVICE<urn:u>{ ?s ?p ?o } } }",
    "SELECT (EXISTS { SERVICE <urn:u> { ?s ?p ?o } } AS ?e) {}",
    "SELECT * { SERVICE?u{ ?s ?p ?o } }",
    "PREFIX SERVICE: <urn:> PREFIX : <urn:u> SELECT * { SERVICE:x{ ?s ?p ?o } }",
    "PREFIX SERVICE: <urn:> PREFIX : <urn:u> SELECT * { ?a ?b 5SERVICE:x{ ?s ?p ?o } }",
    "PREFIXa:<urn:u>SELECT*{SERVICEa:x{?s ?p ?o}}",
    "PREFIX a: <urn:u> SELECT * { SERVICESILENTa:x{ ?s ?p ?o } }",
    # The engine reads less-than and a comment where an IRI could be, and an empty string where a long one
    # does not end or has an escape that there is not.
    "SELECT * { FILTER(1<2)#> '''\nSERVICE <urn:u> { ?s ?p ?o } #'''\n }",
    "SELECT * { FILTER(1<2#> '''\n)SERVICE <urn:u> { ?s ?p ?o } #'''\n }",
    "SELECT * { FILTER(1<2)#'>\nSERVICE <urn:u> { ?s ?p ?o } #'\n }",
    "SELECT * { FILTER(1<2)SERVICE#>\n<urn:u> { ?s ?p ?o } }",
    "SELECT * { FILTER(1<(2>?c)||?d<?e)#> '''\nSERVICE <urn:u> { ?s ?p ?o } #'''\n }",
    "SELECT * { BIND(1<<urn:x>#>\n AS ?x)SERVICE <urn:u> { ?s ?p ?o } }",
    "SELECT * { VALUES ?x { '''a' } SERVICE <urn:u> { ?s ?p ?o } }",
    "SELECT * { VALUES ?x { '''a' } SERVICE <urn:u> { ?s ?p ?o } #\\q'''\n }",
    "SELECT * { VALUES ?x { '''a' } SERVICE <urn:u> { ?s ?p ?o } #\\uD800'''\n }",
    'SELECT * { VALUES ?x { """a" } SERVICE <urn:u> { ?s ?p ?o } #\\U00110000"""\n }',
    "PREFIX a: <urn:a> SELECT * { VALUES ?x { '''a' } SERVICE <urn:u> { ?s a:x\\,y ?o } #'''\n }",
]
# In a process of its own and without network: the engine itself says whether it reads the text.
READS = """
import sys
import pyoxigraph
from clipgraph.workers import filters
assert filters.refuse_network()
for text in sys.stdin.read().split("\\x1e"):
    try:
        pyoxigraph.Store().query(text)
    except SyntaxError:
        print("no")
    except (OSError, ValueError, RuntimeError):
        print("yes")
    else:
        print("yes")
"""


@pytest.mark.parametrize("text", HARMLESS)
def test_the_word_alone_is_no_service(text: str) -> None:
    check(text)


@pytest.mark.parametrize("text", REACHING)
def test_every_way_to_write_it_is_refused(text: str) -> None:
    with pytest.raises(Refused, match=r"SERVICE in line|the < in line"):
        check(text)


def test_the_line_is_named() -> None:
    with pytest.raises(Refused, match="in line 3 asks urn:u:"):
        check("SELECT *\n{\n SERVICE <urn:u> {} }")


def test_what_is_refused_here_the_engine_does_read() -> None:
    done = subprocess.run(
        [sys.executable, "-c", READS], input="\x1e".join(REACHING), text=True, capture_output=True, check=True
    )

    read = dict(zip(REACHING, done.stdout.split(), strict=True))
    assert [text for text, answer in read.items() if answer == "no"] == []


@pytest.mark.parametrize(
    "text", ["SELECT * { \\u0053ERVICE <urn:u> {} }", "SELECT * { \\U00000053ERVICE <urn:u> {} }"]
)
def test_the_engine_reads_no_escaped_keyword(text: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", READS], input=text, text=True, capture_output=True, check=True
    )

    assert done.stdout == "no\n"


def test_a_declared_prefix_frees_the_names_and_not_the_keyword() -> None:
    check("PREFIX service: <urn:x> ASK { ?s service:a ?o }")
    with pytest.raises(Refused):
        check("PREFIX SERVICE: <urn:x> ASK { SERVICE <http://x.example/> { ?s ?p ?o } }")


LISTED = Federation({"http://a.example/sparql": "http://127.0.0.1:1/x", "urn:u": "http://127.0.0.1:2/"})


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://a.example/sparql> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT<http://\\u0061.example/sp\\U00000061rql>{ ?s ?p ?o } }",
        "BASE <http://a.example/x/y?z> SELECT * { SERVICE <../sparql> { ?s ?p ?o } }",
        "BASE <http://b.example/> BASE <//a.example/> SELECT * { SERVICE </sparql> { ?s ?p ?o } }",
        "BASE <http://a.example/> PREFIX a: <s> SELECT * { SERVICE a:parql { ?s ?p ?o } }",
        "PREFIX a: <urn:x> PREFIX a: <http://a.example/> SELECT * { ?s ?p 5SERVICE#\na:sparql{ ?s ?p ?o } }",
        "PREFIX : <http://a.example/sparql> SELECT * {{SELECT * { LATERAL{serviceSilent : { ?s ?p ?o } } }}}",
        "PREFIXa:<http://a.example/sparql>SELECT*{?s ?p trueSERVICE a:{?s ?p ?o}}",
    ],
)
def test_a_listed_endpoint_is_found_however_it_is_written(text: str) -> None:
    [service] = check(text, LISTED)

    assert (service.endpoint, service.url) == ("http://a.example/sparql", "http://127.0.0.1:1/x")
    written = text[service.start : service.end]
    assert rewrite(text, [service], "urn:") == text.replace(written, "<urn:0>") or written in ("a:", ":")


def test_a_relative_endpoint_is_resolved_against_the_base_of_the_request() -> None:
    [service] = check("ASK { SERVICE <sparql> {} }", LISTED, "http://a.example/")

    assert service.endpoint == "http://a.example/sparql"


def test_several_endpoints_are_found_in_their_order() -> None:
    text = "ASK { SERVICE <urn:u> { SERVICE <http://a.example/sparql> {} } SERVICE SILENT <urn:u> {} }"

    found = check(text, LISTED)

    assert [service.endpoint for service in found] == ["urn:u", "http://a.example/sparql", "urn:u"]
    rewritten = "ASK { SERVICE <urn:x0> { SERVICE <urn:x1> {} } SERVICE SILENT <urn:x2> {} }"
    assert rewrite(text, found, "urn:x") == rewritten


@pytest.mark.parametrize(
    ("service", "reason"),
    [
        (
            "<http://a.example/sparql/>",
            r"asks http://a.example/sparql/, which is not among .* http://a.example/sparql, urn:u",
        ),
        ("<HTTP://a.example/sparql>", r"--federate HTTP://a.example/sparql"),
        ("<http://a.example/sparql?x>", r"not among"),
        ("<sparql>", r"asks sparql, which is not among"),
        ("?u", r"from a variable"),
        ("b:x", r"not followed by the IRI of an endpoint"),
        ("SILENT SILENT", r"not followed by the IRI of an endpoint"),
        ("_:x", r"not followed by the IRI of an endpoint"),
        ("", r"not followed by the IRI of an endpoint"),
    ],
)
def test_others_are_refused_with_the_reason(service: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        check(f"ASK {{ SERVICE <urn:u> {{}} SERVICE {service} {{}} }}", LISTED)


@pytest.mark.parametrize(
    "text",
    [
        "LOAD <urn:x>",
        "load silent <urn:x> into graph <urn:g>",
        "LOADSILENT<urn:x>",
        "CLEAR ALL;LOAD<urn:x>",
        "INSERT DATA { <urn:a> <urn:b> 'x' };#\nLOAD <urn:x>",
        "PREFIX : <urn:x> LOAD:x",
        "PREFIX LOAD: <urn:> PREFIX : <urn:x> LOAD:x",
        "PREFIX LOAD: <urn:> PREFIX : <urn:x> CLEAR ALL ; LOAD:x",
        "DELETE WHERE { ?s ?p ?o } ; LOAD <urn:x>",
    ],
)
def test_load_is_refused_however_it_is_written(text: str) -> None:
    with pytest.raises(Refused, match=r"LOAD .*in line"):
        check_update(text)


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <urn:load> <urn:b> 'LOAD <urn:x>' } # LOAD <urn:x>",
        "PREFIX load: <urn:> INSERT DATA { load:a load:b load:c ; load:d load:e }",
        "PREFIX load: <urn:> DELETE WHERE { ?load load:b ?upload }; COPY load:a TO load:b",
        "PREFIX load: <urn:> WITH load:g INSERT { ?s ?p ?o } USING load:g WHERE { ?s ?p ?o }",
        "PREFIX service: <urn:> INSERT DATA { service:a service:b service:c }",
    ],
)
def test_an_update_that_only_names_it_is_not(text: str) -> None:
    check_update(text)


@pytest.mark.parametrize("text", [text.replace("SELECT *", "INSERT {} WHERE") for text in REACHING[:4]])
def test_no_update_asks_an_endpoint(text: str) -> None:
    with pytest.raises(Refused, match=r"SERVICE in line 1"):
        check_update(text)


@pytest.mark.parametrize("text", ["LOADx:y", "LOADSILENTx:y", "LOAD SILENT x:y", "PREFIX x: <urn:> LOADx:y"])
def test_the_document_of_a_glued_load_is_named(text: str) -> None:
    with pytest.raises(Refused, match="LOAD x:y in line 1"):
        check_update(text)
