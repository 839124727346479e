"""Changes: the difference of two states."""

from clipgraph.releases.change import Change, difference
from testing_releases import quad


def test_the_difference_is_what_is_new_and_what_is_gone() -> None:
    change = difference([quad(1), quad(2), quad(2)], [quad(4), quad(2), quad(3), quad(3)])

    assert change == Change(added=(quad(4), quad(3)), removed=(quad(1),))


def test_the_same_in_another_order_is_no_change() -> None:
    assert not difference([quad(1), quad(2)], [quad(2), quad(1), quad(1)])
    assert Change(removed=(quad(1),))


def test_the_graph_is_part_of_a_quad() -> None:
    assert difference([quad(1, "urn:a")], [quad(1, "urn:b")]).removed == (quad(1, "urn:a"),)
