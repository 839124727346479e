"""clipgraph token: make, list and revoke the tokens of a service."""

import json
from enum import StrEnum
from typing import Annotated

import typer

from clipgraph.access.register import Register
from clipgraph.access.roles import Role
from clipgraph.access.tokens import Token
from clipgraph.cli.options import DataOption, ProjectOption, open_project, open_settings
from clipgraph.cli.terminal import err

token = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Make, list and revoke tokens. A running service notices at once.

    Roles: a reader may read a private service, a contributor may also submit contributions, a maintainer may
    also write. Tokens are kept as digests in tokens.json of the data folder.""",
)


class Form(StrEnum):
    """How a command prints."""

    TEXT = "text"
    JSON = "json"


FormOption = Annotated[Form, typer.Option("--format", help="text, or json for programs.")]


def _register(project: ProjectOption, data: DataOption) -> Register:
    _, shelf = open_project(open_settings(project=project, data=data))
    return Register(shelf.root)


@token.command()
def create(
    name: Annotated[str, typer.Argument(help="Whose token it is: letters, digits and . _ @ -")],
    role: Annotated[Role, typer.Option(help="What it may do.")],
    days: Annotated[int | None, typer.Option(help="How many days it holds. Default: until revoked.")] = None,
    form: FormOption = Form.TEXT,
    project: ProjectOption = None,
    data: DataOption = None,
) -> None:
    """Make a token and print it, once: it cannot be shown again.

    It is sent as Authorization: Bearer TOKEN, or as the password of Basic authentication.
    """
    secret, made = _register(project, data).create(name, role, days)
    if form is Form.JSON:
        print(json.dumps(_record(made) | {"token": secret}, indent=1))
        return
    print(secret)
    err.print(f"the token of {name} ({role}), which cannot be shown again", style="dim", markup=False)


@token.command("list")
def show(form: FormOption = Form.TEXT, project: ProjectOption = None, data: DataOption = None) -> None:
    """List the tokens that hold: name, role, made, until when."""
    tokens = _register(project, data).tokens()
    if form is Form.JSON:
        print(json.dumps([_record(item) for item in tokens], indent=1))
        return
    width = max((len(item.name) for item in tokens), default=0)
    for item in tokens:
        until = f"until {item.expires:%Y-%m-%d}" if item.expires else "until revoked"
        print(f"{item.name:{width}}  {item.role:11}  made {item.created:%Y-%m-%d}  {until}")
    if not tokens:
        err.print("there are no tokens", style="dim")


@token.command()
def revoke(
    name: Annotated[str, typer.Argument(help="Whose token it is.")],
    form: FormOption = Form.TEXT,
    project: ProjectOption = None,
    data: DataOption = None,
) -> None:
    """Let a token hold no longer."""
    _register(project, data).revoke(name)
    print(json.dumps({"revoked": name}) if form is Form.JSON else f"{name} is revoked")


def _record(item: Token) -> dict[str, str | None]:
    return {
        "name": item.name,
        "role": item.role.value,
        "created": item.created.isoformat(),
        "expires": item.expires.isoformat() if item.expires else None,
    }
