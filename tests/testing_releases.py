"""Small releases for tests: quads by number, and a policy with one unmerged graph."""

from clipgraph.rdf.terms import NamedNode, Quad, Store
from clipgraph.releases.commit import Policy

POLICY = Policy(
    roles={"urn:g": ("data", "files"), "urn:hidden": ("evidence", "files"), "urn:i": ("inferences", "files")},
    merged=lambda iri: iri != "urn:hidden",
    rules=(),
    rules_digest="none",
    inferences="urn:i",
)


def quad(number: int, graph: str = "urn:g") -> Quad:
    node = NamedNode(f"urn:{number}")
    return Quad(node, NamedNode("urn:p"), node, NamedNode(graph))


def passes(_: Store) -> None:
    """Check nothing."""
