"""Which files are loaded, under which names, and what is wrong with those that cannot be."""

import gzip
from pathlib import Path

import pytest

from clipgraph.errors import InputError, UnreadableFile
from clipgraph.guests.files import digest_of, guest_files
from clipgraph.rdf.loading import load_quads

PREFIX = "@prefix : <urn:> .\n"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
# The same two triples in each format.
WRITTEN = {
    "a.ttl": "<urn:s> <urn:p> 'one', <urn:o> .",
    "a.nt": '<urn:s> <urn:p> "one" .\n<urn:s> <urn:p> <urn:o> .\n',
    "a.nq": '<urn:s> <urn:p> "one" <urn:named> .\n<urn:s> <urn:p> <urn:o> .\n',
    "a.trig": f"{PREFIX} :s :p :o . :named {{ :s :p 'one' }}",
    "a.rdf": f'<r:RDF xmlns:r="{RDF}" xmlns:u="urn:"><r:Description r:about="urn:s"><u:p>one</u:p>'
    '<u:p r:resource="urn:o"/></r:Description></r:RDF>',
    "a.jsonld": '{"@id": "urn:s", "urn:p": ["one", {"@id": "urn:o"}]}',
}
NAMED = ("a.nq", "a.trig")


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("name", WRITTEN)
def test_every_format_gives_the_same_triples_in_their_graphs(
    tmp_path: Path, name: str, *, packed: bool
) -> None:
    content = WRITTEN[name].encode()
    path = written(tmp_path, f"{name}.gz" if packed else name, gzip.compress(content) if packed else content)

    (file,) = guest_files([str(path)])
    quads = {f"{quad.object} {quad.graph_name}" for quad in load_quads(file.path, file.graph, file.base)}

    assert file.graph == "urn:clipgraph:loaded:a"
    graph = "urn:named" if name in NAMED else file.graph
    assert quads == {f'"one" <{graph}>', f"<urn:o> <{file.graph}>"}


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        (
            "broken.ttl",
            "<urn:s> <urn:p> <urn:o> .\n<urn:s> x:p 1 .",
            ":2:9: The prefix x: has not been declared",
        ),
        (
            "relative.ttl",
            "<s> <urn:p> 1 .",
            ":1:1: No scheme found in an absolute IRI (a relative IRI: write",
        ),
        ("empty.ttl", "", ": there is no triple in it"),
        ("plain.ttl.gz", "<urn:s> <urn:p> 1 .", ": not what gzip packs: Not a gzipped file"),
        (
            "cut.ttl.gz",
            gzip.compress(b"<urn:s> <urn:p> 1 .", mtime=0)[:-9],
            ": not what gzip packs: Compressed file ended",
        ),
        ("blank.nq", "<urn:s> <urn:p> <urn:o> _:g .", ": the graph _:"),
        ("null.nt", '<urn:s> <urn:p> "\\u0000" .', ": a value holds the character U+0000"),
        (
            "far.jsonld",
            '{"@context": "https://schema.org/", "name": "x"}',
            "a @context that stands elsewhere is not",
        ),
        ("latin.ttl", b"<urn:s> <urn:p> '\xe9' .", ":1:18: Invalid UTF-8"),
    ],
)
def test_what_cannot_be_read_says_where_and_why(
    tmp_path: Path, name: str, content: str | bytes, told: str
) -> None:
    path = written(tmp_path, name, content)

    with pytest.raises(UnreadableFile) as raised:
        list(load_quads(path, "urn:g"))

    assert str(raised.value).startswith(str(path))
    assert told in str(raised.value)


def test_blank_nodes_of_two_files_are_never_one_and_a_mark_at_the_start_is_no_text(tmp_path: Path) -> None:
    paths = [written(tmp_path, name, b"\xef\xbb\xbf_:b <urn:p> 1 .") for name in ("a.ttl", "b.ttl")]

    nodes = {quad.subject for path in paths for quad in load_quads(path, "urn:g")}

    assert len(nodes) == 2


def test_a_graph_that_is_named_resolves_what_is_relative(tmp_path: Path) -> None:
    path = written(tmp_path, "a.ttl", "<#s> <urn:p> 1 .")

    (file,) = guest_files([f"https://example.org/g?a=1={path}"])
    (quad,) = load_quads(file.path, file.graph, file.base)

    assert str(quad.subject) == "<https://example.org/g?a=1#s>"
    assert str(quad.graph_name) == "<https://example.org/g?a=1>"


def test_a_file_may_be_called_as_it_is(tmp_path: Path) -> None:
    path = written(tmp_path, "a=b c.ttl", "<urn:s> <urn:p> 1 .")

    assert [file.graph for file in guest_files([str(path)])] == ["urn:clipgraph:loaded:a%3Db%20c"]


def test_everything_wrong_with_the_names_is_told_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    one, two = (written(place, "a.ttl", "<urn:s> <urn:p> 1 .") for place in (tmp_path, folder))
    table = written(tmp_path, "a.csv", "a,b")
    ours = "https://w3id.org/clipgraph/graph/places/cities"

    with pytest.raises(InputError) as raised:
        guest_files([str(one), str(two), str(table), str(tmp_path / "none.ttl"), f"{ours}={one}"])

    ending, absent, named, by_chance = str(raised.value).splitlines()
    assert ending.startswith(f"{table}: its name has to end as its format says: .ttl, .nt, .nq, .trig, .rdf,")
    assert absent == f"{tmp_path / 'none.ttl'}: there is no such file"
    assert named.startswith(
        f"{one}: the graph <{ours}> would be one of clipgraph's own, which begin with http"
    )
    assert by_chance == f"{two}: it would be the same named graph as {one}; name it: IRI={two}"


def test_two_files_may_be_one_graph_on_purpose(tmp_path: Path) -> None:
    one, two = (written(tmp_path, name, "<urn:s> <urn:p> 1 .") for name in ("a.ttl", "b.ttl"))

    assert {file.graph for file in guest_files([f"urn:g={one}", f"urn:g={two}"])} == {"urn:g"}


def test_the_digest_tells_contents_names_and_formats_apart(tmp_path: Path) -> None:
    path, same = (written(tmp_path, name, "<urn:s> <urn:p> 1 .") for name in ("a.ttl", "a.nt"))

    digests = [digest_of(guest_files([argument])) for argument in (str(path), str(same), f"urn:g={path}")]
    again = digest_of(guest_files([str(path)]))
    path.write_text("<urn:s> <urn:p> 2 .")

    assert len(set(digests)) == 3
    assert again == digests[0] != digest_of(guest_files([str(path)]))
