"""Small releases for tests: quads by number, a policy without rules, and a graph that is not merged."""

from clipgraph.rdf.terms import NamedNode, Quad, Store
from clipgraph.releases.change import Change
from clipgraph.releases.policy import Policy
from clipgraph.sources.graphs import GRAPHS

HIDDEN = GRAPHS + "evidence/hidden"
POLICY = Policy(files=frozenset({"urn:g"}))


def quad(number: int, graph: str = "urn:g") -> Quad:
    node = NamedNode(f"urn:{number}")
    return Quad(node, NamedNode("urn:p"), node, NamedNode(graph))


def passes(_: Store, __: Change) -> None:
    """Check nothing."""
