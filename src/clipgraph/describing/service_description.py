"""The SPARQL 1.1 service description (https://www.w3.org/TR/sparql11-service-description/).

``sd:UnionDefaultGraph`` is not among the features: it says that the default graph is the union of *all*
named graphs, and ours leaves out shapes, evidence and descriptions. Nor is ``sd:EmptyGraphs``: a graph
without triples is none here. Limits have no vocabulary, so they are told in words.
"""

from collections.abc import Iterable

from clipgraph.describing.account import Account
from clipgraph.describing.examples import add_examples
from clipgraph.describing.figures import GraphFigures
from clipgraph.describing.identifiers import DATASET, ENDPOINT, SERVED_DATASET, VOID, part_of_void
from clipgraph.describing.serving import Serving
from clipgraph.describing.triples import Triples
from clipgraph.describing.vocabularies import vocabularies
from clipgraph.describing.void import add_figures, add_partitions
from clipgraph.describing.wording import joined, say
from clipgraph.rdf.terms import Triple
from clipgraph.releases.release import MERGED

_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = ("SPARQL_Results_XML", "SPARQL_Results_JSON", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_GRAPHS = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD")


def service_description(account: Account) -> Iterable[Triple]:
    """Return the description of the endpoint over a release, with the persistent addresses.

    Without figures the graphs have only the number of their triples.
    """
    made = Triples()
    _service(made)
    add_serving(made, account.serving)
    _served(made, account)
    add_examples(made, account.examples)
    return made


def _service(made: Triples) -> None:
    made.types(ENDPOINT, "sd:Service")
    made.words(ENDPOINT, "rdfs:label", say("endpoint"))
    made.say(ENDPOINT, "sd:endpoint", ENDPOINT)
    made.say(ENDPOINT, "sd:supportedLanguage", _sd("SPARQL11Query"))
    made.say(ENDPOINT, "sd:defaultEntailmentRegime", "http://www.w3.org/ns/entailment/Simple")
    made.say(ENDPOINT, "sd:resultFormat", *(_FORMATS + name for name in (*_RESULTS, *_GRAPHS)))
    made.say(ENDPOINT, "sd:defaultDataset", SERVED_DATASET)
    made.say(ENDPOINT, "rdfs:seeAlso", VOID)


def _sd(name: str) -> str:
    return "http://www.w3.org/ns/sparql-service-description#" + name


def add_serving(made: Triples, serving: Serving) -> None:
    """State what the service lets one do."""
    if serving.federated:
        made.say(ENDPOINT, "sd:feature", _sd("BasicFederatedQuery"))
        made.words(ENDPOINT, "rdfs:comment", say("federation", endpoints=", ".join(serving.federated)))
    if serving.writable:
        made.say(ENDPOINT, "sd:supportedLanguage", _sd("SPARQL11Update"))
        made.say(ENDPOINT, "sd:inputFormat", *(_FORMATS + name for name in _GRAPHS))
        made.words(ENDPOINT, "rdfs:comment", say("updates"))
    if serving.allowance is not None:
        made.words(ENDPOINT, "rdfs:comment", limits(serving))


def limits(serving: Serving) -> dict[str, str]:
    """Return what a query may use, in words."""
    allowance = serving.allowance
    if allowance is None:
        return {}
    told = [say("limits", seconds=f"{allowance.seconds:g}", memory=allowance.memory)]
    told.append(say("text-limit", text=allowance.text))
    if allowance.answer:
        told.append(say("answer-limit", answer=allowance.answer))
    if allowance.rate:
        told.append(say("rate-limit", rate=allowance.rate))
    return joined(*told)


def _served(made: Triples, account: Account) -> None:
    """State which graphs a query sees that names none."""
    made.types(SERVED_DATASET, "sd:Dataset")
    made.say(SERVED_DATASET, "sd:defaultGraph", DATASET)
    made.types(DATASET, "sd:Graph", "void:Dataset")
    made.value(DATASET, "dct:modified", account.changed, "xsd:dateTime")
    if account.release.default_graph == MERGED:
        made.words(SERVED_DATASET, "rdfs:comment", say("default-graph"))
    describes = say("describes", release=account.release.number, changed=account.changed)
    made.words(SERVED_DATASET, "dct:description", describes)
    if account.figures is None:
        made.count(DATASET, "void:triples", account.release.triples)
    else:
        add_figures(made, DATASET, account.figures.default)
        made.say(DATASET, "void:vocabulary", *vocabularies(account.figures.default))
        add_partitions(made, DATASET, account.figures.default)
    for iri in account.graphs:
        _named(made, account, iri)
    for iri in account.serving.loaded:
        _name(made, iri)


def _named(made: Triples, account: Account, iri: str) -> None:
    made.say(_name(made, iri), "sd:graph", iri)
    made.types(iri, "sd:Graph", "void:Dataset")
    if iri not in account.counted_graphs:
        return
    if account.figures is None:
        made.count(iri, "void:triples", account.release.graphs[iri].triples)
    else:
        add_figures(made, iri, account.figures.graphs.get(iri, GraphFigures()))


def _name(made: Triples, iri: str) -> str:
    """State that a query sees a named graph; returns the node of that."""
    name = part_of_void("named", iri)
    made.say(SERVED_DATASET, "sd:namedGraph", name)
    made.types(name, "sd:NamedGraph")
    made.say(name, "sd:name", iri)
    return name
