"""Parameters are read as the standard library reads them, for every text there is."""

from urllib.parse import parse_qsl, unquote_to_bytes

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from clipgraph.sparql.unquoting import parameters_of, unquoted_plus

MOST = 1000
_PIECES = st.sampled_from([*"aF0=&+%;: ?", "%25", "%41", "%4", "%2", "%e2%82%ac", "%E4", "%00", "%zz", "é"])
TEXTS = st.lists(_PIECES, max_size=12).map("".join)


@given(TEXTS)
@example("%%341")
@example("%2541%41")
@example("%25%32%35")
@example("a%")
def test_an_escape_is_read_once(text: str) -> None:
    encoded = text.encode()
    assert unquoted_plus(encoded) == unquote_to_bytes(encoded.replace(b"+", b" "))


def read(text: str, charset: str) -> object:
    try:
        return parse_qsl(text, True, encoding=charset, errors="strict", max_num_fields=MOST)  # noqa: FBT003
    except UnicodeDecodeError:
        return UnicodeDecodeError


@given(TEXTS, st.sampled_from(["utf-8", "latin-1", "ascii"]))
@example("=a&b&&c=", "utf-8")
@example("a=%E4", "utf-8")
def test_parameters_are_those_of_the_library(text: str, charset: str) -> None:
    try:
        found: object = parameters_of(text.encode(), charset, MOST)
    except UnicodeDecodeError:
        found = UnicodeDecodeError
    try:
        decoded = text.encode().decode(charset)
    except UnicodeDecodeError:
        assert found is UnicodeDecodeError
    else:
        assert found == read(decoded, charset)


@pytest.mark.parametrize(("count", "fits"), [(MOST, True), (MOST + 1, False)])
def test_there_are_not_too_many(count: int, *, fits: bool) -> None:
    text = b"&".join([b"a=b"] * count)
    if fits:
        assert len(parameters_of(text, "utf-8", MOST)) == count
    else:
        with pytest.raises(ValueError, match="too many"):
            parameters_of(text, "utf-8", MOST)
