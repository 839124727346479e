"""The queries of the library as data, which editors offer as examples.

In the form that the editors of the SIB read (https://github.com/sib-swiss/sparql-examples): each query is a
``sh:SPARQLExecutable`` (https://www.w3.org/TR/shacl/#sparql-constraints-prefixes for its prefixes), its title
the comment, in every language in which it has one.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from urllib.parse import quote

from clipgraph.describing.account import Account
from clipgraph.describing.identifiers import ENDPOINT, EXAMPLES
from clipgraph.describing.triples import Triples
from clipgraph.errors import ClipgraphError
from clipgraph.rdf.prefixes import PREFIXES
from clipgraph.rdf.terms import Literal, Triple
from clipgraph.sparql.library import LibraryQuery
from clipgraph.sparql.policy import endpoints
from clipgraph.sparql.tokens import tokens

# Kinds of queries: the property that has the text of each, and its class; SHACL has none for DESCRIBE.
_KINDS = {
    "select": ("sh:select", "sh:SPARQLSelectExecutable"),
    "ask": ("sh:ask", "sh:SPARQLAskExecutable"),
    "construct": ("sh:construct", "sh:SPARQLConstructExecutable"),
    "describe": ("spex:describe",),
}
_TITLE = re.compile(r"title(?:-([a-z]{2,3}))?")
_DECLARED = EXAMPLES + "#prefixes"


def example_queries(account: Account) -> Iterable[Triple]:
    """Return the queries of an account, each by an IRI made of its name, and the prefixes of the table."""
    made = Triples()
    add_examples(made, account.examples)
    return made


def add_examples(made: Triples, queries: Iterable[LibraryQuery]) -> None:
    """State the queries and their prefixes; a text that is no query is left out, and nothing for none."""
    stated = [_add(made, query) for query in queries]
    if any(stated):
        for prefix, namespace in PREFIXES.items():
            declaration = f"{EXAMPLES}#prefix-{prefix}"
            made.say(_DECLARED, "sh:declare", declaration)
            made.value(declaration, "sh:prefix", prefix)
            made.value(declaration, "sh:namespace", namespace, "xsd:anyURI")


def _add(made: Triples, query: LibraryQuery) -> bool:
    kind = _kind(query.text)
    if kind not in _KINDS:
        return False
    has_text, *classes = _KINDS[kind]
    example = f"{EXAMPLES}#{quote(query.name.removeprefix('competency/'), safe='')}"
    made.types(example, "sh:SPARQLExecutable", *classes)
    made.words(example, "rdfs:comment", _titles(query))
    if "description" in query.metadata:
        made.words(example, "dct:description", {"en": query.metadata["description"]})
    made.say(example, "sh:prefixes", _DECLARED)
    made.value(example, has_text, query.plain)
    made.say(example, "schema:target", ENDPOINT)
    for keyword in query.metadata.get("keywords", "").split(","):
        if keyword.strip():
            made.say(example, "schema:keywords", Literal(keyword.strip(), language="en"))
    with suppress(ClipgraphError):  # it cannot be told which it asks
        made.say(example, "spex:federatesWith", *dict.fromkeys(endpoints(query.text)))
    return True


def _titles(query: LibraryQuery) -> dict[str, str]:
    """Return the titles by language; a query without any is called by its name."""
    found = {
        match[1] or "en": text
        for key, text in query.metadata.items()
        if text and (match := _TITLE.fullmatch(key))
    }
    return found or {"en": query.name}


def _kind(text: str) -> str:
    """Return the keyword that a query begins with after its prologue, empty where it has none."""
    words = (token.text.lower() for token in tokens(text) if token.kind == "word")
    return next((word for word in words if word not in ("prefix", "base", "version")), "")
