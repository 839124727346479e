"""Which bytes of a file a request asks for: one range of them (RFC 9110, section 14), else all."""

import re

from clipgraph.errors import UnsatisfiableRange
from clipgraph.web.tags import is_expected

_RANGE = re.compile(r"bytes=[ \t]*([0-9]*)-([0-9]*)[ \t]*", re.IGNORECASE)
_MOST_DIGITS = 18


def asked_range(asked: str | None, condition: str | None, tag: str, size: int) -> range | None:
    """Return the bytes that are asked for, None for the whole.

    Several ranges, what is no range and another unit count as nothing asked, as section 14.2 allows.

    Args:
        asked: the Range header.
        condition: the If-Range header: a range is of the state that it names, else the whole is sent.
        tag: the entity tag of the file.
        size: the bytes that it has.

    Raises:
        UnsatisfiableRange: the file ends before.
    """
    found = _RANGE.fullmatch(asked or "")
    if not found or max(map(len, found.groups())) > _MOST_DIGITS or not any(found.groups()):
        return None
    if condition is not None and not (condition.strip() != "*" and is_expected(condition, tag)):
        return None
    first, last = found.groups()
    if not first:  # the last so many
        start, end = max(size - int(last), 0), size
    else:
        start, end = int(first), min(int(last) + 1, size) if last else size
        if last and int(last) < start:
            return None
    if start >= size or end <= start:
        raise UnsatisfiableRange(size)
    return range(start, end)
