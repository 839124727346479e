"""Who may come in: tokens of requests, and the door of a private service."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from clipgraph.access.register import Register
from clipgraph.access.roles import Role
from clipgraph.access.tokens import Holder
from clipgraph.errors import ClipgraphError, Forbidden, Unauthorized
from clipgraph.pages.site import Site
from clipgraph.web.at_once import piecewise
from clipgraph.web.notes import note
from clipgraph.web.problems import code, problem_response

# What a load balancer asks for, what a page of refusal looks like, what strangers should know all the same.
_OPEN = ("/healthz", "/readyz", "/static/", "/robots.txt", "/.well-known/security.txt")


def admit(register: Register, scope: Scope, role: Role) -> Holder:
    """Return the holder of the request's token, who has ``role`` or more.

    Raises:
        Unauthorized: there is no token, or none that holds.
        Forbidden: its role is not enough, or another site's page makes a browser send what it remembers.
        Unavailable: the tokens cannot be read.
    """
    headers = Headers(scope=scope)
    sent = headers.getlist("authorization")
    if len(sent) > 1:
        raise Unauthorized("there is more than one Authorization header")
    holder = register.admit(sent[0] if sent else None, role)
    remembered = sent[0].lstrip().lower().startswith("basic")
    # A browser adds the password it was once given to every request, a foreign form's too.
    if (
        remembered
        and role is not Role.READER
        and headers.get("sec-fetch-site") in ("cross-site", "same-site")
    ):
        raise Forbidden("a page of another site may not write with the password that a browser remembers")
    return holder


class Door:
    """Lets in to a private service only who has a token of role reader or more."""

    def __init__(self, app: ASGIApp, register: Register, site: Site) -> None:
        self._app, self._register, self._site = app, register, site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http" or scope["path"].startswith(_OPEN):
            await self._app(scope, receive, send)
            return
        try:
            note(scope, who=admit(self._register, scope, Role.READER).name)
        except ClipgraphError as error:
            note(scope, outcome=code(error))
            await problem_response(self._site, error, scope)(scope, receive, send)
            return

        async def for_one_reader(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.add_vary_header("Authorization")
                control = headers.get("cache-control", "no-cache").replace("public", "private")
                headers["cache-control"] = control if "private" in control else f"private, {control}"
            await send(message)

        await self._app(piecewise(scope), receive, for_one_reader)
