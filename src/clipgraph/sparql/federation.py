"""Which other endpoints a query may ask, and where each of them is reached."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from clipgraph.errors import BadRequest
from clipgraph.sparql.tokens import tokens

_URL = re.compile(r"https?://[^\s<>\"{}|\\^`/?#@]+([/?][^\s<>\"{}|\\^`#]*)?")
_POSITION = re.compile(r"error at (\d+):(\d+):")
# Names for several endpoints: what SERVICE says, and the URL that is asked.
GROUPS: Mapping[str, Mapping[str, str]] = {
    "eu": {
        # The Publications Office: Cellar, authority tables, EuroVoc.
        "http://publications.europa.eu/webapi/rdf/sparql": "https://publications.europa.eu/webapi/rdf/sparql",
        "https://publications.europa.eu/webapi/rdf/sparql": "https://publications.europa.eu/webapi/rdf/sparql",
        "https://data.europa.eu/sparql": "https://data.europa.eu/sparql",
        "https://query.wikidata.org/sparql": "https://query.wikidata.org/sparql",
    },
}


@dataclass(frozen=True, slots=True)
class Service:
    """A SERVICE that a query may ask: its endpoint's IRI, the URL behind it, and where the IRI stands."""

    endpoint: str
    url: str
    start: int
    end: int


@dataclass(frozen=True)
class Federation:
    """The endpoints that may be asked: ``urls`` has the URL of each by its IRI, just as SERVICE names it."""

    urls: Mapping[str, str] = field(default_factory=dict)


NOBODY = Federation()


def read_federation(names: Iterable[str], aliases: Mapping[str, str]) -> Federation:
    """Return the federation of groups and endpoint IRIs; an alias is asked in place of its endpoint.

    Raises:
        BadRequest: a name is no group and no http(s) IRI, or an alias is for an endpoint that is not listed.
    """
    urls: dict[str, str] = {}
    for name in names:
        urls |= GROUPS[name] if name in GROUPS else {_http(name): name}
    for endpoint, url in aliases.items():
        if endpoint not in urls:
            raise BadRequest(f"service_aliases names {endpoint}, which federate does not list")
        urls[endpoint] = _http(url)
    return Federation(urls)


def _http(url: str) -> str:
    if not _URL.fullmatch(url):
        raise BadRequest(
            f"{url!r} is neither a group of endpoints ({', '.join(GROUPS)}) nor the http(s) URL of one"
        )
    return url


def rewrite(text: str, services: Sequence[Service], prefix: str) -> str:
    """Return the query with the endpoint of service *n* replaced by the IRI ``prefix`` + *n*."""
    pieces, last = [], 0
    for number, service in enumerate(services):
        pieces += [text[last : service.start], f"<{prefix}{number}>"]
        last = service.end
    return "".join([*pieces, text[last:]])


def restored(text: str, endpoints: Sequence[str], prefix: str) -> str:
    """Return what the engine asks an endpoint, with the endpoints of a SERVICE in it as the query had them.

    For the engine they are ``prefix`` + *n*, see rewrite; nobody else knows them so.
    """
    names = {f"<{prefix}{number}>": f"<{endpoint}>" for number, endpoint in enumerate(endpoints)}
    pieces, last = list[str](), ""
    for token in tokens(text):
        named = token.kind == "iri" and last in ("service", "silent")
        pieces.append(names.get(token.text, token.text) if named else token.text)
        if token.kind not in ("space", "comment"):
            last = token.text.lower()
    return "".join(pieces)


def located(message: str, text: str, services: Sequence[Service], prefix: str) -> str:
    """Return the engine's message on a rewritten query with the column that it has in ``text``."""
    match = _POSITION.match(message)
    if not match:
        return message
    line, column = int(match[1]), int(match[2])
    start = sum(len(before) + 1 for before in text.split("\n")[: line - 1])
    for number, service in enumerate(services):
        if start <= service.start < start + column - 1:
            longer = len(f"<{prefix}{number}>") - (service.end - service.start)
            column = max(service.start - start + 1, column - longer)
    return f"error at {line}:{column}:{message[match.end() :]}"
