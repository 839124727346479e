"""clipgraph token, as an operator meets it."""

import json
import subprocess
from pathlib import Path

from conftest import CLIPGRAPH


def token(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*CLIPGRAPH, "token", *arguments], capture_output=True, text=True, check=False, timeout=60
    )


def test_create_prints_the_token_alone_and_list_never_does(tmp_path: Path) -> None:
    made = token("create", "ada", "--role", "maintainer", "--data", str(tmp_path))
    listed = token("list", "--data", str(tmp_path))

    assert (made.returncode, listed.returncode) == (0, 0)
    assert made.stdout.startswith("clipgraph_")
    assert len(made.stdout.split()) == 1
    assert "cannot be shown again" in made.stderr
    assert listed.stdout.split()[:2] == ["ada", "maintainer"]
    assert made.stdout.strip() not in listed.stdout + (tmp_path / "tokens.json").read_text()


def test_all_of_it_as_json(tmp_path: Path) -> None:
    arguments = ("--data", str(tmp_path), "--format", "json")
    made = json.loads(token("create", "ada", "--role", "reader", "--days", "3", *arguments).stdout)
    listed = json.loads(token("list", *arguments).stdout)
    revoked = json.loads(token("revoke", "ada", *arguments).stdout)

    assert made.pop("token").startswith("clipgraph_")
    assert listed == [made]
    assert made["expires"] > made["created"]
    assert revoked == {"revoked": "ada"}
    assert json.loads(token("list", *arguments).stdout) == []


def test_what_cannot_be_done_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    unknown = token("revoke", "ada", "--data", str(tmp_path))
    name = token("create", "a b", "--role", "reader", "--data", str(tmp_path))
    role = token("create", "ada", "--role", "king", "--data", str(tmp_path))

    assert [result.returncode for result in (unknown, name, role)] == [2, 2, 2]
    assert unknown.stderr == "clipgraph: there is no token named ada\n"
    assert name.stderr.startswith("clipgraph: 'a b' is no name")
