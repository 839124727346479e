"""/graphs: the Graph Store HTTP Protocol (https://www.w3.org/TR/sparql11-http-rdf-update/)."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from clipgraph.errors import (
    ClipgraphError,
    NotAcceptable,
    NotFound,
    PreconditionFailed,
    Unavailable,
    WrongMethod,
)
from clipgraph.pages.site import Site
from clipgraph.rdf.formats import GRAPHS, Format
from clipgraph.rdf.terms import NamedNode
from clipgraph.releases.line import Releases
from clipgraph.releases.release import GraphRecord, Release
from clipgraph.sparql.graph_store import Target, read_target, upload_boundary, upload_format
from clipgraph.sparql.negotiation import compress_from, named, negotiate, wants_html
from clipgraph.sparql.parameters import decode, read_message, read_release_number, refuse_release, values
from clipgraph.sparql.protocol import Query
from clipgraph.web.answers import VARY
from clipgraph.web.headers import allowed
from clipgraph.web.languages import reader_of
from clipgraph.web.notes import note
from clipgraph.web.problems import code, problem_response
from clipgraph.web.requests import Disconnected, headers_of, read, receive_file, unless_gone
from clipgraph.web.sparql import SparqlEndpoint
from clipgraph.web.tags import is_expected, is_same
from clipgraph.web.writes import RELEASE, Writes, Written
from clipgraph.writing.jobs import GraphJob, Outcome

_METHODS = ("GET", "HEAD", "PUT", "POST", "DELETE")


def _opens(scope: Scope) -> bool:
    """Tell whether a person opens the address of the graph store: people find it at ``/graph``."""
    is_reading = scope["method"] in ("GET", "HEAD") and not scope["query_string"]
    return is_reading and wants_html(headers_of(scope).get("accept"))


def _to_the_list(scope: Scope) -> Response:
    return RedirectResponse(reader_of(scope).link("/graph"), 303, {"Vary": "Accept, Accept-Language"})


class GraphStore:
    """Reads the graphs of the current release for everyone and writes them for maintainers.

    ``upload`` is the most bytes of a document; graphs are sent by ``endpoint``, within its limits; ``loaded``
    are graphs that are beside every release.
    """

    def __init__(
        self,
        endpoint: SparqlEndpoint,
        line: Releases,
        site: Site,
        writes: Writes,
        upload: int,
        loaded: Mapping[str, GraphRecord],
    ) -> None:
        self._endpoint, self._line, self._site = endpoint, line, site
        self._writes, self._upload, self._loaded = writes, upload, loaded

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            if scope["method"] not in _METHODS:
                raise WrongMethod(allowed(scope["path"]))
            if _opens(scope):
                await _to_the_list(scope)(scope, receive, send)
                return
            target = read_target(scope["method"], scope["query_string"])
            if scope["method"] in ("GET", "HEAD"):
                await read(scope, receive, 0)  # a body means nothing here, and has to be out of the way
                await unless_gone(self._read(target, scope, receive, send), receive)
            else:
                await self._attempt(target, scope, receive, send)
        except Disconnected:
            note(scope, outcome="hang-up")
        except ClipgraphError as error:
            note(scope, outcome=code(error))
            await problem_response(self._site, error, scope)(scope, receive, send)

    async def _read(self, target: Target, scope: Scope, receive: Receive, send: Send) -> None:
        headers = headers_of(scope)
        release = self._release(scope)
        form = _format(scope, headers.get("accept"))
        tag = f'"{self._digest(release, target)}.{form.name}"'
        about = {"ETag": tag, "Vary": VARY, "Cache-Control": "no-cache", RELEASE: str(release.number)}
        if not is_expected(headers.get("if-match"), tag):
            raise PreconditionFailed("the graph is not as If-Match names it: read it without")
        if is_same(scope["method"], headers.get("if-none-match"), tag, there=True):
            await Response(None, 304, about)(scope, receive, send)
            return
        pattern = "{ ?s ?p ?o }"
        where = f"{{ GRAPH {NamedNode(target.graph)} {pattern} }}" if target.graph else pattern
        query = Query(
            f"CONSTRUCT {pattern} WHERE {where}",
            None,
            form,
            self._endpoint.deadline,
            compress_from=compress_from(headers.get("accept-encoding")),
            release=release.number,
        )
        await self._endpoint.stream(query, scope, send, about)

    def _release(self, scope: Scope) -> Release:
        """Return the release that ``release=`` names, else the current one."""
        wanted = read_release_number(values(decode(scope["query_string"]), "release"))
        return self._line.read(self._line.kept(wanted))

    def _digest(self, release: Release, target: Target) -> str:
        if not target.graph:
            return release.digest
        record = release.graphs.get(target.graph) or self._loaded.get(target.graph)
        if record is None or not record.triples:
            raise NotFound.worded("there is no graph <%(iri)s>", iri=target.graph[:300])
        return record.digest

    async def _attempt(self, target: Target, scope: Scope, receive: Receive, send: Send) -> None:
        """Write, and tell the audit log, whatever comes of it."""
        attempt = Written("graph-store", (target.graph or "default",))
        failure: Exception | None = None
        status = 500
        try:
            response = await self._write(target, scope, receive, attempt)
            status = response.status_code
        except Disconnected as gone:
            failure = gone
            raise
        except ClipgraphError as error:
            failure = error
            raise
        finally:
            await self._writes.record(scope, attempt, failure, status)
        await response(scope, receive, send)

    async def _write(self, target: Target, scope: Scope, receive: Receive, attempt: Written) -> Response:
        headers, method = headers_of(scope), scope["method"]
        holder = self._writes.admit(scope, attempt)
        refuse_release(decode(scope["query_string"]))
        boundary = "" if method == "DELETE" else upload_boundary(headers)
        form = None if boundary or method == "DELETE" else upload_format(headers)
        attempt.message = read_message(values(decode(scope["query_string"]), "message"))
        with tempfile.TemporaryDirectory(prefix="clipgraph-upload-") as folder:
            file = Path(folder) / "body"
            try:
                attempt.digest = await receive_file(scope, receive, self._upload, file)
            except OSError as error:
                raise Unavailable(f"the body could not be kept: {error.strerror}") from error
            job = GraphJob(
                method,
                target.graph,
                str(file),
                form.name if form else "",
                boundary,
                headers.get("if-match"),
                headers.get("if-none-match"),
            )
            outcome: Outcome | None = None

            async def work() -> None:
                nonlocal outcome
                outcome = await self._writes.graph(job, holder, attempt, scope)

            await unless_gone(work(), receive)
        assert outcome is not None  # noqa: S101  # else the work has raised
        attempt.outcome = outcome
        return _answer(target, outcome)


def _answer(target: Target, outcome: Outcome) -> Response:
    headers = {RELEASE: str(outcome.release), "Cache-Control": "no-store"}
    if outcome.created and outcome.digest:
        return Response(None, 201, headers | {"Location": target.location})
    return Response(None, 204, headers)


def _format(scope: Scope, accept: str | None) -> Format:
    """Return the format that ``format=`` or Accept asks for."""
    parameters = decode(scope["query_string"])
    names = values(parameters, "format") + values(parameters, "output")
    form = next(filter(None, (named(name, GRAPHS) for name in names)), None) or negotiate(accept, GRAPHS)
    if form is None:
        raise NotAcceptable(
            "a graph comes in none of the types accepted", [each.media_type for each in GRAPHS]
        )
    return form
