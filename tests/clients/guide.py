"""What docs/federation.md shows, for the tests that do it."""

import re

from conftest import ROOT

# The addresses that the guide names.
CLIPGRAPH, VIRTUOSO = "http://127.0.0.1:8000/sparql", "http://127.0.0.1:8890/sparql"
_GUIDE = ROOT / "docs/federation.md"


def shown(heading: str, language: str) -> str:
    """Return the first block in this language below a heading, given with its marks."""
    section = _GUIDE.read_text(encoding="utf-8").split(f"\n{heading}\n", 1)[1]
    found = re.search(rf"```{language}\n(.*?)```", section, re.DOTALL)
    assert found is not None, heading
    return found[1]
