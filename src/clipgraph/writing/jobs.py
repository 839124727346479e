"""What a write is: where to commit, what, and what came of it. Travels to the worker as JSON."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Place:
    """Where and how a service commits.

    ``data`` and ``project`` are folders; ``shapes`` says whether a commit must keep to the shapes of the
    release, ``rules`` whether the project's rules fill the inferences; ``default_graph`` is ``merged`` or
    ``own``; ``loaded`` are the IRIs of graphs that are served and are no part of a release.
    """

    data: str
    project: str
    shapes: bool = True
    rules: bool = True
    default_graph: str = "merged"
    loaded: tuple[str, ...] = ()


@dataclass(frozen=True)
class UpdateJob:
    """A SPARQL Update; ``using`` and ``using_named`` are IRIs, ``base`` resolves relative ones."""

    text: str
    base: str
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()


@dataclass(frozen=True)
class GraphJob:
    """A write of the Graph Store Protocol.

    ``method`` is PUT, POST or DELETE; ``graph`` an IRI, empty for the default graph; ``file`` holds what was
    sent, in the format of this name, or several documents with ``boundary`` between them; ``if_match`` and
    ``if_none_match`` are the headers, None where there are none.
    """

    method: str
    graph: str
    file: str = ""
    format: str = ""
    boundary: str = ""
    if_match: str | None = None
    if_none_match: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What came of a write.

    ``release`` is current now; ``added`` and ``removed`` count triples; ``created`` tells whether the graph
    was not there before, ``digest`` is its digest now (empty for an update).
    """

    release: int
    added: int
    removed: int
    created: bool = False
    digest: str = ""


@dataclass(frozen=True)
class Job:
    """A write, whose it is and why."""

    place: Place
    write: UpdateJob | GraphJob
    author: str
    message: str = field(default="")

    def to_data(self) -> dict[str, Any]:
        """Return the job as JSON values."""
        kind = "update" if isinstance(self.write, UpdateJob) else "graph"
        return asdict(self) | {"kind": kind}


def job_of(data: dict[str, Any]) -> Job:
    """Return the job that JSON values stand for."""
    kind = UpdateJob if data["kind"] == "update" else GraphJob
    return Job(Place(**data["place"]), kind(**data["write"]), data["author"], data["message"])
