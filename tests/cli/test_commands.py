"""The commands, run as users run them: what they print, where, and with which exit code."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from communique.records import json_schema
from communique.samples import paths


def run(*words: str | Path, stdin: bytes = b"", seed: int = 0) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "communique", *map(str, words)]
    environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
    return subprocess.run(command, input=stdin, capture_output=True, timeout=120, env=environment)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archive") / "news.db"
    done = run("add", path, *paths())
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout == b""
    assert b"2 added" in done.stderr
    return path


@pytest.fixture(scope="module")
def sample() -> list[dict[str, object]]:
    done = run("code", "--sample", "--format", "jsonl")
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_sample_page_has_statements_and_events(sample: list[dict[str, object]]) -> None:
    kinds = [record["record"] for record in sample]
    assert kinds[0] == "article"
    assert kinds.count("statement") >= 10
    assert kinds.count("event") >= 6


def test_every_printed_line_is_valid_by_the_schema(sample: list[dict[str, object]]) -> None:
    validator = jsonschema.Draft202012Validator(json_schema())
    for record in sample:
        assert list(validator.iter_errors(record)) == []


def test_every_offset_points_at_the_words_it_claims(sample: list[dict[str, object]]) -> None:
    text = str(sample[0]["text"])

    def check(value: object) -> None:
        if isinstance(value, dict):
            if {"start", "end", "text"} == set(value):
                assert text[value["start"] : value["end"]] == value["text"]
            for inner in value.values():
                check(inner)
        elif isinstance(value, list):
            for inner in value:
                check(inner)

    for record in sample[1:]:
        check(record)
        if record["record"] == "statement":
            content = record["content"]
            assert isinstance(content, list)
            assert " ".join(text[start:end] for start, end in content) == record["content_text"]


def test_coding_twice_gives_the_same_bytes(sample: list[dict[str, object]]) -> None:
    # Another hash seed orders sets otherwise: nothing may depend on that.
    again = run("code", "--sample", "--format", "jsonl", seed=42).stdout
    assert [json.loads(line) for line in again.splitlines()] == sample


def test_a_page_is_read_from_standard_input() -> None:
    done = run("code", "-", "--date", "2024-03-05", "--format", "jsonl", stdin=b"Kenya urged Somalia to talk.\n")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [line["type"] for line in lines if line["record"] == "event"] == ["REQUEST"]


def test_the_table_is_plain_text_when_it_is_piped() -> None:
    done = run("code", "--sample")
    assert b"\x1b[" not in done.stdout
    assert "Statements" in done.stdout.decode()


def test_adding_again_changes_nothing(archive: Path) -> None:
    done = run("add", archive, *paths())
    assert b"0 added" in done.stderr
    assert b"2 known before" in done.stderr


def test_list_search_show_and_explain(archive: Path) -> None:
    listed = run("list", archive, "events", "--format", "jsonl")
    events = [json.loads(line) for line in listed.stdout.splitlines()]
    assert events
    shown = run("show", archive, events[0]["id"], "--format", "jsonl")
    assert json.loads(shown.stdout) == events[0]
    explained = run("explain", archive, events[0]["id"]).stdout.decode()
    assert "trigger" in explained
    assert events[0]["made_by"] in explained
    found = run("search", archive, "talks")
    assert found.returncode == 0
    assert "«" in found.stdout.decode()
    assert run("search", archive, "zyzzyva").returncode == 1


def test_the_archive_gives_back_what_coding_printed(archive: Path, sample: list[dict[str, object]]) -> None:
    exported = [json.loads(line) for line in run("export", archive).stdout.splitlines()]
    # The page's address differs by nothing: both read the same file.
    assert [r for r in exported if r.get("article", r["id"]) == sample[0]["id"]] == sample


def test_parquet_and_csv(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "events.parquet"
    assert run("export", archive, "--format", "parquet", "--records", "events", "--output", out).returncode == 0
    assert out.read_bytes()[:4] == b"PAR1"
    refused = run("export", archive, "--format", "parquet")
    assert (refused.returncode, refused.stdout) == (2, b"")
    assert b"--output" in refused.stderr
    assert run("list", archive, "statements", "--format", "csv").stdout.startswith(b"id,article,kind,act,")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["code"], 2, b"no pages"),
        (["code", "--sample", "--column", "text"], 2, b"FIELD=COLUMN"),
        (["code", "--sample", "--model", "no_such_model"], 1, b"pip install no_such_model"),
        (["list", "none.db", "events"], 1, b"no such archive"),
        (["code", "--sample", "--output", "/no/such/folder/x", "--format", "jsonl"], 1, b"cannot be written"),
    ],
)
def test_mistakes_are_told_in_a_line_without_a_traceback(words: list[str], code: int, told: bytes) -> None:
    done = run(*words)
    assert done.returncode == code
    assert told in done.stderr
    assert b"Traceback" not in done.stderr
    assert done.stdout == b""


def test_a_bad_filter_names_the_good_values(archive: Path) -> None:
    done = run("list", archive, "events", "--type", "WAR")
    assert done.returncode == 2
    assert b"ASSAULT" in done.stderr


def test_every_command_has_help_with_an_example() -> None:
    for name in ("code", "add", "show", "search", "list", "export", "explain", "schema"):
        done = run(name, "--help")
        assert done.returncode == 0
        assert f"communique {name} ".encode() in done.stdout
