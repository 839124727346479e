"""Built files: kept for ever, packed where the client likes that."""

import asyncio
import gzip
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from clipgraph.web.built import BuiltFiles

SCRIPT = b"export const answer = 42;\n" * 100


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in (("a-1.js", SCRIPT), ("manifest.json", b"{}")):
        (tmp_path / name).write_bytes(content)
        (tmp_path / f"{name}.gz").write_bytes(gzip.compress(content))
    (tmp_path / "picture-2.png").write_bytes(b"png")
    return tmp_path


def get(folder: Path, path: str, encoding: str) -> httpx2.Response:
    async def asking() -> httpx2.Response:
        app = Starlette(routes=[Mount("/static/built", BuiltFiles(directory=folder))])
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.get(f"/static/built/{path}", headers={"Accept-Encoding": encoding})

    return asyncio.run(asking())


@pytest.mark.parametrize(("encoding", "packed"), [("gzip", "gzip"), ("identity", None), ("gzip;q=0", None)])
def test_a_script_comes_as_asked_and_may_be_kept(folder: Path, encoding: str, packed: str | None) -> None:
    answer = get(folder, "a-1.js", encoding)

    assert answer.content == SCRIPT
    assert answer.headers.get("content-encoding") == packed
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["vary"] == "Accept-Encoding"


def test_what_is_not_packed_comes_as_it_is(folder: Path) -> None:
    answer = get(folder, "picture-2.png", "gzip")

    assert answer.content == b"png"
    assert "content-encoding" not in answer.headers


def test_the_manifest_keeps_its_name_so_it_is_asked_for_again(folder: Path) -> None:
    assert get(folder, "manifest.json", "gzip").headers["cache-control"] == "no-cache"


def test_what_is_not_there_is_not_found(folder: Path) -> None:
    assert get(folder, "a-0.js", "gzip").status_code == 404
