"""Boxes in bands: none covers another, all stay within the picture, whatever their names are."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from clipgraph.pages.bands import Box, Plan, plan, wrapped

names = st.lists(st.text(max_size=60), max_size=30)


def overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def planned(bands: dict[str, list[str]], width: int, column: str | None) -> Plan:
    rows = [
        (band, {f"{band}{n}": wrapped(name) for n, name in enumerate(texts)}) for band, texts in bands.items()
    ]
    return plan(rows, width, column)


@given(st.fixed_dictionaries({"a": names, "b": names, "joint": names}), st.sampled_from([None, "joint"]))
def test_boxes_keep_clear_of_each_other_and_stay_inside(
    bands: dict[str, list[str]], column: str | None
) -> None:
    made = planned(bands, 1090, column)
    boxes = list(made.boxes.values())

    assert len(boxes) == sum(len(texts) for texts in bands.values())
    assert not any(overlap(one, other) for one, other in combinations(boxes, 2))
    assert all(box.x >= 0 and box.x + box.width <= made.width + 0.1 for box in boxes)
    assert all(box.y >= 0 and box.y + box.height <= made.height + 0.1 for box in boxes)


def test_a_narrow_picture_has_no_column() -> None:
    made = planned({"": ["Nobody knows"], "joint": ["CLIP"]}, 360, None)

    assert [band.name for band in made.bands] == ["", "joint"]
    assert {band.x for band in made.bands} == {0}


def test_empty_bands_are_left_out() -> None:
    assert planned({"a": [], "joint": []}, 1090, "joint").bands == []


def test_a_curve_ends_at_the_sides_that_face_each_other() -> None:
    made = planned({"a": ["Member"], "joint": ["CLIP"]}, 1090, "joint")
    member, clip = made.boxes["a0"], made.boxes["joint0"]

    assert made.curve("a0", "joint0").startswith(f"M{member.x + member.width:.0f},{member.centre:.0f}C")
    assert made.curve("a0", "joint0").endswith(f"{clip.x:.0f},{clip.centre:.0f}")
    assert made.curve("joint0", "a0").startswith(f"M{clip.x:.0f},")


def test_long_names_take_three_lines_at_most() -> None:
    assert wrapped("European Network of Cities for Local Integration Policies") == (
        "European Network of",
        "Cities for Local",
        "Integration Policies",
    )
    assert all(len(line) <= 26 for line in wrapped("x" * 1_000_000))
    assert wrapped("word " * 1000) == (
        "word word word word word",
        "word word word word word",
        "word word word word word…",
    )
    assert wrapped("") == ("",)
