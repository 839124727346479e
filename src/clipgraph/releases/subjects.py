"""What a kept difference says of one subject: found by halving its file, which is sorted by subject."""

import json
from dataclasses import dataclass
from io import SEEK_END
from pathlib import Path
from typing import BinaryIO

from clipgraph.errors import Unavailable
from clipgraph.releases.differences import Statement, statements_file


@dataclass(frozen=True)
class Saying:
    """Statements about a subject and its parts, no more than were asked for; ``more`` tells of others."""

    statements: list[Statement]
    more: bool


def read_saying(folder: Path, iri: str, most: int) -> Saying:
    """Return what the difference in a folder says of an IRI and, after that, of those nested in it.

    Costs as much as it returns and the logarithm of the file. Raises Unavailable where it cannot be read.
    """
    # How a line begins, as differences.py writes it: with the subject, and that with its type.
    start = f'{{"subject": {{"type": "uri", "value": {json.dumps(iri, ensure_ascii=False)}'[:-1].encode()
    try:
        with statements_file(folder).open("rb") as file:
            own = _beginning(file, start + b'"', most + 1)
            lines = own + _beginning(file, start + b"/", most + 1 - len(own))
        found = [Statement(**json.loads(line)) for line in lines]
    except (OSError, ValueError, TypeError) as error:
        raise Unavailable(f"the difference cannot be read: {error}") from error
    return Saying(found[:most], len(found) > most)


def _beginning(file: BinaryIO, prefix: bytes, most: int) -> list[bytes]:
    """Return the lines that begin with a prefix, at most so many."""
    _to_first(file, prefix)
    found: list[bytes] = []
    while len(found) < most and (line := file.readline()).startswith(prefix):
        found.append(line)
    return found


def _to_first(file: BinaryIO, prefix: bytes) -> None:
    """Go to the first line that is not less than a prefix."""
    low, high = 0, file.seek(0, SEEK_END)
    # Always: every line that begins before low is less, and every one that begins at high or later is not.
    while low < high:
        middle = (low + high) // 2
        file.seek(middle)
        if middle:
            file.seek(middle - 1)
            file.readline()  # to where the next line begins
        if file.tell() >= high:
            high = middle
        elif file.readline() < prefix:
            low = file.tell()
        else:
            high = middle
    file.seek(low)
