"""What the outside is told of an engine that fails: what is the matter, and never where it is."""

import json

import pytest

from clipgraph.errors import (
    ClipgraphError,
    DeadlineExceeded,
    EngineFailed,
    OutOfMemory,
    RemoteFailed,
    Unavailable,
)
from clipgraph.pages.reader import Reader
from clipgraph.pages.site import open_site
from clipgraph.web.problems import problem, problem_response

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


@pytest.mark.parametrize(
    ("error", "status", "german"),
    [
        (EngineFailed("at /srv/secret"), 500, "auf unserer Seite ist etwas gebrochen"),
        (RuntimeError("at /srv/secret"), 500, "auf unserer Seite ist etwas gebrochen"),
        (
            Unavailable.worded("at %(place)s", place="/srv/secret"),
            503,
            "der Graph lässt sich gerade nicht lesen",
        ),
        (DeadlineExceeded(30), 504, "nach 30 s beendet"),
        (OutOfMemory(1 << 30), 503, "brauchte mehr als 1024 MiB Speicher"),
    ],
)
def test_what_fails_is_told_in_the_readers_language_and_not_where(
    error: Exception, status: int, german: str
) -> None:
    site = open_site([], [])
    for accept in (b"text/html", b"application/json"):
        scope = {
            "type": "http",
            "path": "/x",
            "headers": [(b"accept", accept), (b"accept-language", b"de")],
            "clipgraph.reader": Reader("de"),
        }
        response = problem_response(site, error, scope)

        text = bytes(response.body).decode()
        assert response.status_code == status
        assert german.lower() in text.lower()
        assert response.headers["content-language"] == "de"
        assert "secret" not in text
