"""The pages of named graphs, in the words of a reader."""

from collections.abc import Sequence

from clipgraph.pages.asking import Asking
from clipgraph.pages.messages import N_
from clipgraph.pages.named_graphs import lines, load_graph
from clipgraph.pages.ontology import WORDS
from clipgraph.pages.term_links import TermLinks
from clipgraph.pages.vocabulary import Vocabulary
from clipgraph.rdf.formats import GRAPHS
from clipgraph.rdf.terms import NamedNode
from clipgraph.releases.dumps import offers
from clipgraph.releases.release import Release
from clipgraph.sources.graphs import role_of

# Words for the folders of a project; another folder is called by its name.
THEMES = {
    "actors": N_("Actors"),
    "alignments": N_("Alignments"),
    "awards": N_("Awards"),
    "committees": N_("Committees"),
    "contacts": N_("Contacts"),
    "description": N_("Descriptions of the dataset"),
    "disagreements": N_("Disagreements"),
    "documents": N_("Documents"),
    "events": N_("Events"),
    "evidence": N_("Evidence"),
    "fields": N_("Fields of action"),
    "figures": N_("Figures"),
    "further-facts": N_("Further facts"),
    "inferences": N_("Inferences"),
    "instruments": N_("Policy instruments"),
    "links": N_("Links"),
    "modules": N_("Research modules"),
    "networks": N_("Networks"),
    "offices": N_("Offices"),
    "ontology": N_("Ontology"),
    "places": N_("Places"),
    "practices": N_("Practices"),
    "principles": N_("Principles"),
    "schemes": N_("Code lists"),
    "shapes": N_("Shapes"),
    "statements": N_("What sources say"),
}


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
    )


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
        **WORDS,
        vocabulary=vocabulary,
        links=TermLinks(vocabulary, asking.reader),
        names=THEMES,
        graph=graph,
        merged=role_of(iri).merged,
        data=path,
        path_here=path,
        formats=GRAPHS,
        dumps=[(offer.path, f"{offer.held.extension}.gz") for offer in offers(release) if offer.graph == iri],
        sparql=sparql,
    )
