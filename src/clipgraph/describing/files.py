"""Where the figures of a release are kept, DATA/derived/figures/, and how they come there once."""

import hashlib
import json
import tempfile
from contextlib import suppress
from dataclasses import asdict, astuple
from pathlib import Path

from clipgraph.describing.counting import CountingQueries
from clipgraph.describing.figures import Figures, figures_of
from clipgraph.releases.release import Release
from clipgraph.releases.shelf import Shelf

# So many at most, the last made; others are counted again when they are asked for.
_KEPT = 20
_FORM = 1  # of these files; those of another form are made again


def figures_path(shelf: Shelf, release: Release, queries: CountingQueries) -> Path:
    """Return the file of a release's figures; what is counted otherwise lies elsewhere."""
    told = repr((_FORM, release.created, release.digest, astuple(queries)))
    edition = hashlib.sha256(told.encode()).hexdigest()[:12]
    return shelf.root / "derived" / "figures" / f"{release.number}.{edition}.json"


def read_figures(path: Path) -> Figures | None:
    """Return the figures of a file; None where they are not there or cannot be read."""
    try:
        return figures_of(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_figures(path: Path, figures: Figures) -> None:
    """Keep figures, and let go of the oldest ones; raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        "w", dir=path.parent, suffix=".new", delete=False, encoding="utf-8"
    ) as file:
        json.dump(asdict(figures), file, ensure_ascii=False)
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)
    made = sorted(path.parent.glob("*.json"), key=lambda each: each.stat().st_mtime)
    for old in made[:-_KEPT]:
        with suppress(OSError):  # taken away by another process this moment
            old.unlink()
