"""Every error that clipgraph raises on purpose.

ClipgraphError
├── InputError              what was given cannot be used
│   ├── UnreadableFile      a file that is not the RDF (or query) it should be; knows line and column
│   ├── UnreadableBody      a document that was sent is not the RDF it should be; knows line and column
│   ├── QuerySyntaxError    a SPARQL text the engine cannot read; knows line and column
│   ├── BadRequest          a request that breaks the protocol
│   ├── TooLarge            a request larger than is read here
│   ├── UrlTooLong          a request whose URL is longer than is read here
│   ├── HeadersTooLarge     a request with more or larger headers than are read here
│   ├── TooSlow             a request that does not arrive
│   ├── UnsatisfiableRange  a range of bytes behind the end of a file
│   ├── Unimplemented       what is not done here: a method of HTTP, a release of before
│   ├── UnknownVersion      a request in a version of HTTP that is not spoken here
│   ├── WrongMethod         a method that is not for this address
│   ├── UnsupportedMediaType    a request body in a type that is not read here
│   └── NotAcceptable       nothing we can send is accepted; lists what there is
├── Unauthorized            needs a token, and there is none that holds
├── Refused                 understood, and not allowed
│   ├── Forbidden           the token's role is not enough
│   └── ReadOnly            a write to something that is only read
├── NotFound                no such thing here
├── Gone                    it was here, and is no longer kept
├── Conflict                an update that does not fit what there is
├── PreconditionFailed      the state is not the one that the request was made for
├── LimitReached            the work was ended to protect the others
│   ├── DeadlineExceeded    ran longer than it may
│   ├── OutOfMemory         needed more memory than it may have
│   ├── AnswerTooLarge      larger than the operator lets an answer be
│   ├── TooComplex          ended the process that evaluated it
│   ├── TooManyRequests     one client sends more than its share
│   └── Overloaded          too many requests are waiting; try again later
├── ServiceFailed           another endpoint that the query asks (SERVICE) gave no answer
├── RemoteFailed            the engine that holds the graph gave no answer that can be used
├── WriteInterrupted        the process that wrote ended; tells whether to send the write again
├── EngineFailed            the engine broke in a way it should not
├── NotValid                the graph breaks its shapes; carries the number of findings
└── Unavailable             the machine does not give what is needed: a folder, a port, a release
    └── NoSpace             too little disk
"""

from collections.abc import Mapping, Sequence
from typing import Self

from clipgraph.wording import Words, printable, worded


class ClipgraphError(Exception):
    """``str(error)`` is a line for a person, ``message`` what pages translate, with places for ``values``."""

    message: str = ""
    values: Mapping[str, object] = {}

    @classmethod
    def worded(cls, message: str, **values: object) -> Self:
        """Return an error whose line is a message of the catalogues, with places like ``%(number)s``."""
        error = cls(message % values)
        error.message, error.values = message, values
        return error

    def _said(self, told: str | Words) -> str:
        """Keep a message for pages to translate; returns it in English."""
        if isinstance(told, Words):
            self.message, self.values = told.message, told.values
        return str(told)


class InputError(ClipgraphError):
    """What was given cannot be used."""


class UnreadableFile(InputError):
    """A file is not what it should be; ``line`` and ``column`` count from 1, 0 is unknown."""

    def __init__(self, file: str, reason: str, line: int = 0, column: int = 0) -> None:
        self.file, self.reason, self.line, self.column = file, reason, line, column
        where = f"{file}:{line}:{column}" if line else file
        super().__init__(f"{where}: {reason}")


class UnreadableBody(InputError):
    """A document that was sent cannot be read; ``line`` and ``column`` count from 1, 0 is unknown."""

    def __init__(self, reason: str, line: int = 0, column: int = 0) -> None:
        self.reason, self.line, self.column = reason, line, column
        super().__init__(f"line {line}, column {column}: {reason}" if line else reason)


class QuerySyntaxError(InputError):
    """A SPARQL text cannot be read at ``line`` and ``column`` from 1 (0: unknown); ``advice`` is the hint."""

    def __init__(
        self, reason: str | Words, line: int = 0, column: int = 0, quoted: str = "", hint: str | Words = ""
    ) -> None:
        self.advice = hint if isinstance(hint, Words) else Words()
        self.reason, self.hint = self._said(reason), str(hint)
        self.line, self.column, self.quoted = line, column, quoted
        where = f"line {line}, column {column}: " if line else ""
        super().__init__(f"{where}{self.reason}")


class BadRequest(InputError):
    """A request breaks the protocol."""


class TooLarge(InputError):
    """A request is larger than is read here."""


class UrlTooLong(InputError):
    """The URL of a request is longer than is read here."""


class HeadersTooLarge(InputError):
    """The headers of a request are more, or larger, than are read here."""


class TooSlow(InputError):
    """A request does not arrive."""


class UnsatisfiableRange(InputError):
    """A range of bytes begins behind the end of a file, which has ``length`` bytes."""

    def __init__(self, length: int) -> None:
        self.length = length
        super().__init__(f"the file has {length} bytes, and the range asks for none of them")


class Unimplemented(InputError):
    """What is not done here: a method or a transfer coding of HTTP; a release that is elsewhere."""


class UnknownVersion(InputError):
    """A request comes in a version of HTTP that is not spoken here."""


class WrongMethod(InputError):
    """A method that is not for this address; ``allowed`` are those that are."""

    def __init__(self, allowed: str) -> None:
        self.allowed = allowed
        super().__init__(f"this address takes {allowed}")


class UnsupportedMediaType(InputError):
    """A request body comes in a media type that is not read here."""


class NotAcceptable(InputError):
    """Nothing that can be sent is accepted; ``available`` lists the media types there are."""

    def __init__(self, message: str, available: Sequence[str]) -> None:
        self.available = tuple(available)
        super().__init__(message)


class Unauthorized(ClipgraphError):
    """This needs a token, and there is none that holds."""


class Refused(ClipgraphError):
    """Understood, and not allowed here."""


class Forbidden(Refused):
    """The role of the token is not enough."""


class ReadOnly(Refused):
    """A write to something that is only read."""


class NotFound(ClipgraphError):
    """There is no such thing here."""


class Conflict(ClipgraphError):
    """An update does not fit what there is: it drops what is not there, or makes what is."""


class Gone(ClipgraphError):
    """It was here, and is no longer kept."""


class PreconditionFailed(ClipgraphError):
    """The state is not the one that the request was made for."""


class LimitReached(ClipgraphError):
    """The work was ended so that others can go on."""


class DeadlineExceeded(LimitReached):
    """Ran longer than it may; ``seconds`` is the deadline, ``engine`` the address that did not answer."""

    def __init__(self, seconds: float, engine: str = "") -> None:
        self.seconds, self.engine, self.reason = seconds, engine, f"has not answered within {seconds:.3g} s"
        told = worded("ended after %(seconds)s s, its time limit", seconds=f"{seconds:.3g}")
        super().__init__(f"{engine} {self.reason}" if engine else self._said(told))


class OutOfMemory(LimitReached):
    """Needed more memory than one request may have; ``limit`` is in bytes."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        told = worded("needed more than %(most)s MiB of memory, the limit of one request", most=limit >> 20)
        super().__init__(self._said(told))


class AnswerTooLarge(LimitReached):
    """The answer is larger than the operator lets one be; ``limit`` is in bytes."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        told = worded(
            "the answer has more than %(most)s MiB, the most here; ask for less (ORDER BY, LIMIT, OFFSET)",
            most=limit >> 20,
        )
        super().__init__(self._said(told))


class TooComplex(LimitReached):
    """Ended the process that evaluated it, for example by nesting too deeply."""


class TooManyRequests(LimitReached):
    """One client sends more than its share; ``retry_after`` is in seconds."""

    def __init__(self, message: str | Words, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__(self._said(message))


class Overloaded(LimitReached):
    """Too many requests are waiting; ``retry_after`` is in seconds."""

    def __init__(self, message: str | Words, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__(self._said(message))


class ServiceFailed(ClipgraphError):
    """The endpoint with an IRI gave no answer that can be used, known after so many seconds.

    ``endpoint_status`` is the HTTP status of what it answered (None: nothing came).
    """

    def __init__(self, endpoint: str, reason: str, seconds: float, status: int | None = None) -> None:
        self.endpoint, self.endpoint_status, self.seconds = endpoint, status, round(seconds, 3)
        super().__init__(f"SERVICE <{endpoint}> failed after {seconds:.3g} s: {printable(reason)}")


class RemoteFailed(ClipgraphError):
    """The engine that holds the graph, at ``address``, gave no answer that can be used.

    ``reason`` goes on where a sentence about the engine begins; ``details`` (hosts, ports) are nothing for
    the outside; ``answered`` is the HTTP status of what it answered, where it refused.
    """

    def __init__(self, address: str, reason: str, details: str = "", answered: int | None = None) -> None:
        self.address, self.answered = address, answered
        self.reason, self.details = printable(reason), printable(details)
        super().__init__(f"{address} {self.reason}{f' ({self.details})' if details else ''}")


class WriteInterrupted(ClipgraphError):
    """The process that wrote has ended; ``committing`` tells whether it had begun to commit."""

    def __init__(self, *, committing: bool) -> None:
        self.committing = committing
        super().__init__(
            "the process that wrote ended while it was committing, so that the write may have been made: "
            "look for what it wrote, or at /releases, before you send it again"
            if committing
            else "the process that wrote has ended before anything was written: send the write again"
        )


class EngineFailed(ClipgraphError):
    """The engine broke in a way that it should not."""


class NotValid(ClipgraphError):
    """The graph breaks its shapes; ``findings`` counts what blocks."""

    def __init__(self, message: str, findings: int) -> None:
        self.findings = findings
        super().__init__(message)


class Unavailable(ClipgraphError):
    """The machine does not give what is needed: a folder, a port, a release."""


class NoSpace(Unavailable):
    """There is too little disk."""
