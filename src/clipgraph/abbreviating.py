"""Which prefixes a graph has use for: a document of three statements need not declare seventy."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import TypeVar

# As many triples are gathered before the first is written; of more, all prefixes are declared.
FEW = 1000
_T = TypeVar("_T")
_XSD = "http://www.w3.org/2001/XMLSchema#"
# What Turtle writes without its datatype: https://www.w3.org/TR/turtle/#abbrev
_PLAIN = frozenset(_XSD + name for name in ("boolean", "decimal", "double", "integer"))
_IRI = re.compile(r"(\^\^)?<([^<>\s]*)>")


def abbreviated(triples: Iterable[_T], prefixes: Mapping[str, str]) -> tuple[Iterable[_T], dict[str, str]]:
    """Return the triples, and of the prefixes those that they have use for, or all where triples are many.

    The text of a triple is as N-Triples has it; ``prefixes`` are namespaces by prefix.
    """
    following = iter(triples)
    first = list(islice(following, FEW + 1))
    if len(first) > FEW:
        return chain(first, following), dict(prefixes)
    return first, used(map(str, first), prefixes)


def used(texts: Iterable[str], prefixes: Mapping[str, str]) -> dict[str, str]:
    """Return the prefixes that are the longest fit for an IRI in the texts, in the order of their names."""
    names = {namespace: prefix for prefix, namespace in prefixes.items()}
    iris = {iri for text in texts for typed, iri in _IRI.findall(text) if not (typed and iri in _PLAIN)}
    found = {next((start for start in _starts(iri) if start in names), "") for iri in iris} - {""}
    return dict(sorted((names[namespace], namespace) for namespace in found))


def _starts(iri: str) -> Iterator[str]:
    """Yield what an IRI's namespace may be, the longest first."""
    return (iri[:end] for end in range(len(iri), 0, -1) if iri[end - 1] in "/#:")
