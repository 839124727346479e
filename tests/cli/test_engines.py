"""serve --engine and publish --to with addresses and engines that cannot be used: one line each."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import httpx2
import pytest

from clipgraph.cli.elsewhere import what_is_there
from clipgraph.settings import Settings
from conftest import CLIPGRAPH, ROOT
from testing_endpoints import Endpoint, told
from testing_engines import EngineServer
from testing_liars import Liar, said

CERTIFICATE = ROOT / "tests/remote/self-signed.pem"
HTML = said(b"<!DOCTYPE html><title>Welcome</title>", "text/html")
ROWS = said(b'{"head":{"vars":[]},"results":{"bindings":[]}}')
ONE = said(b'{"head":{"vars":["node"]},"results":{"bindings":[')


def run(*arguments: str, settings: Mapping[str, str] = {}) -> tuple[int, str]:  # not changed
    """Return the exit code of a command and its complaint."""
    done = subprocess.run(
        [*CLIPGRAPH, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env=os.environ | settings,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr.strip()


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"CLIPGRAPH_ENGINE": "sparql.example.org"}, "is no address of an engine"),
        ({"CLIPGRAPH_ENGINE": "ftp://example.org/sparql"}, "is no address of an engine"),
        ({"CLIPGRAPH_ENGINE": "http://me:secret@example.org/"}, "holds no credentials"),
        (
            {"CLIPGRAPH_ENGINE": "http://e/", "CLIPGRAPH_ENGINE_USER": "me", "CLIPGRAPH_ENGINE_TOKEN": "t"},
            "not with both",
        ),
        ({"CLIPGRAPH_ENGINE": "http://e/", "CLIPGRAPH_FEDERATE": "eu"}, "leave out federate or engine"),
        ({"CLIPGRAPH_ENGINE": "http://e/", "CLIPGRAPH_ENGINE_SCHEME": "ntlm"}, "engine_scheme"),
    ],
)
def test_settings_that_are_none(tmp_path: Path, settings: dict[str, str], complaint: str) -> None:
    code, words = run("serve", "--data", str(tmp_path), "--port", "0", settings=settings)

    assert (code, words.count("\n")) == (2, 0)
    assert complaint in words
    assert "secret" not in words


@pytest.mark.parametrize(
    "options",
    [("--to", ""), ("--to-update", "http://e/"), ("--to-graphs", "http://e/"), ("--to-merge", "named")],
)
def test_a_push_that_goes_nowhere_is_not_passed_over(tmp_path: Path, options: tuple[str, str]) -> None:
    code, words = run("publish", "--data", str(tmp_path), *options)

    assert (code, words) == (2, f"clipgraph: {options[0]} names no engine to push to: give --to URL")
    assert not (tmp_path / "releases").exists()


def test_what_a_service_asks_besides_is_nothing_to_a_publish() -> None:
    assert Settings(engine="http://e/", federate="eu").federate == "eu"


@pytest.mark.parametrize(
    ("answer", "complaint"),
    [
        (said(b"", status="401 Unauthorized", WWW_Authenticate="Basic"), "asks for credentials (401)"),
        (HTML, "answered with a page (text/html)"),
        (
            said(b"", status="301 Moved Permanently", Location="https://e/"),
            "a redirect, and those are not followed",
        ),
        (said(b"{}", "application/octet-stream"), "answered with application/octet-stream"),
        (ONE, "sent results that are not well-formed"),
        (ONE.replace(b"Content-Length: ", b"Content-Length: 1"), "has ended before the end of its answer"),
    ],
)
def test_engines_that_cannot_be_used(tmp_path: Path, answer: bytes, complaint: str) -> None:
    with Liar(answer) as liar:
        code, words = run("serve", "--data", str(tmp_path), "--port", "0", "--engine", liar.url)

    assert (code, words.count("\n")) == (2, 0)
    assert words.startswith(f"clipgraph: {liar.url} ")
    assert complaint in words


def test_a_certificate_that_does_not_hold(tmp_path: Path) -> None:
    with Liar(ROWS, CERTIFICATE) as liar:
        code, words = run("serve", "--data", str(tmp_path), "--port", "0", "--engine", liar.url)

    assert (code, words) == (
        2,
        f"clipgraph: {liar.url} has a certificate that does not hold (self-signed certificate)",
    )


@pytest.mark.parametrize("status", ["503 Service Unavailable", "502 Bad Gateway", "429 Too Many Requests"])
def test_one_that_may_be_there_in_a_moment_is_no_reason_not_to_start(
    status: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with Liar(said(b"starting", "text/plain", status)) as liar:
        there = what_is_there(Settings(engine=liar.url))

    assert there == f"what there will be, asked from {liar.url},"
    assert f"answered {status} (starting); it is asked again every few seconds" in capsys.readouterr().err


def test_one_that_does_not_answer_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clipgraph.remote.watch._SECONDS_FOR_A_LOOK", 0.2)
    with Endpoint(told(200, b"", 1)) as endpoint:
        what_is_there(Settings(engine=endpoint.url))

    assert f"{endpoint.url} has not answered within 0.2 s; it is asked again" in capsys.readouterr().err


def test_a_push_that_breaks_off_says_what_becomes_of_it(tmp_path: Path, oxigraph: EngineServer) -> None:
    project = tmp_path / "project"
    (project / "ontology").mkdir(parents=True)
    (project / "ontology" / "o.ttl").write_text("<urn:a> <urn:b> <urn:c> .\n")
    command = ["publish", "--project", str(project), "--data", str(tmp_path / "data"), "--shapes", "none"]
    to = ["--to", oxigraph.query, "--to-update", oxigraph.update]
    try:
        with Liar(said(b"no disk", "text/plain", "500 Oh")) as liar:
            broken = run(*command, *to, "--to-graphs", liar.url)
        then = run(*command, *to)
    finally:
        httpx2.post(oxigraph.update, data={"update": "DROP ALL"}).raise_for_status()

    assert broken[0] == 2
    assert broken[1].startswith(f"clipgraph: {liar.url} answered 500 Oh (no disk); the push is not complete")
    assert then == (0, "")


def test_a_push_to_what_is_no_engine_leaves_the_release(tmp_path: Path) -> None:
    """An empty project, which is published quickly."""
    project, data = tmp_path / "project", tmp_path / "data"
    (project / "ontology").mkdir(parents=True)
    (project / "ontology" / "o.ttl").write_text("<urn:a> <urn:b> <urn:c> .\n")
    with Liar(HTML) as liar:
        code, words = run(
            *("publish", "--project", str(project), "--data", str(data), "--shapes", "none", "--to", liar.url)
        )

    assert code == 2
    assert words.startswith(f"clipgraph: {liar.url} answered with a page (text/html)")
    assert (data / "current").read_text() == "1\n"
