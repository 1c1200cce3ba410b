"""A slice of the fuzzing that bench/fuzz.py does at length: hostile inputs are told, and nothing else happens."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is bounded by what Linux tells")
def test_sixty_cases_neither_crash_nor_hang_nor_fill_the_memory() -> None:
    command = [sys.executable, "bench/fuzz.py", "--cases", "60", "--seed", "3"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "60 cases" in done.stdout and " 0 failures" in done.stdout
