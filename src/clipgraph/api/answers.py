"""Answers to queries: rows of Python values, and graphs."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from importlib import import_module
from typing import Any, overload

import rdflib

from clipgraph.api.values import Value, value_of
from clipgraph.errors import Unavailable

Row = dict[str, Value | None]


class Rows(Sequence[Row]):
    """The rows of a SELECT, in the order of the answer.

    A row is a dictionary with a key for each of ``variables``; None stands where one is not bound.
    """

    def __init__(self, variables: Sequence[str], rows: Iterable[Row]) -> None:
        self.variables, self._rows = tuple(variables), list(rows)

    @overload
    def __getitem__(self, index: int) -> Row: ...

    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...

    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        """Return one row, or some."""
        return self._rows[index]

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self._rows)

    def __repr__(self) -> str:
        """Return what they are in brief."""
        return f"<{len(self)} rows of {', '.join(self.variables)}>"

    def frame(self) -> Any:  # noqa: ANN401  # pandas need not be there
        """Return the rows as a pandas.DataFrame with a column for each variable.

        Numbers, truth values, dates and times get pandas' types (decimals that of ``float``), texts and
        IRIs that of text; a column with values of several kinds holds them as they are.

        Raises:
            Unavailable: pandas is not installed.
        """
        try:
            pandas = import_module("pandas")
        except ImportError as error:
            raise Unavailable("a frame needs pandas: pip install pandas") from error
        columns = {name: [row[name] for row in self._rows] for name in self.variables}
        frame = pandas.DataFrame(columns, columns=list(self.variables))
        for name, values in columns.items():
            kinds = {type(value) for value in values if value is not None}
            if kinds == {date}:
                frame[name] = pandas.to_datetime(frame[name])
            elif Decimal in kinds and kinds <= {Decimal, int, float}:
                frame[name] = frame[name].astype(float)
        return frame.convert_dtypes()


class Triples:
    """The graph that a CONSTRUCT or DESCRIBE answers with, which may be empty."""

    def __init__(self, turtle: str) -> None:
        self.turtle = turtle

    @cached_property
    def graph(self) -> rdflib.Graph:
        """The triples as an rdflib graph, with the prefixes of ``turtle``."""
        return rdflib.Graph(bind_namespaces="none").parse(data=self.turtle, format="turtle")

    def __len__(self) -> int:
        """Return how many triples there are."""
        return len(self.graph)

    def __repr__(self) -> str:
        """Return what they are in brief."""
        return f"<{len(self)} triples>"


def read_rows(body: bytes) -> Rows | None:
    """Return the rows of SPARQL results in JSON; None for the answer to an ASK."""
    told = json.loads(body)
    if "results" not in told:
        return None
    variables = told["head"]["vars"]
    return Rows(
        variables,
        (
            {name: value_of(binding[name]) if name in binding else None for name in variables}
            for binding in told["results"]["bindings"]
        ),
    )


def read_truth(body: bytes) -> bool | None:
    """Return the answer to an ASK; None for rows."""
    truth: bool | None = json.loads(body).get("boolean")
    return truth
