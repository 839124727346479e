"""What a release says of itself: release.json."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from clipgraph.errors import Unavailable
from clipgraph.releases.digest import EMPTY

VERSION = 1
MERGED, OWN = "merged", "own"
FILES, SERVICE = "files", "service"


@dataclass(frozen=True)
class GraphRecord:
    """One named graph of a release.

    ``owner`` is ``files`` (read from the project) or ``service`` (written through the service);
    ``digest`` is the sum of its statements' hashes, see digest.py; ``published`` is what the digest was
    when its file was last published, empty where it never was; ``changed`` is when the release came that
    made it what it is, empty where that is not known.
    """

    role: str
    owner: str
    triples: int
    digest: str
    published: str = ""
    changed: str = ""

    @property
    def changed_live(self) -> bool:
        """Whether the service has changed the graph since its file was published."""
        return self.owner == FILES and self.digest != self.published


@dataclass(frozen=True)
class Release:
    """A finished, immutable release.

    ``created`` is an ISO 8601 time in UTC; ``triples`` counts the default graph and ``digest`` is its
    digest; ``graphs`` maps IRIs of named graphs to their records; ``rules`` is the digest of the rules
    that made the inferences; ``default_graph`` is ``merged`` (it is the merge of the published graphs) or
    ``own`` (a graph like any other). ``changed`` is when the content became what it is, descriptions left
    aside, empty where that is not known; ``described`` tells of which content the descriptions in it are.
    """

    number: int
    parent: int | None
    created: str
    author: str
    message: str
    triples: int
    rules: str
    graphs: dict[str, GraphRecord] = field(default_factory=dict)
    digest: str = EMPTY
    default_graph: str = MERGED
    changed: str = ""
    described: str = ""

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
