"""Frames: what is packed can be read again."""

import json

import pytest

from clipgraph.workers.frames import DATA, END, HEADER, JOB, frame, json_frame


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
    assert len({JOB, DATA, END}) == 3
    assert HEADER.size == 5
