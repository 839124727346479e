"""Tokens: made once, kept as digests, checked on each request.

A token is 256 random bits, so one SHA-256 of it is enough: nobody can try all of them, however fast the
digest is. A slow digest with salt, as passwords need it, would cost each request time and add nothing.
"""

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from clipgraph.access.roles import Role
from clipgraph.errors import BadRequest, Forbidden, Unauthorized

# A fixed beginning, so that scanners for leaked secrets can find a token that was committed somewhere.
PREFIX = "clipgraph_"
_BYTES = 32
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
_MOST_DAYS = 36_500


@dataclass(frozen=True)
class Token:
    """What is kept of a token: ``digest`` is the SHA-256 of it in hexadecimal, times are in UTC."""

    name: str
    role: Role
    digest: str
    created: datetime
    expires: datetime | None = None


@dataclass(frozen=True)
class Holder:
    """Who a request comes from: the name and the role of its token."""

    name: str
    role: Role


def new_token(name: str, role: Role, days: int | None, now: datetime) -> tuple[str, Token]:
    """Return a new token, which is told once, and what is kept of it.

    Raises:
        BadRequest: the name is not one, or the days are not a number from 1 to 36500.
    """
    if not _NAME.fullmatch(name):
        raise BadRequest(f"{name[:80]!r} is no name for a token: letters, digits and . _ @ -, 64 at most")
    if days is not None and not 1 <= days <= _MOST_DAYS:
        raise BadRequest(f"{days} days: give 1 to {_MOST_DAYS}")
    secret = PREFIX + secrets.token_urlsafe(_BYTES)
    expires = now + timedelta(days=days) if days is not None else None
    return secret, Token(name, role, _digest(secret), now, expires)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def authorise(header: str | None, role: Role, tokens: Iterable[Token], now: datetime) -> Holder:
    """Return the holder of the token in an ``Authorization`` header, who has ``role`` or more.

    Takes ``Bearer TOKEN`` (https://www.rfc-editor.org/rfc/rfc6750#section-2.1) and, since many SPARQL clients
    know nothing else, ``Basic`` with the token as password and any user name
    (https://www.rfc-editor.org/rfc/rfc7617#section-2).

    Raises:
        Unauthorized: there is no token, or none that holds.
        Forbidden: its role is not enough.
    """
    if header is None:
        raise Unauthorized.worded(
            "this needs a token of role %(role)s or more; send it as Authorization: Bearer TOKEN", role=role
        )
    token = _matching(_secret(header), tokens)
    if token is None:
        raise Unauthorized.worded("this token is not known here; it may have been revoked")
    if token.expires is not None and token.expires <= now:
        raise Unauthorized.worded(
            "this token expired on %(day)s; ask for another", day=f"{token.expires:%Y-%m-%d}"
        )
    if not token.role.covers(role):
        raise Forbidden(f"the token {token.name} has the role {token.role}; this needs {role}")
    return Holder(token.name, token.role)


def _secret(header: str) -> str:
    """Return the token that the header carries."""
    scheme, _, value = header.strip().partition(" ")
    value = value.strip()
    if scheme.lower() == "bearer" and value:
        return value
    if scheme.lower() == "basic" and value:
        try:
            user_password = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError, ValueError):
            user_password = ""
        _, colon, password = user_password.partition(":")
        if colon and password:
            return password
    raise Unauthorized(
        "the Authorization header is neither Bearer TOKEN nor Basic with the token as password"
    )


def _matching(secret: str, tokens: Iterable[Token]) -> Token | None:
    """Return the token that the secret is of; takes the same time whichever it is, and if it is none."""
    digest, found = _digest(secret), None
    for token in tokens:
        if hmac.compare_digest(digest, token.digest):
            found = token
    return found
