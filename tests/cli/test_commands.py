"""The commands as a stranger meets them: output, one clear line per error, exit codes."""

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from clipgraph.server.listening import listen
from conftest import CLIPGRAPH, ROOT

CITY = '@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n<urn:x> rdfs:label "x" .\n'


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command outside any checkout."""
    return subprocess.run(
        [*CLIPGRAPH, *arguments],
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
        cwd="/",
        env=os.environ | environment,
    )


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A project with one file and no shapes, which publishes in a blink."""
    project = tmp_path / "small"
    for folder in ("ontology", "shapes", "data/things", "queries"):
        (project / folder).mkdir(parents=True)
    (project / "data/things/one.ttl").write_text(CITY)
    return project


@pytest.mark.parametrize("command", [[], ["serve"], ["publish"], ["query"], ["validate"]])
def test_help_explains(command: list[str]) -> None:
    result = run(*command, "--help")

    assert result.returncode == 0
    assert "Usage: " in result.stdout
    assert len(result.stdout.splitlines()) > 8


def test_no_command_is_a_usage_error_with_help() -> None:
    result = run()

    assert result.returncode == 2
    assert "Commands:" in result.stdout + result.stderr


def test_publish_says_what_became_current_and_then_that_nothing_changed(small: Path) -> None:
    first = run("publish", "--project", str(small))
    second = run("publish", "--project", str(small))

    assert (first.returncode, second.returncode) == (0, 0)
    assert first.stdout.startswith("release 1 is current now: 1 triples, 4 named graphs")  # three describe it
    assert "the files say nothing new" in second.stdout
    assert (small / "var" / "current").read_text() == "1\n"


@pytest.mark.parametrize(
    ("environment", "author"),
    [
        ({"CLIPGRAPH_AUTHOR": "Graph team, Städtebund"}, "Graph team, Städtebund"),
        ({"LOGNAME": "ines"}, "ines"),
        # Who works as root, or in a container, is not told by that.
        ({"LOGNAME": "root"}, "unknown"),
    ],
)
def test_the_history_says_who_published(small: Path, environment: dict[str, str], author: str) -> None:
    run("publish", "--project", str(small), **environment)
    told = run("releases", "list", "--project", str(small), "--format", "json")

    assert [release["author"] for release in json.loads(told.stdout)] == [author]


def test_publish_names_broken_turtle_and_keeps_the_release(small: Path) -> None:
    run("publish", "--project", str(small))
    (small / "data/things/two.ttl").write_text("<urn:a> <urn:b> ;\n  .")
    result = run("publish", "--project", str(small))

    assert result.returncode == 1
    assert "data/things/two.ttl:" in result.stderr
    assert "Traceback" not in result.stderr
    assert (small / "var" / "current").read_text() == "1\n"
    assert run("query", "ASK { ?s ?p ?o }", "--project", str(small)).stdout == "true"


def test_query_prints_rows_and_explains_what_it_cannot_read(published: Path) -> None:
    good = run(
        "query",
        "SELECT (COUNT(*) AS ?n) { ?x a <https://w3id.org/clipgraph/def/GoodPractice> }",
        "--data",
        str(published),
    )
    bad = run("query", "SELECT * { ?s foo:bar ?o }", "--data", str(published))

    assert (good.returncode, good.stdout) == (0, "?n\n9\n")
    assert bad.returncode == 2
    assert "line 1" in bad.stderr
    assert '"foo:"' in bad.stderr
    assert "^" in bad.stderr


def test_query_reads_files_and_standard_input(published: Path) -> None:
    file = str(next((ROOT / "queries/competency").glob("cq11-members*.rq")))
    by_file = run("query", file, "--data", str(published), "--format", "json")
    missing = run("query", "nothing.rq", "--data", str(published))
    refused = run("query", "ASK { SERVICE <http://x.example/> {} }", "--data", str(published))

    assert len(json.loads(by_file.stdout)["results"]["bindings"]) == 35
    assert (missing.returncode, refused.returncode) == (2, 2)
    assert missing.stderr.startswith("clipgraph: nothing.rq: ")
    assert "SERVICE in line 1" in refused.stderr


def test_query_without_a_release_says_what_to_do(tmp_path: Path) -> None:
    result = run("query", "ASK {}", "--data", str(tmp_path))

    assert (result.returncode, result.stderr) == (
        2,
        "clipgraph: nothing is published yet: run clipgraph publish\n",
    )


def test_a_taken_port_is_one_line(published: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run("serve", "--data", str(published), "--port", str(port))

    assert result.returncode == 2
    assert (
        result.stderr
        == f"clipgraph: 127.0.0.1:{port} is taken by another program: choose a port with --port N\n"
    )


def test_an_address_of_another_machine_is_one_line(published: Path) -> None:
    result = run("serve", "--data", str(published), "--host", "192.0.2.1")

    assert result.returncode == 2
    assert result.stderr.startswith("clipgraph: cannot listen on 192.0.2.1:8000: ")


def test_a_folder_that_cannot_be_made_is_one_line(small: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    result = run("publish", "--project", str(small), "--data", str(tmp_path / "file" / "data"))

    assert result.returncode == 2
    assert result.stderr.startswith("clipgraph: cannot write to ")
    assert result.stderr.count("\n") == 1


# Root may write anywhere, so the refusal has to be seen as another user.
@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("setpriv") is None, reason="needs root and setpriv")
def test_no_write_permission_is_one_line(small: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o755)
    for folder in (tmp_path, *tmp_path.parents[:3]):
        folder.chmod(0o755)
    user = ["setpriv", "--reuid=65534", "--clear-groups"]
    reach = subprocess.run(
        [*user, sys.executable, "-c", "import clipgraph"], check=False, cwd="/", capture_output=True
    )
    if reach.returncode:
        pytest.skip("another user cannot reach this environment's Python")
    command = [*user, *CLIPGRAPH, "publish", "--project", str(small), "--data", str(closed / "data")]
    result = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", timeout=60)

    assert result.returncode == 2
    assert "Permission denied" in result.stderr
    assert result.stderr.count("\n") == 1


def test_wrong_settings_are_one_line_each() -> None:
    result = run("serve", "--timeout", "-1", CLIPGRAPH_WORKERS="none")

    assert result.returncode == 2
    assert "CLIPGRAPH_WORKERS" in result.stderr
    assert "timeout" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_project_that_is_not_there_is_one_line() -> None:
    result = run("validate", "--project", "/no/such/folder")

    assert (result.returncode, result.stderr) == (
        2,
        "clipgraph: --project /no/such/folder: there is no such folder\n",
    )


def test_the_listener_names_its_protocol() -> None:
    listener = listen("127.0.0.1", 0)
    with listener:
        # Without it asyncio leaves Nagle's algorithm on, and every small answer waits for 40 ms.
        assert listener.proto == socket.IPPROTO_TCP


def test_a_command_loads_neither_web_server_nor_validator_before_it_needs_them() -> None:
    loaded = "import sys, clipgraph.cli.main; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)

    assert not {"fastapi", "uvicorn", "pyshacl", "rdflib"} & set(done.stdout.split())
