"""The real graph, counted once, as a release that was never written."""

import pytest

from clipgraph.describing.account import Account
from clipgraph.describing.counting import CountingQueries, count, counting_queries
from clipgraph.describing.figures import Figures
from clipgraph.describing.sayings import Said, said_in
from clipgraph.rdf.terms import DefaultGraph, NamedNode, Store
from clipgraph.releases.dumps import offers
from clipgraph.releases.records import record_of
from clipgraph.releases.release import FILES, Release
from clipgraph.sources.project import Project
from clipgraph.sparql.library import read_library

CREATED = "2026-11-26T07:49:55+00:00"


@pytest.fixture(scope="session")
def queries(project: Project) -> CountingQueries:
    return counting_queries(read_library(project.queries, "reports"))


@pytest.fixture(scope="session")
def said(graph: Store) -> Said:
    return said_in(graph)


@pytest.fixture(scope="session")
def figures(graph: Store, queries: CountingQueries, said: Said) -> Figures:
    return count(graph, queries, said)


@pytest.fixture(scope="session")
def release(graph: Store) -> Release:
    records = {
        name.value: record
        for name in graph.named_graphs()
        if isinstance(name, NamedNode) and (record := record_of(graph, name.value, FILES))
    }
    triples = sum(1 for _ in graph.quads_for_pattern(None, None, None, DefaultGraph()))
    return Release(7, 6, CREATED, "me", "why", triples, "none", dict(sorted(records.items())))


@pytest.fixture(scope="session")
def account(release: Release, figures: Figures, said: Said) -> Account:
    return Account(release, figures, said, tuple(offers(release)))
