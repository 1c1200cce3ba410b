"""Pages to an archive and out again: stopped and gone on with, failures told, names found."""

import contextlib
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from communique.archive import Archive
from communique.errors import ArchiveError
from communique.samples import paths

from .test_commands import on_a_terminal, run

# More than the workers hold at a time, so that a stop comes before the end.
PAGES = 80


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of pages that take some seconds to code."""
    folder = tmp_path_factory.mktemp("pages")
    text = paths()[0].read_text(encoding="utf-8")
    for number in range(PAGES):
        (folder / f"{number:02}.txt").write_text(f"{text}\n\nThat was the talks' round {number}.\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGKILL, signal.SIGTERM])
def test_adding_can_be_stopped_at_any_point_and_goes_on(pages: Path, tmp_path: Path, stop: signal.Signals) -> None:
    path = tmp_path / "news.db"
    command = [sys.executable, "-m", "communique", "add", str(path), str(pages)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, env={**os.environ, "PYTHONHASHSEED": "0"}) as done:
        assert done.stderr is not None
        deadline = time.monotonic() + 180
        while time.monotonic() < deadline and not (path.is_file() and _articles(path)):
            time.sleep(0.02)
        done.send_signal(stop)
        told = done.stderr.read()
    kept = _articles(path)
    assert 0 < kept < PAGES
    if stop is signal.SIGINT:
        assert done.returncode == 130
        assert b"the same command goes on from here" in told
        assert b"Traceback" not in told
    again = run("add", path, pages)
    assert again.returncode == 0
    assert f"{PAGES - kept} added, 0 coded anew, {kept} known before, 0 failed".encode() in again.stderr
    assert _articles(path) == PAGES


def _articles(path: Path) -> int:
    try:
        with Archive(path) as archive:
            return archive.count("articles")
    except ArchiveError:  # not there yet
        return 0


def test_add_tells_failures_as_they_come_and_lists_them_again_at_the_end(tmp_path: Path) -> None:
    for name, text in (("a.txt", ""), ("b.txt", "Kenya urged Somalia on Tuesday to talk."), ("c.txt", "\0\1\2" * 99)):
        (tmp_path / name).write_text(text)
    done = run("add", tmp_path / "news.db", tmp_path, "--date", "2024-03-05")
    assert done.returncode == 1
    first, second, summary, *again = done.stderr.decode().splitlines()
    assert "a.txt: is empty" in first
    assert "c.txt" in second
    assert "1 added, 0 coded anew, 0 known before, 2 failed" in summary
    assert again == [line.replace("communique: ", "communique: failed: ") for line in (first, second)]


def test_on_a_terminal_a_failure_has_a_line_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    code, printed = on_a_terminal("add", tmp_path / "news.db", tmp_path / "a.txt")
    assert code == 1
    # The line that shows how far the run is has been wiped before.
    assert re.search(rb"(\n|\x1b\[2K)communique: [^\n]*a\.txt", printed)


@pytest.fixture(scope="module")
def countries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of events by states whose names are parts of one another."""
    folder = tmp_path_factory.mktemp("countries")
    for number, text in enumerate(
        (
            "The UK urged Iran on Monday to release the tanker.",
            "Ukraine urged Russia on Monday to release the sailors.",
            "Oman urged Yemen on Monday to accept the truce.",
            "Romania urged Serbia on Monday to accept the treaty.",
        )
    ):
        (folder / f"{number}.txt").write_text(text)
    assert run("add", folder / "news.db", folder, "--date", "2024-03-05").returncode == 0
    return folder / "news.db"


@pytest.mark.parametrize(
    ("name", "sources"),
    [
        ("UK", {"United Kingdom"}),  # as the page has it
        ("united kingdom", {"United Kingdom"}),
        ("Ukraine", {"Ukraine"}),
        ("Oman", {"Oman"}),
        ("man", set()),
        ("_man", set()),
        ("Ukr%", set()),
        ("state:ROU", {"Romania"}),
    ],
)
def test_filters_find_whole_words_of_names(countries: Path, name: str, sources: set[str]) -> None:
    listed = run("list", countries, "events", "--source", name, "--format", "jsonl")
    assert listed.returncode == 0
    assert {json.loads(line)["source"][0]["name"] for line in listed.stdout.splitlines()} == sources


def test_another_version_of_the_model_codes_anew(countries: Path, tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    page = countries.parent / "0.txt"
    assert b"1 added" in run("add", path, page).stderr
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        ((name,),) = db.execute("SELECT coder FROM articles")
        assert re.fullmatch(r"communique \d+\.\d+\.\d+, en_core_web_\w+ \d+\.\d+\.\d+(, tagger)?(, judge)?", name)
        db.execute("UPDATE articles SET coder = 'communique 0.0.1, en_core_web_sm 3.0.0'")
    assert b"0 added, 1 coded anew, 0 known before" in run("add", path, page).stderr
