"""Rows as data frames."""

from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import import_module

import pandas as pd
import pytest

from clipgraph import IRI, Rows, Text
from clipgraph.api import answers
from clipgraph.api.values import Value
from clipgraph.errors import Unavailable


def rows(*values: Value | None) -> Rows:
    return Rows(["x"], [{"x": value} for value in values])


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ((1, None, 3), "Int64"),
        ((1.5, 2), "Float64"),
        ((Decimal("1.5"), 2, None), "Float64"),
        ((True, None), "boolean"),
        ((IRI("urn:a"), Text("b", "en"), None), "string"),
        ((date(1492, 1, 1), None), "datetime64[s]"),
        ((datetime(2006, 1, 1, tzinfo=UTC), None), "datetime64[us, UTC]"),
        ((1, "one"), "object"),
        ((2**70, 1), "object"),
    ],
)
def test_columns_have_the_types_of_what_is_in_them(values: tuple[Value | None, ...], kind: str) -> None:
    frame = rows(*values).frame()

    assert str(frame.dtypes["x"]) == kind
    assert [bool(missing) for missing in frame["x"].isna()] == [value is None for value in values]


def test_a_frame_has_the_rows_in_their_order_and_a_column_for_each_variable() -> None:
    frame = Rows(["b", "a"], [{"b": 2, "a": None}, {"b": 1, "a": None}]).frame()

    assert isinstance(frame, pd.DataFrame)
    assert list(frame.columns) == ["b", "a"]
    assert list(frame["b"]) == [2, 1]
    assert list(Rows(["a"], []).frame().columns) == ["a"]


def test_without_pandas_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> object:
        if name == "pandas":
            raise ModuleNotFoundError(name)
        return import_module(name)

    monkeypatch.setattr(answers, "import_module", absent)

    with pytest.raises(Unavailable, match=r"pip install pandas"):
        rows(1).frame()


def test_rows_are_a_sequence() -> None:
    found = rows(1, 2, 3)

    assert (len(found), found[0], found[-2:]) == (3, {"x": 1}, [{"x": 2}, {"x": 3}])
    assert repr(found) == "<3 rows of x>"
