"""What a release says of itself: release.json."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from clipgraph.errors import Unavailable

VERSION = 1


@dataclass(frozen=True)
class GraphRecord:
    """One named graph of a release.

    ``owner`` is ``files`` (read from the project) or ``service`` (written through the service);
    ``digest`` is the sum of its statements' hashes, see digest.py.
    """

    role: str
    owner: str
    triples: int
    digest: str


@dataclass(frozen=True)
class Release:
    """A finished, immutable release.

    ``created`` is an ISO 8601 time in UTC; ``triples`` counts the default graph; ``graphs`` maps IRIs of
    named graphs to their records; ``rules`` is the digest of the rules that made the inferences.
    """

    number: int
    parent: int | None
    created: str
    author: str
    message: str
    triples: int
    rules: str
    graphs: dict[str, GraphRecord] = field(default_factory=dict)

    def to_json(self) -> str:
        """Return release.json."""
        return json.dumps({"version": VERSION} | asdict(self), indent=1, ensure_ascii=False) + "\n"


def read_release(path: Path) -> Release:
    """Read a release.json.

    Raises:
        Unavailable: it is not there, or not one that this version reads.
    """
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        version = content.pop("version")
        if version != VERSION:
            raise Unavailable(f"{path}: written by another version of clipgraph (form {version})")
        graphs = {iri: GraphRecord(**record) for iri, record in content.pop("graphs").items()}
        return Release(**content, graphs=graphs)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unavailable(f"{path}: not a readable release ({error})") from error
