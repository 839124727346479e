"""Following a Change gives what inferring anew gives, whatever the Change is."""

import random
from collections.abc import Sequence

import pytest

from clipgraph.rdf.prefixes import PREFIXES
from clipgraph.rdf.terms import Literal, NamedNode, Quad, Store
from clipgraph.releases.building import build_dataset, settle, settle_by_following
from clipgraph.releases.change import Change
from clipgraph.releases.following import Following
from clipgraph.releases.merge import apply_stated
from clipgraph.releases.rules import read_rules
from clipgraph.sparql.library import LibraryQuery, read_library
from conftest import ROOT

INFERENCES = "urn:inferences"
RULES = read_library(ROOT / "queries", "rules")
GRAPHS = [NamedNode(f"urn:graph:{number}") for number in range(3)]
APART = NamedNode("urn:apart")  # is not merged


def name(short: str) -> NamedNode:
    prefix, _, local = short.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


THINGS = [NamedNode(f"urn:thing:{number}") for number in range(6)]
DEF = NamedNode("https://w3id.org/clipgraph/def")
CLASSES = [
    name(each)
    for each in ("clip:Document", "clip:OfficeHolding", "cv:PublicOrganisation", "clip:A", "clip:B")
]
SPECIAL = [name(each) for each in ("clip:special", "clip:more-special")]
LINKS = [
    *map(name, ("dct:isPartOf", "dct:hasPart", "org:member", "org:organization", "clip:post", "org:postIn")),
    *SPECIAL,
]
NAMES = [name(each) for each in ("skos:prefLabel", "dct:title", "foaf:name", "rdfs:label")]
TEXTS = [Literal(text, language=language) for text in ("one", "two") for language in ("en", "de")]
SCHEMA = [
    (CLASSES[3], name("rdfs:subClassOf"), CLASSES[0]),
    (CLASSES[4], name("rdfs:subClassOf"), CLASSES[1]),
    (CLASSES[3], name("rdfs:subClassOf"), CLASSES[2]),
    (SPECIAL[0], name("rdfs:isDefinedBy"), DEF),
    (SPECIAL[1], name("rdfs:isDefinedBy"), DEF),
    (SPECIAL[0], name("rdfs:subPropertyOf"), name("dct:isPartOf")),
    (SPECIAL[1], name("rdfs:subPropertyOf"), SPECIAL[0]),
]
OF_PROPERTIES = {name("rdfs:isDefinedBy"), name("rdfs:subPropertyOf")}


def is_merged(graph: str) -> bool:
    return graph != APART.value


def drawn(chance: random.Random) -> Quad:
    thing, graph = chance.choice(THINGS), chance.choice([*GRAPHS, APART])
    kind = chance.random()
    if kind < 0.25:
        return Quad(thing, name("rdf:type"), chance.choice(CLASSES), graph)
    if kind < 0.45:
        return Quad(thing, chance.choice(NAMES), chance.choice(TEXTS), graph)
    if kind < 0.5:
        return Quad(thing, name("adms:status"), name("status:proposed"), graph)
    if kind < 0.53:
        return Quad(*chance.choice(SCHEMA), graph)
    return Quad(thing, chance.choice(LINKS), chance.choice(THINGS), graph)


def check(quads: set[Quad], change: Change, rules: Sequence[LibraryQuery] = RULES) -> None:
    store = build_dataset(quads, is_merged, rules, INFERENCES)
    before = set(store)
    apply_stated(store, change)
    terms = (store, change, is_merged, rules, INFERENCES)
    settled = settle_by_following(*terms)
    if settled is None:  # what properties are is changed: that concerns every triple with them
        assert {quad.predicate for quad in (*change.added, *change.removed)} & OF_PROPERTIES
        settled = settle(*terms)

    anew = build_dataset(quads - {*change.removed} | {*change.added}, is_merged, rules, INFERENCES)
    assert set(store) == set(anew)
    changes = (change, settled.inferred, settled.default)
    assert {quad for each in changes for quad in each.added} == set(store) - before
    assert {quad for each in changes for quad in each.removed} == before - set(store)


@pytest.mark.parametrize("seed", range(300))
def test_any_change_gives_what_inferring_anew_gives(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # nothing is kept secret by it
    quads = {drawn(chance) for _ in range(chance.randint(0, 40))}
    quads |= {Quad(*triple, GRAPHS[0]) for triple in SCHEMA if chance.random() < 0.9}
    removed = {quad for quad in sorted(quads, key=str) if chance.random() < 0.15}
    added = {drawn(chance) for _ in range(chance.randint(0, 6))} - quads
    check(quads, Change(tuple(sorted(added, key=str)), tuple(sorted(removed, key=str))))


def test_what_two_support_stays_while_one_does() -> None:
    first, second = (Quad(THINGS[0], name("dct:isPartOf"), THINGS[1], graph) for graph in GRAPHS[:2])
    check({first, second}, Change(removed=(first,)))


def test_two_that_only_support_each_other_both_go() -> None:
    part = Quad(THINGS[0], name("dct:isPartOf"), THINGS[1], GRAPHS[0])
    check({part}, Change(removed=(part,)))


def test_what_is_stated_while_it_was_inferred_is_inferred_no_more() -> None:
    part = Quad(THINGS[0], name("dct:isPartOf"), THINGS[1], GRAPHS[0])
    whole = Quad(THINGS[1], name("dct:hasPart"), THINGS[0], GRAPHS[1])
    check({part}, Change(added=(whole,)))
    check({part, whole}, Change(removed=(whole,)))


def test_a_rule_that_cannot_be_followed_leaves_the_store_as_it_was() -> None:
    counted = LibraryQuery("rules/n", "CONSTRUCT { ?s <urn:n> ?n } { SELECT ?s (1 AS ?n) { ?s ?p ?o } }", {})
    store = build_dataset([Quad(THINGS[0], LINKS[0], THINGS[1], GRAPHS[0])], is_merged, RULES, INFERENCES)
    change = Change(added=(Quad(THINGS[1], LINKS[0], THINGS[2], GRAPHS[0]),))
    apply_stated(store, change)
    before = set(store)
    assert settle_by_following(store, change, is_merged, [*RULES, counted], INFERENCES) is None
    assert set(store) == before


def test_a_change_that_reaches_too_far_leaves_the_store_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    quads = [Quad(THINGS[n], name("dct:isPartOf"), THINGS[n + 1], GRAPHS[0]) for n in range(5)]
    store = build_dataset(quads, is_merged, RULES, INFERENCES)
    change = Change(removed=(quads[2],))
    apply_stated(store, change)
    before = set(store)
    monkeypatch.setattr("clipgraph.releases.following._MOST_LOOKED_AT", 3)
    assert settle_by_following(store, change, is_merged, RULES, INFERENCES) is None
    assert set(store) == before


def test_following_costs_what_the_change_is_large_and_not_the_graph() -> None:
    looked: list[int] = []
    for size in (100, 1000):
        cities = [NamedNode(f"urn:city:{number}") for number in range(size)]
        quads = [Quad(city, name("dct:isPartOf"), THINGS[0], GRAPHS[0]) for city in cities]
        store = build_dataset(quads, is_merged, RULES, INFERENCES)
        change = Change(added=(Quad(NamedNode("urn:new"), name("dct:isPartOf"), cities[0], GRAPHS[0]),))
        looked.append(_looked_at(store, change))
    assert looked[0] == looked[1]


def _looked_at(store: Store, change: Change) -> int:
    apply_stated(store, change)
    following = Following(store, read_rules(RULES), INFERENCES)
    following.state(quad.triple for quad in change.added)
    following.follow()
    return following._looked_at  # noqa: SLF001
