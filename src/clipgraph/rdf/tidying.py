"""The one form of a Turtle file in this project: the same triples always give the same small difference.

turtlefmt (spaces, indentation, abbreviations of Turtle itself) does most of it. It keeps comments, though it
puts those inside a block at the end of a line. What it lacks is the head of a file (heading.py).

Subjects stay in the order of the author: sorting them would tear sections and their comments apart, and a
line that moved says nothing in a review.
"""

import subprocess
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

import pyoxigraph as ox

from clipgraph.errors import EngineFailed, Unavailable
from clipgraph.rdf.heading import comment_words, with_head
from clipgraph.rdf.reading import read_turtle

# turtlefmt's second pass may find more to do than its first; a fourth never has.
_PASSES = 4


@dataclass(frozen=True, slots=True)
class Tidied:
    """A file's text as it is and as it should be."""

    before: str
    after: str

    @property
    def is_tidy(self) -> bool:
        """Whether there is nothing to do."""
        return self.before == self.after


def tidied(path: Path, name: str = "") -> Tidied:
    """Return the tidy text of a Turtle file; nothing is written.

    Raises:
        UnreadableFile: it is not Turtle, with the position.
        InputError: it declares a prefix or a base twice with different meanings.
        EngineFailed: the tidy text would not say the same, or lose a comment; the file should stay as it is.
    """
    name = name or str(path)
    said = _canonical(path, name)
    before = path.read_bytes().decode()
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "tidy.ttl"
        copy.write_bytes(with_head(before.removeprefix("\ufeff"), name).encode())
        after = _formatted(copy, name)
        if _canonical(copy, name) != said:
            raise EngineFailed(f"{name}: its tidy form would not say the same; it is left as it is")
    if comment_words(after) != comment_words(before):
        raise EngineFailed(f"{name}: its tidy form would lose a comment; it is left as it is")
    return Tidied(before, after)


def tidy(path: Path, name: str = "") -> bool:
    """Bring a Turtle file into the one form; return whether it changed. Raises what tidied raises."""
    form = tidied(path, name)
    if form.is_tidy:
        return False
    beside = path.with_name(f".{path.name}.tidy")
    try:
        beside.write_bytes(form.after.encode())
        beside.chmod(path.stat().st_mode)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise Unavailable(f"{name or path}: {error.strerror or error}") from error
    return True


def _canonical(path: Path, name: str) -> ox.Dataset:
    """Return what a file says, with blank nodes named by what they say (https://www.w3.org/TR/rdf-canon/)."""
    triples = (statement.triple for statement in read_turtle(path, name))
    dataset = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def _formatted(copy: Path, name: str) -> str:
    """Return the text after turtlefmt, which is run until it has nothing more to do."""
    for _ in range(_PASSES):
        before = copy.read_bytes()
        result = subprocess.run([_turtlefmt(), str(copy)], capture_output=True, text=True, check=False)  # noqa: S603
        if result.returncode:
            reason = (result.stderr.strip().splitlines() or ["no reason given"])[0]
            raise EngineFailed(f"{name}: turtlefmt cannot format it: {reason.removeprefix('Error: ')}")
        if copy.read_bytes() == before:
            break
    return copy.read_bytes().decode()


def _turtlefmt() -> str:
    """Return the program that the wheel of the same name brings."""
    beside = Path(sysconfig.get_path("scripts")) / "turtlefmt"
    found = str(beside) if beside.exists() else which("turtlefmt")
    if not found:
        raise Unavailable("turtlefmt is not installed; pip install turtlefmt")
    return found
