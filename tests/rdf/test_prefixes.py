"""The prefix table and how it abbreviates."""

import pytest

from clipgraph.rdf.prefixes import OWN, PREFIXES, REUSED, SCHEME, shorten
from clipgraph.rdf.terms import NamedNode, Quad, Store


def test_every_namespace_has_one_prefix_and_every_prefix_one_namespace() -> None:
    assert not OWN.keys() & REUSED.keys()
    assert len(set(PREFIXES.values())) == len(PREFIXES) == len(OWN) + len(REUSED)
    assert all(namespace.endswith(("/", "#")) for namespace in PREFIXES.values())


def test_the_engine_reads_every_short_name_as_its_iri() -> None:
    declared = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    for namespace in PREFIXES.values():
        node = NamedNode(namespace + "some-Name_1")
        store = Store()
        store.add(Quad(node, node, node))

        assert store.query(f"{declared} ASK {{ ?s ?p {shorten(node.value)} }}")


@pytest.mark.parametrize(
    ("iri", "short"),
    [
        ("https://w3id.org/clipgraph/def/City", "clip:City"),
        (SCHEME + "role/member", "role:member"),
        (SCHEME + "unknown/x", SCHEME + "unknown/x"),
        ("http://www.w3.org/2002/07/owl#", "http://www.w3.org/2002/07/owl#"),
        ("http://www.w3.org/2002/07/owl#a/b", "http://www.w3.org/2002/07/owl#a/b"),
        ("http://www.w3.org/2002/07/owl#a.b", "http://www.w3.org/2002/07/owl#a.b"),
        ("http://www.w3.org/2002/07/owl", "http://www.w3.org/2002/07/owl"),
        ("", ""),
    ],
)
def test_shorten(iri: str, short: str) -> None:
    assert shorten(iri) == short
