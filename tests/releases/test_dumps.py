"""Dumps of releases: what they hold, that they are the same for the same release, and how they are kept."""

import asyncio
import gzip
import hashlib
import os
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pyoxigraph as ox
import pytest

from clipgraph.errors import Gone, NoSpace, NotFound, Overloaded
from clipgraph.rdf.formats import DATASETS, N_QUADS, TRIG
from clipgraph.rdf.terms import BlankNode, DefaultGraph, Literal, NamedNode, Node, Quad, Store, Triple
from clipgraph.releases.change import Change
from clipgraph.releases.commit import Origin, commit
from clipgraph.releases.dumper import Dumper
from clipgraph.releases.dumping import keep_dumps, make_dumps
from clipgraph.releases.dumps import (
    Dump,
    Dumps,
    checksums,
    dump_file,
    dumps_folder,
    graphs_of,
    offers,
    read_index,
    stem_of,
)
from clipgraph.releases.edits import known
from clipgraph.releases.history import open_release
from clipgraph.releases.policy import Policy
from clipgraph.releases.release import OWN, Release
from clipgraph.releases.retention import prune
from clipgraph.releases.shelf import Shelf
from clipgraph.sources.graphs import GRAPHS
from testing_releases import HIDDEN, passes, quad

Commit = Callable[..., Release]
MEMORY = 400 * 2**20
OURS = GRAPHS + "things/ours"
READ = {N_QUADS: ox.RdfFormat.N_QUADS, TRIG: ox.RdfFormat.TRIG}
ODD: list[Node | Triple] = [
    Literal('two\nlines\r\t"quoted" \\ é \U0001f600 \x01'),
    Literal("words", language="de"),
    Literal("1.50", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#decimal")),
    BlankNode("b1"),
    NamedNode("https://w3id.org/clipgraph/def/Practice"),
    NamedNode("https://example.org/with/ü/and(brackets)"),
    Triple(NamedNode("urn:s"), NamedNode("urn:p"), Literal("said")),
]


def kept(shelf: Shelf, release: Release) -> tuple[Path, Dumps]:
    keep_dumps(shelf, release.number, lambda _, __: None)
    folder = dumps_folder(shelf, release)
    dumps = read_index(folder)
    assert dumps is not None
    return folder, dumps


def content(folder: Path, dump: Dump) -> bytes:
    whole = dump_file(folder, dump.held).read_bytes()
    return whole[dump.start : dump.start + dump.size]


def quads_in(folder: Path, dump: Dump) -> set[Quad]:
    return set(ox.parse(gzip.decompress(content(folder, dump)), READ[dump.held]))


def named_quads(shelf: Shelf, release: Release) -> set[Quad]:
    store = open_release(shelf, release.number)
    return {each for each in store if isinstance(each.graph_name, NamedNode)}


def odd_release(shelf: Shelf) -> Release:
    """Commit a release of three graphs, one of them by a name that no file could have."""
    quads = [
        Quad(NamedNode(f"urn:s{number}"), NamedNode("urn:p"), value, NamedNode(graph))
        for graph in (OURS, HIDDEN, "urn:x?y/../z#ü")
        for number, value in enumerate(ODD)
    ]
    with shelf.lock():
        return commit(shelf, known(Change(tuple(quads))), Policy(), passes, Origin("me", "why"))


def test_both_formats_hold_every_statement_of_the_named_graphs(shelf: Shelf) -> None:
    release = odd_release(shelf)
    folder, dumps = kept(shelf, release)
    stated = named_quads(shelf, release)

    assert len(stated) == 3 * len(ODD)
    for whole in (each for each in dumps.files if each.graph is None):
        assert quads_in(folder, whole) == stated
        assert whole.statements == len(stated)


def test_the_dump_of_a_graph_is_a_piece_of_that_of_the_whole(shelf: Shelf) -> None:
    release = odd_release(shelf)
    folder, dumps = kept(shelf, release)
    stated = named_quads(shelf, release)

    assert [(each.name, each.graph, each.form, each.statements) for each in offers(release)] == [
        (each.name, each.graph, each.form, each.statements) for each in dumps.files
    ]
    assert dumps.named("graph/things/ours.trig.gz") in dumps.files
    for dump in dumps.files[2:]:
        assert quads_in(folder, dump) == {
            each for each in stated if each.graph_name == NamedNode(dump.graph or "")
        }
    for form in DATASETS:
        pieces = [content(folder, each) for each in dumps.files[2:] if each.held == form]
        assert b"".join(pieces) == dump_file(folder, form).read_bytes()


def test_sizes_and_digests_are_those_of_the_bytes(shelf: Shelf) -> None:
    folder, dumps = kept(shelf, odd_release(shelf))

    for dump in dumps.files:
        sent = content(folder, dump)
        plain = gzip.decompress(sent)
        assert (len(sent), hashlib.sha256(sent).hexdigest()) == (dump.size, dump.sha256)
        assert (len(plain), hashlib.sha256(plain).hexdigest()) == (dump.plain_size, dump.plain_sha256)
        assert f"{dump.sha256}  {dump.name}\n" in checksums(dumps)


def test_statements_are_sorted_and_gzip_tells_no_time(shelf: Shelf) -> None:
    folder, dumps = kept(shelf, odd_release(shelf))

    for dump in (each for each in dumps.files if each.graph is not None):
        sent = content(folder, dump)
        assert sent[:10] == b"\x1f\x8b\x08\x00" + bytes(4) + b"\x00\x03"  # RFC 1952, 2.3: no time, no name
        if dump.held == N_QUADS:
            lines = gzip.decompress(sent).splitlines(keepends=True)
            assert lines == sorted(lines)


def test_the_same_statements_are_the_same_bytes_whatever_happened_before(tmp_path: Path) -> None:
    digests = []
    for history in ([(1, 2, 3)], [(3,), (2, 9), (1, -9)]):
        shelf = Shelf(tmp_path / str(len(history)))
        shelf.prepare()
        for numbers in history:
            added = tuple(
                quad(number, graph) for number in numbers if number > 0 for graph in (OURS, "urn:g")
            )
            removed = tuple(
                quad(-number, graph) for number in numbers if number < 0 for graph in (OURS, "urn:g")
            )
            with shelf.lock():
                release = commit(
                    shelf, known(Change(added, removed)), Policy(), passes, Origin(f"{history}", "why")
                )
        digests.append([(each.name, each.sha256) for each in kept(shelf, release)[1].files])

    assert len(digests[0]) == 6
    assert digests[0] == digests[1]


def test_only_prefixes_that_are_used_are_declared(shelf: Shelf) -> None:
    folder, dumps = kept(shelf, odd_release(shelf))
    dump = dumps.named("graph/things/ours.trig.gz")
    assert dump is not None

    declared = [line for line in gzip.decompress(content(folder, dump)).splitlines() if b"@prefix" in line]

    assert declared == [
        b"@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .",
        b"@prefix clip: <https://w3id.org/clipgraph/def/> .",
    ]


def test_a_default_graph_of_its_own_is_in_the_dumps_and_a_merged_one_is_not(shelf: Shelf) -> None:
    node = NamedNode("urn:n")
    stated = (Quad(node, node, node, DefaultGraph()), quad(1))
    with shelf.lock():
        release = commit(shelf, known(Change(stated)), Policy(default_graph=OWN), passes, Origin("me", "why"))
    folder, dumps = kept(shelf, release)
    own = dumps.named("default.nq.gz")

    assert own is not None
    assert (own.graph, own.statements) == ("", 1)
    assert quads_in(folder, own) == {stated[0]}
    assert quads_in(folder, dumps.files[0]) == set(stated)
    assert "" not in graphs_of(replace(release, default_graph="merged"))


def test_what_is_neither_of_files_nor_of_the_service_is_in_no_dump(make: Commit) -> None:
    release = make(1)
    foreign = replace(release.graphs["urn:g"], owner="loaded")

    assert list(graphs_of(release)) == ["urn:g"]
    assert graphs_of(replace(release, graphs={"urn:g": foreign})) == {}


def test_nothing_published_is_an_empty_file_that_can_be_read(tmp_path: Path, make: Commit) -> None:
    release = replace(make(1), graphs={})

    dumps = make_dumps(Store(), release, tmp_path, lambda _, __: None)

    assert [quads_in(tmp_path, each) for each in dumps.files] == [set(), set()]


@pytest.mark.parametrize(
    ("iri", "stem"),
    [
        (GRAPHS + "data/cities", "graph/data/cities"),
        (GRAPHS + "links/wiki~data_2.1", "graph/links/wiki~data_2.1"),
        (GRAPHS + "a/../b", "other/"),
        (GRAPHS + "a//b", "other/"),
        (GRAPHS + ".hidden/x", "other/"),
        (GRAPHS + "x/" + "y" * 101, "other/"),
        (GRAPHS + "x/ü", "other/"),
        (GRAPHS, "other/"),
        ("urn:g", "other/"),
        ("", "default"),
    ],
)
def test_graphs_are_called_by_their_iri_or_by_its_digest(iri: str, stem: str) -> None:
    digest = hashlib.sha256(iri.encode()).hexdigest()[:32]

    assert stem_of(iri) == (stem + digest if stem == "other/" else stem)


def test_the_last_three_are_kept_and_go_with_their_releases(shelf: Shelf, make: Commit) -> None:
    releases = [make(number) for number in range(1, 6)]
    folders = []
    for number, release in enumerate(releases):
        folders.append(kept(shelf, release)[0])
        os.utime(folders[-1], (number, number))

    assert [folder.exists() for folder in folders] == [False, False, True, True, True]
    with shelf.lock():
        prune(shelf, keep=1)
    assert [folder.exists() for folder in folders] == [False, False, False, False, True]


def test_what_is_there_is_not_made_again_and_what_is_damaged_is(shelf: Shelf, make: Commit) -> None:
    release = make(1, 2)
    folder, dumps = kept(shelf, release)
    file = dump_file(folder, TRIG)
    made = file.stat().st_ino
    (folder.parent / "unfinished").mkdir()  # as a process leaves it that is killed

    assert kept(shelf, release) == (folder, dumps)
    assert file.stat().st_ino == made

    file.write_bytes(file.read_bytes()[:-1])
    assert read_index(folder) is None
    assert kept(shelf, release) == (folder, dumps)
    assert quads_in(folder, dumps.files[1]) == {quad(1), quad(2)}
    assert sorted(each.name for each in folder.parent.iterdir()) == sorted(["lock", folder.name])


def test_too_little_disk_is_said_and_leaves_nothing(
    shelf: Shelf, make: Commit, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = make(1)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=2**20))

    with pytest.raises(NoSpace, match="1 MiB of disk left"):
        keep_dumps(shelf, release.number, lambda _, __: None)
    assert [each.name for each in dumps_folder(shelf, release).parent.iterdir()] == ["lock"]


def test_progress_is_told_of_both_formats(
    shelf: Shelf, make: Commit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = make(*range(1, 11))
    monkeypatch.setattr("clipgraph.releases.dumping._OFTEN", 5)
    told: list[tuple[int, int]] = []

    make_dumps(open_release(shelf, 1), release, tmp_path, lambda done, total: told.append((done, total)))

    assert told == [(5, 20), (10, 20), (15, 20), (20, 20)]


def with_dumper(shelf: Shelf, patience: float, body: Callable[[Dumper], Awaitable[None]]) -> None:
    async def main() -> None:
        dumper = Dumper(shelf, MEMORY, patience)
        try:
            await body(dumper)
        finally:
            await dumper.close()

    asyncio.run(main())


def test_a_worker_makes_them_once_for_all_who_ask(shelf: Shelf, make: Commit) -> None:
    release = make(1, 2)

    async def body(dumper: Dumper) -> None:
        found = await asyncio.gather(*(dumper.dumps(release) for _ in range(5)))
        made = dump_file(dumps_folder(shelf, release), TRIG).stat().st_ino
        assert len({id(each) for each in found}) == 5
        assert len(set(found)) == 1
        opened = await dumper.open(release, "clipgraph.trig.gz")
        with opened.file as file:
            assert os.fstat(file.fileno()).st_ino == made
        with pytest.raises(NotFound, match=r"no dump '\.\./x'"):
            await dumper.open(release, "../x")

    with_dumper(shelf, 60, body)


def test_who_does_not_wait_hears_when_to_come_again(shelf: Shelf, make: Commit) -> None:
    release = make(1)

    async def body(dumper: Dumper) -> None:
        with pytest.raises(Overloaded, match="being made") as busy:
            await dumper.dumps(release)
        assert busy.value.retry_after > 0

    with_dumper(shelf, 0, body)

    async def again(dumper: Dumper) -> None:
        assert (await dumper.dumps(release)).release == 1

    with_dumper(shelf, 60, again)


def test_the_dumps_of_a_release_that_is_gone_are_gone(shelf: Shelf, make: Commit) -> None:
    release = replace(make(1), number=7)

    async def body(dumper: Dumper) -> None:
        with pytest.raises(Gone, match="release 7"):
            await dumper.dumps(release)

    with_dumper(shelf, 60, body)
