"""What is known of a request only where it is answered, noted for the log: query, release, outcome."""

from contextvars import ContextVar
from typing import Any

from starlette.types import Scope

# Of the request that is being answered, also for the log records of whatever answers it.
request_id: ContextVar[str] = ContextVar("request_id", default="")

_KEY = "clipgraph.notes"


def note(scope: Scope, **facts: Any) -> None:  # noqa: ANN401
    """Note facts of a request; each is one field of its line in the log."""
    scope.setdefault(_KEY, {}).update(facts)


def notes(scope: Scope) -> dict[str, Any]:
    """Return what was noted of a request."""
    noted: dict[str, Any] = scope.get(_KEY, {})
    return noted
