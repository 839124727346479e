"""Splits a form with files into its parts (https://www.rfc-editor.org/rfc/rfc7578)."""

from dataclasses import dataclass
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.policy import HTTP

from clipgraph.errors import BadRequest


@dataclass(frozen=True)
class Part:
    """One part: the name of its file, else of its field; its Content-Type header; its content."""

    name: str
    content_type: str
    content: bytes


def split_form(body: bytes, boundary: str) -> list[Part]:
    """Return the parts of a ``multipart/form-data`` body.

    Raises:
        BadRequest: the body is not divided by the boundary, or breaks off.
    """
    head = f'Content-Type: multipart/form-data; boundary="{boundary}"\r\n\r\n'
    message = BytesParser(EmailMessage, policy=HTTP).parsebytes(head.encode() + body)
    if not message.is_multipart() or message.defects:
        raise BadRequest(f"the body is not a whole form with the boundary {boundary[:70]!r}")
    return [_part(part) for part in message.iter_parts()]


def _part(part: MIMEPart) -> Part:
    name = part.get_filename() or str(part.get_param("name", "", "content-disposition"))
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        raise BadRequest(f"the part {name[:100]!r} has parts of its own")
    return Part(name, str(part.get("content-type", "")), content)
