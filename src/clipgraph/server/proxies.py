"""Who asks, where a proxy says so: uvicorn's middleware, which remembers what a header told of it.

Which addresses are trusted uvicorn remembers itself; what it reads in a header it works out each time.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

_SHORT = 100  # characters of a header; what is longer is worked out each time
# Tells the address and the port of the last who is no trusted proxy, from the value of X-Forwarded-For.
_Address = Callable[[str], tuple[str, int]]


def behind_proxies(app: Any, proxies: str) -> Any:  # noqa: ANN401  # as uvicorn types it
    """Return the application behind proxies whose word counts: addresses, networks, commas between them."""
    middleware = ProxyHeadersMiddleware(app, proxies)
    trusted = middleware.trusted_hosts
    address = _remembering(trusted.get_trusted_client_address)
    trusted.get_trusted_client_address = address  # type: ignore[method-assign, assignment]
    return middleware


def _remembering(address: _Address) -> _Address:
    """Return what asks once about each header: the same clients come again by the same proxies."""
    known = lru_cache(4096)(address)

    def tell(forwarded: str) -> tuple[str, int]:
        return known(forwarded) if len(forwarded) <= _SHORT else address(forwarded)

    return tell
