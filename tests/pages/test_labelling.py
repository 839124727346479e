"""Names beside points: they keep clear of each other, and the important come first."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from clipgraph.pages.labelling import Box, Label, Spot, place_labels, shortened, width_of

SHEET = Box(0, 0, 1000, 900)
SIZE = 20.0


def box_of(label: Label) -> Box:
    width = width_of(label.text, SIZE)
    left = label.x - {"start": 0, "middle": width / 2, "end": width}[label.anchor]
    return Box(left, label.y - SIZE * 0.7, left + width, label.y)


def test_a_lone_name_stands_to_the_right() -> None:
    [label] = place_labels([Spot(500, 500, 5, "Stuttgart")], SIZE, SHEET)

    assert label is not None
    assert label.anchor == "start"
    assert label.x > 505


def test_at_the_right_edge_it_stands_to_the_left() -> None:
    [label] = place_labels([Spot(995, 500, 5, "Izmir")], SIZE, SHEET)

    assert label is not None
    assert label.anchor == "end"


def test_the_first_come_get_the_room() -> None:
    spots = [Spot(500, 500 + step, 5, "Same place") for step in range(40)]
    labels = place_labels(spots, SIZE, SHEET)

    assert labels[0] is not None
    assert None in labels


@given(
    st.lists(
        st.tuples(st.floats(0, 1000), st.floats(0, 900), st.text(min_size=1, max_size=40)),
        max_size=40,
        unique_by=lambda spot: (spot[0], spot[1]),
    )
)
def test_no_name_covers_another_or_a_mark_or_leaves_the_sheet(spots: list[tuple[float, float, str]]) -> None:
    given_spots = [Spot(x, y, 5, name) for x, y, name in spots]
    placed = [box_of(label) for label in place_labels(given_spots, SIZE, SHEET) if label]

    assert not any(one.meets(other) for one, other in combinations(placed, 2))
    assert all(box.within(SHEET) for box in placed)
    marks = [Box(spot.x - 5, spot.y - 5, spot.x + 5, spot.y + 5) for spot in given_spots]
    assert not any(box.meets(mark) for box in placed for mark in marks)


def test_long_names_are_cut_on_the_map() -> None:
    assert len(shortened("x" * 1_000_000)) == 28
    assert shortened("Wolverhampton") == "Wolverhampton"


def test_wide_letters_take_more_room() -> None:
    assert width_of("欧洲", 10) == 2 * width_of("ab", 10)
