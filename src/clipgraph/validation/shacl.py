"""Judges a data graph by a shapes graph: pySHACL on rdflib's memory graph, tuned.

Nothing of pySHACL is used that gives wrong verdicts: neither its focus_nodes and use_shapes, nor inference,
nor another store than rdflib's own.
"""

import logging
from dataclasses import dataclass

import pyshacl
from pyshacl import shape as pyshacl_shape
from pyshacl.constraints import ALL_CONSTRAINT_PARAMETERS, CONSTRAINT_PARAMETERS_MAP
from pyshacl.errors import ReportableRuntimeError, ShapeLoadError, ValidationFailure
from rdflib import RDF, SH, Graph
from rdflib.term import Literal, Node

from clipgraph.errors import InputError
from clipgraph.validation import queries
from clipgraph.validation.paths import path_text

queries.install()
# For every value of every shape pySHACL asks whether a property is a parameter: in a list, it was a third of
# a validation.
vars(pyshacl_shape)["CONSTRAINT_PARAMS"] = (frozenset(ALL_CONSTRAINT_PARAMETERS), CONSTRAINT_PARAMETERS_MAP)
# An ill-typed literal becomes a finding with its line; rdflib would also say so on standard error.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)


@dataclass(frozen=True, slots=True)
class Result:
    """A validation result (https://www.w3.org/TR/shacl/#results-validation-result).

    ``path`` is written as SPARQL writes property paths; ``constraint`` is the SPARQL constraint, if any.
    """

    focus: Node
    severity: Node
    component: Node
    shape: Node
    path: str = ""
    value: Node | None = None
    constraint: Node | None = None
    messages: tuple[Literal, ...] = ()


def validate(data: Graph, shapes: Graph) -> list[Result]:
    """Return every result; a graph conforms if there is none (https://www.w3.org/TR/shacl/).

    Args:
        data: the data graph, with the class tree.
        shapes: the shapes graph.

    Raises:
        InputError: the shapes are ill-formed.
    """
    try:
        _, report, text = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    except (ShapeLoadError, ReportableRuntimeError, ValidationFailure) as error:
        raise InputError(f"the shapes cannot be used: {error}") from error
    if not isinstance(report, Graph):
        raise InputError(f"the shapes cannot be used: {text}")
    return [result_of(report, node) for node in report.objects(None, SH.result)]


def result_of(report: Graph, node: Node) -> Result:
    """Return the result that a node of a report (https://www.w3.org/TR/shacl/#validation-report) is."""
    path = report.value(node, SH.resultPath)
    messages = (text for text in report.objects(node, SH.resultMessage) if isinstance(text, Literal))
    return Result(
        focus=_required(report, node, SH.focusNode),
        severity=_required(report, node, SH.resultSeverity),
        component=_required(report, node, SH.sourceConstraintComponent),
        shape=_required(report, node, SH.sourceShape),
        path=path_text(report, path) if path is not None else "",
        value=report.value(node, SH.value),
        constraint=report.value(node, SH.sourceConstraint),
        messages=tuple(sorted(messages, key=lambda text: (text.language or "", text))),
    )


def _required(report: Graph, node: Node, predicate: Node) -> Node:
    found = report.value(node, predicate)
    return RDF.nil if found is None else found
