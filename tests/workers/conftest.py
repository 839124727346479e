"""Every test of this folder ends with no worker of this process left."""

import gc
import os
import time
from collections.abc import Iterator

import pytest

from conftest import workers_of


@pytest.fixture(autouse=True)
def none_left_behind() -> Iterator[None]:
    """Fail where a worker outlives its test; one that is just ending is given the time to."""
    yield
    gc.collect()  # what was not closed warns now, in the test that did not
    until = time.monotonic() + 20
    while workers_of(os.getpid()):
        assert time.monotonic() < until, "a worker was left behind"
        time.sleep(0.02)
