"""A run that is killed at any moment leaves nothing half-done: the next one ends where an undisturbed one does."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.flows.exports import evidence_of, timeline_of

KILLS = int(os.environ.get("TRADEWIRE_KILLS", "6"))
"""Random moments to kill at; `make test-faults` takes fifty."""


def start(newsroom: Path, data: Path) -> subprocess.Popen[bytes]:
    """Start a demonstration in a process group of its own."""
    command = (sys.executable, "-m", "tests.flows.demo_once", str(newsroom), str(data))
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


@pytest.mark.fault
@pytest.mark.slow
def test_killed_at_random_moments_and_run_again_the_timeline_is_that_of_an_undisturbed_run(newsroom: Path, tmp_path: Path) -> None:
    """SIGKILL to the whole process group, again and again in one folder; then one run to the end."""
    began = time.monotonic()
    assert start(newsroom, tmp_path / "whole").wait(120) == 0
    length = time.monotonic() - began
    moments = random.Random(20230705)
    for _ in range(KILLS):
        victim = start(newsroom, tmp_path / "killed")
        time.sleep(moments.uniform(0.05, 1.0) * length)
        os.killpg(victim.pid, signal.SIGKILL)
        victim.wait()
    assert start(newsroom, tmp_path / "killed").wait(120) == 0
    whole, killed = tmp_path / "whole" / "timeline.duckdb", tmp_path / "killed" / "timeline.duckdb"
    assert timeline_of(killed) == timeline_of(whole)
    assert evidence_of(killed) == evidence_of(whole)


@pytest.mark.fault
def test_of_two_runs_in_one_folder_the_second_gives_way(newsroom: Path, tmp_path: Path) -> None:
    """It says so and ends, and does no harm to the first."""
    first = start(newsroom, tmp_path / "data")
    deadline = time.monotonic() + 60
    while not (tmp_path / "data" / "sources.sqlite").exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    second = subprocess.run(
        (sys.executable, "-m", "flows.cli", "run", "--data", str(tmp_path / "data")), capture_output=True, text=True, check=False
    )
    assert "another tradewire is at work" in second.stderr
    assert first.wait(120) == 0
