"""Reads answers that were kept in files.

Standard library and engine only: a worker imports this.
"""

from pathlib import Path
from typing import Any

import pyoxigraph as ox


def read_rows(file: Path) -> Any:  # noqa: ANN401
    """Return the rows of SPARQL results in JSON, each the terms by the names of variables."""
    return ox.parse_query_results(path=file, format=ox.QueryResultsFormat.JSON)
