"""Repetitions within repetitions are refused before the engine works on them, and nothing else is."""

import pytest

from clipgraph.errors import TooComplex
from clipgraph.sparql.nesting import check_nesting


def path(levels: int, sign: str, further: str = "") -> str:
    return f"SELECT * {{\n ?s {'(' * levels}<urn:p>{f'{further}){sign}' * levels} ?o }}"


@pytest.mark.parametrize("sign", ["*", "+", " # )\n *"])
@pytest.mark.parametrize("further", ["", "/<urn:q>", "|(<urn:q>)"])
def test_deep_repetitions_are_refused(sign: str, further: str) -> None:
    with pytest.raises(TooComplex, match="50 levels"):
        check_nesting(path(2000, sign, further))
    check_nesting(path(50, sign, further))


def test_the_line_is_told() -> None:
    with pytest.raises(TooComplex, match="line 2"):
        check_nesting(path(51, "*"))


@pytest.mark.parametrize(
    "text",
    [
        path(2000, ""),
        f"SELECT * {{ ?s {'(<urn:p>)*/' * 500}<urn:p> ?o }}",
        f"ASK {{ FILTER({'(1)*' * 500}1 > 0) }}",
        f"ASK {{ FILTER({'(' * 500}1{')' * 500} * 2) }}",
        f"ASK {{ ?s ?p '{'(' * 100}{')*' * 100}' }} # {'(' * 100}{')*' * 100}",
        ")*" * 1000 + "(" * 1000,
    ],
)
def test_many_brackets_are_no_deep_repetitions(text: str) -> None:
    check_nesting(text)
