"""What a head may not be, beyond what the parser of HTTP refuses itself."""

import re
import sys
from dataclasses import dataclass

import httptools

from clipgraph.errors import BadRequest, ClipgraphError, Unimplemented, UnknownVersion

Headers = list[tuple[bytes, bytes]]
# A method is any token (https://www.rfc-editor.org/rfc/rfc9110#section-9.1); the parser knows some.
_REQUEST_LINE = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]{1,40}) [^\s]+ HTTP/1\.[01]\r?\n")
# The parser knows some versions that are not spoken here, and calls others no HTTP at all.
_SPOKEN = ("1.0", "1.1")
_OTHER_VERSION = re.compile(rb"[A-Z]{1,40} [^\s]+ HTTP/([0-9]\.[0-9])\r?\n")
_AUTHORITY = re.compile(rb"[A-Za-z][A-Za-z0-9+.-]*://(?:[^/?#@]*@)?([^/?#]*)")


@dataclass(frozen=True)
class HeadLimits:
    """The most bytes of a request's URL, and of its headers together."""

    url: int
    headers: int


def fault_of(version: str, headers: Headers) -> ClipgraphError | None:
    """Return what is wrong with the head of a request in a version of HTTP."""
    if version not in _SPOKEN:
        return _unspoken(version)
    names = [name for name, _ in headers]
    hosts = names.count(b"host")
    if hosts > 1 or (not hosts and version == "1.1"):
        # https://www.rfc-editor.org/rfc/rfc9112#section-3.2
        return BadRequest(f"a request has one Host header, this one has {hosts}")
    # https://www.rfc-editor.org/rfc/rfc9112#section-6.1
    coding = b", ".join(value for name, value in headers if name == b"transfer-encoding")
    if coding and coding.strip().lower() != b"chunked":
        return Unimplemented("of the transfer codings only chunked is read here")
    return None


def take_authority(url: bytes, headers: Headers) -> None:
    """Take the host of an absolute URL for that of the request, whatever Host says.

    See https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2.
    """
    absolute = _AUTHORITY.match(url)
    if absolute:
        headers[:] = [each for each in headers if each[0] != b"host"]
        headers.append((b"host", absolute[1]))


def unreadable(first: bytes, message: str) -> ClipgraphError:
    """Return why the parser cannot read what begins like this; to be called while its error is handled."""
    other = _OTHER_VERSION.match(first)
    if other and other[1].decode() not in _SPOKEN:
        return _unspoken(other[1].decode())
    unknown = isinstance(sys.exception(), httptools.HttpParserInvalidMethodError)
    line = _REQUEST_LINE.match(first) if unknown else None
    if line:  # https://www.rfc-editor.org/rfc/rfc9110#section-9.1
        return Unimplemented(f"the method {line[1].decode()} is not known here")
    return BadRequest(f"this is not HTTP/1.1: {message}")


def _unspoken(version: str) -> UnknownVersion:
    """Return the refusal of a version (https://www.rfc-editor.org/rfc/rfc9110#section-15.6.6)."""
    return UnknownVersion(f"HTTP/{version} is not spoken here; send HTTP/1.1")
