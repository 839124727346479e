"""Writes over HTTP: updates and graphs, who may, what is refused, and what the audit log says."""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import httpx2
import pytest

from conftest import CLIPGRAPH, Running, make_token
from testing_endpoints import Listener

G = "https://example.org/g"
TURTLE = {"Content-Type": "text/turtle"}
JSON_LD = {"Content-Type": "application/ld+json"}
RDF_XML = {"Content-Type": "application/rdf+xml"}
FORM = {"Content-Type": "multipart/form-data; boundary=x"}
PART = (
    b"--x\r\nContent-Disposition: form-data; name=f; filename=f\r\nContent-Type: %s\r\n\r\n"
    b"_:b <urn:b> 1 .\r\n--x--\r\n"
)
Client = httpx2.Client


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("bare")
    (made / "project").mkdir()
    return made


@pytest.fixture(scope="module")
def bare(folder: Path) -> Iterator[Client]:
    """A maintainer of a service that has no project and no shapes: its default graph is the merge."""
    running = Running(
        [
            "--project",
            str(folder / "project"),
            "--data",
            str(folder / "data"),
            "--workers",
            "2",
            "--shapes",
            "none",
        ]
    )
    headers = {"Authorization": f"Bearer {make_token(folder / 'data')}"}
    with httpx2.Client(base_url=running.url, headers=headers, timeout=60) as client:
        del client.headers["accept"]
        yield client
    running.stop()


@pytest.fixture(autouse=True)
def empty(bare: Client) -> None:
    assert update(bare, "DROP ALL").status_code == 200


def update(client: Client, text: str, **parameters: str) -> httpx2.Response:
    return client.post("/sparql", data={"update": text, **parameters})


def ask(client: Client, pattern: str) -> bool:
    answer = client.get("/sparql", params={"query": f"ASK {{ {pattern} }}", "format": "json"})
    return bool(answer.json()["boolean"])


def test_a_client_reads_what_it_wrote(bare: Client) -> None:
    answer = update(bare, f"INSERT DATA {{ GRAPH <{G}> {{ <urn:a> <urn:b> 1, 2 }} }}")

    told = answer.json()
    assert (told["added"], told["removed"]) == (2, 0)
    assert answer.headers["clipgraph-release"] == str(told["release"])
    assert ask(bare, "<urn:a> <urn:b> 1")
    assert ask(bare, f"GRAPH <{G}> {{ <urn:a> <urn:b> 2 }}")


def test_an_update_is_a_body_too(bare: Client) -> None:
    text = "# ü\nINSERT { GRAPH <urn:g> { <x> ?p 'ü' } } WHERE { VALUES ?p { <urn:p> } }"
    answer = bare.post(
        "/sparql?message=why", content=text.encode(), headers={"Content-Type": "application/sparql-update"}
    )

    assert answer.json()["added"] == 1
    assert ask(bare, f"<{bare.base_url}/x> <urn:p> 'ü'")


def test_the_protocol_names_the_dataset_of_where(bare: Client) -> None:
    update(bare, "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } GRAPH <urn:h> { <urn:a> <urn:b> 2 } }")
    answer = update(
        bare, "INSERT { GRAPH <urn:n> { ?s ?p ?o } } WHERE { ?s ?p ?o }", **{"using-graph-uri": "urn:h"}
    )

    assert answer.json()["added"] == 1
    assert ask(bare, "GRAPH <urn:n> { <urn:a> <urn:b> 2 }")
    both = update(bare, "WITH <urn:g> DELETE {} WHERE {}", **{"using-graph-uri": "urn:h"})
    assert both.status_code == 400


def test_a_triple_of_two_graphs_counts_once(bare: Client) -> None:
    both = "GRAPH <urn:a> { <urn:s> <urn:p> 1 } GRAPH <urn:b> { <urn:s> <urn:p> 1 }"
    update(bare, f"INSERT DATA {{ {both} }}")
    count = (
        "INSERT { GRAPH <urn:c> { <urn:x> <urn:count> ?c } } USING <urn:a> USING <urn:b> "
        "WHERE { { SELECT (COUNT(*) AS ?c) { ?s ?p ?o } } }"
    )

    response = update(bare, count)

    assert (response.status_code, response.json()["added"], response.json()["removed"]) == (200, 1, 0)
    assert ask(bare, "GRAPH <urn:c> { <urn:x> <urn:count> 1 }")
    wrong = update(bare, f"{count} ;\n{count} }}")
    assert wrong.status_code == 400
    assert wrong.json()["line"] == 2
    glued = update(bare, "INSERT{}USINGNAMED<urn:a>WHERE{}", **{"using-graph-uri": "urn:b"})
    assert (glued.status_code, glued.json()["detail"].split()[0]) == (400, "USING")


def test_blank_nodes_become_iris_new_ones_each_time(bare: Client) -> None:
    for _ in range(2):
        update(bare, "INSERT DATA { GRAPH <urn:g> { _:a <urn:p> _:b . _:b <urn:q> _:a } }")
    answer = bare.get(
        "/sparql", params={"query": "SELECT * { ?s <urn:p> ?o . ?o <urn:q> ?s }", "format": "csv"}
    )

    rows = answer.text.split()[1:]
    assert len(set(rows)) == 2
    assert all(row.startswith("https://w3id.org/clipgraph/.well-known/genid/") for row in rows)


@pytest.mark.parametrize(
    ("text", "status", "code"),
    [
        ("INSERT DATA { <urn:a> <urn:b> 1 }", 403, "refused"),
        ("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> } }", 400, "query-syntax-error"),
        ("SELECT * { ?s ?p ?o }", 400, "query-syntax-error"),
        (
            "INSERT { GRAPH <urn:g> { ?s ?p ?o } } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
            403,
            "refused",
        ),
        ("DROP GRAPH <urn:none>", 409, "conflict"),
        (
            "INSERT { GRAPH <urn:g> { <urn:a> <urn:b> ?x } } WHERE { BIND(<urn:f>(1) AS ?x) }",
            400,
            "query-syntax-error",
        ),
        ("", 200, None),
    ],
)
def test_what_an_update_may_not_do(bare: Client, text: str, status: int, code: str | None) -> None:
    answer = update(bare, text)

    assert (answer.status_code, answer.json().get("code")) == (status, code)
    assert not ask(bare, "?s ?p ?o")


def test_each_operation_may_have_a_prologue(bare: Client) -> None:
    text = (
        "PREFIX u: <urn:> INSERT DATA { GRAPH u:g { u:a u:b 1 } } ;\n"
        "PREFIX u: <urn:x:> PREFIX g: <urn:> "
        "INSERT { GRAPH g:h { u:a u:b ?o } } WHERE { GRAPH g:g { ?s ?p ?o } } ;\n"
    )

    assert (
        update(bare, f"{text} BASE <urn:y/> INSERT DATA {{ GRAPH <g> {{ <a> <b> 2 }} }}").json()["added"] == 3
    )
    assert ask(bare, "GRAPH <urn:h> { <urn:x:a> <urn:x:b> 1 } GRAPH <urn:y/g> { ?s ?p 2 }")
    data = "INSERT DATA { GRAPH <urn:d> { u:a u:b 1 } }"
    assert update(bare, f"PREFIX u: <urn:1> {data} ; PREFIX u: <urn:2> {data}").json()["added"] == 2
    wrong = update(bare, f"{text}\nPREFIX v: <urn:v> INSERT DATA {{ GRAPH <urn:g> {{ v:a v:b }} }}")
    assert (wrong.status_code, wrong.json()["line"]) == (400, 4)


def test_a_syntax_error_says_where(bare: Client) -> None:
    problem = update(bare, "INSERT DATA {\n GRAPH <urn:g> { foo:a <urn:b> 1 } }").json()

    assert (problem["line"], problem["quoted"].splitlines()[0]) == (2, " GRAPH <urn:g> { foo:a <urn:b> 1 } }")


def test_an_endless_update_is_ended_and_leaves_nothing(bare: Client, folder: Path) -> None:
    values = " ".join(f"<urn:{n}>" for n in range(60))
    cross = " ".join(f"VALUES ?v{n} {{ {values} }}" for n in range(6))
    before = sorted((folder / "data/releases").iterdir())
    answer = update(bare, f"INSERT {{ GRAPH <urn:g> {{ ?v0 ?v1 ?v2 }} }} WHERE {{ {cross} }}", timeout="1")

    assert answer.status_code == 504
    assert update(bare, "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }").status_code == 200
    assert list((folder / "data/staging").iterdir()) == []
    assert len(list((folder / "data/releases").iterdir())) in (len(before), len(before) + 1)


def put(client: Client, text: str, **headers: str) -> httpx2.Response:
    return client.put("/graphs", params={"graph": G}, content=text.encode(), headers=TURTLE | headers)


def test_a_graph_is_put_read_added_to_and_deleted(bare: Client) -> None:
    assert put(bare, "<> <p> 'ä' .").status_code == 201
    assert put(bare, "<> <p> 'ö' .").status_code == 204
    added = bare.post(
        "/graphs",
        params={"graph": G},
        content=b'<urn:a> <urn:b> "1" .',
        headers={"Content-Type": "application/n-triples"},
    )
    read = bare.get("/graphs", params={"graph": G}, headers={"Accept": "application/n-triples"})

    assert added.status_code == 204
    assert set(read.text.splitlines()) == {
        '<urn:a> <urn:b> "1" .',
        '<https://example.org/g> <https://example.org/p> "ö" .',
    }
    assert bare.delete("/graphs", params={"graph": G}).status_code == 204
    assert bare.get("/graphs", params={"graph": G}).status_code == 404
    assert bare.delete("/graphs", params={"graph": G}).status_code == 404


def test_a_post_without_a_name_makes_a_graph(bare: Client) -> None:
    made = bare.post("/graphs", content=b"<urn:a> <urn:b> 1 .", headers=TURTLE)

    assert made.status_code == 201
    assert "<urn:a>" in bare.get(made.headers["location"]).text


@pytest.mark.parametrize(
    ("form", "media_type"),
    [
        ("turtle", "text/turtle"),
        ("ntriples", "application/n-triples"),
        ("rdfxml", "application/rdf+xml"),
        ("jsonld", "application/ld+json"),
    ],
)
def test_every_format_goes_in_and_out(bare: Client, form: str, media_type: str) -> None:
    put(bare, '<urn:a> <urn:b:c> "x"@en, 1.5, [ <urn:b:d> <urn:e> ] .')
    document = bare.get("/graphs", params={"graph": G, "format": form})
    copy = bare.put(
        "/graphs",
        params={"graph": "urn:copy"},
        content=document.content,
        headers={"Content-Type": media_type},
    )

    assert document.headers["content-type"].split(";")[0] == media_type
    assert copy.status_code == 201
    digests = {bare.head("/graphs", params={"graph": iri}).headers["etag"] for iri in (G, "urn:copy")}
    assert len(digests) == 1


@pytest.mark.parametrize(
    "text",
    ["<urn:a> <urn:b> [ <urn:c> ( 1 2 [] ) ] .", "<urn:a> <urn:b> <<( [] <urn:c> _:x )>> . _:x <urn:d> 1 ."],
)
def test_putting_the_same_again_changes_nothing(bare: Client, text: str) -> None:
    first, second = put(bare, text), put(bare, text)

    assert first.status_code == 201
    assert first.headers["clipgraph-release"] == second.headers["clipgraph-release"]


def test_conditions_are_kept(bare: Client) -> None:
    assert put(bare, "<urn:a> <urn:b> 1 .", **{"If-Match": '"x"'}).status_code == 412
    assert put(bare, "<urn:a> <urn:b> 1 .", **{"If-None-Match": "*"}).status_code == 201
    tag = bare.get("/graphs", params={"graph": G}).headers["etag"]

    assert bare.get("/graphs", params={"graph": G}, headers={"If-None-Match": tag}).status_code == 304
    assert bare.get("/graphs", params={"graph": G}, headers={"If-None-Match": "*"}).status_code == 304
    assert bare.get("/graphs", params={"graph": G}, headers={"If-Match": f'"x", {tag}'}).status_code == 200
    assert bare.get("/graphs", params={"graph": G}, headers={"If-Match": "*"}).status_code == 200
    assert bare.get("/graphs", params={"graph": G}, headers={"If-Match": '"x"'}).status_code == 412
    assert bare.get("/graphs", params={"graph": G}, headers={"If-Match": f"W/{tag}"}).status_code == 412
    assert put(bare, "<urn:a> <urn:b> 2 .", **{"If-None-Match": "*"}).status_code == 412
    assert put(bare, "<urn:a> <urn:b> 2 .", **{"If-Match": f"W/{tag}"}).status_code == 412
    assert put(bare, "<urn:a> <urn:b> 2 .", **{"If-Match": tag}).status_code == 204
    assert put(bare, "<urn:a> <urn:b> 3 .", **{"If-Match": tag}).status_code == 412
    assert bare.delete("/graphs", params={"graph": G}, headers={"If-Match": tag}).status_code == 412
    assert bare.get("/graphs", params={"graph": G}, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    ("method", "query", "headers", "body", "status"),
    [
        ("PUT", {"graph": G}, TURTLE, b"<urn:a> <urn:b> .", 400),
        ("PUT", {"graph": G}, TURTLE, b"<urn:a> <urn:b> '\xff' .", 400),
        ("PUT", {"graph": G}, {"Content-Type": "text/csv"}, b"a", 415),
        ("PUT", {"graph": G}, {"Content-Type": "application/trig"}, b"", 415),
        ("PUT", {"graph": G}, {}, b"<urn:a> <urn:b> 1 .", 400),
        ("PUT", {"graph": G}, {"Content-Type": "application/rdf+xml"}, b"<?xml version='1.0'?>", 400),
        ("POST", {"graph": G}, {"Content-Type": "multipart/form-data"}, b"", 400),
        ("POST", {"graph": G}, FORM, PART % b"text/csv", 415),
        ("POST", {"graph": G}, FORM, PART % b"application/ld+json", 400),
        ("POST", {"graph": G}, FORM, (PART % b"text/turtle")[:-4], 400),
        ("PUT", {"graph": G}, TURTLE | {"Content-Encoding": "gzip"}, b"x", 415),
        ("PUT", {"graph": "not absolute"}, TURTLE, b"", 400),
        ("PUT", {}, TURTLE, b"", 400),
        ("PUT", {"graph": [G, G]}, TURTLE, b"", 400),
        ("PUT", {"graph": G, "default": ""}, TURTLE, b"", 400),
        ("PUT", {"default": ""}, TURTLE, b"<urn:a> <urn:b> 1 .", 403),
        ("DELETE", {"graph": "urn:none"}, {}, b"", 404),
        ("GET", {"graph": "urn:none"}, {}, b"", 404),
        ("GET", {"graph": G}, {"Accept": "image/png"}, b"", 406),
        ("PATCH", {"graph": G}, {}, b"", 405),
    ],
)
def test_what_is_wrong_is_said_and_changes_nothing(
    bare: Client, method: str, query: dict[str, str], headers: dict[str, str], body: bytes, status: int
) -> None:
    answer = bare.request(method, "/graphs", params=query, headers=headers, content=body)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(answer.json()["detail"]) > 10
    assert not ask(bare, "?s ?p ?o")


LINE_ENDS = (
    b'<rdf:RDF\r\n xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"\r xmlns:u="urn:">\r\n'
    b'<rdf:Description rdf:about="urn:s"><u:p>a\r\nb\rc&#13;&#xD;\nd</u:p></rdf:Description></rdf:RDF>'
)


def test_line_ends_of_xml_are_line_feeds_and_carriage_returns_of_values_come_back(bare: Client) -> None:
    """XML 1.0, section 2.11: read by a parser that keeps to it, not by the engine."""
    value = "a\nb\nc\r\r\nd"
    assert bare.put("/graphs", params={"graph": G}, content=LINE_ENDS, headers=RDF_XML).status_code == 201

    query = "SELECT ?o { <urn:s> <urn:p> ?o }"
    told = bare.get("/sparql", params={"query": query, "format": "json"}).json()
    assert told["results"]["bindings"][0]["o"]["value"] == value
    results = bare.get("/sparql", params={"query": query, "format": "xml"}).content
    document = bare.get("/graphs", params={"graph": G}, headers={"Accept": RDF_XML["Content-Type"]}).content
    for xml in (results, document):
        assert value in [element.text for element in ET.fromstring(xml).iter()]  # noqa: S314  # our own


def test_the_default_graph_can_be_read(bare: Client) -> None:
    put(bare, "<urn:a> <urn:b> 1 .")

    assert "<urn:a>" in bare.get("/graphs?default").text


@pytest.mark.parametrize("write", [lambda c: update(c, "DROP ALL"), lambda c: put(c, "<urn:a> <urn:b> 1 .")])
def test_writing_needs_a_maintainer(
    bare: Client, folder: Path, write: Callable[[Client], httpx2.Response]
) -> None:
    reader = make_token(folder / "data", "reader")
    with httpx2.Client(base_url=bare.base_url) as stranger:
        nobody = write(stranger)
        stranger.headers["Authorization"] = f"Bearer {reader}"
        somebody = write(stranger)
    subprocess.run([*CLIPGRAPH, "token", "revoke", "a-reader", "--data", str(folder / "data")], check=True)

    assert (nobody.status_code, somebody.status_code) == (401, 403)
    assert "Bearer" in nobody.headers["www-authenticate"]


def test_every_attempt_is_in_the_audit_log(bare: Client, folder: Path) -> None:
    log = folder / "data/audit.jsonl"
    before = len(log.read_text().splitlines())
    put(bare, "<urn:a> <urn:b> 1 .")
    put(bare, "broken")
    update(bare, "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }", message="because")

    lines = [json.loads(line) for line in log.read_text().splitlines()[before:]]
    assert [(line["kind"], line["status"], line["who"]) for line in lines] == [
        ("graph-store", 201, "a-maintainer"),
        ("graph-store", 400, "a-maintainer"),
        ("update", 200, "a-maintainer"),
    ]
    assert lines[0]["graphs"] == [G]
    assert lines[2]["message"] == "because"
    assert lines[2]["release"] > lines[0]["release"]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
BOMB = (
    f'<!DOCTYPE x [<!ENTITY l0 "lol">{LAUGHS}]>'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:e">'
    "<rdf:Description><e:p>&l11;</e:p></rdf:Description></rdf:RDF>"
)


def test_an_upload_that_would_have_something_fetched_is_refused_with_the_reason(bare: Client) -> None:
    with Listener() as listener:
        content = {"@context": f"{listener.url}/c", "@id": "urn:a", "urn:p": 1}
        response = bare.put("/graphs", params={"graph": G}, json=content, headers=JSON_LD)

        assert response.status_code == 400
        assert "a @context that stands elsewhere is not fetched" in response.json()["detail"]
        assert listener.connections == 0


def test_an_upload_that_grows_without_end_is_ended_and_the_service_goes_on(bare: Client) -> None:
    response = bare.put("/graphs", params={"graph": G}, content=BOMB, headers=RDF_XML)

    assert (response.status_code, response.json()["code"]) == (503, "out-of-memory")
    assert bare.put("/graphs", params={"graph": G}, content="<urn:a> <urn:b> 1 .", headers=TURTLE).is_success


def test_putting_unusual_literals_again_changes_nothing(bare: Client) -> None:
    text = "<urn:a> <urn:p> 1.50, 01 ; <urn:q> true ."
    first = put(bare, text)
    tag = bare.get("/graphs", params={"graph": G}).headers["etag"]
    second = put(bare, text, **{"If-Match": tag})

    assert (first.status_code, second.status_code) == (201, 204)
    assert first.headers["clipgraph-release"] == second.headers["clipgraph-release"]
    assert ask(bare, "<urn:a> <urn:p> 1.5, 1 ; <urn:q> true")


def test_the_same_blank_nodes_in_two_graphs_are_two(bare: Client) -> None:
    for graph in ("urn:g1", "urn:g2"):
        bare.put("/graphs", params={"graph": graph}, content=b"[] <urn:name> 'John' .", headers=TURTLE)
    query = "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x <urn:name> 'John' }"

    assert bare.get("/sparql", params={"query": query, "format": "csv"}).text.split() == ["n", "2"]


def test_a_glued_prologue_is_read_as_the_engine_reads_it(bare: Client) -> None:
    assert update(bare, "PREFIXex:<urn:>INSERT DATA{GRAPH ex:g{ex:a ex:b 1}}").json()["added"] == 1


def test_only_the_current_release_is_written_to_and_only_graphs_have_conditions(bare: Client) -> None:
    text = "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }"
    early = bare.post("/sparql?release=1", data={"update": text})
    put_early = bare.put(
        "/graphs", params={"graph": G, "release": "1"}, content=b"<urn:a> <urn:b> 1 .", headers=TURTLE
    )
    guarded = bare.post("/sparql", data={"update": text}, headers={"If-Match": '"x"'})

    in_form = bare.post("/sparql", data={"update": text, "release": "1"})

    assert (early.status_code, put_early.status_code, guarded.status_code) == (400, 400, 412)
    assert in_form.status_code == 400
    assert not ask(bare, "?s ?p ?o")


def test_a_value_that_no_format_can_hold_is_refused(bare: Client) -> None:
    assert update(bare, r"INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 'x\u0000y' } }").status_code == 400
    assert put(bare, "<urn:a> <urn:b> 'x\0y' .").status_code == 400
    assert not ask(bare, "?s ?p ?o")


def test_a_compressed_body_is_refused(bare: Client) -> None:
    headers = {"Content-Encoding": "gzip"}

    assert bare.post("/sparql", data={"query": "ASK {}"}, headers=headers).status_code == 415


@pytest.mark.parametrize("clear", ["CLEAR ALL", "DROP SILENT ALL", "DROP NAMED"])
def test_everything_can_be_replaced_in_one_request(bare: Client, clear: str) -> None:
    update(bare, "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1, 2 } }")
    answer = update(bare, f"{clear} ; INSERT DATA {{ GRAPH <urn:g> {{ <urn:a> <urn:b> 2, 3 }} }}")

    assert (answer.status_code, answer.json().get("added"), answer.json().get("removed")) == (200, 1, 1)
    assert ask(bare, "<urn:a> <urn:b> 2, 3")
    assert not ask(bare, "<urn:a> <urn:b> 1")
