"""Reads parameters as a form has them (https://url.spec.whatwg.org/#urlencoded-parsing), quickly.

The library goes through a text escape by escape, and a query has hundreds.
"""

import binascii
from urllib.parse import parse_qsl, unquote_to_bytes

# Quoted-printable (https://www.rfc-editor.org/rfc/rfc2045#section-6.7) differs by the sign, and by what its
# lines end with; and the library reads that in C.
_AS_QUOTED_PRINTABLE = bytes.maketrans(b"%+", b"= ")


def unquoted_plus(encoded: bytes) -> bytes:
    """Return the bytes that a text in percent-encoding stands for, a plus for a space.

    What begins like an escape and is none stays as it is.
    """
    if b"%" not in encoded and b"+" not in encoded:
        return encoded
    if b"=" not in encoded and b"\n" not in encoded and b"\r" not in encoded:
        found = binascii.a2b_qp(encoded.translate(_AS_QUOTED_PRINTABLE))
        # Where every sign begins an escape, which is then one byte, not three.
        if len(found) == len(encoded) - 2 * encoded.count(b"%"):
            return found
    return unquote_to_bytes(encoded.replace(b"+", b" "))


def parameters_of(encoded: bytes, charset: str, most: int) -> list[tuple[str, str]]:
    """Return name and value of each parameter, decoded once.

    Args:
        encoded: as it was sent.
        charset: a codec of Python.
        most: how many parameters there may be.

    Raises:
        UnicodeDecodeError: they are not in that charset.
        ValueError: there are too many.
    """
    if charset != "utf-8" or not encoded.isascii():
        # Some clients leave letters unescaped.
        text = encoded.decode(charset)
        return parse_qsl(text, True, encoding=charset, errors="strict", max_num_fields=most)  # noqa: FBT003
    if encoded.count(b"&") >= most:
        raise ValueError("too many parameters")
    pairs = (piece.partition(b"=") for piece in encoded.split(b"&") if piece)
    return [
        (unquoted_plus(name).decode(charset), unquoted_plus(value).decode(charset))
        for name, _, value in pairs
    ]
