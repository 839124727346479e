"""How to cite: CITATION.cff and codemeta.json say what pyproject.toml says."""

import json
import tomllib
from typing import Any

import pytest
import yaml

import clipgraph
from conftest import ROOT

LICENCES = ["EUPL-1.2", "CC-BY-4.0"]


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert found["license"] == " AND ".join(LICENCES)
    return found


def test_the_citation_file_says_what_the_package_says(project: dict[str, Any]) -> None:
    """Required keys: https://github.com/citation-file-format/citation-file-format, schema guide 1.2.0."""
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text())

    assert {"cff-version", "message", "title", "authors"} <= cited.keys()
    assert cited["cff-version"] == "1.2.0"
    assert (cited["title"], str(cited["version"])) == (project["name"], project["version"])
    assert cited["version"] == clipgraph.__version__
    assert cited["authors"] == project["authors"]
    assert cited["license"] == LICENCES
    assert (cited["abstract"], cited["keywords"]) == (project["description"], project["keywords"])


def test_so_does_codemeta(project: dict[str, Any]) -> None:
    told = json.loads((ROOT / "codemeta.json").read_text())

    assert told["@context"] == "https://w3id.org/codemeta/3.0"
    assert (told["name"], told["version"]) == (project["name"], project["version"])
    assert told["license"] == [f"https://spdx.org/licenses/{name}" for name in LICENCES]
    assert [each["name"] for each in told["author"]] == [each["name"] for each in project["authors"]]
    assert (told["description"], told["keywords"]) == (project["description"], project["keywords"])
