"""The pages of named graphs, in the words of a reader."""

from collections.abc import Callable, Sequence

from clipgraph.pages.asking import Asking
from clipgraph.pages.graph_names import THEMES, name_in_theme, name_of_graph
from clipgraph.pages.named_graphs import lines, load_graph
from clipgraph.pages.vocabulary import Vocabulary
from clipgraph.pages.vocabulary_context import vocabulary_context
from clipgraph.rdf.terms import NamedNode
from clipgraph.releases.dumps import offers
from clipgraph.releases.release import Release
from clipgraph.sources.graphs import role_of


def graphs_page(asking: Asking, release: Release) -> str:
    """Return the list of the graphs of a release; no query."""
    themes = lines(release)
    shown = [line for group in themes.values() for line in group]
    return asking.render(
        "graphs.html",
        names=THEMES,
        themes=themes,
        release=release,
        count=len(shown),
        statements=sum(line.record.triples for line in shown),
        merged={line.iri: role_of(line.iri).merged for line in shown},
        titles={line.iri: name_in_theme(line.name, _say(asking)) for line in shown},
    )


def _say(asking: Asking) -> Callable[[str], str]:
    return lambda message: asking.site.message(asking.reader, message)


async def graph_page(
    asking: Asking,
    vocabulary: Vocabulary,
    iri: str,
    releases: Sequence[Release],
    release: Release,
    file: str,
    path: str,
    start: int,
) -> str:
    """Return the page of a named graph of the release; ``file`` is the name of its file, where known."""
    graph = await load_graph(asking, iri, releases, release, file, start)
    sparql = (
        f"SELECT ?thing ?property ?value WHERE {{\n  GRAPH {NamedNode(iri)} {{ ?thing ?property ?value }}\n}}"
    )
    return asking.render(
        "graph.html",
        **vocabulary_context(asking, vocabulary, path),
        names=THEMES,
        graph=graph,
        name=name_of_graph(iri, _say(asking)) or iri,
        merged=role_of(iri).merged,
        dumps=[(offer.path, f"{offer.held.extension}.gz") for offer in offers(release) if offer.graph == iri],
        sparql=sparql,
    )
