"""Writes docs/conformance.md from the outcomes of a run."""

from collections.abc import Iterable, Iterator

from conformance.cases import Case
from conformance.literals import CHANGED
from conformance.outcomes import Outcome, Outcomes
from conformance.requirements import GRAPH_STORE, PROTOCOL, Requirement

_HEAD = """# Conformance

Made by `make conformance`; not edited by hand. A test fails where this page is not what a run finds.

Every test goes over HTTP to `clipgraph serve --project EMPTY --shapes none --rules none --default-graph
own`, with a fresh release a test. A query is asked for in every format that can say its answer, an update
is judged by all that the store holds afterwards. *Engine* is what pyoxigraph alone makes of the same test,
without the service: whatever it passes, the service passes, but for the [exceptions](#exceptions). The other
endpoints that tests of SERVICE name are listed by `--federate`, and servers on loopback stand in for them.
"""
_SUITES = """
## The test suites of the W3C

[SPARQL 1.1](https://www.w3.org/2009/sparql/docs/tests/); results compare as bags, as sequences where the
query orders them, with one renaming of blank nodes; graphs and datasets by isomorphism. Of the suites of
the two protocols, `protocol` and `http-rdf-update`, the W3C publishes descriptions in words; they are tests
here, and nothing in them is the engine's.

| suite | tests | engine | service | exceptions |
|---|--:|--:|--:|--:|
"""
_EXCEPTIONS = """
## Exceptions

Listed in [exceptions.tsv](../tests/conformance/exceptions.tsv). One that passes makes the run fail, until
it is taken out.

| test | engine | reason |
|---|---|---|
"""
_LITERALS = """
## What the store makes of literals

The store keeps numbers, booleans, dates and durations by their value, as XSD defines it, and gives them back
in one form: a value that was written in another comes back as an equal one that is another RDF term, with
another `STR`. Types derived from `xsd:integer` come back as `xsd:integer`. What is not valid, too large
(integers of more than 64 bits) or of another type stays as it was written. RDF 1.1
[compares literals by their form](https://www.w3.org/TR/rdf11-concepts/#section-Graph-Literal), so this is an
exception; who needs the form keeps it as a string as well.

| written | kept |
|---|---|
"""
_REQUIREMENTS = """
## {title}

Each MUST and SHOULD of [the specification]({url}), in our words, and what it says to the same effect without
these words. What it asks of clients is turned round: the service reads what a client must send and refuses
what it must not.

| section | | requirement | holds |
|---|---|---|---|
"""


def write_page(outcomes: Outcomes, exceptions: dict[str, str]) -> str:
    """Return the page."""
    ordered = dict(sorted(outcomes.items()))
    requirements = [
        ("SPARQL 1.1 Protocol, requirement by requirement", PROTOCOL),
        ("SPARQL 1.1 Graph Store HTTP Protocol, requirement by requirement", GRAPH_STORE),
    ]
    parts = [
        _HEAD,
        _SUITES + _lines(_suites(ordered)),
        _EXCEPTIONS + _lines(_exceptions(ordered, exceptions)),
        _LITERALS + _lines((f"`{written}`", f"`{kept}`") for written, kept in CHANGED),
        *(
            _REQUIREMENTS.format(title=title, url=url) + _lines(_requirements(ordered, url))
            for title, url in requirements
        ),
    ]
    return "".join(parts)


def _lines(rows: Iterable[tuple[object, ...]]) -> str:
    return "".join(f"| {' | '.join(map(str, row))} |\n" for row in rows)


def _suite(outcome: Outcome) -> str:
    if isinstance(outcome.test, Case):
        return outcome.test.suite
    return outcome.test.name.partition("/")[0] if outcome.test.test else ""


def _suites(outcomes: Outcomes) -> Iterator[tuple[object, ...]]:
    suites: dict[str, list[Outcome]] = {}
    for outcome in outcomes.values():
        suites.setdefault(_suite(outcome), []).append(outcome)
    suites.pop("", None)
    for name, found in sorted(suites.items()):
        yield (f"`{name}`", *_counts(found))
    everything = [outcome for found in suites.values() for outcome in found]
    yield ("all", *_counts(everything))


def _counts(found: list[Outcome]) -> tuple[object, ...]:
    engine = [outcome for outcome in found if outcome.engine is not None]
    passed = sum(not outcome.engine for outcome in engine) if engine else "–"
    served = sum(not outcome.service for outcome in found)
    return len(found), passed, served, len(found) - served


def _exceptions(outcomes: Outcomes, exceptions: dict[str, str]) -> Iterator[tuple[object, ...]]:
    for name, outcome in outcomes.items():
        if outcome.service:
            engine = "–" if outcome.engine is None else "fails" if outcome.engine else "passes"
            yield f"`{name}`", engine, exceptions[name]


def _requirements(outcomes: Outcomes, specification: str) -> Iterator[tuple[object, ...]]:
    rows = [
        (_number(outcome.test.section), name, outcome.test, outcome)
        for name, outcome in outcomes.items()
        if isinstance(outcome.test, Requirement) and outcome.test.specification == specification
    ]
    for _, name, test, outcome in sorted(rows, key=lambda row: row[:2]):
        section = f"[{test.section}]({test.source})"
        yield section, test.level, test.says, f"no: `{name}`" if outcome.service else "yes"


def _number(section: str) -> tuple[int, ...]:
    return tuple(int(part) for part in section.split("."))
