"""The DCAT-AP 3 catalogue (https://semiceu.github.io/DCAT-AP/releases/3.0.1/): dataset, dumps and services.

What a person has to say (titles, publisher, licence, themes) comes from the graph description/dataset; dates,
versions, files and services are those of the release and of the service that tells this.
"""

from collections.abc import Iterable

from clipgraph.describing.account import Account
from clipgraph.describing.identifiers import (
    CATALOGUE,
    CONTACT,
    DATASET,
    DATASET_PAGE,
    ENDPOINT,
    GRAPH_STORE,
    HOME,
    OPENAPI,
    OPERATOR,
    PUBLISHER,
    RELEASES_PAGE,
    VOID,
)
from clipgraph.describing.service_description import limits
from clipgraph.describing.triples import Triples
from clipgraph.describing.wording import joined, say
from clipgraph.rdf.prefixes import BASE, expand
from clipgraph.rdf.terms import Triple
from clipgraph.releases.dumps import MEDIA_TYPE, Dump, Offer

_EU = "http://publications.europa.eu/resource/authority/"
_IANA = "https://www.iana.org/assignments/media-types/"
_FILE_TYPES = {"nquads": "RDF_N_QUADS", "trig": "RDF_TRIG"}
_FORMAT_NAMES = {"nquads": "N-Quads", "trig": "TriG"}
_PROTOCOL = "https://www.w3.org/TR/sparql11-protocol/"
_GRAPH_STORE_PROTOCOL = "https://www.w3.org/TR/sparql11-http-rdf-update/"
_ONTOLOGY = BASE + "def"
_BY_QUERY = CATALOGUE + "#sparql"


def catalogue(account: Account) -> Iterable[Triple]:
    """Return the catalogue of a release, with the persistent addresses."""
    made = Triples()
    publisher = _publisher(made, account)
    _catalogue(made, account, publisher)
    _dataset(made, account, publisher)
    for dump in account.dumps:
        if dump.graph is None:
            _dump(made, account, dump)
    _query_distribution(made, account)
    _endpoint(made, account, publisher)
    _graph_store(made, account, publisher)
    _others(made, account)
    return made


def _publisher(made: Triples, account: Account) -> str:
    """State who publishes the catalogue and return their IRI, empty where nobody is known."""
    serving = account.serving
    if serving.publisher:
        operator = serving.publisher_iri or OPERATOR
        made.types(operator, "foaf:Agent")
        made.value(operator, "foaf:name", serving.publisher)
        return operator
    said = account.said.values(CATALOGUE, "dct:publisher")
    return said[0].value if said else ""


def _catalogue(made: Triples, account: Account, publisher: str) -> None:
    made.types(CATALOGUE, "dcat:Catalog")
    if not account.said.about(CATALOGUE):
        made.words(CATALOGUE, "dct:title", say("catalogue"))
        made.words(CATALOGUE, "dct:description", say("dataset-about"))
    for predicate, value in account.said.about(CATALOGUE):
        if predicate != expand("dct:publisher"):
            made.copy(CATALOGUE, predicate, value)
    if publisher:
        made.say(CATALOGUE, "dct:publisher", publisher)
    made.value(CATALOGUE, "dct:modified", account.changed, "xsd:dateTime")
    made.say(CATALOGUE, "foaf:homepage", HOME)
    made.types(HOME, "foaf:Document")
    made.say(CATALOGUE, "dcat:dataset", DATASET)
    made.say(CATALOGUE, "dcat:service", ENDPOINT, GRAPH_STORE)


def _dataset(made: Triples, account: Account, publisher: str) -> None:
    said, number = account.said, account.release.number
    made.types(DATASET, "dcat:Dataset")
    if not said.values(DATASET, "dct:title"):
        made.words(DATASET, "dct:title", say("dataset"))
        made.words(DATASET, "dct:description", say("dataset-about"))
        made.say(DATASET, "dct:publisher", *filter(None, [publisher]))
    for predicate, value in said.about(DATASET):
        # A licence is one of the distributions and services; rights are said of the distributions, too.
        if not predicate.startswith(expand("void:")) and predicate not in (
            expand("dct:license"),
            expand("dct:rights"),
        ):
            made.copy(DATASET, predicate, value)
    made.value(DATASET, "dct:modified", account.changed, "xsd:dateTime")
    made.value(DATASET, "dcat:version", str(number))
    made.words(DATASET, "adms:versionNotes", say("changes", release=number))
    made.say(DATASET, "dct:accessRights", _access(account))
    made.say(DATASET, "dcat:landingPage", DATASET_PAGE)
    made.say(DATASET, "foaf:page", RELEASES_PAGE, VOID)
    made.types(DATASET_PAGE, "foaf:Document")
    made.types(RELEASES_PAGE, "foaf:Document")
    made.types(VOID, "foaf:Document", "void:DatasetDescription")
    made.say(DATASET, "dct:conformsTo", _ONTOLOGY)
    made.types(_ONTOLOGY, "dct:Standard")
    _contact(made, account, DATASET)


def _access(account: Account) -> str:
    return _EU + "access-right/" + ("RESTRICTED" if account.serving.private else "PUBLIC")


def _contact(made: Triples, account: Account, subject: str) -> None:
    contact = account.serving.contact
    if not contact:
        return
    made.say(subject, "dcat:contactPoint", CONTACT)
    made.types(CONTACT, "vcard:Kind")
    name = account.serving.publisher or _name(account)
    if name:
        made.value(CONTACT, "vcard:fn", name)
    made.say(CONTACT, "vcard:hasEmail" if contact.startswith("mailto:") else "vcard:hasURL", contact)


def _name(account: Account) -> str:
    names = account.said.values(PUBLISHER, "foaf:name")
    return names[0].value if names else ""


def _dump(made: Triples, account: Account, dump: Offer | Dump) -> None:
    """State a file that holds the whole dataset."""
    address, subject = account.address_of(dump), f"{CATALOGUE}#{dump.form}"
    made.say(DATASET, "dcat:distribution", subject)
    _distribution(made, account, subject)
    made.words(subject, "dct:title", say("dump", format=_FORMAT_NAMES[dump.form]))
    about = say("dump-about", release=account.release.number)
    made.words(subject, "dct:description", about)
    made.say(subject, "dcat:accessURL", address)
    made.say(subject, "dcat:downloadURL", address)
    made.say(subject, "dct:format", f"{_EU}file-type/{_FILE_TYPES[dump.form]}")
    for name, media_type in (("dcat:mediaType", dump.held.media_type), ("dcat:compressFormat", MEDIA_TYPE)):
        made.say(subject, name, _IANA + media_type)
        made.types(_IANA + media_type, "dct:MediaType")
    if isinstance(dump, Dump):
        made.value(subject, "dcat:byteSize", str(dump.size), "xsd:nonNegativeInteger")
        checksum = f"{subject}-checksum"
        made.say(subject, "spdx:checksum", checksum)
        made.types(checksum, "spdx:Checksum")
        made.say(checksum, "spdx:algorithm", expand("spdx:checksumAlgorithm_sha256"))
        made.value(checksum, "spdx:checksumValue", dump.sha256, "xsd:hexBinary")


def _query_distribution(made: Triples, account: Account) -> None:
    """State that the dataset can be had by asking, for who looks at distributions and not at services."""
    made.say(DATASET, "dcat:distribution", _BY_QUERY)
    _distribution(made, account, _BY_QUERY)
    made.words(_BY_QUERY, "dct:title", say("by-query"))
    made.words(_BY_QUERY, "dct:description", say("endpoint-about"))
    made.say(_BY_QUERY, "dcat:accessURL", ENDPOINT)
    made.say(_BY_QUERY, "dcat:accessService", ENDPOINT)
    made.say(_BY_QUERY, "dct:format", _EU + "file-type/SPARQLQ")
    made.say(_BY_QUERY, "dct:conformsTo", _PROTOCOL)


def _distribution(made: Triples, account: Account, subject: str) -> None:
    """State what all distributions have: they are what the last change of the content made them."""
    made.types(subject, "dcat:Distribution")
    made.value(subject, "dct:issued", account.changed, "xsd:dateTime")
    made.value(subject, "dct:modified", account.changed, "xsd:dateTime")
    made.say(subject, "dct:language", *account.said.values(DATASET, "dct:language"))
    made.say(subject, "dct:rights", *account.said.values(DATASET, "dct:rights"))
    _licence(made, account, subject)


def _licence(made: Triples, account: Account, subject: str) -> None:
    if account.said.licence:
        made.say(subject, "dct:license", account.said.licence)


def _endpoint(made: Triples, account: Account, publisher: str) -> None:
    about = joined(say("endpoint-about"), limits(account.serving))
    _service(made, account, ENDPOINT, publisher, about)
    made.words(ENDPOINT, "dct:title", say("endpoint"))
    made.say(ENDPOINT, "dcat:endpointDescription", ENDPOINT)
    made.say(ENDPOINT, "dct:conformsTo", _PROTOCOL)
    made.types(_PROTOCOL, "dct:Standard")


def _graph_store(made: Triples, account: Account, publisher: str) -> None:
    _service(made, account, GRAPH_STORE, publisher, say("graph-store-about"))
    made.words(GRAPH_STORE, "dct:title", say("graph-store"))
    made.say(GRAPH_STORE, "dcat:endpointDescription", OPENAPI)
    made.say(GRAPH_STORE, "dct:conformsTo", _GRAPH_STORE_PROTOCOL)
    made.types(_GRAPH_STORE_PROTOCOL, "dct:Standard")


def _service(made: Triples, account: Account, subject: str, publisher: str, about: dict[str, str]) -> None:
    made.types(subject, "dcat:DataService")
    made.words(subject, "dct:description", about)
    made.say(subject, "dcat:endpointURL", subject)
    made.say(subject, "dcat:servesDataset", DATASET)
    made.say(subject, "dct:accessRights", _access(account))
    made.say(subject, "dct:publisher", *filter(None, [publisher]))
    for name in ("dcat:keyword", "dcat:theme"):
        made.say(subject, name, *account.said.values(DATASET, name))
    _licence(made, account, subject)
    _contact(made, account, subject)


def _others(made: Triples, account: Account) -> None:
    """State what is said of the publisher, the period, the rights: all that is no dataset of others."""
    targets = set(account.said.targets.values())
    for subject in account.said.subjects:
        if subject not in (CATALOGUE, DATASET) and subject not in targets:
            for predicate, value in account.said.about(subject):
                made.copy(subject, predicate, value)
