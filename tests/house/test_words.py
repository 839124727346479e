"""One word for one thing: in pages, ontology, shapes and titles of queries, in German and French."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GERMAN = re.compile(r'"((?:[^"\\]|\\.)*)"@de\b')
FRENCH = re.compile(r'"((?:[^"\\]|\\.)*)"@fr\b')
TITLE = re.compile(r"(?m)^#\+ (?:title|description)-(de|fr): (.*)$")
# What the glossary of CONTRIBUTING.md replaced, by language.
REPLACED = {
    "de": re.compile(r"\bPraktik(en)?\b|\b[A-Z]\w*assage\w*|\bRelease\b"),
    "fr": re.compile(r"\b[Dd]omaines? d’action\b"),
}


def told(language: str) -> list[str]:
    """Return what ontology, shapes, queries and pages say in a language."""
    literal = {"de": GERMAN, "fr": FRENCH}[language]
    files = [file for folder in ("ontology", "shapes") for file in (ROOT / folder).rglob("*.ttl")]
    texts = [text for file in files for text in literal.findall(file.read_text(encoding="utf-8"))]
    queries = [file.read_text(encoding="utf-8") for file in (ROOT / "queries").rglob("*.rq")]
    texts += [text for query in queries for tag, text in TITLE.findall(query) if tag == language]
    catalogue = (ROOT / f"src/clipgraph/pages/catalogues/{language}.po").read_text(encoding="utf-8")
    for entry in catalogue.split("\n\n"):
        _, _, translated = entry.partition("\nmsgstr")
        texts.append(translated)
    return texts


@pytest.mark.parametrize("language", ["de", "fr"])
def test_what_the_glossary_replaced_does_not_come_back(language: str) -> None:
    texts = told(language)

    assert len(texts) > 1000
    assert [text[:200] for text in texts if REPLACED[language].search(text)] == []
