"""The one table from errors to statuses, and their form: problem documents (RFC 9457) or a page."""

import json
import logging
import re
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Scope

from clipgraph import errors
from clipgraph.errors import ClipgraphError
from clipgraph.pages.messages import N_
from clipgraph.pages.reader import Reader
from clipgraph.pages.site import Site
from clipgraph.pages.titles import TITLES
from clipgraph.rdf.formats import HTML, TURTLE, XML, Format
from clipgraph.sparql.negotiation import negotiate, wants_html
from clipgraph.web.languages import liked_language, reader_of

STATUS: dict[type[Exception], int] = {
    errors.QuerySyntaxError: 400,
    errors.BadRequest: 400,
    errors.UnreadableBody: 400,
    errors.TooComplex: 400,
    errors.Unauthorized: 401,
    errors.Refused: 403,
    errors.NotFound: 404,
    errors.WrongMethod: 405,
    errors.NotAcceptable: 406,
    errors.TooSlow: 408,
    errors.Conflict: 409,
    errors.Gone: 410,
    errors.PreconditionFailed: 412,
    errors.TooLarge: 413,
    errors.UrlTooLong: 414,
    errors.UnsupportedMediaType: 415,
    errors.UnsatisfiableRange: 416,
    errors.NotValid: 422,
    errors.TooManyRequests: 429,
    errors.HeadersTooLarge: 431,
    errors.EngineFailed: 500,
    errors.Unimplemented: 501,
    errors.RemoteFailed: 502,
    errors.ServiceFailed: 502,
    errors.AnswerTooLarge: 503,
    errors.OutOfMemory: 503,
    errors.Overloaded: 503,
    errors.WriteInterrupted: 503,
    errors.Unavailable: 503,
    errors.DeadlineExceeded: 504,
    errors.UnknownVersion: 505,
    errors.NoSpace: 507,
}
# Bearer for programs, Basic for clients and browsers that know nothing else.
CHALLENGE = 'Bearer realm="clipgraph", Basic realm="clipgraph"'
_PROBLEM = Format(
    "problem",
    "application/problem+json",
    "json",
    "https://www.rfc-editor.org/rfc/rfc9457",
    ("application/json",),
)
_UNREADABLE = N_("the graph cannot be read right now; the reason has been logged")
_BROKEN = N_("something broke on our side; it has been logged")
_log = logging.getLogger("clipgraph.web")
_WORD = re.compile(r"[^\W\d_]+[ ,]")  # a sentence begins with a capital, the name of a parameter does not
_FIELDS = (
    *("line", "column", "quoted", "hint", "available", "seconds", "limit", "findings", "report"),
    *("endpoint", "endpoint_status"),
)


def status_of(error: Exception) -> int:
    """Return the status for an error: that of its nearest class in the table, else 500."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)


def problem(error: Exception) -> dict[str, Any]:
    """Return the problem document of an error; what is not ours is not told to the outside."""
    status = status_of(error)
    known = isinstance(error, errors.ClipgraphError)
    if isinstance(error, errors.EngineFailed | errors.Unavailable | errors.RemoteFailed):
        _log.error("%s", error)  # with paths, addresses and the like, which are not for the outside
    document: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code(error),
        "detail": _detail(error, known=known),
    }
    return document | {name: value for name in _FIELDS if (value := getattr(error, name, None))}


def _detail(error: Exception, *, known: bool) -> str:
    if isinstance(error, errors.Unavailable):
        return _UNREADABLE
    if isinstance(error, errors.RemoteFailed) or (
        isinstance(error, errors.DeadlineExceeded) and error.engine
    ):
        return f"the engine behind this service {error.reason}"
    if not known or isinstance(error, errors.EngineFailed):
        return _BROKEN
    return str(error)


def _in_words(site: Site, reader: Reader, error: Exception, document: dict[str, Any]) -> dict[str, Any]:
    """Return what a page says instead of ``detail`` and ``hint``, and in which languages."""
    message = getattr(error, "message", "")
    if document["detail"] in (_UNREADABLE, _BROKEN):  # whatever the error says: that is not for the outside
        message, error = document["detail"], ClipgraphError()
    told = site.message(reader, message) % getattr(error, "values", {}) if message else document["detail"]
    starts = told[:1].upper() + told[1:] if _WORD.match(told) else told
    words = {"detail": starts, "language": reader.language if message else "en"}
    advice = getattr(error, "advice", None)
    if advice and advice.message:
        hint = site.message(reader, advice.message) % advice.values
        return words | {"hint": hint, "hint_language": reader.language}
    return words | {"hint_language": "en"}


def _in_language(
    site: Site, error: Exception, document: dict[str, Any], scope: Scope
) -> tuple[dict[str, Any], str]:
    """Return a problem document in the language that its client asks for, where all of it is translated.

    Who asks for none gets English, below ``/de/``, too: https://www.rfc-editor.org/rfc/rfc9457#section-3.1.3
    """
    reader = Reader(liked_language(scope, site.languages))
    words = _in_words(site, reader, error, document)
    status = document["status"]
    hint_language = words["hint_language"] if document.get("hint") else reader.language
    if (
        reader.language == "en"
        or status not in TITLES
        or {words["language"], hint_language} != {reader.language}
    ):
        return document, "en"
    place = site.message(reader, "Line %(line)s, column %(column)s:") % document if "line" in document else ""
    told = {
        "title": site.message(reader, TITLES[status]),
        "detail": f"{place} {words['detail']}".strip(),
    }
    hint = {"hint": words["hint"]} if "hint" in words else {}
    return document | told | hint, reader.language


def code(error: Exception) -> str:
    """Return the error's name as a stable word: DeadlineExceeded → deadline-exceeded; else ``internal``."""
    if not isinstance(error, errors.ClipgraphError):
        return "internal"
    name = type(error).__name__
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name).lstrip("-")


def _reads_xml_alone(accept: str) -> bool:
    """Tell whether a client reads results as XML and no JSON, as Virtuoso's SERVICE.

    It shows its user what a refusal says as plain text, and of a problem document only that it is one.
    """
    return negotiate(accept, (_PROBLEM,)) is None and negotiate(accept, (XML,)) is not None


def problem_response(
    site: Site,
    error: Exception,
    scope: Scope,
    page: Callable[[Reader, Mapping[str, Any]], str] | None = None,
) -> Response:
    """Return the refusal: a page where the client asks for pages, else a problem document.

    ``page`` makes that of what is told in words; without, it is a page of its own.

    Of a write that the shapes refuse it is the SHACL report where Turtle is asked for
    (https://www.w3.org/TR/shacl/#validation-report).
    """
    document = problem(error)
    headers = {"Vary": "Accept, Accept-Language", "Cache-Control": "no-store"}
    if isinstance(error, errors.WrongMethod):
        headers["Allow"] = error.allowed
    if isinstance(error, errors.UnsatisfiableRange):
        headers["Content-Range"] = f"bytes */{error.length}"
    if isinstance(error, errors.Unauthorized):
        headers["WWW-Authenticate"] = CHALLENGE
    if isinstance(error, errors.Overloaded | errors.TooManyRequests):
        headers["Retry-After"] = str(error.retry_after)
    accept = ", ".join(Headers(scope=scope).getlist("accept"))
    report = getattr(error, "turtle", "")
    if report and accept and negotiate(accept, (_PROBLEM, HTML, TURTLE)) is TURTLE:
        return Response(report, document["status"], headers, TURTLE.content_type)
    if wants_html(accept or None):
        reader = reader_of(scope)
        headers["Content-Language"] = reader.language
        words = _in_words(site, reader, error, document)
        told = document | words
        text = (
            page(reader, told)
            if page
            else site.render("error.html", reader, path=scope["path"], problem=told, titles=TITLES)
        )
        return Response(text, document["status"], headers, "text/html; charset=utf-8")
    if accept and _reads_xml_alone(accept):
        lines = (f"{document['title']}: {document['detail']}", document.get("hint"), document.get("quoted"))
        return Response(
            "\n".join(filter(None, lines)), document["status"], headers, "text/plain; charset=utf-8"
        )
    document, headers["Content-Language"] = _in_language(site, error, document, scope)
    body = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    return Response(body, document["status"], headers, "application/problem+json")
