"""What the outside is told of an engine that fails: what is the matter, and never where it is."""

import json

import pytest

from clipgraph.errors import ClipgraphError, DeadlineExceeded, RemoteFailed
from clipgraph.web.problems import problem

ADDRESS = "http://10.1.2.3:7878/query"


@pytest.mark.parametrize(
    ("error", "status", "detail"),
    [
        (RemoteFailed(ADDRESS, "cannot be reached", "10.1.2.3: no route"), 502, "cannot be reached"),
        (DeadlineExceeded(5, ADDRESS), 504, "has not answered within 5 s"),
    ],
)
def test_where_the_engine_is_stays_inside(error: ClipgraphError, status: int, detail: str) -> None:
    document = problem(error)

    assert (document["status"], document["detail"]) == (status, f"the engine behind this service {detail}")
    assert "10.1.2.3" not in json.dumps(document)
    assert str(error).startswith(f"{ADDRESS} {detail}")
