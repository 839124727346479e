"""What holds for every statement of the graph, whatever its class."""

import pyoxigraph as ox

ID = "https://w3id.org/clipgraph/id/"
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def test_whatever_is_spoken_of_has_a_type(graph: ox.Store) -> None:
    """A file may add to what another file describes; if the other loses its part, no shape finds the rest."""
    subjects = {quad.subject for quad in graph.quads_for_pattern(None, None, None, None)}
    ours = {one for one in subjects if isinstance(one, ox.NamedNode) and one.value.startswith(ID)}

    assert ours
    assert not [one for one in ours if not any(graph.quads_for_pattern(one, TYPE, None, None))]
