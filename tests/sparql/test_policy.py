"""SERVICE is refused wherever the engine would read it, and nowhere else."""

import subprocess
import sys

import pytest

from clipgraph.errors import Refused
from clipgraph.sparql.policy import check

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
]
# In a process of its own and without network: the engine itself says whether it reads the text.
READS = """
import sys
import pyoxigraph
from clipgraph.workers import confinement
assert confinement.refuse_network()
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
    with pytest.raises(Refused, match="SERVICE in line"):
        check(text)


def test_the_line_is_named() -> None:
    with pytest.raises(Refused, match="line 3:"):
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
