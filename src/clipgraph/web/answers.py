"""Sends the answer of an engine as it comes."""

import logging
from collections.abc import Mapping

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from clipgraph.engines.engine import Answer
from clipgraph.errors import ClipgraphError
from clipgraph.web.at_once import at_once
from clipgraph.web.notes import note
from clipgraph.web.problems import code
from clipgraph.web.requests import Disconnected, unless_gone

VARY = "Accept, Accept-Encoding"
_log = logging.getLogger("clipgraph.answers")


async def stream(answer: Answer, scope: Scope, send: Send, headers: Mapping[str, str] | None = None) -> None:
    """Send an answer with further headers; whatever happens, the work behind it is ended.

    A failure after the first byte comes too late for a status. The connection is then cut, as this returns
    before the end is sent: nobody takes half an answer for the whole.

    Raises what ends the work before its first byte is sent, as it may for HTTP/1.0.
    """
    note(scope, release=answer.release)
    begun = False
    try:
        if scope["http_version"] == "1.0":
            await answer.body.finished()  # it knows no chunks, so the length has to be said
        begun = True
        given = {"Vary": VARY, **_describing(answer), "Server-Timing": timing(answer), **(headers or {})}
        if answer.encoding and "ETag" in given:
            given["ETag"] = coded_tag(given["ETag"], answer.encoding)
        raw = [(name.lower().encode(), value.encode()) for name, value in given.items()]
        whole = b"" if scope["method"] == "HEAD" else answer.body.whole()
        send_whole = at_once(scope) if whole is not None else None
        if whole is not None and send_whole is not None and send_whole(raw, whole):
            return
        await send({"type": "http.response.start", "status": 200, "headers": raw})
        if whole is None:
            async for piece in answer.body:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": whole or b"", "more_body": False})
    except ClipgraphError as error:
        if not begun:
            raise
        note(scope, outcome=code(error))
        _log.warning("answer cut: %s", error)
    finally:
        await answer.body.aclose()


def timing(answer: Answer) -> str:
    """Return what of the time until the first byte is the engine's (https://www.w3.org/TR/server-timing/)."""
    if answer.kept:
        return "cache;desc=hit"
    return f"queue;dur={answer.queued * 1000:.1f}, eval;dur={answer.evaluated * 1000:.1f}"


def coded_tag(tag: str, coding: str) -> str:
    """Return the entity tag of a representation in a content coding, made of that of the plain one."""
    return f'{tag[:-1]}.{coding}"'


def _describing(answer: Answer) -> dict[str, str]:
    headers = {"Content-Type": answer.format.content_type}
    if answer.encoding:
        headers["Content-Encoding"] = answer.encoding
    if answer.body.length is not None:
        headers["Content-Length"] = str(answer.body.length)
    return headers


class AnswerResponse(Response):
    """An answer as the response to a request that has no body."""

    def __init__(self, answer: Answer, headers: Mapping[str, str] | None = None) -> None:
        self._answer, self._further = answer, headers
        self.background = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it, and end the work behind it where the client hangs up."""
        while (await receive()).get("more_body", False):
            pass
        try:
            await unless_gone(stream(self._answer, scope, send, self._further), receive)
        except Disconnected:
            _log.debug("the client hung up")
