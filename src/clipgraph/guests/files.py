"""Which files are loaded beside the releases, and which named graph each is."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from urllib.parse import quote

from clipgraph.errors import InputError
from clipgraph.rdf.loading import SUFFIXES, suffix_of
from clipgraph.rdf.prefixes import BASE

# The graphs of files that are given no name of their own; not a name that anybody dereferences.
UNNAMED = "urn:clipgraph:loaded:"
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]*")
_FORM = 1  # of what is made of them; those of another form are made again


@dataclass(frozen=True)
class GuestFile:
    """A file and the named graph (an IRI) for what is in none there; ``base`` resolves relative IRIs."""

    path: Path
    graph: str
    base: str = ""


def guest_files(arguments: Iterable[str]) -> list[GuestFile]:
    """Return the files that ``FILE`` or ``IRI=FILE`` name.

    Without an IRI the graph is named by the file: ``projects.ttl.gz`` is ``urn:clipgraph:loaded:projects``.

    Raises:
        InputError: a file is not there or has a suffix that names no format, a name is none or is ours, or
            two files would be the same graph by chance. One line for each.
    """
    files, wrong = [], []
    for argument in arguments:
        try:
            files.append(_guest_file(argument))
        except InputError as error:
            wrong.append(str(error))
    by_chance: dict[str, GuestFile] = {}
    for file in files:
        other = by_chance.setdefault(file.graph, file)
        if other is not file and not file.base:
            wrong.append(
                f"{file.path}: it would be the same named graph as {other.path}; name it: IRI={file.path}"
            )
    if wrong:
        raise InputError("\n".join(wrong))
    return files


def _guest_file(argument: str) -> GuestFile:
    name, path = _split(argument)
    if not path.is_file():
        raise InputError(f"{path}: there is no such file")
    if suffix_of(path) not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        raise InputError(f"{path}: its name has to end as its format says: {known}, each also with .gz")
    if name:
        check_name(name, str(path))
        return GuestFile(path, name, name)
    stem = path.name[: path.name.lower().rindex(suffix_of(path))]
    return GuestFile(path, UNNAMED + quote(stem, safe=""))


def _split(argument: str) -> tuple[str, Path]:
    """Return the IRI, empty where there is none, and the file; an IRI may hold ``=``, too."""
    name, equals, rest = argument.rpartition("=")
    if equals and _IRI.fullmatch(name) and not Path(argument).is_file():
        return name, Path(rest)
    return "", Path(argument)


def check_name(graph: str, file: str) -> None:
    """Refuse a name that no graph from elsewhere may have; raises InputError."""
    if graph.startswith(BASE):
        raise InputError(
            f"{file}: the graph <{graph}> would be one of clipgraph's own, which begin with {BASE}; name "
            "yours as you like"
        )


def digest_of(files: Iterable[GuestFile]) -> str:
    """Return what tells these contents under these names from others; raises InputError."""
    told = [str(_FORM)]
    for file in files:
        try:
            with file.path.open("rb") as content:
                told += [
                    file.graph,
                    suffix_of(file.path),
                    file.base,
                    file_digest(content, "sha256").hexdigest(),
                ]
        except OSError as error:
            raise InputError(f"{file.path}: {error.strerror or error}") from error
    return sha256("\0".join(told).encode()).hexdigest()[:16]
