"""Applications that stand beside the framework, at an address of their own.

What is asked most often need not go through what the framework does for every other address.
"""

from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from clipgraph.pages.site import Site
from clipgraph.web.at_once import Headers, at_once, offer
from clipgraph.web.notes import note
from clipgraph.web.problems import code, problem_response


class Direct:
    """Passes the requests for some paths to applications of their own, all others to ``app``."""

    def __init__(self, app: ASGIApp, apart: Mapping[str, ASGIApp], site: Site) -> None:
        self._app, self._apart, self._site = app, apart, site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; what breaks in an application is an answer, and goes on to the log."""
        application = self._apart.get(scope["path"]) if scope["type"] == "http" else None
        if application is None:
            await self._app(scope, receive, send)
            return
        begun = False

        async def watch(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        send_whole = at_once(scope)

        def watch_whole(headers: Headers, body: bytes) -> bool:
            nonlocal begun
            sent = send_whole is not None and send_whole(headers, body)
            begun = begun or sent
            return sent

        if send_whole is not None:
            offer(scope, watch_whole)
        try:
            await application(scope, receive, watch)
        except Exception as error:
            if not begun:
                note(scope, outcome=code(error))
                await problem_response(self._site, error, scope)(scope, receive, send)
            raise
