"""What a running service knows of itself and no release says: where it is reached, what it lets one do."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Allowance:
    """What one query may use: seconds, MiB of memory, MiB of answer and KiB of text; 0 of answer is no limit.

    ``rate`` is the most requests of one client, ``100/minute``, empty where there is no limit.
    """

    seconds: float
    memory: int
    answer: int
    text: int
    rate: str


@dataclass(frozen=True)
class Serving:
    """A service.

    ``origin`` is where it is reached, without a slash at its end, empty where that is not known; ``contact``
    a mailto: IRI or a page, ``publisher`` the name of who runs it, ``publisher_iri`` their IRI, each empty
    where not set. ``federated`` are the endpoints that SERVICE may ask, ``loaded`` the named graphs that it
    has beside those of releases; ``writable`` says whether it takes writes (with a token), ``private``
    whether reading needs one.
    """

    origin: str = ""
    contact: str = ""
    publisher: str = ""
    publisher_iri: str = ""
    federated: tuple[str, ...] = ()
    loaded: tuple[str, ...] = ()
    writable: bool = False
    private: bool = False
    allowance: Allowance | None = None

    def to_data(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return asdict(self)


NOWHERE = Serving()


def serving_of(data: dict[str, Any]) -> Serving:
    """Return the service that JSON values stand for."""
    allowance = data["allowance"] and Allowance(**data["allowance"])
    lists = {name: tuple(data[name]) for name in ("federated", "loaded")}
    return Serving(**data | lists | {"allowance": allowance})
