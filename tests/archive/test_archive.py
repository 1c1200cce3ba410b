"""The archive: what goes in comes out, once, whatever happens on the way."""

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings

from communique.archive import Archive
from communique.errors import ArchiveError, RecordNotFound, UsageError
from communique.records import Actor, Article, Coding, Event, Mention, Party, Statement

from ..strategies import codings


def a_coding(number: int = 0) -> Coding:
    article = Article(
        id=f"a-{number:016x}", text="Kenya urged Somalia to talk.", paragraphs=((0, 28),), title="Kenya urges talks",
        published=f"2024-03-{number % 28 + 1:02}", language="en",
    )  # fmt: skip
    kenya, somalia = Actor("state:KEN", "Kenya", "state", "KEN"), Actor("state:SOM", "Somalia", "state", "SOM")
    statement = Statement(
        id=f"s-{number:016x}", article=article.id, kind="indirect", speaker=Party(Mention(0, 5, "Kenya"), kenya),
        content=((20, 27),), content_text="to talk", act="appeal", made_by="grammar:clause", confidence=0.8,
        addressee=Party(Mention(12, 19, "Somalia"), somalia),
    )  # fmt: skip
    event = Event(
        id=f"e-{number:016x}", article=article.id, type="REQUEST", source=(kenya,), target=(somalia,),
        status="happened", trigger=(6, 11), evidence=(0, 28), made_by="grammar:verb urge", confidence=0.7,
        statement=statement.id,
    )  # fmt: skip
    return Coding(article, (statement,), (event,))


@settings(max_examples=25, deadline=None)
@given(codings())
def test_a_coding_is_read_back_as_it_was_added(coding: Coding) -> None:
    with tempfile.TemporaryDirectory() as folder, Archive(Path(folder) / "a.db", create=True) as archive:
        archive.add(coding, coder="1")
        assert archive.coding(coding.article.id) == coding


def test_adding_twice_changes_nothing(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.db", create=True) as archive:
        assert archive.add(a_coding(), coder="1") == "added"
        before = archive.counts()
        assert archive.add(a_coding(), coder="1") == "known"
        assert archive.counts() == before == {"statements": 1, "events": 1, "articles": 1}


def test_another_version_replaces_the_records_as_a_whole(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.db", create=True) as archive:
        archive.add(a_coding(), coder="1")
        assert archive.add(msgspec.structs.replace(a_coding(), statements=()), coder="2") == "recoded"
        assert archive.counts() == {"statements": 0, "events": 1, "articles": 1}
        assert [hit.kind for hit in archive.search("talk", kind="statements")] == []


@pytest.mark.parametrize(
    ("kind", "chosen", "found"),
    [
        ("statements", {}, 1),
        ("statements", {"speaker": "Kenya"}, 1),
        ("statements", {"speaker": "Somalia"}, 0),
        ("statements", {"actor": "state:SOM", "act": "appeal"}, 1),
        ("statements", {"act": "deny"}, 0),
        ("events", {"country": "som", "type": "request"}, 1),
        ("events", {"source": "Keny", "target": "Somalia"}, 1),
        ("events", {"since": "2024-03", "until": "2024"}, 1),
        ("events", {"until": "2024-02"}, 0),
        ("events", {"min-confidence": "0.9"}, 0),
        ("articles", {"language": "en"}, 1),
        # A quotation mark or a wildcard in a name is a letter like any other.
        ("events", {"source": "'; DROP TABLE events; --"}, 0),
    ],
)
def test_filters(tmp_path: Path, kind: str, chosen: dict[str, str], found: int) -> None:
    with Archive(tmp_path / "a.db", create=True) as archive:
        archive.add(a_coding(), coder="1")
        assert len(list(archive.records(kind, chosen))) == found


def test_a_filter_that_the_kind_lacks_is_refused_by_name(tmp_path: Path) -> None:
    with (
        Archive(tmp_path / "a.db", create=True) as archive,
        pytest.raises(UsageError, match="statements have no filter"),
    ):
        list(archive.records("statements", {"type": "ASSAULT"}))


@pytest.mark.parametrize("words", ['"', "urged AND", "talk*", "NEAR(", "col:x", "-"])
def test_searched_words_are_never_query_syntax(tmp_path: Path, words: str) -> None:
    with Archive(tmp_path / "a.db", create=True) as archive:
        archive.add(a_coding(), coder="1")
        list(archive.search(words))
        assert [hit.record for hit in archive.search("SOMALIA talk", kind="articles")] == [a_coding().article.id]


def test_what_is_no_archive_is_refused_and_left_alone(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("no database at all, but long enough to be read as a page of one" * 40)
    with pytest.raises(ArchiveError, match="not an archive"):
        Archive(text)
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE mine (x)")
    with pytest.raises(ArchiveError, match="not an archive"):
        Archive(other)
    with pytest.raises(ArchiveError, match="no such archive"):
        Archive(tmp_path / "none.db")


def test_a_file_of_a_newer_version_is_refused_with_a_remedy(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    Archive(path, create=True).__exit__(None, None, None)
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(ArchiveError, match=r"newer version.*upgrade"):
        Archive(path)


def test_an_unknown_id_is_told_as_such(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.db", create=True) as archive:
        for identity in ("a-0", "s-0", "nonsense"):
            with pytest.raises(RecordNotFound, match=identity):
                archive.record(identity)


def test_a_reader_reads_while_a_writer_writes(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.db", create=True) as writer, Archive(tmp_path / "a.db") as reader:
        for number in range(5):
            writer.add(a_coding(number), coder="1")
            assert reader.counts()["articles"] == number + 1


WRITER = """
import sys
from communique.archive import Archive
from tests.archive.test_archive import a_coding
with Archive(sys.argv[1], create=True) as archive:
    for number in range(100_000):
        archive.add(a_coding(number), coder="1")
        print(number, flush=True)
"""


def test_a_killed_writer_leaves_whole_articles_and_nothing_twice(tmp_path: Path) -> None:
    path, root = tmp_path / "a.db", Path(__file__).parents[2]
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)],
        stdout=subprocess.PIPE,
        cwd=root,
        env={**os.environ, "PYTHONPATH": "."},
    )
    assert writer.stdout is not None
    for _ in range(20):
        told = int(writer.stdout.readline())
    time.sleep(0.05)
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    with Archive(path) as archive:
        kept = archive.counts()
        assert kept["articles"] == kept["statements"] == kept["events"] > told
        assert archive.add(a_coding(0), coder="1") == "known"
        assert archive.add(a_coding(kept["articles"]), coder="1") in {"added", "known"}
