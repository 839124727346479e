"""Finds the source texts: a document's text is the file with its digest, whatever the file is called."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from clipgraph.errors import Unavailable, UnreadableFile
from clipgraph.evidence.passages import Document


def find_texts(folder: Path, documents: Iterable[Document]) -> Mapping[str, str]:
    """Return the undisturbed text of each document that has a digest, by the document's IRI.

    Bytes are decoded as UTF-8 and nothing else: newlines stay as they are, so that positions hold.

    Raises:
        Unavailable: the folder, or the text of a document, is not there.
        UnreadableFile: a text is not UTF-8.
    """
    files = _by_digest(folder)
    wanted = [document for document in documents if document.digest]
    missing = [document.slug for document in wanted if document.digest not in files]
    if missing:
        raise Unavailable(f"--sources {folder}: no file there has the digest of {', '.join(missing)}")
    return {document.iri: _decoded(files[document.digest]) for document in wanted}


class SourceTexts:
    """The texts that a deployment has, each found by its digest and read when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        """Take the digest of every file of a folder; raises Unavailable where it cannot be read."""
        self._files = _by_digest(folder)
        self._read: dict[str, str | None] = {}

    @property
    def edition(self) -> str:
        """What tells these texts apart from others."""
        return sha256("\0".join(sorted(self._files)).encode()).hexdigest()

    def text(self, digest: str) -> str | None:
        """Return the text with this SHA-256, None where there is none (or its file has changed since)."""
        if digest not in self._files:
            return None
        if digest not in self._read:
            self._read[digest] = self._now(digest)
        return self._read[digest]

    def _now(self, digest: str) -> str | None:
        try:
            content = self._files[digest].read_bytes()
            return content.decode() if sha256(content).hexdigest() == digest else None
        except (OSError, UnicodeDecodeError):
            return None


def _by_digest(folder: Path) -> dict[str, Path]:
    if not folder.is_dir():
        raise Unavailable(f"--sources {folder}: there is no such folder")
    try:
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return {sha256(path.read_bytes()).hexdigest(): path for path in files}
    except OSError as error:
        raise Unavailable(f"--sources {folder}: {error.strerror or error}") from error


def _decoded(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise UnreadableFile(str(path), f"not UTF-8: byte 0x{error.object[error.start]:02x}") from error
