"""Checks every IRI of a dataset against what is declared: typing mistakes, dangling links, blank nodes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from clipgraph.rdf.identity import GENID
from clipgraph.rdf.prefixes import OWN, REUSED, SCHEME
from clipgraph.rdf.terms import BlankNode, NamedNode, Node, Quad, Triple
from clipgraph.sources.graphs import DERIVED, DESCRIPTIONS, GRAPHS
from clipgraph.validation.conversion import EXTERNAL
from clipgraph.validation.phrases import say
from clipgraph.validation.positions import Positions
from clipgraph.validation.report import Finding, Severity
from clipgraph.validation.short_names import IDS, short

TERMS, SHAPE_IRIS = OWN["clip"], OWN["clipsh"]
# Their lists and restrictions may be blank; data may not.
_BLANK_ALLOWED = tuple(GRAPHS + folder for folder in ("ontology/", "schemes/", "shapes/"))
TYPE = REUSED["rdf"] + "type"
# The languages that ontology and shapes are written in: known to every reader.
_LANGUAGES = tuple(REUSED[prefix] for prefix in ("rdf", "rdfs", "owl", "sh", "xsd"))


@dataclass
class Vocabulary:
    """What a dataset declares: own terms and codes, described things and shapes, terms of others."""

    declared: set[str] = field(default_factory=set)
    described: set[str] = field(default_factory=set)
    external: set[str] = field(default_factory=set)

    def add(self, quad: Quad) -> None:
        """Take in what one stated quad declares or describes."""
        if not isinstance(quad.subject, NamedNode):
            return
        name = quad.subject.value
        if graph_of(quad) == EXTERNAL:
            self.external.add(name)
        elif name.startswith((IDS, SHAPE_IRIS)):
            self.described.add(name)
        elif quad.predicate.value == TYPE and name.startswith((TERMS, SCHEME)):
            self.declared.add(name)

    def problem(self, name: str, *, as_term: bool) -> str:
        """Return the check that an IRI fails, or nothing.

        Args:
            name: the IRI, used as a predicate or object.
            as_term: it is a predicate or the object of rdf:type.
        """
        if name.startswith((TERMS, SCHEME)):
            return "" if name in self.declared else "undeclared-term"
        if name.startswith((IDS, SHAPE_IRIS)):
            return "" if name in self.described else "dangling-link"
        unknown = as_term and bool(self.external) and not name.startswith(_LANGUAGES)
        return "external-term" if unknown and name not in self.external else ""

    def nearest(self, check: str, name: str) -> str:
        """Return the known IRI that looks most like a mistyped one, or nothing."""
        known = {"undeclared-term": self.declared, "dangling-link": self.described}.get(check, self.external)
        start, own = _split(name)
        siblings = {_split(iri)[1]: iri for iri in sorted(known) if iri.startswith(start)}
        everywhere = {_split(iri)[1]: iri for iri in sorted(known)}
        for candidates, cutoff in ((siblings, 0.7), (everywhere, 0.85)):
            for match in get_close_matches(own, candidates, n=1, cutoff=cutoff):
                return candidates[match]
        return ""


def _split(iri: str) -> tuple[str, str]:
    end = max(iri.rfind("/"), iri.rfind("#")) + 1
    return iri[:end], iri[end:]


def graph_of(quad: Quad) -> str:
    """Return the IRI of the named graph, or nothing for the default graph."""
    return quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""


def vocabulary_findings(quads: Iterable[Quad], positions: Positions, language: str) -> Iterator[Finding]:
    """Yield what is used and not declared, pointed to and not described, or has no name.

    What is derived is left out: it repeats what is stated.
    """
    stated = [quad for quad in quads if graph_of(quad) not in DERIVED]
    vocabulary = Vocabulary()
    for quad in stated:
        vocabulary.add(quad)
    for quad in stated:
        for check, term in problems(quad, vocabulary):
            yield finding_of(check, term, quad, vocabulary, positions, language)


def problems(quad: Quad, vocabulary: Vocabulary) -> Iterator[tuple[str, Node | Triple]]:
    """Yield the checks that a stated quad fails, each with the term that fails it.

    What is said of the dataset itself is in the words of catalogues, which the ontology does not declare.
    """
    in_our_words = not graph_of(quad).startswith(DESCRIPTIONS)
    if check := vocabulary.problem(quad.predicate.value, as_term=in_our_words):
        yield check, quad.predicate
    if isinstance(quad.object, NamedNode) and not _is_version(quad):
        as_type = in_our_words and quad.predicate.value == TYPE
        if check := vocabulary.problem(quad.object.value, as_term=as_type):
            yield check, quad.object
    if isinstance(quad.object, Triple):
        yield "triple-term", quad.object
    if not graph_of(quad).startswith(_BLANK_ALLOWED):
        yield from (("blank-node", term) for term in (quad.subject, quad.object) if _is_blank(term))


def _is_version(quad: Quad) -> bool:
    """Tell whether the object is an IRI of a version (…/def/0.1.0): no term, though it looks like one."""
    return isinstance(quad.object, NamedNode) and quad.object.value.removeprefix(TERMS)[:1].isdigit()


def _is_blank(term: Node | Triple) -> bool:
    return isinstance(term, BlankNode) or (isinstance(term, NamedNode) and term.value.startswith(GENID))


def finding_of(
    check: str,
    term: Node | Triple,
    quad: Quad,
    vocabulary: Vocabulary,
    positions: Positions,
    language: str,
) -> Finding:
    """Return the finding for a check that a term of a quad fails."""
    name = term.value if isinstance(term, NamedNode) else ""
    near = vocabulary.nearest(check, name) if name else ""
    hint = say("nearest", language, name=short(near)) if near else ""
    position = positions.find(quad.subject, quad.predicate, quad.object)
    return Finding(
        severity=Severity.WARNING if check == "external-term" else Severity.VIOLATION,
        component=check,
        message=say(check, language, term=short(name)),
        remedy=say(f"{check}-remedy", language, nearest=hint),
        file=position.file,
        line=position.line,
        focus=_iri(quad.subject),
        path=quad.predicate.value,
        value=str(quad.object),
    )


def _iri(subject: Node | Triple) -> str:
    return subject.value if isinstance(subject, NamedNode) else str(subject)
