"""Vocabularies for tests: from Turtle, as the two queries would give them."""

from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile

from clipgraph.engines.rows import Row, Value
from clipgraph.pages.asking import Asking
from clipgraph.pages.profiles import as_row
from clipgraph.pages.reader import Reader
from clipgraph.pages.site import Site, open_site
from clipgraph.pages.vocabulary import Vocabulary, make_vocabulary
from clipgraph.rdf.prefixes import PREFIXES
from clipgraph.rdf.reading import Statement, read_turtle
from clipgraph.rdf.skolem import skolemise
from clipgraph.sources.project import own_project
from clipgraph.sparql.library import read_library

HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())


def _statements(text: str) -> list[Statement]:
    with NamedTemporaryFile("w", suffix=".ttl", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        return list(read_turtle(Path(file.name)))


def rows(turtle: str) -> list[Row]:
    found = []
    for triple in skolemise(statement.triple for statement in _statements(HEAD + turtle)):
        subject, predicate, value = as_row(triple)
        found.append({"subject": Value("uri", subject), "property": Value("uri", predicate), "value": value})
    return found


def counts(**numbers: int) -> list[Row]:
    """Return how often classes (``Thing``) and properties (``thing``) of ours are used."""
    return [
        {
            "kind": Value("literal", "class" if name[0].isupper() else "property"),
            "term": Value("uri", PREFIXES["clip"] + name),
            "place": Value("literal", "default"),
            "number": Value("literal", str(number)),
        }
        for name, number in numbers.items()
    ]


def vocabulary(turtle: str, **numbers: int) -> Vocabulary:
    return make_vocabulary(rows(turtle), counts(**numbers))


@cache
def site() -> Site:
    own = own_project()
    assert own is not None
    return open_site(read_library(own.queries, "pages"), [])


def asking(language: str = "en") -> Asking:
    return Asking(None, site(), Reader(language), 1, "test")  # type: ignore[arg-type]  # nothing is asked
