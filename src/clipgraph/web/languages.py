"""Which language a request is read in: the address says it (``/de/…``), else Accept-Language.

https://www.rfc-editor.org/rfc/rfc9110#name-accept-language
"""

from collections.abc import Collection
from typing import cast

from starlette.types import ASGIApp, Receive, Scope, Send

from clipgraph.pages.reader import DEFAULT, Reader
from clipgraph.sparql.negotiation import preferred_languages

_READER, _TAGS = "clipgraph.reader", "clipgraph.languages"


class Languages:
    """Takes the language off the front of a path, and settles who reads."""

    def __init__(self, app: ASGIApp, tags: Collection[str]) -> None:
        self._app, self._tags = app, frozenset(tags)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with its reader and without the language in its path."""
        if scope["type"] == "http":
            scope = self._read(scope)
        await self._app(scope, receive, send)

    def _read(self, scope: Scope) -> Scope:
        first, slash, rest = scope["path"][1:].partition("/")
        if first not in self._tags:
            # Found out where somebody asks: most answers are data.
            return {**scope, _TAGS: self._tags}
        raw = scope.get("raw_path") or scope["path"].encode()
        reader, path = Reader(first, f"/{first}"), "/" + rest if slash else "/"
        return {**scope, _READER: reader, "path": path, "raw_path": raw[len(first) + 1 :] or b"/"}


def liked_language(scope: Scope, tags: Collection[str]) -> str:
    """Return the language that the client likes best of those there are, whatever its path says."""
    told = [value.decode("latin-1") for name, value in scope["headers"] if name == b"accept-language"]
    for tag in preferred_languages(", ".join(told)) if told else ():
        primary = tag.partition("-")[0]
        if primary in tags:
            return primary
    return DEFAULT


def reader_of(scope: Scope) -> Reader:
    """Return who reads the answer to a request."""
    reader = scope.get(_READER)
    if reader is None:
        tags = scope.get(_TAGS)
        reader = scope[_READER] = Reader(liked_language(scope, tags)) if tags else Reader()
    return cast("Reader", reader)
