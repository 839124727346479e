"""What the short way of a query had found out before it gave the request over to the long one."""

from dataclasses import dataclass

from starlette.types import Scope

from clipgraph.engines.engine import Answer
from clipgraph.web.windows import Hit

_KEY = "clipgraph.settled"


@dataclass(frozen=True)
class Settled:
    """A request of which is settled what nobody does twice.

    ``began`` is when it came, by ``time.perf_counter``; ``name`` is its id; ``hit`` is what became of it
    where requests are counted, None where they are not; ``outcome`` is the answer, or why there is none;
    None where that is not known yet.
    """

    began: float
    name: str
    hit: Hit | None
    outcome: Answer | Exception | None = None

    def answer(self) -> Answer | None:
        """Return the answer; raises what there is instead."""
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


def settle(scope: Scope, settled: Settled) -> None:
    """Tell the layers to come what is settled."""
    scope[_KEY] = settled


def settled_of(scope: Scope) -> Settled | None:
    """Return what is settled of a request, mostly nothing."""
    settled: Settled | None = scope.get(_KEY)
    return settled
