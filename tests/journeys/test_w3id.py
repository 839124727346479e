"""The redirects for w3id.org, run by Apache in front of a running service: every kind of IRI arrives."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pyoxigraph as ox
import pytest

from clipgraph.rdf.identity import SPACES
from clipgraph.rdf.prefixes import BASE
from clipgraph.rdf.terms import Literal, NamedNode
from conftest import ROOT, Running

RULES = ROOT / "docs/w3id/.htaccess"
PLACEHOLDER = "https://clipgraph.example"
MODULES = Path("/usr/lib/apache2/modules")
CONFIGURATION = """
ServerName w3id.test
Listen 127.0.0.1:{port}
PidFile {folder}/pid
ErrorLog {folder}/errors
{modules}
{user}
DocumentRoot {folder}/site
<Directory {folder}/site>
  AllowOverride All
  Require all granted
</Directory>
"""
LOADED = ("mpm_event", "authz_core", "dir", "headers", "rewrite")
Client = httpx2.Client


def apache() -> str:
    """Return the program; skips where it is not installed."""
    program = shutil.which("apache2") or shutil.which("apache2", path="/usr/sbin")
    if program is None or not MODULES.is_dir():
        reason = "no apache2: apt install apache2-bin"
        if os.environ.get("CLIPGRAPH_REQUIRE_ALL") == "1":
            pytest.fail(reason)
        # Apache is a Debian package, which only root can install.
        pytest.skip(reason)
    return program


@pytest.fixture(scope="module")
def w3id(service: Running) -> Iterator[Client]:
    """A client of Apache with our rules in its folder clipgraph/, which follows nothing by itself."""
    program = apache()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)  # as root starts it, it serves as somebody else
        site = folder / "site/clipgraph"
        site.mkdir(parents=True)
        (site / ".htaccess").write_text(RULES.read_text().replace(PLACEHOLDER, service.url))
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        (folder / "conf").write_text(
            CONFIGURATION.format(
                port=port,
                folder=folder,
                modules="\n".join(f"LoadModule {each}_module {MODULES}/mod_{each}.so" for each in LOADED),
                user="User nobody\nGroup nogroup" if os.getuid() == 0 else "",
            )
        )
        process = subprocess.Popen([program, "-f", str(folder / "conf"), "-DFOREGROUND"])
        try:
            with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
                _wait(client, process, folder)
                yield client
        finally:
            process.terminate()
            process.wait(20)


def _wait(client: Client, process: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + 30
    while True:
        try:
            client.get("/")
        except httpx2.ConnectError:
            errors = folder / "errors"
            assert process.poll() is None, errors.read_text() if errors.exists() else "it ended"
            assert time.monotonic() < until, "Apache did not start in time"
            time.sleep(0.05)
        else:
            return


def test_one_line_names_the_service_and_it_names_no_host_that_exists() -> None:
    lines = [line for line in RULES.read_text().splitlines() if PLACEHOLDER in line]

    assert lines == [f"RewriteRule ^ - [E=SERVICE:{PLACEHOLDER}]"]
    assert "://" not in RULES.read_text().replace(PLACEHOLDER, "").replace("https://w3id.org", "").replace(
        "https?://", ""
    )


@pytest.mark.parametrize(
    ("path", "status", "target"),
    [
        ("def", 303, "def"),
        ("def/sector", 303, "def/sector"),
        ("def/0.1.0", 303, "def/0.1.0"),
        ("def.ttl", 303, "def.ttl"),
        ("scheme/governance-level", 303, "scheme/governance-level"),
        ("scheme/role/member", 303, "scheme/role/member"),
        ("shapes", 303, "shapes"),
        ("shapes/PracticeShape", 303, "shapes/PracticeShape"),
        ("graph/places/cities", 303, "graph/places/cities"),
        ("id/city/stuttgart", 303, "doc/city/stuttgart"),
        ("id/practice/bokaler", 303, "doc/practice/bokaler"),
        ("", 302, ""),
        ("dataset", 302, "dataset"),
        ("catalog.ttl", 302, "catalog.ttl"),
        (".well-known/void", 302, ".well-known/void"),
        ("context.jsonld", 302, "context.jsonld"),
        ("dumps/clipgraph.nq.gz", 302, "dumps/clipgraph.nq.gz"),
        ("sparql?query=ASK%7B%7D", 307, "sparql?query=ASK%7B%7D"),
        ("id/city/stuttgart?release=1", 303, "doc/city/stuttgart?release=1"),
    ],
)
def test_every_kind_of_identifier_arrives(
    w3id: Client, service: Running, path: str, status: int, target: str
) -> None:
    answer = w3id.get(f"/clipgraph/{path}")

    assert (answer.status_code, answer.headers["location"]) == (status, f"{service.url}/{target}")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert httpx2.get(answer.headers["location"], timeout=60).status_code == 200


@pytest.mark.parametrize("media_type", ["text/turtle", "application/ld+json", "text/html"])
@pytest.mark.parametrize(
    "path", ["def", "def/sector", "scheme/role/member", "graph/places/cities", "id/city/stuttgart"]
)
def test_the_format_that_is_accepted_comes(w3id: Client, path: str, media_type: str) -> None:
    answer = w3id.get(f"/clipgraph/{path}", headers={"Accept": media_type}, follow_redirects=True)

    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == media_type


def test_what_arrives_speaks_of_what_was_asked(w3id: Client) -> None:
    answer = w3id.get(
        "/clipgraph/id/city/stuttgart", headers={"Accept": "text/turtle"}, follow_redirects=True
    )
    label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    triples = {quad.triple for quad in ox.parse(answer.content, format=ox.RdfFormat.TURTLE)}

    assert (
        ox.Triple(NamedNode(BASE + "id/city/stuttgart"), label, Literal("Stuttgart", language="de"))
        in triples
    )


def test_a_version_of_the_ontology_is_the_ontology(w3id: Client, service: Running) -> None:
    version = w3id.get("/clipgraph/def/0.1.0", headers={"Accept": "text/turtle"}, follow_redirects=True)

    assert version.content == httpx2.get(f"{service.url}/def.ttl").content


def test_every_space_of_identifiers_has_a_rule(w3id: Client) -> None:
    for space in SPACES:
        assert w3id.get(f"/clipgraph/{space}/x/y").status_code == 303


def test_paths_arrive_as_they_were_sent(w3id: Client, service: Running) -> None:
    odd = "a%3Fb%23c%25d%20e;f,g(h)'%C3%BC"

    assert w3id.get(f"/clipgraph/id/thing/{odd}").headers["location"] == f"{service.url}/doc/thing/{odd}"
    assert w3id.get(f"/clipgraph/def/{odd}?x=%2F").headers["location"] == f"{service.url}/def/{odd}?x=%2F"


def test_a_query_stays_a_post(w3id: Client) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/clipgraph/def/GoodPractice> }"
    answer = w3id.post(
        "/clipgraph/sparql", data={"query": query}, headers={"Accept": "text/csv"}, follow_redirects=True
    )

    assert answer.text.split() == ["n", "9"]
