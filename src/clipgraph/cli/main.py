"""The command line: commands, and errors as one line with an exit code."""

import sys
from importlib import import_module
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from typer._click import Command, Context
from typer.core import TyperCommand, TyperGroup
from typer.main import get_group

import clipgraph
from clipgraph.cli.terminal import CANNOT, FINDINGS, complain
from clipgraph.errors import ClipgraphError, NotValid
from clipgraph.releases.collecting import collecting_later

_FORM: dict[str, Any] = {"add_completion": False, "rich_markup_mode": None, "pretty_exceptions_enable": False}
_COMMANDS = (
    "serve",
    "publish",
    "query",
    "validate",
    "evidence",
    "tidy",
    "export",
    "settings",
    "token",
    "releases",
    "bench",
)
_HIDDEN = {"settings"}


class _Commands(TyperGroup):
    """The commands, each in a module of its name that loads when it is needed: few need a web server.

    As https://click.palletsprojects.com/en/stable/complex/#lazily-loading-subcommands has it.
    """

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401  # the base's
        super().__init__(**settings | {"commands": {name: TyperCommand(name) for name in _COMMANDS}})

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:  # noqa: ARG002  # as the base has it
        """Return a command, None where there is none of this name."""
        if cmd_name not in _COMMANDS:
            return None
        with collecting_later():  # what is imported stays
            made = getattr(import_module(f"clipgraph.cli.{cmd_name}"), cmd_name)
        alone = typer.Typer(**_FORM)
        if isinstance(made, typer.Typer):
            alone.add_typer(made, name=cmd_name)
        else:
            alone.command(cmd_name, hidden=cmd_name in _HIDDEN)(made)
        return get_group(alone).commands[cmd_name]


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    **_FORM,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:  # noqa: FBT001  # typer's callback form
    if wanted:
        print(f"clipgraph {clipgraph.__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", help="Say the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Local integration policy in Europe as linked data: validate, publish, query, serve.

    Exit codes: 0 fine, 1 findings, 2 cannot do it.
    """


def run() -> None:
    """Run the command line; what goes wrong is one line and an exit code."""
    try:
        app()
    except NotValid as error:
        complain(str(error))
        sys.exit(FINDINGS)
    except ClipgraphError as error:
        complain(str(error))
        sys.exit(CANNOT)
    except ValidationError as error:
        for problem in error.errors():
            name = ".".join(str(part) for part in problem["loc"])
            if not name:  # about several settings; what they are may be a secret
                complain(problem["msg"].removeprefix("Value error, "))
                continue
            complain(f"{name} (or CLIPGRAPH_{name.upper()}): {problem['msg']}, not {problem['input']!r}")
        sys.exit(CANNOT)
