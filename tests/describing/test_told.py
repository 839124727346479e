"""What a publish told is read back as it was counted, or not at all."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from clipgraph.describing import void
from clipgraph.describing.account import Account
from clipgraph.describing.figures import Figures, GraphFigures, PropertyFigures
from clipgraph.describing.identifiers import DATASET
from clipgraph.describing.told import told_figures
from clipgraph.describing.void import void_description
from clipgraph.rdf.prefixes import expand
from clipgraph.rdf.terms import Literal, NamedNode, Quad, Store, Triple
from clipgraph.sources.graphs import VOID_GRAPH


def told(account: Account, *more: Triple) -> Figures | None:
    """Return the figures that are read from the description of an account, with more said in it."""
    store = Store()
    store.extend(_in_graph((*void_description(account), *more)))
    return told_figures(store, account.counted_graphs)


def _in_graph(triples: Iterable[Triple]) -> Iterable[Quad]:
    return (Quad(each.subject, each.predicate, each.object, NamedNode(VOID_GRAPH)) for each in triples)


def in_short(graph: GraphFigures) -> GraphFigures:
    properties = {iri: PropertyFigures(each.triples, 0, 0) for iri, each in graph.properties.items()}
    return replace(graph, properties=properties)


def test_the_figures_are_those_that_were_counted(account: Account, figures: Figures) -> None:
    found = told(account)

    assert found is not None
    assert found.default == figures.default
    assert found.graphs == {iri: in_short(figures.graphs[iri]) for iri in account.counted_graphs}
    assert found.uses == figures.uses
    assert len(found.uses) > 100
    assert found.links == figures.links
    assert len(found.links) > 5
    assert list(void_description(replace(account, figures=found))) == list(void_description(account))


def test_parts_that_are_not_listed_are_not_told(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(void, "MOST_PARTITIONS", 20)

    assert told(account) is None


@pytest.mark.parametrize(
    ("subject", "name", "value"),
    [
        (DATASET, "void:triples", Literal("1")),  # a second number
        (DATASET, "void:classPartition", NamedNode("urn:part")),
        ("urn:part", "void:property", NamedNode("urn:p")),  # which no graph has
        ("urn:links", "void:linkPredicate", NamedNode("urn:p")),
    ],
)
def test_what_else_is_said_there_is_taken_for_no_figure(
    account: Account, subject: str, name: str, value: NamedNode | Literal
) -> None:
    more = Triple(NamedNode(subject), NamedNode(expand(name)), value)

    assert told(account, more) is None


def test_without_a_description_nothing_is_told(account: Account) -> None:
    assert told_figures(Store(), account.counted_graphs) is None
    assert told(replace(account, figures=None)) is None
