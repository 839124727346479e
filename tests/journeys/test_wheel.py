"""The wheel works in an empty environment, far from any checkout."""

import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import httpx2
import pytest

from conftest import ROOT

BUILT = ROOT / "src/clipgraph/pages/static/built/manifest.json"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment of its own with the built wheel; its dependencies are this environment's."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-d", str(folder)], cwd=ROOT, check=True)
    environment = folder / "venv"
    venv.create(environment, with_pip=True, symlinks=True)
    python = environment / "bin/python"
    (wheel,) = folder.glob("*.whl")
    install = [
        str(python),
        "-m",
        "pip",
        "install",
        "-q",
        "--disable-pip-version-check",
        "--no-index",
        "--no-deps",
        str(wheel),
    ]
    subprocess.run(install, check=True)
    # Only our own package must come from the wheel: its dependencies are borrowed, not downloaded again.
    packages = Path(httpx2.__file__).parents[1]
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    (environment / "lib" / version / "site-packages" / "borrowed.pth").write_text(f"{packages}\n")
    return environment


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def environment(home: Path) -> dict[str, str]:
    """Variables as on a machine where nothing was ever published."""
    return {
        "PATH": os.environ["PATH"],
        "XDG_DATA_HOME": str(home),
        "HOME": str(home),
        "PYTHONUNBUFFERED": "1",
    }


ASKED = """
import clipgraph
with clipgraph.open() as graph:
    rows = graph.query("SELECT ?m { <https://w3id.org/clipgraph/id/network/clip> org:hasMember ?m }")
    print(len(rows), type(rows[0]["m"]).__name__, clipgraph.__file__)
"""


def test_python_asks_the_graph_that_came_with_it(
    installed: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    command = [str(installed / "bin/python"), "-c", ASKED]
    first, again = (
        subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
        for _ in range(2)
    )

    assert first.stdout == again.stdout
    assert first.stdout.startswith(f"35 IRI {installed}")
    assert "nothing is published" in first.stderr
    assert not again.stderr


def test_the_wheel_serves_the_whole_graph_without_a_checkout(
    installed: Path, tmp_path: Path, home: Path, environment: dict[str, str]
) -> None:
    command = [str(installed / "bin/clipgraph"), "serve", "--port", "0"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            line = next(line for line in process.stdout if "clipgraph serves" in line)
            url = line.split(" at ", 1)[1].split(" (", 1)[0]
            page = httpx2.get(f"{url}/doc/city/stuttgart", headers={"Accept": "text/html"}, timeout=30)
            editor = httpx2.get(f"{url}/sparql", headers={"Accept": "text/html"}, timeout=30)
            islands = [
                httpx2.get(url + path, timeout=30)
                for path in re.findall(r'"(/static/built/[^"]+)"', editor.text)
            ]
        finally:
            process.terminate()
            process.wait(20)

    assert "Stuttgart" in page.text
    assert "<textarea" in editor.text
    assert bool(islands) == BUILT.is_file(), "the wheel carries the frontend just where it is built"
    assert all(
        answer.status_code == 200 and "immutable" in answer.headers["cache-control"] for answer in islands
    )
    assert (home / "clipgraph/current").read_text() == "1\n"


def test_it_is_the_wheel_that_was_tested(installed: Path, tmp_path: Path) -> None:
    code = "import clipgraph; print(clipgraph.__file__)"
    result = subprocess.run(
        [installed / "bin/python", "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path
    )

    assert result.stdout.startswith(str(installed))


def test_a_wheel_without_the_frontend_is_built_and_says_so(tmp_path: Path) -> None:
    source = tmp_path / "source"
    for name in ("src", "ontology", "shapes", "data", "queries"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("built", "__pycache__"))
    for folder in ("frontend", "docs"):
        (source / folder).mkdir()
    for name in (
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "LICENSE-data",
        "frontend/hatch_build.py",
        "docs/coverage.md",
    ):
        shutil.copy(ROOT / name, source / name)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    result = subprocess.run(command, cwd=source, capture_output=True, text=True, check=True)

    assert "islands are left out" in result.stderr
    assert list(tmp_path.glob("*.whl"))
