"""The command line: commands, and errors as one line with an exit code."""

import sys
from typing import Annotated

import typer
from pydantic import ValidationError

import clipgraph
from clipgraph.cli.bench import bench
from clipgraph.cli.evidence import evidence
from clipgraph.cli.export import export
from clipgraph.cli.publish import publish
from clipgraph.cli.query import query
from clipgraph.cli.releases import releases
from clipgraph.cli.serve import serve
from clipgraph.cli.settings import settings
from clipgraph.cli.terminal import CANNOT, FINDINGS, complain
from clipgraph.cli.tidy import tidy
from clipgraph.cli.token import token
from clipgraph.cli.validate import validate
from clipgraph.errors import ClipgraphError, NotValid

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(serve)
app.command()(publish)
app.command()(query)
app.command()(validate)
app.command()(evidence)
app.command()(tidy)
app.command()(export)
app.command(hidden=True)(settings)
app.add_typer(token, name="token")
app.add_typer(releases, name="releases")
app.add_typer(bench, name="bench")


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
