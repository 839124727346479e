"""clipgraph query: ask the current release from the command line."""

import asyncio
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from clipgraph.cli.options import DataOption, FederateOption, ProjectOption, open_project, open_settings
from clipgraph.cli.terminal import complain
from clipgraph.engines.embedded import EmbeddedEngine
from clipgraph.errors import BadRequest, QuerySyntaxError, UnreadableFile
from clipgraph.rdf.formats import GRAPHS, RESULTS
from clipgraph.releases.shelf import Shelf
from clipgraph.settings import MIB, Settings
from clipgraph.sparql import policy
from clipgraph.sparql.negotiation import named
from clipgraph.sparql.protocol import Query
from clipgraph.workers.federated import open_federated_pool
from clipgraph.workers.pool import Limits, Pool


def query(
    text: Annotated[
        str,
        typer.Argument(
            metavar="QUERY", help="SPARQL, a file that holds it (name.rq), or - for standard input."
        ),
    ],
    form: Annotated[
        str,
        typer.Option(
            "--format", help="tsv, csv, json or xml; turtle, ntriples, rdfxml or jsonld for graphs."
        ),
    ] = "",
    project: ProjectOption = None,
    data: DataOption = None,
    timeout: Annotated[float | None, typer.Option(help="Most seconds. Default: 30.")] = None,
    federate: FederateOption = None,
) -> None:
    """Ask the current release; rows come as TSV, graphs as Turtle."""
    settings = open_settings(
        project=project, data=data, timeout=timeout, federate=federate and ",".join(federate)
    )
    _, shelf = open_project(settings)
    results, graph = named(form or "tsv", RESULTS), named(form or "turtle", GRAPHS)
    if results is None and graph is None:
        raise BadRequest(f"--format {form}: there is {', '.join(f.name for f in (*RESULTS, *GRAPHS))}")
    question = Query(_text(text), results, graph, settings.timeout)
    question = replace(question, services=policy.check(question.text, settings.federation()))
    try:
        asyncio.run(_print(shelf, settings, question))
    except QuerySyntaxError as error:
        if error.quoted:
            print(error.quoted, file=sys.stderr)
        complain(f"{error}{'; ' + error.hint if error.hint else ''}")
        raise typer.Exit(2) from error


def _text(given: str) -> str:
    """Return the query that the argument is, names or stands for."""
    if given == "-":
        return sys.stdin.read()
    if "{" in given or not given.endswith((".rq", ".sparql")):
        return given
    try:
        return Path(given).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(given, str(getattr(error, "strerror", None) or error)) from error


async def _print(shelf: Shelf, settings: Settings, question: Query) -> None:
    pool = Pool(Limits(1, settings.memory * MIB, 1))
    federated = open_federated_pool(settings.memory * MIB, wanted=bool(settings.federate))
    try:
        engine = EmbeddedEngine(shelf, pool, settings.memory * MIB, settings.spool * MIB, federated)
        answer = await engine.answer(question, "command line")
        try:
            async for piece in answer.body:
                sys.stdout.buffer.write(piece)
        finally:
            await answer.body.aclose()
        sys.stdout.buffer.flush()
    finally:
        await pool.close()
        await federated.close()
