"""Entity tags of pages and documents, which depend on their release alone (RFC 9110, section 8.8.3)."""

from hashlib import sha256

import clipgraph
from clipgraph.web.answers import coded_tag


def tag_of(release: int, *parts: str) -> str:
    """Return the tag of what this version of clipgraph makes of a release for these parts of a request."""
    told = repr((clipgraph.__version__, release, *parts))
    return f'"{sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]}"'


def is_same(header: str | None, tag: str) -> bool:
    """Tell whether If-None-Match names the tag, whatever the coding (RFC 9110, 13.1.2: compared weakly)."""
    if header is None or not tag:
        return False
    known = {tag, coded_tag(tag, "gzip")}
    return header.strip() == "*" or any(
        each.strip().removeprefix("W/") in known for each in header.split(",")
    )
