"""What became of a thing: what each of the kept releases changed of what is said of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from clipgraph.engines.rows import Value
from clipgraph.errors import Gone, NotFound, Unavailable
from clipgraph.pages.asking import Asking
from clipgraph.pages.facts import expand, name_of
from clipgraph.pages.labels import Labels, chosen
from clipgraph.pages.messages import N_
from clipgraph.pages.words import FORWARD
from clipgraph.rdf.terms import NamedNode
from clipgraph.releases.deriving import Deriver
from clipgraph.releases.differences import NOTHING, Statement
from clipgraph.releases.release import Release
from clipgraph.releases.shelf import Shelf
from clipgraph.sparql.binding import is_iri

# What the pages call properties that stand in no section of theirs.
_NAMES = dict(
    zip(
        expand("rdf:type", "rdfs:label", "skos:prefLabel", "dct:title", "dct:description"),
        (N_("type"), N_("label"), N_("label"), N_("Title"), N_("Description")),
        strict=True,
    )
)
LOOKED_AT = 10  # releases on one page
SHOWN = 60  # statements of one release


@dataclass(frozen=True)
class Told:
    """A statement that was added or removed."""

    added: bool
    property: str
    label: Value
    value: Value
    value_label: Value


@dataclass(frozen=True)
class Part:
    """What changed of the thing, or of one that is nested in it."""

    iri: str
    label: Value
    statements: list[Told]


@dataclass(frozen=True)
class Step:
    """A release in which something of the thing changed, against ``before`` (0 where it was the first).

    ``more`` tells of statements that are not among those here.
    """

    release: Release
    before: int
    changes: list[Statement]
    more: bool


@dataclass(frozen=True)
class History:
    """The steps in the releases from ``newest`` down to ``oldest``; ``older`` tells of releases before those.

    ``begins`` is the number of the oldest release that is kept, where releases before it are not.
    """

    iri: str
    steps: list[Step]
    newest: int
    oldest: int
    start: int
    older: bool
    begins: int | None


async def read_history(
    asking: Asking, shelf: Shelf, deriver: Deriver, iri: str, release: int, start: int
) -> History:
    """Return what the releases up to ``release`` changed of an IRI, from the ``start``-th newest on.

    What a release changed is a kept file that a worker makes at first asking (``releases/differences.py``),
    sorted by subject: the cost is that of the releases on one page, whatever the size of the graph.

    Raises:
        NotFound: no release says anything of the IRI, or there is no such release or no ``start``-th.
        Gone: the release is no longer kept.
    """
    if release not in shelf.numbers():
        if release > (shelf.current_number() or 0):
            raise NotFound.worded("there is no release %(number)s", number=release)
        raise Gone.worded("release %(number)s is no longer kept", number=release)
    kept = [number for number in shelf.numbers() if number <= release][::-1]
    if not kept[start:]:
        raise NotFound.worded("there are %(number)s releases, none after these", number=len(kept))
    looked_at = kept[start : start + LOOKED_AT]
    befores = [*kept[start + 1 :], NOTHING]
    pairs = zip(looked_at, befores, strict=False)
    steps = [
        step for number, before in pairs if (step := await _step(asking, shelf, deriver, iri, before, number))
    ]
    older = len(kept) > start + LOOKED_AT
    if not steps and not older and not start:
        raise NotFound.worded("no release says anything of <%(iri)s>", iri=iri[:300])
    begins = kept[-1] if not older and not _is_first(shelf, kept[-1]) else None
    return History(iri, steps, looked_at[0], looked_at[-1], start, older, begins)


async def _step(
    asking: Asking, shelf: Shelf, deriver: Deriver, iri: str, before: int, number: int
) -> Step | None:
    """Return what a release changed, None where it changed nothing or what was before is not kept."""
    if before == NOTHING and not _is_first(shelf, number):
        return None
    try:
        index = await deriver.difference(before, number, asking.deadline, asking.client)
        saying = await deriver.saying(index, iri, SHOWN)
        return Step(shelf.read(number), before, saying.statements, saying.more) if saying.statements else None
    except (Gone, NotFound):  # pruned this very moment
        return None


def _is_first(shelf: Shelf, number: int) -> bool:
    """Tell whether a release is the first of all, so that what was before is known: nothing."""
    try:
        return shelf.read(number).parent is None
    except (NotFound, Unavailable):
        return False


async def history_page(asking: Asking, history: History) -> str:
    """Return the page of a history; one query, for the labels."""
    labels = await _labels(asking, history)
    steps = [(step, _parts(step.changes, labels)) for step in history.steps]
    return asking.render(
        "history.html", history=history, steps=steps, label=name_of(history.iri, labels), step=LOOKED_AT
    )


async def _labels(asking: Asking, history: History) -> Labels:
    changes = [each for step in history.steps for each in step.changes]
    iris = {history.iri, *(each.property for each in changes), *(each.subject["value"] for each in changes)}
    iris |= {each.value["value"] for each in changes if each.value["type"] == "uri"}
    nodes = [NamedNode(iri) for iri in sorted(iris) if is_iri(iri)]
    labels = dict(chosen(await asking.rows("labels", thing=nodes), asking.reader))
    for name, words in (FORWARD | _NAMES).items():
        labels[name] = Value("literal", asking.site.message(asking.reader, words), asking.reader.language)
    return labels


def _parts(changes: Sequence[Statement], labels: Labels) -> list[Part]:
    by_subject = groupby(changes, key=lambda each: each.subject["value"])
    return [Part(iri, name_of(iri, labels), list(_told(group, labels))) for iri, group in by_subject]


def _told(changes: Iterable[Statement], labels: Labels) -> Iterable[Told]:
    for each in changes:
        term = each.value
        value = Value(term["type"], term["value"], term.get("xml:lang", ""), term.get("datatype", ""))
        label = name_of(value.text, labels) if value.kind == "uri" else value
        yield Told(each.added, each.property, name_of(each.property, labels), value, label)


def as_data(history: History) -> dict[str, Any]:
    """Return a history as JSON has it: terms are as in SPARQL results."""
    return {
        "of": history.iri,
        "newest": history.newest,
        "oldest": history.oldest,
        "older": history.older,
        "releases": [
            {
                "number": step.release.number,
                "before": step.before,
                "created": step.release.created,
                "author": step.release.author,
                "message": step.release.message,
                "more": step.more,
                "statements": [
                    {
                        "added": each.added,
                        "subject": each.subject,
                        "property": each.property,
                        "value": each.value,
                        "graph": each.graph,
                    }
                    for each in step.changes
                ],
            }
            for step in history.steps
        ],
    }
