"""The answer to what never becomes a request of the application: a problem document, as everywhere."""

import json

from clipgraph.errors import ClipgraphError, Overloaded
from clipgraph.web.headers import ALWAYS
from clipgraph.web.problems import problem


def refusal(error: ClipgraphError, more: list[tuple[bytes, bytes]]) -> bytes:
    """Return a whole answer that refuses and closes, with more headers."""
    document = problem(error)
    body = json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"
    headers = ALWAYS | {
        "Content-Type": "application/problem+json",
        "Content-Length": str(len(body)),
        "Cache-Control": "no-store",
        "Connection": "close",
    }
    if isinstance(error, Overloaded):
        headers["Retry-After"] = str(error.retry_after)
    lines = [f"HTTP/1.1 {document['status']} {document['title']}".encode()]
    lines += [f"{name}: {value}".encode() for name, value in headers.items()]
    lines += [name + b": " + value for name, value in more]
    return b"\r\n".join([*lines, b"", body])
