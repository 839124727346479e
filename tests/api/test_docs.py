"""What the guide and the README show of Python is so."""

import contextlib
import doctest
import io
import re
from pathlib import Path

import pytest

from conftest import ROOT


@pytest.fixture(autouse=True)
def _published(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIPGRAPH_DATA", str(published))
    monkeypatch.setenv("CLIPGRAPH_PROJECT", str(ROOT))


def test_the_guide() -> None:
    result = doctest.testfile(str(ROOT / "docs/python.md"), module_relative=False)

    assert result.attempted >= 10
    assert not result.failed


def test_the_three_lines_of_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(import clipgraph\n.*?)```", text, re.DOTALL)
    printed = io.StringIO()

    with contextlib.redirect_stdout(printed):
        exec(code, {})  # noqa: S102  # what a reader would do

    assert len(code.split("\n\n")) == 2
    assert len(code.replace("\n\n", "\n").splitlines()) == 3
    assert printed.getvalue().strip() == code.rsplit("# ", 1)[1].strip()
