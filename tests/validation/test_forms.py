"""The report in every form."""

import io
import json

from rdflib import RDF, SH, Graph, Literal, URIRef
from rich.console import Console

from clipgraph.validation.forms import as_github, as_json, as_text, as_turtle
from clipgraph.validation.report import Finding, Report, Severity, ranked
from clipgraph.validation.text import grouped, place, print_text

ID = "https://w3id.org/clipgraph/id/"


def finding(line: int = 9, severity: Severity = Severity.VIOLATION, file: str = "data/x.ttl") -> Finding:
    return Finding(
        severity=severity,
        component="Datatype",
        message="100% wrong.",
        remedy="Mend it.",
        file=file,
        line=line,
        focus=f"{ID}city/c{line}",
        path="http://purl.org/dc/terms/issued",
        value='"x"@en',
        shape="https://w3id.org/clipgraph/shapes/X-y",
    )


def report(*findings: Finding) -> Report:
    return Report(findings=ranked(findings), files=3, statements=40, seconds=1.25, targets={"s": 2})


def test_the_gravest_come_first_then_file_and_line_and_each_once() -> None:
    warning, late, early = finding(1, Severity.WARNING), finding(7), finding(2)
    assert ranked([warning, late, early, late]) == (early, late, warning)


def test_a_fingerprint_does_not_move_with_the_line() -> None:
    one = finding(9)
    assert (
        one.fingerprint
        == f"https://w3id.org/clipgraph/shapes/X-y|{ID}city/c9|http://purl.org/dc/terms/issued"
    )


def test_what_blocks_is_for_the_caller_to_say() -> None:
    warned = report(finding(1, Severity.WARNING))
    assert warned.conforms()
    assert not warned.conforms(Severity.WARNING)
    assert not warned.conforms(Severity.INFO)
    assert (warned.count(Severity.WARNING), warned.count(Severity.VIOLATION)) == (1, 0)


def test_text_starts_with_the_place_and_ends_with_the_counts() -> None:
    assert as_text(report(finding())).splitlines() == [
        "data/x.ttl:9: Violation: 100% wrong.",
        '    <city/c9> dct:issued "x"@en',
        "    To do: Mend it.",
        "Violations: 1, warnings: 0, notes: 0; in 3 files (40 statements, 1.2 s)",
    ]


def test_text_says_that_nothing_was_found() -> None:
    assert as_text(report()) == "Nothing to report: 3 files, 40 statements, 1 shapes, 1.2 s"
    assert as_text(report(), "de").startswith("Nichts zu beanstanden")


def test_repeats_are_told_once() -> None:
    text = as_text(report(*(finding(line) for line in range(1, 413))))
    assert text.startswith("412 \N{MULTIPLICATION SIGN} 100% wrong.\n")
    assert text.count("Mend it.") == 3
    assert "… and 409 more" in text


def test_groups_stand_in_the_order_of_their_first_finding() -> None:
    late, early = finding(1, Severity.WARNING), finding(2)
    assert [group[0] for group in grouped([late, early])] == [early, late]


def test_a_place_without_a_file_is_a_dash() -> None:
    assert place(finding(0, file="")) == "-:"


def test_a_pipe_gets_plain_lines() -> None:
    stream = io.StringIO()
    print_text(report(finding()), Console(file=stream))
    assert stream.getvalue() == as_text(report(finding())) + "\n"


def test_a_terminal_gets_colours() -> None:
    stream = io.StringIO()
    print_text(report(finding()), Console(file=stream, force_terminal=True, color_system="standard"))
    assert "\x1b[1;31mViolation" in stream.getvalue()


def test_json_holds_everything() -> None:
    told = json.loads(as_json(report(finding())))
    assert told["conforms"] is False
    assert told["counts"] == {"Violation": 1, "Warning": 0, "Info": 0}
    assert told["targets"] == {"s": 2}
    assert told["findings"][0]["line"] == 9
    assert told["findings"][0]["fingerprint"] == finding().fingerprint


def test_github_commands_are_escaped() -> None:
    told = as_github(report(finding(file="data/a,b:c.ttl")))
    assert told.startswith("::error file=data/a%2Cb%3Ac.ttl,line=9,title=https%3A//w3id.org/")
    assert told.endswith("::100%25 wrong. Mend it.")


def test_github_levels_follow_severity() -> None:
    told = as_github(report(finding(1), finding(2, Severity.WARNING), finding(3, Severity.INFO)))
    assert [line.split(" ")[0] for line in told.splitlines()] == ["::error", "::warning", "::notice"]


def test_turtle_is_a_shacl_report() -> None:
    graph = Graph().parse(data=as_turtle(report(finding())), format="turtle")
    [node] = graph.subjects(RDF.type, SH.ValidationResult)
    assert graph.value(node, SH.focusNode) == URIRef(ID + "city/c9")
    assert graph.value(node, SH.sourceConstraintComponent) == SH.DatatypeConstraintComponent
    assert graph.value(node, SH.value) == Literal("x", lang="en")
    assert graph.value(predicate=SH.conforms, object=Literal(False)) is not None  # noqa: FBT003


def test_a_check_beside_shacl_has_a_component_of_its_own() -> None:
    unreadable = Finding(
        severity=Severity.VIOLATION, component="unreadable", message="m", remedy="r", file="x.ttl"
    )
    assert "check/unreadable" in as_turtle(report(unreadable))
