"""``communique code`` by several processes: the same bytes in the same order, and the same complaints."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from communique.cli import commands
from communique.errors import ModelError


def code(*words: str) -> Result:
    return CliRunner().invoke(commands, ["code", "--grammar-only", "--date", "2024-03-05", *words])


def test_several_processes_print_the_same(tmp_path: Path) -> None:
    for number, one in enumerate(("Kenya", "Ghana", "Chad", "Peru", "Oslo", "Mali")):
        (tmp_path / f"{number}.txt").write_text(f"{one} urged Somalia on Tuesday to talk.\n\n“We wait,” Kenya said.")
    (tmp_path / "3b.html").write_bytes(b"")
    alone = code(str(tmp_path), "--format", "jsonl")
    several = code(str(tmp_path), "--format", "jsonl", "--workers", "2")
    assert alone.stdout.count('"record":"article"') == 6
    assert '"record":"event"' in alone.stdout
    assert several.stdout == alone.stdout
    assert "3b.html" in alone.stderr
    assert several.stderr == alone.stderr
    assert (several.exit_code, alone.exit_code) == (1, 1)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_wrong_model_leaves_the_output_alone(tmp_path: Path, workers: str) -> None:
    page, output = tmp_path / "page.txt", tmp_path / "records.jsonl"
    page.write_text("Kenya urged Somalia to talk.")
    output.write_text("kept")
    done = code(str(page), "--format", "jsonl", "--output", str(output), "--model", "no_such", "--workers", workers)
    assert done.exit_code != 0
    assert isinstance(done.exception, ModelError | SystemExit)
    assert output.read_text() == "kept"
