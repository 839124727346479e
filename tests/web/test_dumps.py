"""A release as files, over HTTP: what they hold, how one knows that they came whole, in pieces and again."""

import base64
import gzip
import hashlib
import subprocess
from pathlib import Path
from typing import Any

import httpx2
import pyoxigraph as ox
import pytest

from clipgraph.rdf.terms import NamedNode
from clipgraph.releases.history import open_release
from clipgraph.releases.shelf import Shelf
from testing_pages import read_page

WHOLE = "/dumps/clipgraph.nq.gz"
ONE = "graph/ontology/clipgraph"


@pytest.fixture(scope="module")
def listed(client: httpx2.Client) -> dict[str, Any]:
    answer = client.get("/dumps/", headers={"Accept": "application/json"})
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize(("suffix", "form"), [("nq", ox.RdfFormat.N_QUADS), ("trig", ox.RdfFormat.TRIG)])
def test_the_whole_is_every_named_graph_of_the_release(
    client: httpx2.Client, published: Path, suffix: str, form: ox.RdfFormat
) -> None:
    answer = client.get(f"/dumps/clipgraph.{suffix}.gz")
    release = open_release(Shelf(published), 1)
    stated = {quad for quad in release if isinstance(quad.graph_name, NamedNode)}

    assert answer.headers["content-type"] == "application/gzip"
    assert "content-encoding" not in answer.headers
    assert set(ox.parse(gzip.decompress(answer.content), form)) == stated


def test_each_file_is_what_the_list_says(client: httpx2.Client, listed: dict[str, Any]) -> None:
    looked_at = [each for each in listed["files"] if each["whole"] or each["name"].startswith(ONE)]

    assert len(looked_at) == 4
    assert listed["release"] == 1
    for each in looked_at:
        answer = client.get(each["url"])
        digest = hashlib.sha256(answer.content)
        assert (len(answer.content), digest.hexdigest()) == (each["bytes"], each["sha256"])
        told = base64.b64encode(digest.digest()).decode()
        assert answer.headers["repr-digest"] == f"sha-256=:{told}:"
        plain = gzip.decompress(answer.content)
        assert hashlib.sha256(plain).hexdigest() == each["uncompressedSha256"]


def test_a_stranger_checks_the_digests(client: httpx2.Client, listed: dict[str, Any], tmp_path: Path) -> None:
    names = ["clipgraph.trig.gz", f"{ONE}.nq.gz", f"{ONE}.trig.gz"]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(client.get(f"/dumps/{name}").content)
    sums = client.get("/dumps/SHA256SUMS")
    (tmp_path / "SHA256SUMS").write_bytes(sums.content)

    checked = subprocess.run(
        ["/usr/bin/env", "sha256sum", "--check", "--strict", "--ignore-missing", "SHA256SUMS"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    read = subprocess.run(
        ["/usr/bin/env", "gzip", "-dc", "clipgraph.trig.gz"], cwd=tmp_path, capture_output=True, check=True
    )

    assert sorted(checked.stdout.splitlines()) == sorted(f"{name}: OK" for name in names)
    assert len(sums.text.splitlines()) == len(listed["files"])
    assert len(read.stdout) == next(
        each["uncompressedBytes"] for each in listed["files"] if each["name"] == "clipgraph.trig.gz"
    )


def test_a_download_that_broke_off_is_gone_on_with(client: httpx2.Client) -> None:
    whole = client.get(WHOLE)
    tag, half = whole.headers["etag"], len(whole.content) // 2

    rest = client.get(WHOLE, headers={"Range": f"bytes={half}-", "If-Range": tag})
    other = client.get(WHOLE, headers={"Range": f"bytes={half}-", "If-Range": '"another"'})

    assert whole.headers["accept-ranges"] == "bytes"
    assert (rest.status_code, other.status_code) == (206, 200)
    assert rest.headers["content-range"] == f"bytes {half}-{len(whole.content) - 1}/{len(whole.content)}"
    assert rest.headers["repr-digest"] == whole.headers["repr-digest"]
    assert whole.content[:half] + rest.content == whole.content == other.content


def test_a_range_of_the_dump_of_a_graph_is_within_it(client: httpx2.Client) -> None:
    path = f"/dumps/{ONE}.nq.gz"
    whole = client.get(path).content

    assert client.get(path, headers={"Range": "bytes=-7"}).content == whole[-7:]
    assert client.get(path, headers={"Range": f"bytes=3-{len(whole) * 9}"}).content == whole[3:]
    refused = client.get(path, headers={"Range": f"bytes={len(whole)}-"})
    assert (refused.status_code, refused.headers["content-range"]) == (416, f"bytes */{len(whole)}")


def test_what_the_client_has_is_not_sent_again(client: httpx2.Client) -> None:
    head = client.head(WHOLE)
    tag = head.headers["etag"]

    assert head.content == b""
    assert int(head.headers["content-length"]) == len(client.get(WHOLE).content)
    again = client.get(WHOLE, headers={"If-None-Match": f'"x", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(WHOLE, headers={"If-Match": '"another"'}).status_code == 412
    assert client.get(WHOLE, headers={"If-Match": tag, "Range": "bytes=0-0"}).status_code == 206


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/dumps/clipgraph.nq", 404),
        ("/dumps/dumps.json", 404),
        ("/dumps/..%2f..%2fcurrent", 404),
        ("/dumps/graph/ontology", 404),
        (WHOLE + "?release=99", 404),
        (WHOLE + "?release=x", 400),
        ("/dumps/?from=-1", 400),
    ],
)
def test_what_is_not_there_is_said(client: httpx2.Client, path: str, status: int) -> None:
    answer = client.get(path)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_page_lists_the_files_in_every_language(client: httpx2.Client, listed: dict[str, Any]) -> None:
    for language, words in (("en", "Graph by graph"), ("de", "Graph für Graph"), ("fr", "Graphe par graphe")):
        answer = client.get(f"/{language}/dumps/", headers={"Accept": "text/html"})
        page = read_page(answer.text)
        links = {link.target for link in page.links}
        assert answer.status_code == 200
        assert page.faults == []
        assert words in [heading.text for heading in page.headings]
        assert {each["url"] for each in listed["files"]} <= links
        assert listed["files"][0]["sha256"] in answer.text


def test_addresses_of_an_earlier_release_stay_with_it(client: httpx2.Client) -> None:
    found = client.get("/dumps/?release=1&format=json").json()
    links = [link.target for link in read_page(client.get("/dumps/?release=1").text).links]

    assert found["files"][0]["url"] == WHOLE + "?release=1"
    assert WHOLE + "?release=1" in links
    assert client.get(WHOLE + "?release=1").headers["etag"] == client.get(WHOLE).headers["etag"]


def test_the_folder_is_found_without_its_slash(client: httpx2.Client) -> None:
    answer = client.get("/fr/dumps?release=1")

    assert (answer.status_code, answer.headers["location"]) == (308, "/fr/dumps/?release=1")
