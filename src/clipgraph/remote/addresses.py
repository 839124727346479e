"""Where an engine is, and with which credentials it is asked."""

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

import httpx2

from clipgraph.errors import BadRequest

Scheme = Literal["basic", "digest"]
_SPACES = re.compile(r"[\x00-\x20\x7f]")
_TOKEN = re.compile(r"[\x21-\x7e]*")  # what a header can hold
_LONGEST = 200  # characters of an address that are told


@dataclass(frozen=True)
class Credentials:
    """Who asks: a user with a password, told as ``scheme`` has it, or the bearer of a token; or nobody."""

    user: str = ""
    password: str = ""
    token: str = ""
    scheme: Scheme = "basic"

    def __bool__(self) -> bool:
        """Tell whether there are any."""
        return bool(self.user or self.token)


@dataclass(frozen=True)
class Address:
    """The URLs of an engine: where it takes queries and updates, and where its graphs are.

    Without ``graphs`` there is no Graph Store there, and graphs are written by updates.
    """

    query: str
    update: str
    graphs: str = ""
    credentials: Credentials = Credentials()


def read_address(
    query: str, update: str = "", graphs: str = "", credentials: Credentials = Credentials()
) -> Address:
    """Return an address whose URLs can be asked; updates go where queries do unless another URL is given.

    Raises:
        BadRequest: one is no http or https URL, or holds credentials; or the credentials cannot be told.
    """
    for url in (query, *filter(None, (update, graphs))):
        _check(url)
    _check_credentials(credentials)
    return Address(query, update or query, graphs, credentials)


def _check(url: str) -> None:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        httpx2.URL(url)  # which knows what a name of a host may be made of
    except (ValueError, httpx2.InvalidURL):  # a port that is none, brackets that do not close
        usable = False
    if not usable or _SPACES.search(url) or parts.fragment:
        raise BadRequest(
            f"{url[:_LONGEST]!r} is no address of an engine: that is a URL such as https://sparql.example.org/sparql"
        )
    if parts.username or parts.password:
        raise BadRequest(
            "the address of an engine holds no credentials: give them as CLIPGRAPH_ENGINE_USER and "
            "CLIPGRAPH_ENGINE_PASSWORD, or as CLIPGRAPH_ENGINE_TOKEN"
        )


def _check_credentials(credentials: Credentials) -> None:
    """Raise BadRequest for some that cannot be told; what they are is said nowhere."""
    if credentials.user and credentials.token:
        raise BadRequest("the engine is asked with a user and a password, or with a token, not with both")
    if credentials.password and not credentials.user:
        raise BadRequest("there is a password for the engine and no user: set CLIPGRAPH_ENGINE_USER, too")
    if ":" in credentials.user and credentials.scheme == "basic":
        raise BadRequest("a user that is told as basic has no colon in its name: see CLIPGRAPH_ENGINE_USER")
    if not _TOKEN.fullmatch(credentials.token):
        raise BadRequest(
            "the token for the engine (CLIPGRAPH_ENGINE_TOKEN) has a space, an end of line or a character "
            "beyond ASCII, none of which a token has"
        )
