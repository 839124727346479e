"""Addresses that people and programs try, and where what they mean stands."""

from starlette.requests import Request
from starlette.responses import RedirectResponse

from clipgraph.web.languages import reader_of
from clipgraph.web.requests import path_of, query_of

# Engines that ask there do not follow redirects; what lists the dumps is at /dumps/ itself.
_EXACT = ("/sparql", "/graphs", "/dumps")


def without_slash(request: Request) -> RedirectResponse | None:
    """Return the way to the same address without the slash at its end, None where there is none to take off.

    So the IRIs of our namespaces (``/def/``) lead to what tells them (``/def``).
    """
    path = path_of(request.scope)
    kept = path.strip("/")  # at its beginning, too: two slashes there would name another host
    if request.method not in ("GET", "HEAD") or not kept or not path.endswith("/") or f"/{kept}" in _EXACT:
        return None
    query = query_of(request.scope)
    return RedirectResponse(reader_of(request.scope).link(f"/{kept}") + (f"?{query}" if query else ""), 308)


async def icon(_: Request) -> RedirectResponse:
    """``/favicon.ico``, which browsers ask for on their own."""
    return RedirectResponse("/static/clipgraph.svg", 308)
