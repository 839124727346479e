"""Lists as tables: one line a thing, columns with names that stay, for spreadsheets and data frames.

https://www.rfc-editor.org/rfc/rfc4180
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from typing import Any

MOST_LINES = 5000  # of one table; a longer list has several pages
_SEPARATOR = " | "


def table(columns: Mapping[str, str], things: Iterable[Mapping[str, Any]]) -> str:
    """Return things as CSV.

    ``columns`` maps the name of each column to where its value stands in a thing as JSON has it: names of
    members with points between them. Of a list all values stand in one cell, with `` | `` between them; what
    is not told is an empty cell. Cells are as the graph has them, also one that begins with ``=``.
    """
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    for thing in things:
        writer.writerow([_cell(_found(thing, path.split("."))) for path in columns.values()])
    return text.getvalue()


def _found(value: Any, names: Sequence[str]) -> list[Any]:  # noqa: ANN401
    """Return what stands at a path, of each member of the lists on the way."""
    if isinstance(value, list):
        return [found for each in value for found in _found(each, names)]
    if not names:
        return [] if value is None else [value]
    return _found(value.get(names[0]), names[1:]) if isinstance(value, Mapping) else []


def _cell(values: Iterable[Any]) -> str:
    return _SEPARATOR.join(str(value).lower() if isinstance(value, bool) else str(value) for value in values)
