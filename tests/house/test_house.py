"""The law of the house, where no linter knows it."""

import ast
import json
import re
import statistics
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import clipgraph
from clipgraph.rdf.prefixes import OWN, PREFIXES, REUSED, shorten
from conftest import ROOT

SOURCE = sorted((ROOT / "src/clipgraph").rglob("*.py"))
FORBIDDEN_NAMES = {"utils", "helpers", "common", "base", "manager", "service", "misc"}
PREFIX = re.compile(r"^\s*(?:@prefix|PREFIX)\s+([\w-]*):\s*<([^>]*)>", re.MULTILINE | re.IGNORECASE)


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Yield name and number of lines of each function of a module."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{path.relative_to(ROOT)}:{node.name}", (node.end_lineno or 0) - node.lineno + 1


def test_modules_are_short() -> None:
    long = {str(path): lines for path in SOURCE if (lines := path.read_text().count("\n")) > 300}

    assert not long


def test_functions_are_short() -> None:
    sizes = sorted(size for path in SOURCE for _, size in functions(path))
    longest = [(name, size) for path in SOURCE for name, size in functions(path) if size > 60]

    assert not longest
    assert statistics.median(sizes) <= 12
    assert sizes[int(len(sizes) * 0.95)] <= 30


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert not [str(path) for path in SOURCE if path.stem in FORBIDDEN_NAMES]


def test_no_import_hides_in_a_function_or_behind_type_checking() -> None:
    for path in SOURCE:
        text = path.read_text()
        inside = [
            node.lineno
            for function in ast.walk(ast.parse(text))
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
            for node in ast.walk(function)
            if isinstance(node, ast.Import | ast.ImportFrom)
        ]
        assert not inside, path
        assert "TYPE_CHECKING" not in text, path


def test_the_error_tree_is_the_docstring() -> None:
    module = ast.parse((ROOT / "src/clipgraph/errors.py").read_text())
    names = {node.name for node in module.body if isinstance(node, ast.ClassDef)}
    told = set(re.findall(r"^[│├└─ ]*([A-Z]\w+)", ast.get_docstring(module) or "", re.MULTILINE))

    assert names == told & names | {"ClipgraphError"}
    assert names <= told


def test_prefixes_are_one_to_one() -> None:
    assert len(set(PREFIXES.values())) == len(PREFIXES)
    assert not OWN.keys() & REUSED.keys()
    assert shorten("https://w3id.org/clipgraph/def/GoodPractice") == "clip:GoodPractice"


@pytest.mark.parametrize(
    "pattern", ["ontology/**/*.ttl", "shapes/**/*.ttl", "data/**/*.ttl", "queries/**/*.rq"]
)
def test_every_file_uses_the_one_prefix_table(pattern: str) -> None:
    files = list(ROOT.glob(pattern))
    wrong = [
        (file.name, prefix)
        for file in files
        for prefix, namespace in PREFIX.findall(file.read_text())
        if PREFIXES.get(prefix) != namespace
    ]

    assert files
    assert not wrong


def test_the_changelog_knows_this_version() -> None:
    assert f"## {clipgraph.__version__}" in (ROOT / "CHANGELOG.md").read_text()


def test_no_file_names_a_folder_of_one_machine() -> None:
    command = ["/usr/bin/env", "git", "ls-files"]
    tracked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    place = re.compile(r"(?<![\w.:/-])/(?:home|root|Users)/\w")
    told = [name for name in tracked if place.search((ROOT / name).read_text(errors="ignore"))]

    assert tracked
    assert not told


NODE = pytest.mark.parametrize("folder", ["frontend", "tests/clients/comunica"])


@NODE
def test_every_dependency_in_node_says_why(folder: str) -> None:
    package = json.loads((ROOT / folder / "package.json").read_text())
    dependencies = [*package.get("dependencies", {}), *package.get("devDependencies", {})]

    assert sorted(package["why"]) == sorted(dependencies)


@NODE
def test_a_lock_of_node_names_no_registry(folder: str) -> None:
    lock = json.loads((ROOT / folder / "package-lock.json").read_text())
    packages = {name: package for name, package in lock["packages"].items() if name}

    assert packages
    assert not [name for name, package in packages.items() if "resolved" in package]
    assert all("integrity" in package for package in packages.values() if not package.get("inBundle"))
