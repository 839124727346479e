"""So many requests a client may send, and who a client is behind proxies."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from clipgraph.settings import Settings
from clipgraph.web.requests import address_of, client_of
from conftest import ROOT, Running


def limited(published: Path, **settings: str) -> Running:
    environment = {f"CLIPGRAPH_{name.upper()}": value for name, value in settings.items()}
    return Running(
        ["--project", str(ROOT), "--data", str(published), "--workers", "1"], environment=environment
    )


@pytest.fixture(scope="module")
def behind_proxy(published: Path) -> Iterator[Running]:
    running = limited(published, rate="3/day", trusted_proxies="127.0.0.0/8")
    yield running
    running.stop()


def ask(service: Running, forwarded: str, path: str = "/nothing", accept: str = "*/*") -> httpx2.Response:
    return httpx2.get(service.url + path, headers={"X-Forwarded-For": forwarded, "Accept": accept})


def test_the_request_over_the_rate_is_429_and_says_when(behind_proxy: Running) -> None:
    answers = [ask(behind_proxy, "192.0.2.1") for _ in range(4)]
    last = answers[-1]

    assert [answer.status_code for answer in answers] == [404, 404, 404, 429]
    assert [answer.headers["ratelimit"].split(";")[1] for answer in answers] == ["r=2", "r=1", "r=0", "r=0"]
    assert last.headers["ratelimit-policy"] == '"requests";q=3;w=86400'
    assert 0 < int(last.headers["retry-after"]) <= 86400
    assert last.json()["code"] == "too-many-requests"
    assert last.headers["access-control-allow-origin"] == "*"


def test_one_client_does_not_use_up_anothers_share(behind_proxy: Running) -> None:
    for _ in range(4):
        ask(behind_proxy, "192.0.2.2")

    assert ask(behind_proxy, "192.0.2.2").status_code == 429
    assert ask(behind_proxy, "192.0.2.3").status_code == 404


def test_what_a_client_says_of_itself_is_not_believed(behind_proxy: Running) -> None:
    for invented in ("203.0.113.1", "203.0.113.2", "203.0.113.3", "nonsense"):
        ask(behind_proxy, f"{invented}, 192.0.2.4")

    assert ask(behind_proxy, "203.0.113.5, 192.0.2.4").status_code == 429


def test_an_ipv6_customer_is_one_client(behind_proxy: Running) -> None:
    answers = [ask(behind_proxy, f"2001:db8:1:2::{n}").status_code for n in range(4)]

    assert answers == [404, 404, 404, 429]
    assert ask(behind_proxy, "2001:db8:1:3::1").status_code == 404


def test_a_browser_over_the_rate_gets_a_page_with_its_style(behind_proxy: Running) -> None:
    answers = [ask(behind_proxy, "192.0.2.5", accept="text/html") for _ in range(4)]

    assert answers[3].status_code == 429
    assert answers[3].headers["content-type"].startswith("text/html")
    assert ask(behind_proxy, "192.0.2.5", "/static/clipgraph.css").status_code == 200
    assert ask(behind_proxy, "192.0.2.5", "/healthz").status_code == 200


def test_without_trusted_proxies_the_address_of_the_connection_counts(published: Path) -> None:
    running = limited(published, rate="3/day")
    try:
        answers = [ask(running, f"192.0.2.{n}").status_code for n in range(4)]
    finally:
        running.stop()

    assert answers == [404, 404, 404, 429]


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8::1:2:3:4", "2001:db8::/64"),
        ("::1", "::/64"),
        ("/run/socket", "/run/socket"),
    ],
)
def test_who_a_client_is(address: str, client: str) -> None:
    assert client_of({"client": (address, 1)}) == client
    assert address_of({"client": (address, 1)}) == address


@pytest.mark.parametrize(
    "wrong",
    [{"rate": "fast"}, {"rate": "0/second"}, {"trusted_proxies": "*"}, {"trusted_proxies": "10.0.0.1/8"}],
)
def test_wrong_settings_are_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Settings(**wrong)  # type: ignore[arg-type]
