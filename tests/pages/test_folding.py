"""Large parts of a network become one node, and open again."""

from clipgraph.engines.rows import Value
from clipgraph.pages.actors import Actor, Network, Tie
from clipgraph.pages.folding import LARGE, fold
from clipgraph.pages.names import Names

LOCAL = "https://w3id.org/clipgraph/scheme/governance-level/local"
PROPOSED = "https://w3id.org/clipgraph/scheme/status/proposed"


def actor(iri: str, kind: str = "organisation", level: str = LOCAL, status: str = "") -> Actor:
    return Actor(iri, Value("literal", iri), kind, level, "", status)


def network(actors: list[Actor], ties: list[Tie]) -> Network:
    return Network({each.iri: each for each in actors}, ties, Names({}, {}))


def cities(number: int) -> Network:
    members = [actor(f"urn:city{n:03}") for n in range(number)]
    ties = [Tie(member.iri, "member", "urn:clip") for member in members]
    return network([actor("urn:clip", "network", ""), *members], ties)


def test_cities_with_the_same_ties_are_one_node() -> None:
    picture = fold(cities(35))

    assert sorted(len(node.actors) for node in picture.nodes) == [1, 35]
    [line] = picture.lines
    assert (line.target, line.count, line.is_proposed) == ("urn:clip", 35, False)
    assert len(picture.ties[line.source]) == 35


def test_a_few_are_shown_one_by_one() -> None:
    assert len(fold(cities(LARGE - 1)).nodes) == LARGE


def test_a_group_opens_by_any_of_its_actors() -> None:
    assert len(fold(cities(35), {"urn:city020"}).nodes) == 36


def test_the_actor_that_is_looked_at_is_in_no_group() -> None:
    picture = fold(cities(35), (), {"urn:city020"})

    assert sorted(len(node.actors) for node in picture.nodes) == [1, 1, 34]


def test_another_tie_sets_apart() -> None:
    given = cities(35)
    founder = network(list(given.actors.values()), [*given.ties, Tie("urn:city007", "founder", "urn:clip")])

    assert sorted(len(node.actors) for node in fold(founder).nodes) == [1, 1, 34]


def test_who_belongs_to_folded_bodies_is_alike() -> None:
    groups = [actor(f"urn:wg{n}", "working-group", "", PROPOSED) for n in range(LARGE)]
    experts = [actor(f"urn:expert{n}") for n in range(LARGE)]
    ties = [Tie(group.iri, "part", "urn:pact", "", PROPOSED) for group in groups]
    ties += [
        Tie(expert.iri, "involved", group.iri, "", PROPOSED)
        for expert, group in zip(experts, groups, strict=True)
    ]
    picture = fold(network([actor("urn:pact", "network", ""), *groups, *experts], ties))

    assert sorted(len(node.actors) for node in picture.nodes) == [1, LARGE, LARGE]
    assert all(line.is_proposed for line in picture.lines)


def test_a_line_is_proposed_where_all_its_ties_are() -> None:
    members = [actor("urn:a"), actor("urn:clip", "network", "")]
    real, proposed = Tie("urn:a", "member", "urn:clip"), Tie("urn:a", "member", "urn:clip", "", PROPOSED)

    assert [line.is_proposed for line in fold(network(members, [real, proposed])).lines] == [False]
    assert [line.is_proposed for line in fold(network(members, [proposed])).lines] == [True]


def test_ten_thousand_alike_stay_one_node() -> None:
    assert len(fold(cities(10_000)).nodes) == 2
