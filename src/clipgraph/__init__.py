"""clipgraph: local integration policy in Europe, published as linked data."""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"
_API = "clipgraph.api"
# For Python: where each name stands. Every worker process imports this package and none of these, so a name
# is looked for when it is used (https://peps.python.org/pep-0562/); type checkers find them in the stub.
_PLACES = {
    "IRI": "values",
    "BlankNode": "values",
    "Graph": "graph",
    "Literal": "values",
    "Rows": "answers",
    "Text": "values",
    "Triple": "values",
    "Triples": "answers",
    "open": "opening",
}
__all__ = [*_PLACES, "__version__"]  # noqa: PLE0604  # they are text


def __getattr__(name: str) -> Any:  # noqa: ANN401  # as the stub says
    """Return what is for Python by its name."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{_API}.{_PLACES[name]}"), "open_graph" if name == "open" else name)
