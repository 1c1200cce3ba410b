"""``communique positions``, run as users run it."""

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from communique.coder import Coder
from tests.positions.material import archived

from .test_commands import run

TEXT = (
    "ANKARA — Turkey demanded on Monday that Greece withdraw its troops from the Aegean islands.\n\n"
    "“Greece will not withdraw a single soldier from the islands,” Prime Minister Kyriakos Mitsotakis told reporters."
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, coder: Coder) -> str:
    return str(archived(tmp_path_factory.mktemp("positions"), coder, TEXT))


def test_both_sides_are_shown_with_their_words(archive: str) -> None:
    done = run("positions", archive, "--about", "withdrawal", "--between", "TUR", "GRC")
    shown = " ".join(done.stdout.decode().split())
    assert done.returncode == 0
    assert "Where they contradict each other" in shown
    assert "Greece will not" in shown
    assert b"2 positions, 1 contradictions, 0 changes" in done.stderr


def test_all_is_written_as_lines(archive: str) -> None:
    done = run("positions", archive, "--about", "withdrawal", "--between", "TUR", "GRC", "--format", "jsonl")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["record"] for line in lines] == ["contradiction", "position", "position"]
    assert lines[0]["one"]["statement"]["id"] == lines[1]["statement"]["id"]


def test_tables_hold_one_kind(archive: str, tmp_path: Path) -> None:
    ask = ("positions", archive, "--between", "TUR", "GRC", "--only", "contradictions")
    [row] = csv.DictReader(io.StringIO(run(*ask, "--format", "csv").stdout.decode()))
    assert (row["kind"], row["one_side"], row["other_side"]) == ("demand and refusal", "TUR", "GRC")
    assert run(*ask, "--format", "parquet", "--output", str(tmp_path / "c.parquet")).returncode == 0
    assert pq.read_table(tmp_path / "c.parquet").num_rows == 1


def test_one_side_has_no_contradictions_with_others(archive: str) -> None:
    done = run("positions", archive, "--of", "GRC", "--format", "csv")
    assert [row["side"] for row in csv.DictReader(io.StringIO(done.stdout.decode()))] == ["GRC"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--about", "dam"), "whose positions?"),
        (("--between", "TUR", "GRC", "--of", "TUR"), "whose positions?"),
        (("--of", "TUR", "--about", "…"), "no word"),
        (("--of", "!"), "no side"),
        (("--of", "TUR", "--since", "soon"), "no date"),
    ],
)
def test_what_cannot_be_asked_is_told_in_a_line(archive: str, options: tuple[str, ...], told: str) -> None:
    done = run("positions", archive, *options)
    assert done.returncode == 2
    assert told in done.stderr.decode()
    assert b"Traceback" not in done.stderr
