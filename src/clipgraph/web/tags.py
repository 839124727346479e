"""Entity tags of pages and documents, which depend on their release alone (RFC 9110, section 8.8.3)."""

from hashlib import sha256

from clipgraph.web.answers import coded_tag


def tag_of(release: int, *parts: str) -> str:
    """Return the tag of what is made of a release for these parts: an edition, and those of a request."""
    told = repr((release, *parts))
    return f'"{sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]}"'


def is_same(method: str, header: str | None, tag: str, *, there: bool = False) -> bool:
    """Tell whether If-None-Match names the tag, whatever the coding (RFC 9110, 13.1.2: compared weakly).

    Only of what is read (GET, HEAD). ``*`` names it only where it is known to be ``there``; else that is not
    known before asking.
    """
    if header is None or not tag or method not in ("GET", "HEAD"):
        return False
    if header.strip() == "*":
        return there
    known = {tag, coded_tag(tag, "gzip")}
    return any(each.strip().removeprefix("W/") in known for each in header.split(","))


def is_expected(header: str | None, tag: str) -> bool:
    """Tell whether If-Match lets a request pass (RFC 9110, 13.1.1: compared strongly)."""
    if header is None or header.strip() == "*":
        return True
    return bool({tag, coded_tag(tag, "gzip")} & {each.strip() for each in header.split(",")})
