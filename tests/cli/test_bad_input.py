"""Bad input: a clear line on stderr, exit code 1, and everything else still done."""

import gzip
import json
from pathlib import Path

import pytest

from .test_commands import run

GOOD = (
    "Kenya urges talks\n\nNAIROBI, March 5, 2024 (Wire) - Kenya urged Somalia on Tuesday to talk to its neighbours.\n"
)


def deep_html() -> bytes:
    body = b"<p>Kenya urged Somalia to talk on Tuesday, and said that both sides had agreed to meet.</p>"
    return b"<html><body>" + b"<div>" * 100_000 + body + b"</body></html>"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("empty.txt", b"", b"empty"),
        ("binary.txt", bytes(range(256)) * 40, b"binary"),
        ("one-line.txt", b"word " * 10_000_000, b"too large"),
        ("cut.txt.gz", gzip.compress(GOOD.encode() * 50, mtime=0)[:60], b"gzip"),
        ("bodyless.html", b"<html><head><title>T</title></head><body><nav>Home</nav></body></html>", b"body"),
        ("not.jsonl", b'{"text": "Kenya\n', b"JSON"),
    ],
)
def test_a_page_that_cannot_be_read_is_named_and_the_others_are_done(
    tmp_path: Path, name: str, content: bytes, told: bytes
) -> None:
    bad, good = tmp_path / name, tmp_path / "zz-good.txt"
    bad.write_bytes(content)
    good.write_text(GOOD)
    done = run("code", bad, good, "--format", "jsonl")
    assert done.returncode == 1
    assert name.encode() in done.stderr
    assert told.lower() in done.stderr.lower()
    assert b"Traceback" not in done.stderr
    articles = [r for r in map(json.loads, done.stdout.splitlines()) if r["record"] == "article"]
    assert [a["title"] for a in articles] == ["Kenya urges talks"]


def test_a_folder_without_pages_and_a_missing_file(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    for path in (tmp_path / "none", tmp_path / "missing.html"):
        done = run("code", path, "--format", "jsonl")
        assert done.returncode == 1
        assert path.name.encode() in done.stderr
        assert b"Traceback" not in done.stderr


def test_a_hundred_thousand_nested_tags_are_read_or_refused_in_time(tmp_path: Path) -> None:
    page = tmp_path / "deep.html"
    page.write_bytes(deep_html())
    done = run("code", page, "--format", "jsonl")
    assert b"Traceback" not in done.stderr
    assert done.returncode in {0, 1}


def test_a_wrong_encoding_loses_no_other_page(tmp_path: Path) -> None:
    page = tmp_path / "latin.txt"
    page.write_bytes("Café talks\n\nThe café in Köln was closed on Tuesday, the owner said.\n".encode("latin-1"))
    done = run("code", page, "--format", "jsonl", "--encoding", "latin-1")
    assert done.returncode == 0
    assert json.loads(done.stdout.splitlines()[0])["title"] == "Café talks"
    refused = run("code", page, "--format", "jsonl", "--encoding", "utf-8")
    assert b"Traceback" not in refused.stderr
    assert refused.stderr


def test_a_page_in_another_language_is_kept_without_records_and_said_so(tmp_path: Path) -> None:
    page = tmp_path / "de.txt"
    page.write_text(
        "Gespräche in Wien enden ohne Ergebnis\n\nDie Außenminister beider Länder haben sich am Dienstag in Wien "
        "getroffen. Eine Einigung über die Übungen wurde nicht erzielt, sagte ein Sprecher der Regierung nach dem "
        "Treffen. Die Verhandlungen sollen im Juni fortgesetzt werden.\n"
    )
    done = run("code", page, "--format", "jsonl")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [r["record"] for r in records] == ["article"]
    assert records[0]["language"] == "de"
    assert b"language" in done.stderr
