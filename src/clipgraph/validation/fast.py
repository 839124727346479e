"""Judges a whole graph many times faster: pyshacl-turbo, an engine in Rust, where it is installed.

It is an extra, ``clipgraph[fast]``: young, and the work of one company. tests/validation/test_agreement.py
says what it must agree with pySHACL about, and where the two are known to differ.
"""

from collections.abc import Iterable
from importlib import import_module
from typing import Any

from rdflib import SH, Graph

from clipgraph.errors import EngineFailed, InputError, Unavailable
from clipgraph.validation.shacl import Result, result_of

PACKAGE = "pyshacl-turbo"


def validate(data: Graph, shapes: Graph) -> list[Result]:
    """Return every result, as shacl.validate does.

    Args:
        data: the data graph, with the class tree.
        shapes: the shapes graph.

    Raises:
        InputError: the shapes are ill-formed.
        EngineFailed: the verdict is not what the results say.
        Unavailable: the engine is not installed.
    """
    # Not in place: it would compare all triples before and after for what inferences have added.
    conforms, report, text = _judged(engine(), data, shapes)
    if not isinstance(report, Graph):
        raise InputError(f"the shapes cannot be used: {text}")
    results = [result_of(report, node) for node in report.objects(None, SH.result)]
    return _consistent(results, conforms=conforms)


def engine() -> Any:  # noqa: ANN401  # it need not be there
    """Return the engine's module; raises Unavailable where it is not installed."""
    try:
        return import_module("pyshacl_turbo")
    except ImportError as error:
        raise Unavailable(f"the engine turbo needs {PACKAGE}: pip install 'clipgraph[fast]'") from error


def _judged(turbo: Any, data: Graph, shapes: Graph) -> tuple[bool, object, str]:  # noqa: ANN401
    try:
        conforms, report, text = turbo.validate(data, shacl_graph=shapes)
    except (RuntimeError, ValueError) as error:  # what it says of shapes that it does not take
        raise InputError(f"the shapes cannot be used: {error}") from error
    return bool(conforms), report, str(text)


def _consistent(results: Iterable[Result], *, conforms: bool) -> list[Result]:
    """Return the results; a verdict that they do not bear out would pass for a graph without a fault."""
    found = list(results)
    if conforms == bool(found):
        raise EngineFailed(f"{PACKAGE} says that the graph conforms: {conforms}, with {len(found)} results")
    return found
