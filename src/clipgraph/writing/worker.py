"""The worker process for writes: ``python -m clipgraph.writing.worker SOCKET PARENT MEMORY``."""

from clipgraph.errors import ClipgraphError
from clipgraph.sparql.syntax import explain
from clipgraph.workers.frames import END, ERROR, Send, json_frame
from clipgraph.workers.worker import Job as Message
from clipgraph.workers.worker import work
from clipgraph.writing.carrying_out import carry_out
from clipgraph.writing.failures import as_failure
from clipgraph.writing.jobs import UpdateJob, job_of


def _perform(message: Message, _: Send) -> bytes:
    """Carry out a write and return the last frame: END with its outcome, or ERROR."""
    job = job_of({name: value for name, value in message.items() if name != "deadline"})
    text = job.write.text if isinstance(job.write, UpdateJob) else ""
    try:
        outcome = carry_out(job)
    except ClipgraphError as error:
        return json_frame(ERROR, as_failure(error))
    except SyntaxError as error:
        return json_frame(ERROR, as_failure(explain(str(error), text)))
    except MemoryError:
        return json_frame(ERROR, {"kind": "out-of-memory", "message": ""})
    except (OSError, ValueError, RuntimeError) as error:
        refused = isinstance(error, PermissionError) or "failed to lookup address" in str(error)
        kind = "network" if refused else "engine"
        return json_frame(ERROR, {"kind": kind, "message": f"{type(error).__name__}: {error}"})
    return json_frame(END, vars(outcome))


if __name__ == "__main__":
    work(_perform)
