"""The search for cycles is put off, and is on again afterwards, whatever happens."""

import gc

import pytest

from clipgraph.releases.collecting import collecting, collecting_later


def test_it_is_off_within_and_on_again_afterwards() -> None:
    with collecting_later():
        assert not gc.isenabled()
        with collecting():
            assert gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_is_on_again_after_a_failure() -> None:
    with pytest.raises(ZeroDivisionError), collecting_later():
        raise ZeroDivisionError
    assert gc.isenabled()


def test_it_stays_off_where_it_was() -> None:
    gc.disable()
    try:
        with collecting_later():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
