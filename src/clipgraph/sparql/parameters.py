"""Reads the parameters of a request: the query string and a form, each decoded once.

Pure functions of query string, headers and body; see https://www.w3.org/TR/sparql11-protocol/#protocol.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clipgraph.errors import BadRequest, UnsupportedMediaType
from clipgraph.sparql.binding import is_iri
from clipgraph.sparql.unquoting import parameters_of

FORM = "application/x-www-form-urlencoded"
_MOST_PARAMETERS = 1000
# The protocol knows UTF-8 alone. Python knows charsets that unpack a body to any size, so none is looked up.
_CHARSETS = {"utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "ascii", "iso-8859-1": "latin-1"}
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
Parameters = list[tuple[str, str]]


@dataclass(frozen=True)
class Request:
    """What reading needs of an HTTP request; header names are lower case."""

    method: str
    query_string: bytes
    headers: Mapping[str, str]
    body: bytes = b""


def content_type(header: str) -> tuple[str, str]:
    """Return the media type of a Content-Type header in lower case, and the codec of its charset.

    Raises:
        UnsupportedMediaType: the charset is none that is read here.
    """
    media_type, *parameters = (part.strip() for part in header.split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return media_type.lower(), _charset(value.strip().strip("\"'").lower())
    return media_type.lower(), "utf-8"


def _charset(name: str) -> str:
    if name not in _CHARSETS:
        raise UnsupportedMediaType(f"the charset {name[:40]!r} is not read here; send UTF-8")
    return _CHARSETS[name]


def text_of(body: bytes, charset: str) -> str:
    """Return the text of a body; raises BadRequest where it is not in that charset."""
    try:
        return body.decode(charset)
    except UnicodeDecodeError as error:
        raise BadRequest(f"the body is not {charset}: {error.reason} at byte {error.start}") from None


def decode(encoded: bytes, charset: str = "utf-8") -> Parameters:
    """Return name and value of each parameter, decoded once; raises BadRequest where they are broken."""
    try:
        return parameters_of(encoded, charset, _MOST_PARAMETERS)
    except UnicodeDecodeError as error:
        raise BadRequest(f"the parameters are not percent-encoded {charset}: {error.reason}") from None
    except ValueError:
        raise BadRequest(f"more than {_MOST_PARAMETERS} parameters") from None


def values(parameters: Parameters, name: str) -> list[str]:
    """Return the values of every parameter of that name."""
    return [value for key, value in parameters if key == name]


def read_release_number(given: Sequence[str], name: str = "release") -> int | None:
    """Return the number that ``release=`` names, None without one; raises BadRequest for anything else.

    ``name`` is what the parameter is called.
    """
    if not given:
        return None
    if len(given) > 1 or not _NUMBER.fullmatch(given[0]):
        raise BadRequest.worded(
            "%(name)s=%(given)s: give the number of one release", name=name, given=given[-1][:40]
        )
    return int(given[0])


def refuse_release(parameters: Parameters) -> None:
    """Refuse a write that names a release; raises BadRequest."""
    if values(parameters, "release"):
        raise BadRequest("only the current release can be written to: leave release= out")


def read_message(given: Sequence[str]) -> str:
    """Return what ``message=`` says of a write, the last one, in one line without control characters."""
    last = given[-1] if given else ""
    told = "".join(" " if unicodedata.category(each).startswith("C") else each for each in last)
    return " ".join(told.split())


def read_offset(given: Sequence[str]) -> int:
    """Return the number from which ``from=`` shows a list, 0 without one; raises BadRequest for others."""
    if not given:
        return 0
    if len(given) > 1 or not (given[0] == "0" or _NUMBER.fullmatch(given[0])):
        raise BadRequest.worded(
            "from=%(given)s: give a number, of the first one to show", given=given[-1][:40]
        )
    return int(given[0])


def graphs(parameters: Parameters, name: str) -> tuple[str, ...]:
    """Return the values of a parameter that names graphs; raises BadRequest for one that is no IRI."""
    iris = values(parameters, name)
    for iri in iris:
        if not is_iri(iri):
            raise BadRequest(f"{name}={iri[:100]!r} is not an absolute IRI")
    return tuple(iris)
