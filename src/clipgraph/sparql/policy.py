"""What a text may not ask for: an endpoint that is not listed, or a document from the network."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clipgraph.errors import Refused
from clipgraph.sparql.federation import NOBODY, Federation, Service
from clipgraph.sparql.nesting import check_nesting
from clipgraph.sparql.reading import Reading
from clipgraph.sparql.tokens import Token

# What stands before a name and is followed by it and a group: FROM a:b { … }, GRAPH a:b { … }.
_BEFORE_NAMES = ("from", "named", "graph", "describe", "service", "silent")
_GLUED_LOAD = re.compile(r"^.*?load(silent)?", re.IGNORECASE)
_KEYWORD = re.compile(r".*?service(silent)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Use:
    """A SERVICE in a text: its line, its endpoint (None for a variable) and where that stands."""

    line: int
    endpoint: str | None
    target: Token


def check(text: str, federation: Federation = NOBODY, base: str | None = None) -> tuple[Service, ...]:
    """Return the endpoints that a query asks, in the order of the text.

    This gives the clear answer early. What holds is the kernel's filter in every worker: one for queries
    without SERVICE opens no connection at all, one for the others reaches what is listed and nothing else.

    Args:
        text: the query.
        federation: which endpoints may be asked; IRIs are compared once escapes, prefixes and BASE
            are resolved.
        base: what relative IRIs are resolved against where the query has no BASE.

    Raises:
        Refused: the query asks an endpoint that is not listed, or takes it from a variable, or cannot be
            read without doubt.
        TooComplex: its paths nest too deeply.
    """
    check_nesting(text)
    return tuple(_allowed(use, federation) for use in _services(text, base))


def endpoints(text: str) -> list[str]:
    """Return the IRIs of the endpoints that a query asks, allowed or not, in the order of the text.

    Raises:
        Refused: it cannot be read without doubt.
    """
    return [use.endpoint for use in _services(text, None) if use.endpoint is not None]


def check_update(text: str) -> None:
    """Refuse an update that would fetch: LOAD, or SERVICE.

    Raises:
        Refused: the update has one of the two, or cannot be read without doubt.
        TooComplex: its paths nest too deeply.
    """
    check_nesting(text)
    for use in _services(text, None):
        raise Refused(
            f"SERVICE in line {use.line}: an update asks no other endpoint. Ask it with a query, and send "
            "what it answers as INSERT DATA"
        )
    if "load" not in text.lower():
        return
    reading = Reading(text)
    for place, token in reading:
        if _loads(reading, place, token):
            behind = (reading.at(place + 1), reading.at(place + 2))
            glued = _GLUED_LOAD.sub("", token.text) if token.kind == "name" else ""
            source = glued or next((t.text for t in behind if t.kind in ("iri", "name")), "")
            raise Refused(
                f"LOAD {source} in line {reading.line(token)}: this service fetches no documents. Send the "
                "content itself, as INSERT DATA or with PUT to /graphs"
            )


def _allowed(use: _Use, federation: Federation) -> Service:
    if use.endpoint is None:
        raise Refused.worded(
            "SERVICE in line %(line)s takes its endpoint from a variable; only endpoints named in the query "
            "are asked",
            line=use.line,
        )
    if use.endpoint in federation.urls:
        url = federation.urls[use.endpoint]
        return Service(use.endpoint, url, use.target.start, use.target.start + len(use.target.text))
    if not federation.urls:
        raise Refused.worded(
            "SERVICE in line %(line)s asks %(endpoint)s: this endpoint asks no other endpoint. Run the "
            "federated query at yours, with SERVICE pointing here; or its operator allows it with --federate "
            "%(endpoint)s",
            line=use.line,
            endpoint=use.endpoint,
        )
    raise Refused.worded(
        "SERVICE in line %(line)s asks %(endpoint)s, which is not among the endpoints that are asked from "
        "here: %(asked)s. The operator adds it with --federate %(endpoint)s",
        line=use.line,
        endpoint=use.endpoint,
        asked=", ".join(federation.urls),
    )


def _services(text: str, base: str | None) -> Iterator[_Use]:
    if "service" not in text.lower():
        return
    reading = Reading(text, base)
    for place, token in reading:
        if "service" not in token.text.lower():
            continue
        if token.kind == "word":
            yield _use(reading, place, token)
        elif token.kind == "unclosed" or (token.kind == "name" and _hides(reading, place, token)):
            raise Refused.worded(
                "SERVICE in line %(line)s cannot be read without doubt: write a space before and behind it, "
                "and close every string",
                line=reading.line(token),
            )


def _use(reading: Reading, place: int, token: Token) -> _Use:
    line = reading.line(token)
    keyword = _KEYWORD.fullmatch(token.text)
    silent = keyword and not keyword[1] and reading.at(place + 1).text.lower() == "silent"
    target = reading.at(place + 2 if silent else place + 1)
    if keyword and target.kind == "variable":
        return _Use(line, None, target)
    named = target.kind == "name" and not target.text.startswith("_:") and reading.declares(target)
    if keyword and (target.kind == "iri" or named):
        return _Use(line, reading.iri(target), target)
    raise Refused.worded("SERVICE in line %(line)s is not followed by the IRI of an endpoint", line=line)


def _hides(reading: Reading, place: int, token: Token) -> bool:
    """Tell whether a name may be the keyword and a name.

    Only the prefix can hide it: ``trueSERVICE:x`` where that prefix is not declared, and where it is,
    ``SERVICE:x {`` at the start of a pattern.
    """
    if "service" not in token.text.split(":", 1)[0].lower():
        return False
    glued_prefix = token.text.lower().startswith("prefix") and reading.at(place + 1).kind == "iri"
    before = reading.at(place - 1).text.lower()
    if before == "prefix" or glued_prefix:
        return False
    return not reading.declares(token) or (reading.at(place + 1).text == "{" and before not in _BEFORE_NAMES)


def _loads(reading: Reading, place: int, token: Token) -> bool:
    """Tell whether a token is or hides LOAD, which only starts an operation."""
    if "load" not in token.text.lower():
        return False
    if token.kind != "name":
        return token.kind in ("word", "unclosed")
    if "load" not in token.text.split(":", 1)[0].lower() or reading.at(place - 1).text.lower() == "prefix":
        return False
    if not reading.declares(token):
        return not (token.text.lower().startswith("prefix") and reading.at(place + 1).kind == "iri")
    before = reading.at(place - 1)
    return not reading.open and (before.text in ("", ";") or before.kind == "iri")
