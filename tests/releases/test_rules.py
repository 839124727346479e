"""What the rules of queries/rules/ conclude, on a few statements and on the graph."""

import pyoxigraph as ox
import pytest

from clipgraph.rdf.terms import NamedNode, Quad, Store
from clipgraph.releases.building import build_dataset
from clipgraph.sources.graphs import INFERENCES
from clipgraph.sources.project import Project
from clipgraph.sparql.library import LibraryQuery, read_library

PREFIXES = {
    "clip": "https://w3id.org/clipgraph/def/",
    "dct": "http://purl.org/dc/terms/",
    "id": "https://w3id.org/clipgraph/id/",
    "org": "http://www.w3.org/ns/org#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "status": "https://w3id.org/clipgraph/scheme/status/",
    "adms": "http://www.w3.org/ns/adms#",
}
STATED = "urn:stated"


@pytest.fixture(scope="module")
def rules(project: Project) -> list[LibraryQuery]:
    return list(read_library(project.queries, "rules"))


def term(name: str) -> NamedNode:
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def statements(text: str, graph: str = STATED) -> set[Quad]:
    """Return the triples written one to a line, without a full stop."""
    return {
        Quad(term(s), term(p), term(o), NamedNode(graph))
        for s, p, o in (line.split() for line in text.strip().splitlines())
    }


def concluded(rules: list[LibraryQuery], text: str) -> set[Quad]:
    store: Store = build_dataset(statements(text), lambda _: True, rules, INFERENCES)
    return set(store.quads_for_pattern(None, None, None, NamedNode(INFERENCES)))


@pytest.mark.parametrize(
    ("there", "back"),
    [
        ("org:unitOf", "org:hasUnit"),
        ("org:postIn", "org:hasPost"),
        ("org:subOrganizationOf", "org:hasSubOrganization"),
        ("org:resultedFrom", "org:resultingOrganization"),
        ("dct:isPartOf", "dct:hasPart"),
        ("clip:fieldOf", "clip:hasField"),
        ("skos:topConceptOf", "skos:hasTopConcept"),
    ],
)
def test_a_pair_of_inverses_follows_from_either(rules: list[LibraryQuery], there: str, back: str) -> None:
    assert concluded(rules, f"id:a {there} id:b") == statements(f"id:b {back} id:a", INFERENCES)
    assert concluded(rules, f"id:b {back} id:a") == statements(f"id:a {there} id:b", INFERENCES)


def test_a_holding_makes_its_person_hold_the_post(rules: list[LibraryQuery]) -> None:
    text = """
        id:x rdf:type clip:OfficeHolding
        id:x org:member id:person
        id:x org:organization id:body
        id:x clip:post id:post
    """

    assert concluded(rules, text) == statements(
        """
        id:person org:holds id:post
        id:post org:heldBy id:person
        """,
        INFERENCES,
    )  # and the person is no member of the body


def test_a_membership_makes_a_member_unless_it_is_proposed(rules: list[LibraryQuery]) -> None:
    text = """
        id:x rdf:type org:Membership
        id:x org:member id:city
        id:x org:organization id:network
    """
    links = "id:city org:memberOf id:network\nid:network org:hasMember id:city"

    assert concluded(rules, text) == statements(links, INFERENCES)
    assert concluded(rules, f"{text.rstrip()}\n id:x adms:status status:proposed") == set()


def test_every_office_of_the_graph_is_found_by_org_alone(graph: ox.Store) -> None:
    def pairs(query: str) -> set[tuple[str, str]]:
        found = graph.query("PREFIX org: <http://www.w3.org/ns/org#> SELECT ?person ?post " + query)
        assert isinstance(found, ox.QuerySolutions)
        return {(row["person"].value, row["post"].value) for row in found}

    held = pairs(f"{{ ?x <{PREFIXES['clip']}post> ?post ; org:member ?person }}")

    assert held
    assert pairs("{ ?person org:holds ?post }") == held
    assert pairs("{ ?post org:heldBy ?person }") == held
