"""The log: text or JSON, and nobody waits for it."""

import json
import logging
import subprocess
import sys

import pytest

from clipgraph.server.logs import LogForm, logging_as
from clipgraph.web.notes import request_id

FLOOD = """
import logging
from clipgraph.server.logs import LogForm, logging_as
with logging_as(LogForm.TEXT):
    for number in range(30_000):
        logging.getLogger("clipgraph.access").info("%s", "x" * 100)
print("done", flush=True)
"""


def written(form: LogForm, capsys: pytest.CaptureFixture[str]) -> list[str]:
    with logging_as(form):
        logging.getLogger("clipgraph.access").info("GET /", extra={"facts": {"status": 200, "client": "::1"}})
        logging.getLogger("clipgraph.engine").warning("two\nlines")
        logging.getLogger("elsewhere").info("not ours")
    return capsys.readouterr().err.splitlines()


def test_text_is_one_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    request_id.set("an-id")
    lines = written(LogForm.TEXT, capsys)

    assert [line.split(" ", 1)[1] for line in lines] == [
        "info GET / client=::1 id=an-id",
        r"warning two\nlines id=an-id",
    ]


def test_json_is_one_object_each(capsys: pytest.CaptureFixture[str]) -> None:
    request_id.set("an-id")
    request, warning = (json.loads(line) for line in written(LogForm.JSON, capsys))

    assert (request["level"], request["status"], request["client"]) == ("info", 200, "::1")
    assert (warning["logger"], warning["message"], warning["id"]) == (
        "clipgraph.engine",
        "two\nlines",
        "an-id",
    )


def test_off_keeps_warnings(capsys: pytest.CaptureFixture[str]) -> None:
    assert [line.split(" ")[1] for line in written(LogForm.OFF, capsys)] == ["warning"]


def test_a_log_that_nobody_reads_holds_up_nobody() -> None:
    process = subprocess.Popen([sys.executable, "-c", FLOOD], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    with process.stdout, process.stderr:  # the pipe of the second fills up, and stays so
        assert process.stdout.readline() == b"done\n"
        process.kill()
        process.wait()
