"""Frames: what is packed can be read again."""

import json

import pytest

from clipgraph.workers.frames import (
    DATA,
    END,
    HEADER,
    JOB,
    QUERY,
    QueryJob,
    frame,
    job_frame,
    json_frame,
    read_job,
)


@pytest.mark.parametrize("payload", [b"", b"x", b"\0" * 100_000])
def test_a_frame_is_kind_length_and_payload(payload: bytes) -> None:
    packed = frame(DATA, payload)

    assert HEADER.unpack(packed[: HEADER.size]) == (DATA, len(payload))
    assert packed[HEADER.size :] == payload


@pytest.mark.parametrize("value", [{}, {"query": "é\0\ud800", "graphs": None, "n": [1.5]}])
def test_json_survives(value: dict[str, object]) -> None:
    packed = json_frame(JOB, value)

    assert json.loads(packed[HEADER.size :]) == value


def test_kinds_are_one_byte() -> None:
    assert len({JOB, DATA, END, QUERY}) == 4
    assert HEADER.size == 5


@pytest.mark.parametrize("text", ["", "é", "\ud800", "x" * 100_000])
def test_a_job_in_parts_is_the_job(text: str) -> None:
    alike = {"store": "/é", "graphs": None}
    packed = (
        job_frame(alike | {"query": text}, 1.5),
        job_frame(QueryJob(json.dumps(alike).encode(), text), 1.5),
    )
    jobs = [read_job(each[:1], each[HEADER.size :]) for each in packed]

    assert jobs == [alike | {"query": text, "deadline": 1.5}] * 2


def test_what_hands_over_no_job_is_none() -> None:
    assert read_job(DATA, b"{}") is None
