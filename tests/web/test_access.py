"""A private service over HTTP, and the check that writes go through."""

import base64
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
from SPARQLWrapper import JSON, SPARQLWrapper

from clipgraph.access.register import Register
from clipgraph.access.roles import Role
from clipgraph.errors import Forbidden, Unauthorized
from clipgraph.web.access import admit
from conftest import ROOT, Running

ASK = "SELECT (1 AS ?x) {}"


@pytest.fixture(scope="module")
def private(published: Path) -> Iterator[Running]:
    running = Running(
        ["--project", str(ROOT), "--data", str(published)],
        environment={"CLIPGRAPH_PRIVATE": "true", "CLIPGRAPH_SECURITY_CONTACT": "mailto:hole@graph.example"},
    )
    yield running
    running.stop()
    (published / "tokens.json").unlink(missing_ok=True)


@pytest.fixture
def secret(published: Path) -> Iterator[str]:
    register = Register(published)
    made, _ = register.create("reader", Role.READER, None)
    yield made
    if register.tokens():
        register.revoke("reader")


@pytest.mark.parametrize("path", ["/", "/sparql", "/id/city/stuttgart", "/def", "/nothing", "/openapi.json"])
def test_a_private_service_shows_nothing_without_a_token(private: Running, path: str) -> None:
    response = httpx2.get(private.url + path)

    assert (response.status_code, response.json()["code"]) == (401, "unauthorized")
    assert response.headers["www-authenticate"] == 'Bearer realm="clipgraph", Basic realm="clipgraph"'
    assert response.headers["access-control-allow-origin"] == "*"


def test_health_checks_and_options_need_no_token(private: Running) -> None:
    assert httpx2.get(f"{private.url}/healthz").status_code == 200
    assert httpx2.options(f"{private.url}/sparql").status_code == 204


def test_crawlers_are_kept_off_and_holes_can_be_reported(private: Running) -> None:
    robots = httpx2.get(f"{private.url}/robots.txt")
    security = httpx2.get(f"{private.url}/.well-known/security.txt")
    told = dict(line.split(": ", 1) for line in security.text.splitlines())

    assert robots.text == "User-agent: *\nDisallow: /\n"
    assert security.headers["content-type"] == "text/plain; charset=utf-8"
    assert told["Contact"] == "mailto:hole@graph.example"
    left = datetime.fromisoformat(told["Expires"]) - datetime.now(UTC)
    assert timedelta(days=100) < left < timedelta(days=365)


def test_a_token_opens_it_and_its_revocation_closes_it_at_once(
    private: Running, published: Path, secret: str
) -> None:
    with httpx2.Client(base_url=private.url, headers={"Authorization": f"Bearer {secret}"}) as client:
        answer = client.get("/sparql", params={"query": ASK, "format": "csv"})
        page = client.get("/id/city/stuttgart", headers={"Accept": "text/html"}, follow_redirects=True)
        Register(published).revoke("reader")
        after = client.get("/sparql", params={"query": ASK})

    assert answer.text.split() == ["x", "1"]
    assert "private" in answer.headers["cache-control"]
    assert "Authorization" in answer.headers["vary"]
    assert page.status_code == 200
    assert after.status_code == 401


def test_clients_that_know_only_basic_get_in(private: Running, secret: str) -> None:
    endpoint = SPARQLWrapper(f"{private.url}/sparql", returnFormat=JSON)
    endpoint.setCredentials("anybody", secret)
    endpoint.setQuery(ASK)
    answer: Any = endpoint.queryAndConvert()

    assert answer["results"]["bindings"][0]["x"]["value"] == "1"


def test_a_browser_gets_a_page_that_asks(private: Running) -> None:
    response = httpx2.get(private.url, headers={"Accept": "text/html"})

    assert (response.status_code, response.headers["content-type"]) == (401, "text/html; charset=utf-8")
    assert "Basic" in response.headers["www-authenticate"]


def scope(*headers: tuple[str, str]) -> dict[str, object]:
    return {"type": "http", "headers": [(name.encode(), value.encode()) for name, value in headers]}


def test_two_authorization_headers_are_refused(tmp_path: Path) -> None:
    secret, _ = Register(tmp_path).create("ada", Role.READER, None)
    sent = ("authorization", f"Bearer {secret}")

    assert admit(Register(tmp_path), scope(sent), Role.READER).name == "ada"
    with pytest.raises(Unauthorized, match="more than one"):
        admit(Register(tmp_path), scope(sent, sent), Role.READER)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_foreign_page_cannot_write_with_a_remembered_password(tmp_path: Path, site: str) -> None:
    register = Register(tmp_path)
    secret, _ = register.create("ada", Role.MAINTAINER, None)
    basic = ("authorization", "Basic " + base64.b64encode(f"ada:{secret}".encode()).decode())
    bearer, foreign = ("authorization", f"Bearer {secret}"), ("sec-fetch-site", site)

    assert admit(register, scope(basic), Role.MAINTAINER)
    assert admit(register, scope(basic, ("sec-fetch-site", "same-origin")), Role.MAINTAINER)
    assert admit(register, scope(bearer, foreign), Role.MAINTAINER)
    with pytest.raises(Forbidden, match="another site"):
        admit(register, scope(basic, foreign), Role.MAINTAINER)
