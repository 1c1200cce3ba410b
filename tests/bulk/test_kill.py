"""Killed at any moment and started again, ``add`` keeps the same records as if nothing had been (bench/kill.py)."""

import re
import subprocess
import sys
from pathlib import Path

from communique.samples import paths

BENCH = Path(__file__).parents[2] / "bench" / "kill.py"


def test_nothing_is_lost_or_doubled_by_kills(tmp_path: Path) -> None:
    text = paths()[0].read_text(encoding="utf-8")
    pages = tmp_path / "pages"
    pages.mkdir()
    for number in range(40):
        (pages / f"{number:02}.txt").write_text(f"{text}\n\nThat was round {number}.\n", encoding="utf-8")
    (pages / "empty.txt").touch()
    done = subprocess.run(
        [sys.executable, str(BENCH), str(pages), "--kills", "3", "--grammar-only"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "the archives hold the same records" in done.stdout
    assert re.search(r"'articles': 40\b", done.stdout)
