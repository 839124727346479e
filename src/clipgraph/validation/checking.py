"""Validates a project, or a dataset in memory: the one way in for command, commit and service."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from clipgraph.rdf.terms import Store
from clipgraph.releases.building import build_dataset
from clipgraph.sources.graphs import GRAPHS, INFERENCES, GraphFile, Role, graph_files, profile_file, role_of
from clipgraph.sources.project import Project
from clipgraph.sparql.library import LibraryQuery, read_library
from clipgraph.validation.conclusions import Concluding
from clipgraph.validation.conversion import Terms, data_and_shapes, named
from clipgraph.validation.judges import Judge
from clipgraph.validation.names import Names
from clipgraph.validation.positions import Positions
from clipgraph.validation.reading import Contents, FileContent, gather, read_file
from clipgraph.validation.report import Report, ranked
from clipgraph.validation.shacl import validate
from clipgraph.validation.targets import targets
from clipgraph.validation.vocabulary import vocabulary_findings


def check_project(
    project: Project,
    extra_files: Sequence[Path] = (),
    *,
    language: str = "en",
    profile: str = "",
    judge: Judge = validate,
) -> Report:
    """Validate every file of a project in memory, with inferences, as a commit would.

    Args:
        project: where ontology/, shapes/, data/ and queries/rules/ are.
        extra_files: Turtle files checked on that background; one that the project has replaces itself,
            any other counts as a file of data/.
        language: of messages and remedies: en, de or fr.
        profile: the name of stricter shapes in shapes/profile/ to check by as well, if any.
        judge: the engine that judges the graph by its shapes; see judges.judge_of.

    Returns:
        The report. Where files are broken it names all of them and nothing else: what the others say
        cannot be judged without them.

    Raises:
        InputError: two files are the same graph, the shapes are ill-formed, or there is no such profile.
        UnreadableFile: a rule is not a CONSTRUCT query.
    """
    files = with_extra(project, _files(project, profile), extra_files)
    contents = [read_file(file, language) for file in files]
    preferred = [project.name_of(path) for path in extra_files]
    rules = read_library(project.queries, "rules")
    return check_contents(contents, rules, preferred, language=language, judge=judge)


def _files(project: Project, profile: str) -> list[GraphFile]:
    return [*graph_files(project), *([profile_file(project, profile)] if profile else [])]


def check_files(
    project: Project,
    files: Sequence[Path],
    *,
    language: str = "en",
    profile: str = "",
    judge: Judge = validate,
) -> Report:
    """Validate files on the background of a project: findings in them, and those they cause in others.

    What a file causes elsewhere is what is not found there without it; a second validation that is
    only made when there is something in other files. Raises what check_project raises.
    """
    report = check_project(project, files, language=language, profile=profile, judge=judge)
    given = {project.name_of(path) for path in files}
    if all(finding.file in given for finding in report.findings) or report.unreadable:
        return report
    background = _without(project, files, language, profile, judge)
    known = {finding.fingerprint for finding in background.findings}
    return report.only(lambda finding: finding.file in given or finding.fingerprint not in known)


def _without(project: Project, files: Sequence[Path], language: str, profile: str, judge: Judge) -> Report:
    given = {path.resolve() for path in files}
    others = [file for file in _files(project, profile) if file.path.resolve() not in given]
    contents = [read_file(file, language) for file in others]
    rules = read_library(project.queries, "rules")
    return check_contents(contents, rules, language=language, judge=judge)


def check_contents(
    contents: Sequence[FileContent],
    rules: Sequence[LibraryQuery],
    preferred: Sequence[str] = (),
    *,
    language: str = "en",
    judge: Judge = validate,
) -> Report:
    """Validate files that are read already; see check_project."""
    started = perf_counter()
    together = gather(contents, preferred)
    report = Report(findings=ranked(together.findings))
    if not report.unreadable:
        store = dataset_of(together, rules)
        report = check_dataset(store, together.positions, language=language, judge=judge)
        report = replace(report, findings=ranked((*together.findings, *report.findings)))
    return replace(report, files=len(contents), seconds=perf_counter() - started)


def dataset_of(together: Contents, rules: Sequence[LibraryQuery]) -> Store:
    """Return the dataset that files make together, with what the rules infer."""
    return build_dataset(together.quads, lambda graph: role_of(graph).merged, rules, INFERENCES)


def check_dataset(
    store: Store, positions: Positions | None = None, *, language: str = "en", judge: Judge = validate
) -> Report:
    """Validate a dataset: SHACL by its own shapes graphs, and every term and link.

    Args:
        store: named graphs as sources.graphs names them; the default graph is not looked at.
        positions: where its statements stand in files, if they do.
        language: of messages and remedies.
        judge: the engine that judges the graph by its shapes; see judges.judge_of.

    Raises:
        InputError: the shapes are ill-formed.
    """
    started, positions, terms = perf_counter(), positions or Positions(), Terms()
    data, shapes = data_and_shapes(store, terms)
    names = Names(data, language)
    concluding = Concluding(shapes, names, terms, positions)
    counted, statements = targets(data, shapes), len(data) + len(shapes)  # pySHACL adds some of its own
    findings = [
        *map(concluding.finding, judge(data, shapes)),
        *concluding.without_target(counted),
        *vocabulary_findings(named(store), positions, language),
    ]
    return Report(
        findings=ranked(findings),
        statements=statements,
        seconds=perf_counter() - started,
        targets={str(shape): count for shape, count in counted.items()},
    )


def with_extra(project: Project, files: Sequence[GraphFile], extra: Sequence[Path]) -> list[GraphFile]:
    """Return the files with the extra ones, each a graph of its own where the project does not have it."""
    known = {file.path.resolve() for file in files}
    new = {path.resolve(): path for path in extra if path.resolve() not in known}
    return [
        *files,
        *(
            GraphFile(path, project.name_of(path), f"{GRAPHS}contribution/{number}", Role.DATA)
            for number, path in enumerate(new.values(), start=1)
        ),
    ]
