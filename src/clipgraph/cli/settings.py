"""clipgraph settings: the table of all settings, as docs/settings.md has it."""

import inspect
from typing import Any, Literal, get_args, get_origin

from pydantic import SecretStr
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from clipgraph.cli.serve import serve
from clipgraph.settings import Settings

_HEAD = """# Settings

Every setting of a service is an environment variable; where `clipgraph serve` has an option for it,
the option wins.
A value that is out of range ends the program with one line that says so (exit code 2). This page is made from
`src/clipgraph/settings.py` (`make docs`); how they play together is told in [running.md](running.md).

| variable | option | default | values | what it is |
|---|---|---|---|---|
"""
_SPECIAL = {
    "project": "the checkout, else what came with clipgraph",
    "data": "`var/` of a checkout, else `~/.local/share/clipgraph`",
    "load": "none",
    "workers": "two for each core, at least 4",
}
_BOUNDS = {"ge": "≥", "gt": ">", "le": "≤"}


def settings() -> None:
    """Print the table of all settings as Markdown."""
    print(settings_page(), end="")


def settings_page() -> str:
    """Return docs/settings.md."""
    options = inspect.signature(serve).parameters
    return _HEAD + "".join(_row(name, field, options) for name, field in Settings.model_fields.items())


def _row(name: str, field: FieldInfo, options: Any) -> str:  # noqa: ANN401
    option = f"`--{name.replace('_', '-')}`" if name in options else ""
    cells = (
        f"`CLIPGRAPH_{name.upper()}`",
        option,
        _default(name, field),
        _values(field),
        field.description or "",
    )
    return "| " + " | ".join(cells) + " |\n"


def _default(name: str, field: FieldInfo) -> str:
    if name in _SPECIAL:
        return _SPECIAL[name]
    value = field.default
    if isinstance(value, SecretStr):
        return "empty"
    if value is PydanticUndefined or value is None:
        return ""
    return f"`{str(value).lower() if isinstance(value, bool) else value}`" if value != "" else "empty"


def _values(field: FieldInfo) -> str:
    """Return what may be given, in words."""
    if get_origin(field.annotation) is Literal:
        return ", ".join(f"`{value}`" for value in get_args(field.annotation))
    if field.annotation is bool:
        return "`true`, `false`"
    kinds = ((int, "whole number"), (float, "number"))
    kind = next((words for type_, words in kinds if field.annotation is type_), "text")
    bounds = [
        f"{sign} {value:g}"
        for item in field.metadata
        for name, sign in _BOUNDS.items()
        if (value := getattr(item, name, None)) is not None
    ]
    return " ".join([kind, ", ".join(bounds)]).strip()
