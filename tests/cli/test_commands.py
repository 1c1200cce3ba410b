"""The commands, run as users run them: what they print, where, and with which exit code."""

import contextlib
import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pyarrow.parquet as pq
import pytest

from communique.archive import Archive
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
    words = ("export", archive, "--format", "parquet", "--records", "events")
    assert run(*words, "--output", out).returncode == 0
    piped = run(*words).stdout
    assert piped[:4] == b"PAR1"
    assert pq.read_table(out).equals(pq.read_table(io.BytesIO(piped)))
    for form in ("parquet", "csv"):
        refused = run("export", archive, "--format", form)
        assert (refused.returncode, refused.stdout) == (2, b"")
        assert b"--records statements|events|articles" in refused.stderr
    assert run("list", archive, "statements", "--format", "csv").stdout.startswith(b"id,article,url,")


def test_jsonl_holds_all_kinds_or_those_asked_for(archive: Path) -> None:
    def kinds(*words: str) -> set[str]:
        return {json.loads(line)["record"] for line in run("export", archive, *words).stdout.splitlines()}

    assert kinds() == {"article", "statement", "event"}
    assert kinds("--records", "events") == {"event"}
    # Without --records, a filter leaves the kinds that have it.
    assert kinds("--country", "TUR") == {"statement", "event"}
    assert kinds("--act", "demand") == {"statement"}
    assert kinds("--since", "2024-09") == {"article", "statement", "event"}
    coded = run("code", "--sample", "--format", "jsonl", "--records", "statements").stdout
    assert {json.loads(line)["record"] for line in coded.splitlines()} == {"statement"}


def on_a_terminal(*words: str | Path, **environment: str) -> tuple[int, bytes]:
    """Run a command with a terminal for output; return its exit code and all that it printed."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "communique", *map(str, words)]
    shown = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", **environment}
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, stdin=theirs, env=shown) as done:
        os.close(theirs)
        printed = b""
        with contextlib.suppress(OSError):  # Linux ends a terminal that nobody holds any more with an error
            while part := os.read(ours, 65536):
                printed += part
        os.close(ours)
        return done.wait(60), printed


def test_a_terminal_gets_colours_but_no_parquet(archive: Path) -> None:
    code, printed = on_a_terminal("list", archive, "events")
    assert code == 0
    assert b"\x1b[" in printed
    code, printed = on_a_terminal("list", archive, "events", NO_COLOR="1")
    assert code == 0
    assert b"\x1b[3" not in printed
    code, printed = on_a_terminal("export", archive, "--format", "parquet", "--records", "events")
    assert code == 2
    assert b"--output" in printed


def test_who_stops_reading_gets_no_complaint(archive: Path) -> None:
    for words in (["export", archive], ["list", archive, "events", "--format", "csv"], ["list", archive, "events"]):
        command = [sys.executable, "-m", "communique", *map(str, words)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as done:
            assert done.stdout is not None
            assert done.stderr is not None
            done.stdout.close()
            told = done.stderr.read()
        assert b"Traceback" not in told
        assert b"BrokenPipe" not in told


def test_help_comes_at_once() -> None:
    heavy = "{'spacy', 'pyarrow', 'rich', 'trafilatura', 'numpy'} & set(sys.modules)"
    done = subprocess.run([sys.executable, "-c", f"import sys, communique.cli; print({heavy})"], capture_output=True)
    assert done.stdout.strip() == b"set()"


def test_version() -> None:
    done = run("--version")
    assert done.returncode == 0
    assert re.fullmatch(rb"communique, version \d+\.\d+\.\d+\n", done.stdout)


def test_explain_a_record_of_a_page(sample: list[dict[str, object]]) -> None:
    record = next(r for r in sample if r["record"] == "statement")
    done = run("explain", paths()[0], str(record["id"])[:12])
    assert done.returncode == 0
    told = done.stdout.decode()
    for expected in ("speaker", "content", "← cue", "rule", str(record["made_by"])):
        assert expected in told
    for identity, problem in (("e-00000000", b"no record 'e-00000000'"), ("s-", b"several records begin with 's-'")):
        refused = run("explain", paths()[0], identity)
        assert refused.returncode == 1
        assert problem in refused.stderr


def test_tables_show_ids_that_other_commands_take(archive: Path) -> None:
    (event,) = re.findall(r"^ ?(e-\w+)", run("list", archive, "events", "--limit", "1").stdout.decode(), re.MULTILINE)
    shown = json.loads(run("show", archive, event, "--format", "jsonl").stdout)
    assert shown["id"].startswith(event)
    assert run("explain", archive, event).returncode == 0
    home = run("list", archive, "events", "--article", shown["article"][:12], "--format", "jsonl").stdout
    assert event.encode() in home
    assert {json.loads(line)["article"] for line in home.splitlines()} == {shown["article"]}
    found = run("search", archive, "exercise").stdout.decode()
    assert re.search(r"^ ?[aes]-[0-9a-f]{10} ", found, re.MULTILINE)
    assert event in run("code", *paths()).stdout.decode()


def test_search_takes_filters_and_phrases(archive: Path) -> None:
    def hits(*words: str) -> list[str]:
        found = run("search", archive, *words, "--format", "jsonl").stdout.splitlines()
        return [json.loads(line)["record"] for line in found]

    assert hits('"naval exercise"') != []
    assert hits('"exercise naval"') == []
    assert set(hits("exercise", "--speaker", "Fidan")) == {"statement"}


def test_csv_has_the_words_of_cue_and_trigger(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Kenya urged Somalia on Tuesday to talk to its neighbours.")

    def row(kind: str) -> dict[str, str]:
        done = run("code", page, "--date", "2024-03-05", "--format", "csv", "--records", kind)
        (found,) = csv.DictReader(io.StringIO(done.stdout.decode(), newline=""))
        return found

    assert row("statements")["cue_text"] == "urged"
    assert row("events")["trigger_text"] == "urged"
    assert row("events")["evidence_text"].startswith("Kenya urged Somalia")


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--since", "2024-13"),
        ("--until", "2023-02-29"),
        ("--source", "%"),
        ("--country", "Kenya"),
        ("--article", "news"),
        ("--type", "WAR"),
    ],
)
def test_a_bad_filter_is_refused_and_leaves_the_output_alone(
    archive: Path, tmp_path: Path, option: str, value: str
) -> None:
    output = tmp_path / "kept.jsonl"
    output.write_text("kept")
    for words in (("list", archive, "events"), ("search", archive, "talks"), ("export", archive)):
        done = run(*words, option, value, "--format", "jsonl", "--output", output)
        assert done.returncode == 2
        assert repr(value).encode() in done.stderr
        assert b"Traceback" not in done.stderr
        assert output.read_text() == "kept"


def test_what_is_typed_in_another_encoding_is_told(archive: Path) -> None:
    for words in (("search", archive), ("list", archive, "events", "--source")):
        done = run(*words, os.fsdecode(b"caf\xe9"))
        assert done.returncode == 2
        assert b"is no text in UTF-8" in done.stderr
        assert b"Traceback" not in done.stderr


def test_an_archive_is_never_overwritten_by_its_records(archive: Path) -> None:
    done = run("export", archive, "--output", archive)
    assert done.returncode == 1
    assert b"name another file" in done.stderr
    with Archive(archive) as store:
        assert store.count("articles") == 2


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["code"], 2, b"no pages"),
        (["code", "--sample", "--column", "text"], 2, b"FIELD=COLUMN"),
        (["code", "--sample", "--model", "no_such_model"], 1, b"pip install no_such_model"),
        (["code", "--sample", "--format", "csv"], 2, b"--records statements|events|articles"),
        (["code", "--sample", "--records", "events"], 2, b"leave out --records"),
        (["code", "--sample", "--date", "yesterday"], 2, b"not a possible date"),
        (["code", "--sample", "--input-format", "docx"], 2, b"no such format"),
        (["code", "--sample", "--encoding", "latin-99"], 2, b"no such encoding"),
        (["code", "--colour"], 2, b"No such option"),
        (["list", "none.db", "events"], 1, b"no such archive"),
        (["add", "/no/such/folder/news.db", "page.html"], 1, b"an existing folder"),
        (["explain", "none.db", "e-0a1b2c3d"], 1, b"none.db"),
        (["code", "--sample", "--output", "/no/such/folder/x", "--format", "jsonl"], 1, b"cannot be written"),
    ],
)
def test_mistakes_are_told_in_a_line_without_a_traceback(words: list[str], code: int, told: bytes) -> None:
    done = run(*words)
    assert done.returncode == code
    assert told in done.stderr
    assert b"Traceback" not in done.stderr
    assert done.stdout == b""


def test_every_command_has_help_with_an_example() -> None:
    for name in ("code", "add", "show", "search", "list", "export", "explain", "schema"):
        done = run(name, "--help")
        assert done.returncode == 0
        assert f"communique {name} ".encode() in done.stdout
