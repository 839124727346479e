"""The report as a string: plain text, JSON, GitHub annotations, and SHACL's own report as Turtle."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.util import from_n3

from clipgraph.rdf.prefixes import PREFIXES
from clipgraph.validation.report import Finding, Report, Severity
from clipgraph.validation.text import text_lines

_LEVELS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def as_text(report: Report, language: str = "en") -> str:
    """Return what a person reads in a pipe or a log."""
    return "\n".join(line.plain for line in text_lines(report, language))


def as_json(report: Report) -> str:
    """Return the whole report; each finding with its stable fingerprint."""
    return json.dumps(
        {
            "conforms": report.conforms(),
            "counts": {severity.value: report.count(severity) for severity in Severity},
            "files": report.files,
            "statements": report.statements,
            "seconds": round(report.seconds, 3),
            "targets": dict(sorted(report.targets.items())),
            "findings": [as_data(finding) for finding in report.findings],
        },
        ensure_ascii=False,
        indent=2,
    )


def as_data(finding: Finding) -> dict[str, Any]:
    """Return a finding as JSON values, with its stable fingerprint."""
    return asdict(finding) | {"fingerprint": finding.fingerprint}


def as_github(report: Report) -> str:
    """Return one workflow command a line; GitHub shows the first ten, and the gravest come first.

    https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    return "\n".join(_annotation(finding) for finding in report.findings)


def _annotation(finding: Finding) -> str:
    parts = {"file": finding.file, "line": finding.line, "col": finding.column, "title": finding.rule}
    given = ",".join(f"{key}={_escaped_property(str(value))}" for key, value in parts.items() if value)
    return f"::{_LEVELS[finding.severity]} {given}::{_escaped(f'{finding.message} {finding.remedy}')}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escaped_property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def as_turtle(report: Report) -> str:
    """Return a SHACL validation report (https://www.w3.org/TR/shacl/#validation-report)."""
    graph, root = Graph(bind_namespaces="none"), BNode()
    graph.bind("sh", SH)
    graph.bind("clipsh", PREFIXES["clipsh"])
    graph.add((root, RDF.type, SH.ValidationReport))
    graph.add((root, SH.conforms, Literal(not report.findings)))
    for finding in report.findings:
        node = BNode()
        graph.add((root, SH.result, node))
        graph.add((node, RDF.type, SH.ValidationResult))
        for predicate, value in _properties(finding):
            graph.add((node, predicate, value))
    return graph.serialize(format="turtle")


def _properties(finding: Finding) -> Iterator[tuple[URIRef, URIRef | BNode | Literal]]:
    yield SH.resultSeverity, SH[finding.severity.value]
    yield SH.sourceConstraintComponent, _component(finding.component)
    yield SH.resultMessage, Literal(f"{finding.message} {finding.remedy}")
    for predicate, text in ((SH.focusNode, finding.focus), (SH.sourceShape, finding.shape)):
        if ":" in text:
            yield predicate, URIRef(text)
    # A longer path would be a structure of its own; the message says it in words.
    if finding.path.startswith("http"):
        yield SH.resultPath, URIRef(finding.path)
    value = from_n3(finding.value) if finding.value else None
    if isinstance(value, URIRef | BNode | Literal):
        yield SH.value, value


def _component(name: str) -> URIRef:
    """Return SHACL's component, or an IRI of ours for a check beside SHACL (they have lower-case names)."""
    return (
        SH[f"{name}ConstraintComponent"]
        if name[:1].isupper()
        else URIRef(PREFIXES["clipsh"] + f"check/{name}")
    )
