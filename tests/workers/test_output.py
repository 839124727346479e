"""What a worker writes to: framed, compressed where that is worth it, and never broken XML."""

import gzip
import json
import random

import pytest

from clipgraph.workers.frames import DATA, HEAD, HEADER, PIECE
from clipgraph.workers.output import Gathered, Output, Unwritable


def sent(pieces: list[bytes], compress_from: int | None, *, xml: bool = False) -> tuple[str, list[bytes]]:
    """Return the coding and the payloads of the pieces that are sent for those that are written."""
    frames: list[bytes] = []
    output = Output(frames.append, ("results", "json"), xml=xml, compress_from=compress_from)
    for piece in pieces:
        assert output.write(piece) == len(piece)
    output.finish()
    assert [frame[:1] for frame in frames] == [HEAD] + [DATA] * (len(frames) - 1)
    head = json.loads(frames[0][HEADER.size :])
    assert head["kind"] == "results"
    return head["encoding"], [frame[HEADER.size :] for frame in frames[1:]]


@pytest.mark.parametrize("compress_from", [None, 0, 1024])
@pytest.mark.parametrize(
    "sizes", [[], [1], [1024], [1000, 24, 1], [1, 1, 1], [700] * 500, [PIECE] * 3, [10**6]]
)
def test_what_is_written_comes_out(sizes: list[int], compress_from: int | None) -> None:
    source = random.Random(sum(sizes))  # noqa: S311
    pieces = [source.randbytes(size) for size in sizes]

    encoding, payloads = sent(pieces, compress_from)

    body = b"".join(payloads)
    large = compress_from is not None and sum(sizes) > compress_from
    assert encoding == ("gzip" if large else "")
    assert (gzip.decompress(body) if large else body) == b"".join(pieces)
    assert {len(payload) for payload in payloads[:-1]} <= {PIECE}


def test_compressing_pays() -> None:
    rows = [b"<result><binding name='s'><uri>http://e/%d</uri></binding></result>" % n for n in range(10_000)]

    assert len(b"".join(sent(rows, 1024)[1])) < len(b"".join(rows)) / 10


@pytest.mark.parametrize("cut", range(1, 11))
def test_a_tag_that_comes_in_two_pieces_is_seen(cut: int) -> None:
    tag = b"<oxprefix: "

    with pytest.raises(Unwritable, match="predicate"):
        sent([b"x" * 100 + tag[:cut], tag[cut:]], None, xml=True)
    assert sent([tag], None)[1] == [tag]


@pytest.mark.parametrize("cut", [1, 2])
def test_a_character_that_comes_in_two_pieces_is_seen(cut: int) -> None:
    character = "\ufffe".encode()

    with pytest.raises(Unwritable, match="character"):
        sent([character[:cut], character[cut:]], None, xml=True)


def test_a_carriage_return_in_xml_is_written_as_a_reference() -> None:
    assert sent([b"<a>\r", b"\n\r</a>"], None, xml=True)[1] == [b"<a>&#13;\n&#13;</a>"]
    assert sent([b"a,b\r\n"], None)[1] == [b"a,b\r\n"]


def test_a_short_answer_leaves_in_one_piece_with_its_end() -> None:
    sent: list[bytes] = []
    gathered = Gathered(sent.append)
    for each in (b"head", b"data"):
        gathered.send(each)

    assert (gathered.rest(), sent) == (b"headdata", [])


def test_of_a_long_answer_all_is_sent_before_its_end() -> None:
    sent: list[bytes] = []
    gathered = Gathered(sent.append)
    for each in (b"head", b"x" * PIECE, b"y" * PIECE, b"tail"):
        gathered.send(each)
    before = len(sent)

    assert (gathered.rest(), before) == (b"", 2)
    assert b"".join(sent) == b"head" + b"x" * PIECE + b"y" * PIECE + b"tail"
