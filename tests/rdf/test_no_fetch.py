"""No document that is read makes anything be fetched, or takes more than a worker gives it.

Each is read in a process whose network is open, under a worker's other limits: nothing but the parsers
themselves keeps it from connecting.
"""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from testing_endpoints import Listener

READ = """
import sys
from pathlib import Path
from clipgraph.errors import ClipgraphError
from clipgraph.rdf.uploads import read_upload
from clipgraph.workers import confinement
confinement.cap_memory(300 << 20)
confinement.set_deadline(5)
try:
    print(len(read_upload(Path(sys.argv[1]), sys.argv[2], sys.argv[3])))
except ClipgraphError as error:
    print(error)
"""
# The control: what a connection out of such a process looks like here.
CONNECTS = """
import sys, urllib.request
urllib.request.urlopen(sys.argv[3] + "/x").read()
"""
XML = (
    '<?xml version="1.0"?>\n{doctype}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:owl="http://www.w3.org/2002/07/owl#" xmlns:xi="http://www.w3.org/2001/XInclude" '
    'xmlns:e="{url}/e#">\n'
    '<rdf:Description rdf:about="{url}/a"><e:p>{text}</e:p>{more}'
    "</rdf:Description></rdf:RDF>"
)
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


def xml(doctype: str = "", text: str = "x", more: str = "") -> str:
    return XML.replace("{doctype}", doctype).replace("{text}", text).replace("{more}", more)


NO_CONTEXT, NO_ENTITY = "a @context that stands elsewhere", "an entity that stands elsewhere"
ENDED = ""  # by the kernel, without a word
DOCUMENTS = {
    "context": ("jsonld", '{"@context": "{url}/c", "@id": "urn:a", "p": 1}', NO_CONTEXT),
    "context, relative": ("jsonld", '{"@context": "c", "@id": "urn:a", "p": 1}', NO_CONTEXT),
    "contexts": ("jsonld", '[{"@context": [{"p": "urn:p"}, "{url}/c"], "@id": "urn:a", "p": 1}]', NO_CONTEXT),
    "context by import": (
        "jsonld",
        '{"@context": {"@version": 1.1, "@import": "{url}/c"}, "@id": "urn:a"}',
        NO_CONTEXT,
    ),
    "context of a property": (
        "jsonld",
        '{"@context": {"@version": 1.1, "p": {"@id": "urn:p", "@context": "{url}/c"}}, "p": {"q": 1}}',
        NO_CONTEXT,
    ),
    "context of a type": (
        "jsonld",
        '{"@context": {"@version": 1.1, "T": {"@id": "urn:T", "@context": "{url}/c"}}, "@type": "T", "q": 1}',
        NO_CONTEXT,
    ),
    "context in a value": (
        "jsonld",
        '{"@id": "urn:a", "urn:p": {"@context": "{url}/c", "q": 1}}',
        NO_CONTEXT,
    ),
    "external entity": ("rdfxml", xml('<!DOCTYPE x [<!ENTITY e SYSTEM "{url}/e">]>', "&e;"), NO_ENTITY),
    "file as entity": ("rdfxml", xml('<!DOCTYPE x [<!ENTITY e SYSTEM "/etc/passwd">]>', "&e;"), NO_ENTITY),
    "parameter entity": ("rdfxml", xml('<!DOCTYPE x [<!ENTITY % e SYSTEM "{url}/e"> %e;]>'), NO_ENTITY),
    "external DTD": ("rdfxml", xml('<!DOCTYPE x SYSTEM "{url}/x.dtd">'), "1"),
    "public DTD": ("rdfxml", xml('<!DOCTYPE x PUBLIC "-//x" "{url}/x.dtd">'), "1"),
    "stylesheet": ("rdfxml", xml('<?xml-stylesheet href="{url}/x.xsl"?>'), "1"),
    "inclusion": ("rdfxml", xml(text='<xi:include href="{url}/x"/>'), "XML namespaces are required"),
    "schema": ("rdfxml", xml(more='<e:q rdf:resource="{url}/x.xsd"/>'), "2"),
    "imports in XML": ("rdfxml", xml(more='<owl:imports rdf:resource="{url}/x"/>'), "2"),
    "imports": ("turtle", "<{url}/a> <http://www.w3.org/2002/07/owl#imports> <{url}/x> .", "1"),
    "base and prefix": ("turtle", "@base <{url}/b/> . @prefix p: <{url}/p> . p:a <c> p:d .", "1"),
    "@import": ("turtle", "@import <{url}/x> . <urn:a> <urn:b> <urn:c> .", "this is not text/turtle"),
    "LOAD in Turtle": ("turtle", "LOAD <{url}/x>", "this is not text/turtle"),
    "datatype": ("turtle", '<urn:a> <urn:b> "x"^^<{url}/type> .', "1"),
    "triples": ("ntriples", "<{url}/a> <http://www.w3.org/2002/07/owl#imports> <{url}/x> .", "1"),
    "itself as entity": ("rdfxml", xml('<!DOCTYPE x [<!ENTITY e "&e;">]>', "&e;"), "unrecognized entity"),
    "a billion laughs": ("rdfxml", xml(f'<!DOCTYPE x [<!ENTITY l0 "lol">{LAUGHS}]>', "&l11;"), ENDED),
    "one entity, often": (
        "rdfxml",
        xml(f'<!DOCTYPE x [<!ENTITY e "{"A" * 100_000}">]>', "&e;" * 10_000),
        ENDED,
    ),
    "deep JSON": ("jsonld", '{"urn:a":' * 100_000 + "1" + "}" * 100_000, "Max stack size"),
    "deep Turtle": ("turtle", "<urn:a> <urn:b> " + "(" * 50_000 + ")" * 50_000 + " .", "99999"),
    "deep XML": ("rdfxml", xml(text="", more="<e:p><rdf:Description>" * 100_000), ENDED),
}


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    with Listener() as listener:
        yield listener


def run(code: str, path: Path, form: str, url: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, str(path), form, url]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_nothing_is_fetched(name: str, tmp_path: Path, listener: Listener) -> None:
    form, document, outcome = DOCUMENTS[name]
    path = tmp_path / "document"
    path.write_text(document.replace("{url}", listener.url))
    before = listener.connections

    done = run(READ, path, form, listener.url)

    assert listener.connections == before
    if outcome == ENDED:
        assert done.returncode in (-signal.SIGABRT, -signal.SIGALRM)  # memory, deadline
    else:
        assert done.returncode == 0
        assert outcome in done.stdout


def test_a_process_that_fetches_is_noticed(tmp_path: Path, listener: Listener) -> None:
    before = listener.connections

    run(CONNECTS, tmp_path, "turtle", listener.url)

    assert listener.connections == before + 1
