"""Killed at any write, or refused one by the disk: nothing is half done, lost or made twice."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.support.builders import ROOT
from tests.support.trust_sizes import size

KILLS = size(7, 300, 1000)
REFUSALS = size(7, 150, 400)
BATCHES = size(1, 4, 10)
"""Batches are spread over the processes that run the tests."""


def disturbed(how: str, times: int, seed: int) -> list[str]:
    """Disturb docgen so many times in a process of its own; return what was wrong."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.support.disturbed_writes", how, str(times), str(seed)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    answer = json.loads(ended.stdout)
    assert answer["tries"] >= times
    return [*map(str, answer["wrong"])]


@pytest.mark.trust("R3", tries=KILLS // BATCHES)
@pytest.mark.parametrize("seed", range(BATCHES))
def test_a_kill_at_any_write_leaves_what_the_next_build_ends(seed: int) -> None:
    assert disturbed("kill", KILLS // BATCHES, seed) == []


@pytest.mark.trust("R4", tries=REFUSALS // BATCHES)
@pytest.mark.parametrize("seed", range(BATCHES))
def test_a_disk_that_refuses_any_write_leads_to_no_false_success(seed: int) -> None:
    assert disturbed("refuse", REFUSALS // BATCHES, seed) == []
