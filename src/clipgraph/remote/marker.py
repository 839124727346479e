"""The marker: a named graph of the engine that says what is published there, and whether that is under way.

Each of its statements is a node with a text in JSON, of which one triple is one record: a push that breaks
off leaves whole records. ``#release`` is the release that was published last, without its graphs; ``#push``
is there while one is being published, and after one that broke off; every other node is a graph with what is
known of it, without a digest where that is nothing.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from clipgraph.rdf.prefixes import PREFIXES
from clipgraph.rdf.terms import Literal as Text
from clipgraph.rdf.terms import NamedNode
from clipgraph.releases.release import GraphRecord, Release
from clipgraph.sources.graphs import GRAPHS

PUBLICATION = GRAPHS + "publication/"
MARKER, MERGE = PUBLICATION + "marker", PUBLICATION + "merge"
# Where the merge is: in the default graph of the engine, or in the named graph MERGE.
Place = Literal["default", "named"]
DEFAULT: Place = "default"
NAMED: Place = "named"
# What the default graph of an engine is called among graphs by their IRIs.
DEFAULT_GRAPH = ""

_FORM = 1
_PUSH, _RELEASE = MARKER + "#push", MARKER + "#release"
_VALUE = str(NamedNode(PREFIXES["rdf"] + "value"))
_GRAPH = str(NamedNode(MARKER))
_PUSHED = f"{NamedNode(_PUSH)} {_VALUE}"
_AT_ONCE = 100  # so many records in one update

ALL = f"SELECT ?node ?text WHERE {{ GRAPH {_GRAPH} {{ ?node {_VALUE} ?text }} }}"
STATE = (
    f"SELECT ?node ?text WHERE {{ VALUES ?node {{ {NamedNode(_PUSH)} {NamedNode(_RELEASE)} }} "
    f"GRAPH {_GRAPH} {{ ?node {_VALUE} ?text }} }}"
)
# A row where the default graph of the engine is the union of its named graphs.
SEEN_BY_DEFAULT = f"SELECT ?text WHERE {{ {NamedNode(_PUSH)} {_VALUE} ?text }} LIMIT 1"


@dataclass(frozen=True)
class Publication:
    """What an engine says is published there.

    ``release`` is the last that was published whole, None before the first; ``merge`` tells where its merge
    is; ``pushes`` names those that are under way or have broken off; ``records`` has the graphs that are
    ours, by IRI, whose digest is empty where nobody knows what they hold.
    """

    release: Release | None = None
    merge: Place = DEFAULT
    pushes: tuple[str, ...] = ()
    records: Mapping[str, GraphRecord] = field(default_factory=dict)

    @property
    def settled(self) -> bool:
        """Whether it is the release and nothing else."""
        return self.release is not None and not self.pushes

    @property
    def graphs(self) -> tuple[str, ...]:
        """The named graphs of the release, and of the one that is being published, without their merge."""
        return tuple(iri for iri in self.records if iri not in (DEFAULT_GRAPH, MERGE))


def identity(release: Release) -> str:
    """Return what tells a release from every other, also from one that has its number elsewhere."""
    graphs = sorted((iri, record.digest) for iri, record in release.graphs.items() if record.triples)
    told = repr((release.number, release.created, release.digest, graphs))
    return hashlib.sha256(told.encode()).hexdigest()


def read_publication(rows: Iterable[Mapping[str, str]]) -> Publication:
    """Return what the rows of ALL say; a record that cannot be read, or is there twice, tells nothing."""
    texts: dict[str, list[str]] = {}
    for row in rows:
        texts.setdefault(row["node"], []).append(row["text"])
    pushes = tuple(sorted(texts.pop(_PUSH, [])))
    told = [_release(text) for text in texts.pop(_RELEASE, [])]
    records = dict(_records(texts.values()))
    found = told[0] if len(told) == 1 else None
    if found is None:
        return Publication(pushes=pushes or (("unknown",) if told else ()), records=records)
    release, merge = found
    graphs = {iri: record for iri, record in records.items() if iri not in (DEFAULT_GRAPH, MERGE)}
    return Publication(replace(release, graphs=dict(sorted(graphs.items()))), merge, pushes, records)


def _release(text: str) -> tuple[Release, Place] | None:
    try:
        content: dict[str, Any] = json.loads(text)
        merge: Place = content.pop("merge")
        if content.pop("form") != _FORM or merge not in (DEFAULT, NAMED):
            return None
        release = Release(**content)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    numbers, texts = (release.number, release.triples), (release.created, release.digest)
    well = all(isinstance(n, int) for n in numbers) and all(isinstance(text, str) for text in texts)
    return (release, merge) if well else None


def _records(nodes: Iterable[list[str]]) -> Iterator[tuple[str, GraphRecord]]:
    for texts in nodes:
        try:
            content: dict[str, Any] = json.loads(texts[0])
            iri: str = content.pop("graph")
            record = GraphRecord(**content)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            continue
        if isinstance(iri, str) and isinstance(record.triples, int) and isinstance(record.digest, str):
            yield iri, record if len(texts) == 1 else unknown(record)


def unknown(record: GraphRecord) -> GraphRecord:
    """Return the record of a graph that is ours, while nobody knows what it holds."""
    return replace(record, digest="")


def begin(push: str) -> str:
    """Return the update that says that a push is under way, whatever other one is or broke off."""
    there = f"GRAPH {_GRAPH} {{ {_PUSHED} ?text }}"
    return f"DELETE {{ {there} }} WHERE {{ {there} }} ;\n{_data('INSERT', _push(push))}"


def take_back(push: str) -> str:
    """Return the update that says that this push is not under way after all."""
    return _data("DELETE", _push(push))


def finish(push: str, release: Release, merge: Place) -> str:
    """Return the update that says that a release is published, and nothing under way.

    It does nothing where another push has taken over.
    """
    content = {name: value for name, value in asdict(release).items() if name != "graphs"}
    told = {"form": _FORM, "merge": merge} | content
    text = json.dumps(told, ensure_ascii=False)
    return f"{_set(push, {_RELEASE: text})} ;\n{take_back(push)}"


def record(push: str, records: Mapping[str, GraphRecord | None]) -> Iterator[str]:
    """Yield the updates that set the records of graphs, or take away those of graphs that are gone.

    They do nothing where another push has taken over.
    """
    told = {
        _node(iri): json.dumps({"graph": iri} | asdict(known), ensure_ascii=False) if known else None
        for iri, known in records.items()
    }
    names = list(told)
    for start in range(0, len(names), _AT_ONCE):
        yield _set(push, {name: told[name] for name in names[start : start + _AT_ONCE]})


def _node(iri: str) -> str:
    return f"{MARKER}#graph-{hashlib.sha256(iri.encode()).hexdigest()[:32]}"


def _push(push: str) -> str:
    return f"{_PUSHED} {Text(push)} ."


def _data(operation: str, triples: str) -> str:
    return f"{operation} DATA {{ GRAPH {_GRAPH} {{ {triples} }} }}"


def _set(push: str, texts: Mapping[str, str | None]) -> str:
    """Return the update that gives nodes these texts in place of the ones that they have.

    Each of its operations holds for this push alone: another one may begin at any time.
    """
    nodes = " ".join(str(NamedNode(name)) for name in texts)
    deleted = (
        f"DELETE {{ GRAPH {_GRAPH} {{ ?node {_VALUE} ?text }} }} "
        f"WHERE {{ VALUES ?node {{ {nodes} }} GRAPH {_GRAPH} {{ {_push(push)} ?node {_VALUE} ?text }} }}"
    )
    told = [f"{NamedNode(name)} {_VALUE} {Text(text)} ." for name, text in texts.items() if text is not None]
    if not told:
        return deleted
    inserted = f"INSERT {{ GRAPH {_GRAPH} {{\n" + "\n".join(told) + "\n} }"
    return f"{deleted} ;\n{inserted} WHERE {{ GRAPH {_GRAPH} {{ {_push(push)} }} }}"
