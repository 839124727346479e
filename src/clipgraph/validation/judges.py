"""The engines that can judge a data graph by a shapes graph."""

from collections.abc import Callable
from enum import StrEnum

from rdflib import Graph

from clipgraph.validation import fast, shacl
from clipgraph.validation.shacl import Result

# Takes the data graph and the shapes graph, returns every result.
Judge = Callable[[Graph, Graph], list[Result]]


class Engine(StrEnum):
    """What validates: pySHACL, which comes with clipgraph, or the fast engine of the extra ``fast``."""

    PYSHACL = "pyshacl"
    TURBO = "turbo"


def judge_of(engine: Engine) -> Judge:
    """Return how this engine judges; raises Unavailable where it is not installed."""
    if engine is Engine.PYSHACL:
        return shacl.validate
    fast.engine()
    return fast.validate
