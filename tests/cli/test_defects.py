"""What goes wrong around a run, or inside one page: told in a line with a remedy, and all else is kept."""

import contextlib
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from spacy.tokens import Doc

from communique.archive import Archive
from communique.cli import main
from communique.ingest import flattened, html
from communique.ingest.draft import Draft
from communique.language import Sentences

from ..archive.test_archive import a_coding

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process, where a test can break what it stands on: exit code, output, messages."""

    def run(*words: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["communique", *map(str, words)])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for number, country in enumerate(("Kenya", "Ghana", "Nigeria")):
        text = f"{country} urges talks\n\n{country} urged Somalia on Tuesday to talk to its neighbours.\n"
        (folder / f"{number}.txt").write_text(text)
    return folder


@pytest.fixture
def connect(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Make SQLite open files with other options, and with pragmas, than the program does."""
    opened = sqlite3.connect

    def connect(query: str = "", *pragmas: str) -> None:
        def changed(path: Path, **options: Any) -> sqlite3.Connection:
            db = opened(f"file:{path}?{query}", uri=True, **{**options, "timeout": 0.05})
            for pragma in pragmas:
                db.execute(f"PRAGMA {pragma}")
            return db

        monkeypatch.setattr(sqlite3, "connect", changed)

    return connect


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "news.db"
    with Archive(path, create=True) as store:
        store.add(a_coding(), coder="1")
    return path


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("BEGIN EXCLUSIVE")
        yield


def test_a_page_on_which_a_stage_fails_costs_only_itself(
    run: Run, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Sentences.__call__

    def breaks(self: Sentences, doc: Doc) -> Doc:
        if doc.text.startswith("Ghana"):
            raise IndexError("no such token")
        return whole(self, doc)

    monkeypatch.setattr(Sentences, "__call__", breaks)
    code, printed, told = run("code", pages, "--format", "jsonl", "--records", "events", "--date", "2024-03-05")
    assert code == 1
    assert [country for country in ("Kenya", "Ghana", "Nigeria") if f'"{country}"' in printed] == ["Kenya", "Nigeria"]
    assert "Ghana urges talks: IndexError: no such token (a defect of the program: please report" in told


def test_a_page_on_which_reading_fails_costs_only_itself(
    run: Run, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (pages / "0.html").write_text("<html><body><p>Kenya urged Somalia to talk.</p></body></html>")

    def breaks(*_: object, **__: object) -> None:
        raise RecursionError("maximum recursion depth exceeded")

    monkeypatch.setattr(html, "read", breaks)
    code, printed, told = run("code", pages, "--format", "jsonl", "--records", "articles")
    assert code == 1
    assert len(printed.splitlines()) == 3
    assert "0.html: RecursionError" in told


def test_a_row_on_which_reading_fails_costs_only_itself(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [f'{{"text": "{country} urged Somalia on Tuesday to talk."}}' for country in ("Kenya", "Ghana", "Nigeria")]
    (tmp_path / "rows.jsonl").write_text("\n".join(rows))
    whole = flattened.read

    def breaks(text: str, **options: Any) -> Draft:
        if text.startswith("Ghana"):
            raise IndexError("no such line")
        return whole(text, **options)

    monkeypatch.setattr(flattened, "read", breaks)
    code, printed, told = run("code", tmp_path / "rows.jsonl", "--format", "jsonl", "--records", "articles")
    assert code == 1
    assert len(printed.splitlines()) == 2
    assert "rows.jsonl:2: IndexError: no such line" in told


def test_a_file_that_another_program_holds_while_the_archive_is_made(
    run: Run, pages: Path, tmp_path: Path, connect: Callable[..., None]
) -> None:
    with locked(tmp_path / "news.db"):
        connect()
        code, _, told = run("add", tmp_path / "news.db", pages)
    assert code == 1
    assert "another program is writing to it (wait for it to end, then try again)" in told


def test_an_archive_that_another_program_holds_while_pages_are_added(
    run: Run, pages: Path, archive: Path, connect: Callable[..., None]
) -> None:
    with locked(archive):
        connect()
        code, _, told = run("add", archive, pages)
    assert code == 1
    assert "0 added" in told
    assert "another program is writing to it" in told


@pytest.mark.parametrize("room", [3, 32])
def test_a_disk_that_is_full_loses_nothing_written_before(
    run: Run, pages: Path, tmp_path: Path, connect: Callable[..., None], room: int
) -> None:
    path = tmp_path / "news.db"
    for number in range(3, 9):
        (pages / f"{number}.txt").write_text("Kenya urged Somalia on Tuesday to talk. " * 100 + f"Round {number}.")
    connect("mode=rwc", f"max_page_count = {room}")
    code, _, told = run("add", path, pages)
    assert code == 1
    assert "the disk is full (make room; nothing written before is lost)" in told
    connect("mode=rw")
    code, _, told = run("add", path, pages)
    assert code == 0
    with Archive(path) as store:
        assert store.count("articles") == 9


def test_an_archive_that_may_only_be_read(run: Run, pages: Path, archive: Path, connect: Callable[..., None]) -> None:
    connect("mode=ro")
    code, _, told = run("add", archive, pages)
    assert code == 1
    assert "cannot be written (copy it to a folder where you may write)" in told
    code, printed, _ = run("list", archive, "events", "--format", "jsonl")
    assert code == 0
    assert printed


def test_an_archive_whose_tables_somebody_changed(run: Run, archive: Path) -> None:
    with contextlib.closing(sqlite3.connect(archive)) as db:
        db.execute("DROP TABLE texts")
    code, _, told = run("search", archive, "talks")
    assert code == 1
    assert "its tables are not those of an archive (add the pages to a new file)" in told
