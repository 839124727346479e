"""The file of tokens: private, changed whole, and noticed at once by whoever has it open."""

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from clipgraph.access.register import Register
from clipgraph.access.roles import Role
from clipgraph.errors import BadRequest, NotFound, Unauthorized, Unavailable


def test_without_a_file_there_are_no_tokens(tmp_path: Path) -> None:
    assert Register(tmp_path / "not" / "there").tokens() == ()


def test_a_token_is_kept_as_a_digest_in_a_private_file(tmp_path: Path) -> None:
    secret, token = Register(tmp_path).create("ada", Role.MAINTAINER, 7)
    file = tmp_path / "tokens.json"

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert secret not in file.read_text()
    assert Register(tmp_path).tokens() == (token,)
    assert Register(tmp_path).admit(f"Bearer {secret}", Role.MAINTAINER).name == "ada"


def test_another_process_notices_a_new_and_a_revoked_token(tmp_path: Path) -> None:
    running, command_line = Register(tmp_path), Register(tmp_path)
    assert running.tokens() == ()
    secret, _ = command_line.create("ada", Role.READER, None)
    holder = running.admit(f"Bearer {secret}", Role.READER)
    command_line.revoke("ada")

    assert holder.name == "ada"
    with pytest.raises(Unauthorized):
        running.admit(f"Bearer {secret}", Role.READER)


def test_names_are_unique_and_can_be_used_again_once_revoked(tmp_path: Path) -> None:
    register = Register(tmp_path)
    register.create("ada", Role.READER, None)

    with pytest.raises(BadRequest, match="revoke that one first"):
        register.create("ada", Role.MAINTAINER, None)
    with pytest.raises(NotFound):
        register.revoke("bob")
    register.revoke("ada")
    assert register.create("ada", Role.MAINTAINER, None)[1].role is Role.MAINTAINER


def test_many_at_once_lose_none(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: Register(tmp_path).create(f"n{n}", Role.READER, None), range(24)))

    assert {token.name for token in Register(tmp_path).tokens()} == {f"n{n}" for n in range(24)}


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"tokens": [{"name": "x"}]}', '{"tokens": 3}'])
def test_a_broken_file_lets_nobody_in(tmp_path: Path, content: str) -> None:
    register = Register(tmp_path)
    secret, _ = register.create("ada", Role.READER, None)
    register.admit(f"Bearer {secret}", Role.READER)
    (tmp_path / "tokens.json").write_text(content)

    for _ in range(2):
        with pytest.raises(Unavailable):
            register.admit(f"Bearer {secret}", Role.READER)


def test_an_unknown_role_in_the_file_lets_nobody_in(tmp_path: Path) -> None:
    register = Register(tmp_path)
    register.create("ada", Role.READER, None)
    file = tmp_path / "tokens.json"
    kept = json.loads(file.read_text())
    kept["tokens"][0]["role"] = "god"
    file.write_text(json.dumps(kept))

    with pytest.raises(Unavailable, match="god"):
        register.tokens()
