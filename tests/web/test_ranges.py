"""Ranges of bytes, as RFC 9110 (section 14) has them."""

import pytest

from clipgraph.errors import UnsatisfiableRange
from clipgraph.web.ranges import asked_range

TAG = '"a1"'


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("bytes=0-9", range(10)),
        ("bytes=90-", range(90, 100)),
        ("Bytes= 90-200 ", range(90, 100)),
        ("bytes=-5", range(95, 100)),
        ("bytes=-500", range(100)),
        ("bytes=5-5", range(5, 6)),
        (None, None),
        ("", None),
        ("bytes=-", None),
        ("bytes=9-5", None),
        ("bytes=0-1,5-6", None),
        ("lines=0-1", None),
        ("bytes=0-x", None),
        ("bytes=²-", None),
        ("bytes=" + "9" * 400 + "-", None),
    ],
)
def test_one_range_is_kept_to_and_what_is_none_is_passed_over(asked: str | None, found: range | None) -> None:
    assert asked_range(asked, None, TAG, 100) == found


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_a_range_behind_the_end_cannot_be_had(asked: str) -> None:
    with pytest.raises(UnsatisfiableRange) as refused:
        asked_range(asked, None, TAG, 100)

    assert refused.value.length == 100


@pytest.mark.parametrize(
    ("condition", "kept"),
    [
        ('"a1"', True),
        ('"b2"', False),
        ('W/"a1"', False),
        ("*", False),
        ("Sat, 29 Oct 1994 19:43:31 GMT", False),
    ],
)
def test_a_range_is_of_the_state_that_is_named(condition: str, kept: bool) -> None:  # noqa: FBT001  # a case
    assert (asked_range("bytes=1-2", condition, TAG, 100) is not None) == kept
