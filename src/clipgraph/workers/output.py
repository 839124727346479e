"""What a query worker writes to: pieces of an answer are checked, compressed and sent as frames.

Standard library only: a worker imports this.
"""

import re
import zlib
from collections.abc import Callable
from functools import lru_cache

from clipgraph.workers.frames import DATA, HEAD, PIECE, frame, json_frame

Send = Callable[[bytes], None]
# What no XML parser reads: control characters (https://www.w3.org/TR/xml/#charsets), and the element that the
# engine makes of a predicate whose IRI does not end in a name.
_NOT_XML = re.compile(rb"(?P<character>[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf])|<oxprefix:[ >/]")
_LONGEST_MATCH = 12
# Of results this gives nine tenths of what the best level does, at three times its speed or more.
_LEVEL, _GZIP = 4, 31


def _keep_carriage_returns(xml: bytes) -> bytes:
    """Return XML that the engine wrote in a form in which its carriage returns are read back.

    The engine writes them as they are, in values and nowhere else, and a parser takes one for a line feed
    (https://www.w3.org/TR/xml/#sec-line-ends).
    """
    return xml.replace(b"\r", b"&#13;")


class Gathered:
    """Frames on their way, held back until they fill a piece: a short answer leaves at once with its end.

    Each time that something is sent costs the reader a turn, whatever its size.
    """

    def __init__(self, send: Send) -> None:
        self._send, self._held, self._begun = send, b"", False

    def send(self, each: bytes) -> None:
        """Take a frame, and send what is held as soon as it is more than a piece."""
        self._held += each
        if len(self._held) > PIECE:
            self._begun = True
            self._send(self._held)
            self._held = b""

    def rest(self) -> bytes:
        """Return what has to be sent before the end: nothing, unless the answer is short and all of it is."""
        if not self._begun:
            return self._held
        self._send(self._held)  # here, since a slow reader must not outlast the deadline
        return b""


@lru_cache(64)
def _head(kind: str, form: str, encoding: str) -> bytes:
    return json_frame(HEAD, {"kind": kind, "format": form, "encoding": encoding})


class Unwritable(Exception):
    """The format cannot hold what the answer holds; its text says what that is."""


class Output:
    """A binary file for the engine's serialiser: gathers its small writes into HEAD and DATA frames.

    ``head``, the kind of answer and its format, is sent before the first byte, with the coding that is then
    known: an answer of more than ``compress_from`` bytes is compressed, none where that is None. ``xml``
    tells whether it is XML.
    """

    def __init__(self, send: Send, head: tuple[str, str], *, xml: bool, compress_from: int | None) -> None:
        self._send, self._head, self._xml, self._compress_from = send, head, xml, compress_from
        self._begun = False
        self._compressor: zlib._Compress | None = None
        self._gathered, self._tail = bytearray(), b""

    def write(self, piece: bytes) -> int:
        """Take a piece; hand on a frame when enough is gathered."""
        size = len(piece)
        if self._xml:
            self._refuse_what_is_no_xml(piece)
            piece = _keep_carriage_returns(piece)
        if self._compressor is not None:
            self._gathered += self._compressor.compress(piece)
        else:
            self._gathered += piece
            if self._compress_from is not None and len(self._gathered) > self._compress_from:
                self._compress()
        self._hand_on(len(self._gathered) - len(self._gathered) % PIECE)
        return size

    def _refuse_what_is_no_xml(self, piece: bytes) -> None:
        found = _NOT_XML.search(self._tail + piece)
        if found:
            raise Unwritable(
                "a value holds a character that XML cannot"
                if found["character"]
                else "the IRI of a predicate does not end in a name, as RDF/XML needs it"
            )
        self._tail = (self._tail + piece)[-_LONGEST_MATCH:]

    def _compress(self) -> None:
        self._compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
        self._gathered = bytearray(self._compressor.compress(bytes(self._gathered)))

    def _hand_on(self, size: int) -> None:
        """Send so many bytes of what is gathered, in frames of at most PIECE."""
        if size:
            self._begin()
        for start in range(0, size, PIECE):  # one literal may be larger than many pieces
            self._send(frame(DATA, bytes(self._gathered[start : min(start + PIECE, size)])))
        del self._gathered[:size]

    def _begin(self) -> None:
        if not self._begun:
            self._begun = True
            self._send(_head(*self._head, "gzip" if self._compressor else ""))

    def flush(self) -> None:
        """Do nothing: the serialiser asks for it, and frames are sent full."""

    def finish(self) -> None:
        """Hand on the rest."""
        if self._compressor is not None:
            self._gathered += self._compressor.flush()
        self._begin()
        self._hand_on(len(self._gathered))
