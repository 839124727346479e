"""Rules: to a fixed point, recomputed for every change."""

import pytest

from clipgraph.errors import InputError, UnreadableFile
from clipgraph.rdf.terms import NamedNode, Quad, Store
from clipgraph.releases.building import build_dataset, update_dataset
from clipgraph.releases.change import Change
from clipgraph.releases.inference import materialise
from clipgraph.sparql.library import LibraryQuery

P, G = NamedNode("urn:p"), NamedNode("urn:g")
TRANSITIVE = LibraryQuery("rules/t", "CONSTRUCT { ?a <urn:p> ?c } { ?a <urn:p> ?b . ?b <urn:p> ?c }", {})


def step(start: int, end: int) -> Quad:
    return Quad(NamedNode(f"urn:{start}"), P, NamedNode(f"urn:{end}"), G)


def steps(store: Store, graph: str) -> set[tuple[str, str]]:
    rows = store.query(f"SELECT ?s ?o {{ {graph} {{ ?s <urn:p> ?o }} }}")
    return {(row["s"].value[4:], row["o"].value[4:]) for row in rows}  # type: ignore[union-attr]


def build(*quads: Quad) -> Store:
    return build_dataset(quads, lambda _: True, [TRANSITIVE], "urn:i")


def test_what_follows_goes_into_its_graph_and_the_default_graph() -> None:
    store = build(step(1, 2), step(2, 3), step(3, 4))

    assert steps(store, "GRAPH <urn:i>") == {("1", "3"), ("2", "4"), ("1", "4")}
    assert len(steps(store, "")) == 6


def test_what_is_stated_is_not_inferred() -> None:
    assert steps(build(step(1, 2), step(2, 3), step(1, 3)), "GRAPH <urn:i>") == set()


@pytest.mark.parametrize(
    "change",
    [
        Change(removed=(step(1, 2),)),
        Change(added=(step(3, 4), step(1, 3))),
        Change(added=(step(1, 3),), removed=(step(2, 3),)),
        Change(removed=(step(1, 2), step(2, 3))),
    ],
)
def test_a_change_gives_what_building_anew_gives(change: Change) -> None:
    quads = {step(1, 2), step(2, 3)}
    store = build(*quads)

    before = set(store)

    settled = update_dataset(store, change, lambda _: True, [TRANSITIVE], "urn:i")

    anew = build(*(quads - set(change.removed) | set(change.added)))
    assert set(store) == set(anew)
    changes = (change, settled.inferred, settled.default)
    assert {quad for each in changes for quad in each.added} == set(store) - before
    assert {quad for each in changes for quad in each.removed} == before - set(store)


@pytest.mark.parametrize("text", ["CONSTRUCT {", "SELECT * { ?s ?p ?o }"])
def test_what_is_no_rule_is_named(text: str) -> None:
    store = build(step(1, 2))

    with pytest.raises(UnreadableFile, match=r"queries/rules/x\.rq"):
        materialise(store, [LibraryQuery("rules/x", text, {})], "urn:i")


def test_a_rule_that_never_ends_is_ended() -> None:
    rule = "CONSTRUCT { ?n <urn:p> ?s } { ?s <urn:p> ?o BIND(IRI(CONCAT(STR(?s), 'x')) AS ?n) }"

    with pytest.raises(InputError, match="still new triples"):
        materialise(build(step(1, 2)), [LibraryQuery("rules/x", rule, {})], "urn:i")


@pytest.mark.parametrize(
    "conclusion", ["?a <urn:q> []", "[] <urn:q> ?b", "?a <urn:q> <<( ?a <urn:q> _:x )>>"]
)
def test_a_rule_concludes_about_no_blank_node(conclusion: str) -> None:
    rule = LibraryQuery("rules/b", f"CONSTRUCT {{ {conclusion} }} {{ ?a <urn:p> ?b }}", {})

    with pytest.raises(InputError, match=r"rules/b.*blank node"):
        build_dataset([step(1, 2)], lambda _: True, [rule], "urn:i")


def test_what_looks_like_a_blank_node_is_none() -> None:
    rule = LibraryQuery("rules/l", "CONSTRUCT { ?a <urn:q> 'is _:b <<( _:c .' } { ?a <urn:p> ?b }", {})

    assert len(build_dataset([step(1, 2)], lambda _: True, [rule], "urn:i")) == 4
