"""Turns SHACL results into findings: file and line, plain words, what to do."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rdflib import SH, Graph, URIRef
from rdflib.term import BNode, Node

from clipgraph.rdf.terms import NamedNode
from clipgraph.validation.conversion import Terms
from clipgraph.validation.names import Names, best, texts
from clipgraph.validation.phrases import say
from clipgraph.validation.positions import Position, Positions
from clipgraph.validation.remedies import component_name, remedy
from clipgraph.validation.report import Finding, Severity
from clipgraph.validation.shacl import Result
from clipgraph.validation.short_names import short

# The check that reports a shape without a single focus node.
NO_TARGET = "no-target"


@dataclass(frozen=True)
class Concluding:
    """What it takes to turn a result into a finding."""

    shapes: Graph
    names: Names
    terms: Terms
    positions: Positions

    def finding(self, result: Result) -> Finding:
        """Return the finding that a SHACL result is, in the reader's language."""
        position = self._position(result)
        return Finding(
            severity=severity_of(result.severity),
            component=component_name(result.component),
            message=self._message(result),
            remedy=remedy(result, self.shapes, self.names),
            file=position.file,
            line=position.line,
            focus=result.focus.n3() if isinstance(result.focus, BNode) else str(result.focus),
            path=result.path,
            value="" if result.value is None else result.value.n3(),
            shape=str(result.shape),
            constraint="" if result.constraint is None else str(result.constraint),
        )

    def _message(self, result: Result) -> str:
        """Return the message of the constraint or shape; pySHACL copies one of several languages only."""
        language = self.names.language
        stated = (
            texts(self.shapes, node, SH.message)
            for node in (result.constraint, result.shape)
            if node is not None
        )
        found = next(filter(None, stated), result.messages)
        return best(found, language) or component_name(result.component)

    def _position(self, result: Result) -> Position:
        """Return where the value stands; a longer path names a line only where the value itself does."""
        path = NamedNode(result.path) if result.path and result.path[0] not in "(<^" else None
        focus, value = self.terms.from_rdflib(result.focus), self.terms.from_rdflib(result.value)
        return self.positions.find(focus, path, value)

    def without_target(self, targets: Mapping[Node, int]) -> Iterator[Finding]:
        """Yield a warning for each shape that found nothing to check."""
        for shape in (shape for shape, count in targets.items() if count == 0):
            position = self.positions.find(self.terms.from_rdflib(shape))
            yield Finding(
                severity=Severity.WARNING,
                component=NO_TARGET,
                message=say(NO_TARGET, self.names.language, shape=short(str(shape))),
                remedy=say(f"{NO_TARGET}-remedy", self.names.language),
                file=position.file,
                line=position.line,
                shape=str(shape),
            )


def severity_of(node: Node) -> Severity:
    """Return the severity; one of a shape's own invention counts as a Violation, as in SHACL's default."""
    name = str(node).rsplit("#", 1)[-1]
    return Severity(name) if isinstance(node, URIRef) and name in list(Severity) else Severity.VIOLATION
