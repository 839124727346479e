"""The service description at /sparql without a query: https://www.w3.org/TR/sparql11-service-description/."""

from starlette.responses import Response

from clipgraph.errors import NotAcceptable
from clipgraph.rdf.formats import GRAPHS
from clipgraph.rdf.prefixes import PREFIXES
from clipgraph.rdf.terms import Literal, NamedNode, Triple
from clipgraph.rdf.writing import write
from clipgraph.sparql.negotiation import negotiate
from clipgraph.sparql.protocol import Request

_SD, _RDF_TYPE = PREFIXES["sd"], NamedNode(PREFIXES["rdf"] + "type")
# https://www.w3.org/ns/formats/ names of what we send
_FORMATS = (
    *("SPARQL_Results_XML", "SPARQL_Results_JSON", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "RDF_XML", "JSON-LD"),
)


def service_description(request: Request, endpoint: str, *, federated: bool = False) -> Response:
    """Return the description of the endpoint at this IRI in the format asked for.

    ``federated`` says that there are endpoints which SERVICE may ask.

    Raises:
        NotAcceptable: no RDF format is accepted.
    """
    form = negotiate(request.headers.get("accept"), GRAPHS)
    if form is None:
        raise NotAcceptable(
            "a request without a query gets the service description, which is RDF",
            [offer.media_type for offer in GRAPHS],
        )
    body = write(_triples(NamedNode(endpoint), federated=federated), form)
    return Response(body, headers={"Vary": "Accept"}, media_type=form.content_type)


def _triples(service: NamedNode, *, federated: bool) -> list[Triple]:
    triples = [
        Triple(service, _RDF_TYPE, NamedNode(_SD + "Service")),
        Triple(service, NamedNode(_SD + "endpoint"), service),
        Triple(service, NamedNode(_SD + "supportedLanguage"), NamedNode(_SD + "SPARQL11Query")),
        Triple(
            service,
            NamedNode(PREFIXES["rdfs"] + "label"),
            Literal("clipgraph SPARQL endpoint", language="en"),
        ),
    ]
    if federated:
        triples.append(Triple(service, NamedNode(_SD + "feature"), NamedNode(_SD + "BasicFederatedQuery")))
    results = (NamedNode("http://www.w3.org/ns/formats/" + name) for name in _FORMATS)
    return triples + [Triple(service, NamedNode(_SD + "resultFormat"), form) for form in results]
