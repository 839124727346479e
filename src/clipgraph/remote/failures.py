"""Why an engine gave no answer that can be used, in one line."""

import ssl
from collections.abc import Iterator

import httpx2

from clipgraph.errors import RemoteFailed

_LONGEST_COMPLAINT = 300
_SIGNS_OF_LESS = ("x-sparql-maxrows", "x-sql-state")  # Virtuoso's
_SIGNS_OF_AN_END = ("Server disconnected", "peer closed")  # in what httpx2 says
_LATER = (429, 502, 503, 504)  # of an engine that starts, or of a proxy before one
UNREACHABLE = "cannot be reached"
_ENDED = "has ended before the end of its answer"


def of_connection(address: str, error: httpx2.HTTPError) -> RemoteFailed:
    """Return what it means that a request or the reading of its answer failed."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return RemoteFailed(address, "has a certificate that does not hold", cause.verify_message)
        if isinstance(cause, ssl.SSLError) and not isinstance(error, httpx2.ConnectTimeout):
            return RemoteFailed(address, "cannot be reached over TLS", str(cause.reason or cause))
    if isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout):
        return RemoteFailed(address, UNREACHABLE, str(error) or "no connection in time")
    if isinstance(error, httpx2.DecodingError):
        return RemoteFailed(address, "sent an answer that cannot be decompressed", str(error))
    if isinstance(error, httpx2.ProtocolError):
        return _of_protocol(address, error)
    return RemoteFailed(address, _ENDED, str(error))


def _of_protocol(address: str, error: httpx2.ProtocolError) -> RemoteFailed:
    if type(error) is httpx2.ProtocolError:  # of a challenge of Digest; others are of its subclasses
        return of_challenge(address, error)
    reason = _ENDED if str(error).startswith(_SIGNS_OF_AN_END) else "does not answer in HTTP"
    return RemoteFailed(address, reason, str(error)[:_LONGEST_COMPLAINT])


def of_challenge(address: str, error: Exception) -> RemoteFailed:
    """Return what it means that nobody here knows how to tell credentials as an engine asks for them."""
    reason = "asks for credentials in a way that is not known here: see CLIPGRAPH_ENGINE_SCHEME"
    return RemoteFailed(address, reason, str(error)[:_LONGEST_COMPLAINT])


def may_pass(error: RemoteFailed) -> bool:
    """Tell whether an engine may be there in a moment, with nothing to be set otherwise."""
    return error.reason == UNREACHABLE or error.answered in _LATER


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def of_status(
    address: str, response: httpx2.Response, body: bytes, *, credentials: bool
) -> RemoteFailed | None:
    """Return what the status of a response means, None where it is one of success.

    ``body`` is its beginning; ``credentials`` tells whether it was asked with some.
    """
    status = response.status_code
    if response.is_success:
        return None
    if response.is_redirect or 300 <= status < 400:  # noqa: PLR2004
        reason = f"answered {status}, a redirect, and those are not followed: name the address it leads to"
        return RemoteFailed(address, reason, response.headers.get("location", "")[:200], status)
    if status == httpx2.codes.UNAUTHORIZED:
        held = "refuses the credentials that it is asked with" if credentials else "asks for credentials"
        return RemoteFailed(
            address, f"{held} (401): see CLIPGRAPH_ENGINE_USER in docs/settings.md", "", status
        )
    words = {
        403: "does not allow that with these credentials (403)",
        404: "answered 404: nothing is at this address",
        405: "answered 405: this is no address for that",
    }
    reason = words.get(status, f"answered {status} {response.reason_phrase}".strip())
    return RemoteFailed(address, reason, complaint(body), status)


def of_head(address: str, response: httpx2.Response) -> RemoteFailed | None:
    """Return what is wrong with the head of a response to a query, None where its body can be read."""
    if response.status_code != httpx2.codes.OK:
        told = f"answered {response.status_code} {response.reason_phrase}".strip()
        return RemoteFailed(address, f"{told}, which is no whole answer", "", response.status_code)
    if any(name in response.headers for name in _SIGNS_OF_LESS):
        reason = "says that its answer is not all of it: a limit of its own (of rows, or of time) cut it"
        return RemoteFailed(address, reason, response.headers.get("x-sql-message", "")[:200])
    chunked = "chunked" in response.headers.get("transfer-encoding", "")
    if not chunked and "content-length" not in response.headers:
        return RemoteFailed(
            address, "does not say where its answer ends, so that half of it could be missing"
        )
    return None


def of_media_type(address: str, named: str) -> RemoteFailed:
    """Return what it means that an answer has a media type in which none was asked for."""
    if named == "text/html":
        return RemoteFailed(
            address, "answered with a page (text/html), not with SPARQL results: is it a SPARQL endpoint?"
        )
    return RemoteFailed(address, f"answered with {named[:80] or 'no media type'}, which was not asked for")


def complaint(body: bytes) -> str:
    """Return the first line of what an engine says of what it refuses, unless that is a page."""
    text = body[: 4 * _LONGEST_COMPLAINT].decode(errors="replace").strip()
    if not text or text.startswith("<"):
        return ""
    return text.splitlines()[0][:_LONGEST_COMPLAINT]
