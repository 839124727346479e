"""DATA/tokens.json: the tokens that hold, changed by rename and read again whenever it changed."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from clipgraph.access.roles import Role
from clipgraph.access.tokens import Holder, Token, authorise, new_token
from clipgraph.errors import BadRequest, NotFound, Unavailable

_Stamp = tuple[int, int, int]


class Register:
    """The tokens of one DATA folder; every method may raise Unavailable where the file cannot be used."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "tokens.json"
        self._stamp: _Stamp | None = None
        self._tokens: tuple[Token, ...] = ()

    def admit(self, header: str | None, role: Role) -> Holder:
        """Return the holder of the token in an Authorization header; see ``authorise`` for what it raises."""
        return authorise(header, role, self.tokens(), datetime.now(UTC))

    def tokens(self) -> tuple[Token, ...]:
        """Return the tokens, read again when the file is another one than the last time."""
        try:
            stamp = _stamp(self._path)
            if stamp != self._stamp:
                self._tokens = _read(self._path) if stamp else ()
                self._stamp = stamp
        except (OSError, ValueError, KeyError, TypeError) as error:
            self._tokens, self._stamp = (), None  # nobody is let in by what was read before
            raise Unavailable(f"{self._path} cannot be read: {error}") from error
        return self._tokens

    def create(self, name: str, role: Role, days: int | None) -> tuple[str, Token]:
        """Make and keep a token; returns it, to be told once, and what is kept of it.

        Raises:
            BadRequest: the name is taken or is not one, or the days are not a number of days.
        """
        with self._changing():
            secret, token = new_token(name, role, days, datetime.now(UTC).replace(microsecond=0))
            if any(other.name == name for other in self.tokens()):
                raise BadRequest(
                    f"there is a token named {name}: choose another name, or revoke that one first"
                )
            self._write([*self.tokens(), token])
        return secret, token

    def revoke(self, name: str) -> None:
        """Let a token hold no longer; raises NotFound where there is none of this name."""
        with self._changing():
            left = [token for token in self.tokens() if token.name != name]
            if len(left) == len(self.tokens()):
                raise NotFound(f"there is no token named {name[:80]}")
            self._write(left)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Be the only one who changes the file, across processes."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.with_suffix(".lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield
        except OSError as error:
            raise Unavailable(f"cannot change {self._path}: {error.strerror or error}") from error

    def _write(self, tokens: list[Token]) -> None:
        made = self._path.with_suffix(".new")
        made.unlink(missing_ok=True)
        descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            if os.geteuid() == 0:  # root makes it, and the service reads it as the folder's owner
                owner = self._path.parent.stat()
                os.fchown(file.fileno(), owner.st_uid, owner.st_gid)
            json.dump({"tokens": [_record(token) for token in tokens]}, file, indent=1)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        made.rename(self._path)
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _stamp(path: Path) -> _Stamp | None:
    """Return what differs between two files of the same name; None where there is none."""
    try:
        state = path.stat()
    except FileNotFoundError:
        return None
    return state.st_ino, state.st_mtime_ns, state.st_size


def _record(token: Token) -> dict[str, Any]:
    return {
        "name": token.name,
        "role": token.role.value,
        "sha256": token.digest,
        "created": token.created.isoformat(),
        "expires": token.expires.isoformat() if token.expires else None,
    }


def _read(path: Path) -> tuple[Token, ...]:
    records = json.loads(path.read_text(encoding="utf-8"))["tokens"]
    return tuple(
        Token(
            record["name"],
            Role(record["role"]),
            record["sha256"],
            datetime.fromisoformat(record["created"]),
            datetime.fromisoformat(record["expires"]) if record["expires"] else None,
        )
        for record in records
    )
