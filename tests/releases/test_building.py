"""A dataset built in memory has all its parts."""

from clipgraph.rdf.terms import NamedNode
from clipgraph.releases.building import build_dataset
from testing_releases import quad


def test_named_graphs_and_their_merge() -> None:
    store = build_dataset(
        [quad(1), quad(1, "urn:b"), quad(2, "urn:hidden")], lambda iri: iri != "urn:hidden", (), "urn:i"
    )

    assert len(store) == 4
    assert set(store.named_graphs()) == {NamedNode("urn:g"), NamedNode("urn:b"), NamedNode("urn:hidden")}
