"""Graphs that describe a release: made when its content is another, and else left alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest

from clipgraph.errors import Refused
from clipgraph.rdf.terms import Literal, NamedNode, Quad, Store
from clipgraph.releases.change import Change
from clipgraph.releases.commit import Origin, commit
from clipgraph.releases.edits import compared, known
from clipgraph.releases.history import rollback, stated_difference
from clipgraph.releases.policy import Policy
from clipgraph.releases.release import Release
from clipgraph.releases.shelf import Shelf
from clipgraph.sources.graphs import MADE_DESCRIPTIONS, VOID_GRAPH
from testing_releases import POLICY, passes, quad

NUMBER = NamedNode("urn:number")


@dataclass
class Describing:
    """Says which release it describes, and how many quads that has."""

    edition: str = "1"
    asked: list[int] = field(default_factory=list)

    def __call__(self, store: Store, release: Release) -> Sequence[Quad]:
        """Describe."""
        self.asked.append(release.number)
        about = (release.number, len(store), release.changed)
        return [
            Quad(NamedNode("urn:release"), NUMBER, Literal(str(about)), NamedNode(iri))
            for iri in MADE_DESCRIPTIONS
        ]


@pytest.fixture
def describing() -> Describing:
    return Describing()


Publish = Callable[..., Release]


@pytest.fixture
def publish(shelf: Shelf, describing: Describing) -> Publish:
    """Commit quads with these numbers, with descriptions."""

    def publish(*numbers: int) -> Release:
        change = Change(tuple(quad(number) for number in numbers))
        with shelf.lock():
            return commit(shelf, known(change), POLICY, passes, Origin("me", "why"), describing=describing)

    return publish


def told(shelf: Shelf, release: Release) -> list[str]:
    """Return what the descriptions in a release say."""
    store = Store.read_only(str(shelf.store_path(release.number)))
    return [str(found.object) for found in store.quads_for_pattern(None, NUMBER, None, None)]


def test_a_publish_describes_what_it_makes(shelf: Shelf, publish: Publish) -> None:
    release = publish(1, 2)
    records = [release.graphs[iri] for iri in MADE_DESCRIPTIONS]

    assert len(set(told(shelf, release))) == 1
    assert f"(1, 4, '{release.created}')" in told(shelf, release)[0]  # two quads, and the same merged
    assert [(each.role, each.owner, each.triples, each.changed_live) for each in records] == [
        ("description", "files", 1, False)
    ] * len(MADE_DESCRIPTIONS)
    assert release.triples == 2  # they are not merged


def test_the_same_content_is_not_described_again(publish: Publish, describing: Describing) -> None:
    first = publish(1)

    assert publish(1) == first
    assert describing.asked == [1]


def test_another_edition_is_a_release_of_the_same_content(
    shelf: Shelf, publish: Publish, describing: Describing
) -> None:
    first = publish(1)
    describing.edition = "2"
    second = publish(1)

    assert (second.number, second.digest, second.changed) == (2, first.digest, first.created)
    assert f"(2, 2, '{first.created}')" in told(shelf, second)[0]
    assert not stated_difference(shelf, 1, 2)
    assert second.graphs["urn:g"] == first.graphs["urn:g"]
    assert publish(1) == second


def test_other_commits_leave_them_as_they_are(shelf: Shelf, publish: Publish, make: Publish) -> None:
    first = publish(1)
    live = make(2)
    before, after = ([each.graphs[iri] for iri in MADE_DESCRIPTIONS] for each in (first, live))

    assert told(shelf, live) == told(shelf, first)
    assert before == after
    assert live.described == first.described
    assert publish(1).number == 3  # which says of itself what the live write made of it
    assert publish(1).number == 3


def test_going_back_goes_back_to_what_was_described(shelf: Shelf, publish: Publish) -> None:
    first = publish(1)
    second = publish(2)
    back = rollback(shelf, 1, [], Origin("me", "back"))

    assert (back.digest, back.described) == (first.digest, second.described)
    assert told(shelf, back) == told(shelf, second)  # which name the release they are of
    assert publish(1).number == 4


def test_they_cannot_be_written_to(shelf: Shelf, publish: Publish) -> None:
    publish(1)
    made = Quad(NamedNode("urn:a"), NamedNode("urn:b"), Literal("c"), NamedNode(VOID_GRAPH))
    with shelf.lock(), pytest.raises(Refused, match="description/void"):
        commit(shelf, known(Change((made,))), Policy(), passes, Origin("me", "why"))


def test_clearing_everything_clears_them(shelf: Shelf, publish: Publish) -> None:
    publish(1)
    with shelf.lock():
        empty = commit(
            shelf,
            compared(lambda store: store.update("CLEAR ALL")),
            Policy(clears=True),
            passes,
            Origin("me", ""),
        )

    assert (empty.graphs.keys() & set(MADE_DESCRIPTIONS), empty.described) == (set(), "")
    assert not told(shelf, empty)


def test_a_graph_remembers_when_it_became_what_it_is(publish: Publish, make: Publish, shelf: Shelf) -> None:
    first = publish(1)
    second = make(2, graph="urn:h")

    assert first.graphs["urn:g"].changed == first.created == first.changed
    assert second.graphs["urn:g"] == first.graphs["urn:g"]
    assert second.graphs["urn:h"].changed == second.created == second.changed
    assert shelf.read(2) == second
