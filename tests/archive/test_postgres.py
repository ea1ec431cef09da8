"""How much of a machine the embedded database takes."""

import pytest

from archive.postgres import memory_settings

GB = 2**30


def test_it_works():
    assert memory_settings(8 * GB) == {"shared_buffers": "1024MB", "effective_cache_size": "4096MB"}


@pytest.mark.parametrize(
    ("n_bytes", "buffers"), [(GB, "256MB"), (2 * GB, "256MB"), (64 * GB, "2048MB")]
)
def test_a_small_machine_still_runs_it_and_a_large_one_keeps_most(n_bytes, buffers):
    assert memory_settings(n_bytes)["shared_buffers"] == buffers
