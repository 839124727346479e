"""Writes over HTTP: who may, what came of it, and a line in the audit log for every attempt."""

import asyncio
import hashlib
import logging
from dataclasses import dataclass, field
from http import HTTPStatus

from starlette.responses import JSONResponse, Response
from starlette.types import Scope

from clipgraph.access.audit import Attempt, AuditLog
from clipgraph.access.register import Register
from clipgraph.access.roles import Role
from clipgraph.access.tokens import Holder
from clipgraph.errors import PreconditionFailed, ReadOnly, Unavailable
from clipgraph.sparql import policy
from clipgraph.sparql.parameters import Request
from clipgraph.sparql.update import Update, read_update
from clipgraph.web.access import admit
from clipgraph.web.notes import note
from clipgraph.web.problems import status_of
from clipgraph.web.requests import address_of, client_of
from clipgraph.writing.jobs import GraphJob, Outcome, UpdateJob
from clipgraph.writing.writer import Writer

RELEASE = "Clipgraph-Release"
_log = logging.getLogger("clipgraph.writes")


@dataclass
class Written:
    """An attempt to write as far as it has come: what the audit log will say of it."""

    kind: str
    graphs: tuple[str, ...] = ()
    digest: str = ""
    holder: Holder | None = None
    message: str = ""
    broken: str = ""
    outcome: Outcome | None = field(default=None)

    def tell(self, outcome: Outcome) -> None:
        """Take note of what came of it, also where nobody waits for the answer any more."""
        self.outcome = outcome


class Writes:
    """What every write goes through; ``deadline`` is the most seconds for one."""

    def __init__(
        self, writer: Writer, register: Register, audit: AuditLog, deadline: float, *, read_only: bool
    ) -> None:
        self._writer, self._register, self._audit = writer, register, audit
        self.deadline, self._read_only = deadline, read_only

    def admit(self, scope: Scope, attempt: Written) -> Holder:
        """Return who writes.

        Raises:
            ReadOnly: this service takes no writes.
            Unauthorized, Forbidden: the request has no token of role maintainer.
            Unavailable: what is written could not be told in the audit log.
        """
        if self._read_only:
            raise ReadOnly("this service is only read from")
        attempt.holder = admit(self._register, scope, Role.MAINTAINER)
        note(scope, who=attempt.holder.name)
        self._audit.ready()
        return attempt.holder

    async def update(self, request: Request, base: str, scope: Scope, attempt: Written) -> Response:
        """Carry out an update request of the SPARQL Protocol."""
        holder = self.admit(scope, attempt)
        attempt.digest = hashlib.sha256(request.body).hexdigest()
        if {"if-match", "if-unmodified-since"} & request.headers.keys():
            raise PreconditionFailed("an update has no entity tag: conditions are for graphs, at /graphs")
        update: Update = read_update(request, self.deadline)
        attempt.message = update.message
        # In a thread, as a long text takes a while and others are served meanwhile.
        await asyncio.to_thread(policy.check_update, update.text)
        job = UpdateJob(update.text, base, update.using, update.using_named)
        outcome = await self._write(
            job, holder, update.message or "SPARQL Update", update.deadline, scope, attempt
        )
        told = {"release": outcome.release, "added": outcome.added, "removed": outcome.removed}
        return JSONResponse(told, headers={RELEASE: str(outcome.release), "Cache-Control": "no-store"})

    async def graph(self, job: GraphJob, holder: Holder, attempt: Written, scope: Scope) -> Outcome:
        """Carry out a write of the Graph Store Protocol."""
        what = attempt.message or f"{job.method} {job.graph or 'the default graph'}"
        return await self._write(job, holder, what, self.deadline, scope, attempt)

    async def _write(
        self,
        job: UpdateJob | GraphJob,
        holder: Holder,
        what: str,
        deadline: float,
        scope: Scope,
        attempt: Written,
    ) -> Outcome:
        try:
            return await self._writer.write(job, holder.name, what, deadline, client_of(scope), attempt.tell)
        except asyncio.CancelledError:
            attempt.broken = "the connection broke, or the service was stopped, before the write was finished"
            raise

    async def record(self, scope: Scope, attempt: Written, error: Exception | None, status: int) -> None:
        """Tell the audit log how an attempt ended."""
        holder = attempt.holder
        note(scope, release=attempt.outcome.release if attempt.outcome else None)
        entry = Attempt(
            who=holder.name if holder else "",
            role=holder.role.value if holder else "",
            client=address_of(scope),
            method=scope["method"],
            kind=attempt.kind,
            graphs=attempt.graphs,
            sha256=attempt.digest,
            status=_status(attempt, error, status),
            release=attempt.outcome.release if attempt.outcome else None,
            message=_words(attempt, error),
        )
        try:
            await asyncio.to_thread(self._audit.record, entry)
        except Unavailable as failure:  # the write is done: its answer is not withheld for this
            _log.error("an attempt is not in the audit log: %s (%s)", failure, entry)


def _words(attempt: Written, error: Exception | None) -> str:
    """Return why an attempt came to nothing, else what the client said of it."""
    if error:
        return str(error)
    return attempt.message if attempt.outcome else attempt.broken or attempt.message


def _status(attempt: Written, error: Exception | None, status: int) -> int:
    """Return the status that an attempt ended with; what was done is done, even if nobody heard of it."""
    if attempt.outcome is not None:
        return status if status < HTTPStatus.BAD_REQUEST else HTTPStatus.OK.value
    return status_of(error) if error else status
