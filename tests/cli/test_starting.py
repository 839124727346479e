"""How a service starts: without a search for cycles in what stays, and with nothing that a publish left."""

import gc
import socket
import weakref
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from clipgraph.cli import main, serve
from clipgraph.cli.publish import publish_or_exit
from clipgraph.publishing.publish import Published
from clipgraph.web.app import create_app

CITY = '@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n<urn:x> rdfs:label "x" .\n'
SERVE = ("serve", "--port", "0", "--shapes", "none")


class Left:
    """What only a search for cycles finds."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "project/data/things").mkdir(parents=True)
    (tmp_path / "project/data/things/one.ttl").write_text(CITY)
    return tmp_path / "project"


def test_a_service_starts_without_a_search_and_keeps_nothing_of_a_publish(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[weakref.ref[Left]] = []
    searching: dict[str, bool] = {}

    def leave(*given: Any) -> Published:  # noqa: ANN401
        left.append(weakref.ref(Left()))
        return publish_or_exit(*given)

    def create(*given: Any) -> Any:  # noqa: ANN401
        searching["made"] = gc.isenabled()
        return create_app(*given)

    def run(_: object, __: object, listener: socket.socket, *___: object) -> None:
        listener.close()
        searching["run"] = gc.isenabled()
        searching["frozen"] = gc.get_freeze_count() > 0

    monkeypatch.setattr(serve, "publish_or_exit", leave)
    monkeypatch.setattr(serve, "create_app", create)
    monkeypatch.setattr(serve, "run", run)
    try:
        with pytest.raises(SystemExit) as ended:
            main.app([*SERVE, "--project", str(project), "--data", str(tmp_path / "data")])
    finally:
        gc.unfreeze()

    assert ended.value.code == 0
    assert searching == {"made": False, "run": True, "frozen": True}
    assert [each() for each in left] == [None]


def test_a_command_is_imported_without_a_search(monkeypatch: pytest.MonkeyPatch) -> None:
    searching: list[bool] = []

    def look(name: str) -> Any:  # noqa: ANN401
        searching.append(gc.isenabled())
        return import_module(name)

    monkeypatch.setattr(main, "import_module", look)
    with pytest.raises(SystemExit):
        main.app(["token", "--help"])

    assert searching == [False]
    assert gc.isenabled()
