"""The search for cycles is put off, and is on again afterwards, whatever happens."""

import gc

import pytest

from clipgraph.releases.collecting import collecting, collecting_later, staying


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


def test_what_stays_is_searched_no_more() -> None:
    before = gc.get_freeze_count()
    try:
        with staying():
            assert not gc.isenabled()
            kept = [object()]
        assert gc.isenabled()
        assert gc.get_freeze_count() > before
        assert not any(each is kept for each in gc.get_objects())
    finally:
        gc.unfreeze()
