"""How the errors of a write travel from the worker to the web process and stay what they are."""

from typing import Any

from clipgraph import errors
from clipgraph.workers.process import JobFailed

_BY_NAME: dict[str, type[errors.ClipgraphError]] = {
    kind.__name__: kind
    for kind in (
        errors.BadRequest,
        errors.InputError,
        errors.NotFound,
        errors.Refused,
        errors.Conflict,
        errors.UnsupportedMediaType,
        errors.PreconditionFailed,
        errors.Unavailable,
        errors.NoSpace,
    )
}

_WORDS = ("message", "values", "advice")  # for pages, which a write has none of


class Rejected(errors.NotValid):
    """The shapes refuse a write; ``report`` lists the findings as JSON values, ``turtle`` as SHACL has it."""

    def __init__(self, message: str, findings: int, report: list[dict[str, Any]], turtle: str) -> None:
        self.report, self.turtle = report, turtle
        super().__init__(message, findings)


def as_failure(error: errors.ClipgraphError) -> dict[str, Any]:
    """Return what an ERROR frame says of an error."""
    details = {name: value for name, value in vars(error).items() if name not in _WORDS}
    return {"kind": type(error).__name__, "message": str(error), "details": details}


def as_error(failed: JobFailed, memory: int) -> errors.ClipgraphError:
    """Return the error that an ERROR frame is about; ``memory`` is the worker's limit in bytes."""
    told = failed.details
    match failed.kind:
        case "QuerySyntaxError":
            return errors.QuerySyntaxError(**told)
        case "UnreadableBody":
            return errors.UnreadableBody(**told)
        case "Rejected":
            return Rejected(failed.message, **told)
        case "out-of-memory":
            return errors.OutOfMemory(memory)
        case "network":
            return errors.Refused("the update reaches for the network, which none may here")
    kind = _BY_NAME.get(failed.kind, errors.EngineFailed)
    return kind(failed.message)
