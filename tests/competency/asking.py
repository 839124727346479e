"""Ask a competency question of the graph."""

from pathlib import Path

import pyoxigraph as ox

QUESTIONS = Path(__file__).parents[2] / "queries" / "competency"
ID = "https://w3id.org/clipgraph/id/"
CODE = "https://w3id.org/clipgraph/scheme/"


def ask(graph: ox.Store, question: str, *variables: str) -> list[tuple[str, ...]]:
    """Return the rows of a competency query, in its order; what is unbound is an empty text."""
    solutions = graph.query((QUESTIONS / f"{question}.rq").read_text(encoding="utf-8"))
    assert isinstance(solutions, ox.QuerySolutions)
    return [tuple(_text(row[variable]) for variable in variables) for row in solutions]


def _text(term: object) -> str:
    return getattr(term, "value", "") or ""
