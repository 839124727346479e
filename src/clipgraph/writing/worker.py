"""The worker process for writes: ``python -m clipgraph.writing.worker SOCKET PARENT MEMORY``."""

from clipgraph.errors import ClipgraphError, Conflict, QuerySyntaxError
from clipgraph.sparql.syntax import explain
from clipgraph.workers.confinement import set_deadline
from clipgraph.workers.frames import END, ERROR, FINISHING, frame, json_frame
from clipgraph.workers.output import Send
from clipgraph.workers.worker import Job as Message
from clipgraph.workers.worker import work
from clipgraph.writing.carrying_out import carry_out
from clipgraph.writing.failures import as_failure
from clipgraph.writing.jobs import UpdateJob, job_of


def _perform(message: Message, send: Send) -> bytes:
    """Carry out a write and return the last frame: END with its outcome, or ERROR."""
    job = job_of({name: value for name, value in message.items() if name != "deadline"})
    text = job.write.text if isinstance(job.write, UpdateJob) else ""

    def finishing() -> None:
        set_deadline(0)
        send(frame(FINISHING, b""))

    try:
        outcome = carry_out(job, finishing)
    except ClipgraphError as error:
        return json_frame(ERROR, as_failure(error))
    except SyntaxError as error:
        return json_frame(ERROR, as_failure(explain(str(error), text)))
    except MemoryError:
        return json_frame(ERROR, {"kind": "out-of-memory", "message": ""})
    except (OSError, ValueError, RuntimeError) as error:
        known = _of_the_update(str(error))
        if known:
            return json_frame(ERROR, as_failure(known))
        refused = isinstance(error, PermissionError) or "failed to lookup address" in str(error)
        kind = "network" if refused else "engine"
        return json_frame(ERROR, {"kind": kind, "message": f"{type(error).__name__}: {error}"})
    return json_frame(END, vars(outcome))


def _of_the_update(message: str) -> ClipgraphError | None:
    """Return the error for what the engine cannot do of an update that it could read."""
    if message.endswith(("> does not exist", "> already exists")):
        return Conflict(f"{message[0].lower()}{message[1:]}; with SILENT that is no error")
    if message.endswith("is not supported"):  # a function that the engine does not have
        return QuerySyntaxError(message)
    return None


if __name__ == "__main__":
    work(_perform)
