"""Who asks, where a proxy says so: uvicorn's middleware, which remembers what it found out."""

from functools import lru_cache
from typing import Any

from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

_SHORT = 100  # characters of a header; what is longer is worked out each time


class _Remembering:
    """What tells trusted addresses, asked once about each: the same proxies and clients come again."""

    def __init__(self, trusted: Any) -> None:  # noqa: ANN401  # the middleware names no type
        self._is_trusted = lru_cache(1024)(trusted.__contains__)
        self._address = trusted.get_trusted_client_address
        self._known_address = lru_cache(4096)(self._address)

    def __contains__(self, host: str | None) -> bool:
        """Tell whether a proxy is trusted."""
        known: bool = self._is_trusted(host)
        return known

    def get_trusted_client_address(self, forwarded: str) -> tuple[str, int]:
        """Return the address and the port of the last who is no trusted proxy."""
        address = self._known_address if len(forwarded) <= _SHORT else self._address
        known: tuple[str, int] = address(forwarded)
        return known


def behind_proxies(app: Any, proxies: str) -> Any:  # noqa: ANN401  # as uvicorn types it
    """Return the application behind proxies whose word counts: addresses, networks, commas between them."""
    middleware = ProxyHeadersMiddleware(app, proxies)
    middleware.trusted_hosts = _Remembering(middleware.trusted_hosts)  # type: ignore[assignment]
    return middleware
