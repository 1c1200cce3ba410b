"""The archive: what goes in comes out, once, whatever happens on the way."""

import contextlib
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
from communique.archive.schema import MIGRATIONS, prepare
from communique.errors import ArchiveError, RecordNotFound, UsageError
from communique.records import Actor, Article, Coding, Event, Mention, Outlet, Party, Statement

from ..strategies import codings


def a_coding(number: int = 0) -> Coding:
    article = Article(
        id=f"a-{number:016x}", text="Kenya urged Somalia to talk.", paragraphs=((0, 28),), title="Kenya urges talks",
        published=f"2024-03-{number % 28 + 1:02}", language="en", outlet=Outlet("The Daily", "www.daily.example"),
    )  # fmt: skip
    kenya, somalia = Actor("state:KEN", "Kenya", "state", "KEN"), Actor("state:SOM", "Somalia", "state", "SOM")
    statement = Statement(
        id=f"s-{number:016x}", article=article.id, kind="indirect", speaker=Party(Mention(0, 5, "Kenya"), kenya),
        content=((20, 27),), content_text="to talk", act="appeal", made_by="grammar:clause", confidence=0.8,
        addressee=Party(Mention(12, 19, "Somalia"), somalia), cue=(6, 11),
    )  # fmt: skip
    event = Event(
        id=f"e-{number:016x}", article=article.id, type="REQUEST", source=(kenya,), target=(somalia,),
        status="happened", trigger=(6, 11), evidence=(0, 28), made_by="grammar:verb urge", confidence=0.7,
        statement=statement.id, also=((30, 41), (50, 60)), counts={"troops": 100, "dead": 2},
    )  # fmt: skip
    return Coding(article, (statement,), (event,))


def counts(archive: Archive) -> tuple[int, int, int]:
    return archive.count("articles"), archive.count("statements"), archive.count("events")


@settings(max_examples=25, deadline=None)
@given(codings())
def test_a_coding_is_read_back_as_it_was_added(coding: Coding) -> None:
    with tempfile.TemporaryDirectory() as folder, Archive(Path(folder) / "a.db", create=True) as archive:
        archive.add(coding, coder="1")
        assert list(archive.codings()) == [coding]


def test_adding_twice_changes_nothing(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.db", create=True) as archive:
        assert archive.add(a_coding(), coder="1") == "added"
        assert archive.add(a_coding(), coder="1") == "known"
        assert counts(archive) == (1, 1, 1)


def test_another_version_replaces_the_records_as_a_whole(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.db", create=True) as archive:
        archive.add(a_coding(), coder="1")
        assert archive.add(msgspec.structs.replace(a_coding(), statements=()), coder="2") == "recoded"
        assert counts(archive) == (1, 0, 1)
        assert archive.coder_of(a_coding().article.id) == "2"
        assert list(archive.records("statements", {"speaker": "Kenya"})) == []
        assert list(archive.search("talk", kind="statements")) == []
        assert [hit.kind for hit in archive.search("talk", kind="events")] == ["events"]


@pytest.mark.parametrize(
    ("kind", "chosen", "found"),
    [
        ("statements", {}, 1),
        ("statements", {"speaker": "Kenya"}, 1),
        ("statements", {"speaker": "Somalia"}, 0),
        ("statements", {"actor": "state:SOM", "act": "appeal"}, 1),
        ("statements", {"act": "deny"}, 0),
        ("events", {"country": "som", "type": "request"}, 1),
        ("events", {"source": "kenya", "target": "SÓMALIA"}, 1),
        # Whole words of a name: a part of one would find Ukraine for UK and Romania for Oman.
        ("events", {"source": "Keny"}, 0),
        ("events", {"actor": "state"}, 0),
        ("events", {"mode": "Demo"}, 0),
        ("events", {"article": "a-0000000000000000", "min-confidence": "0.7"}, 1),
        ("events", {"since": "2024-03", "until": "2024"}, 1),
        ("events", {"until": "2024-02"}, 0),
        ("events", {"min-confidence": "0.9"}, 0),
        ("articles", {"language": "en"}, 1),
        ("statements", {"language": "fr"}, 0),
        ("articles", {"outlet": "Daily"}, 1),
        ("events", {"outlet": "daily.example"}, 1),
        ("events", {"outlet": "ily"}, 0),
        # Quotation marks and wildcards in a name are signs like any other.
        ("events", {"source": "'; DROP TABLE events; --"}, 0),
        ("events", {"source": "%e%"}, 0),
    ],
)
def test_filters(tmp_path: Path, kind: str, chosen: dict[str, str], found: int) -> None:
    with Archive(tmp_path / "a.db", create=True) as archive:
        archive.add(a_coding(), coder="1")
        assert len(list(archive.records(kind, chosen))) == archive.count(kind, chosen) == found


def test_a_filter_that_the_kind_lacks_is_refused_by_name(tmp_path: Path) -> None:
    with (
        Archive(tmp_path / "a.db", create=True) as archive,
        pytest.raises(UsageError, match="statements have no filter"),
    ):
        list(archive.records("statements", {"type": "ASSAULT"}))


def test_records_come_latest_first_and_in_text_order(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.db", create=True) as archive:
        for number in (3, 1, 2):
            archive.add(a_coding(number), coder="1")
        ids = [event.id[-1] for event in archive.records("events")]
        assert ids == ["3", "2", "1"]
        assert [event.id[-1] for event in archive.records("events", limit=1, offset=1)] == ["2"]
        assert [coding.article.id[-1] for coding in archive.codings()] == ids


@pytest.mark.parametrize(
    "words", ['urged"', "urged AND", "talk* urged", "NEAR(urged", "col:urged", "- urged", "^urged", "talk\0urged"]
)
def test_searched_words_are_never_query_syntax(tmp_path: Path, words: str) -> None:
    with Archive(tmp_path / "a.db", create=True) as archive:
        archive.add(a_coding(), coder="1")
        list(archive.search(words))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("SOMALIA talk", ["articles", "events"]),
        ("urges", ["articles", "events"]),  # 'urged' and 'urges' are forms of one word
        ('"urged Somalia"', ["articles", "events"]),
        ('"Somalia urged"', []),  # not in this order
        ("Kenya ceasefire", []),  # all words, not one of them
        ("to talk", ["articles", "events", "statements"]),
    ],
)
def test_search(tmp_path: Path, words: str, found: list[str]) -> None:
    with Archive(tmp_path / "a.db", create=True) as archive:
        archive.add(a_coding(), coder="1")
        assert sorted(hit.kind for hit in archive.search(words)) == found


def test_search_with_filters_marks_the_words(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.db", create=True) as archive:
        archive.add(a_coding(), coder="1")
        (hit,) = archive.search("talk", {"speaker": "Kenya"})
        assert (hit.kind, hit.record, hit.snippet) == ("statements", a_coding().statements[0].id, "to «talk»")
        assert hit.title == "Kenya urges talks"
        assert list(archive.search("talk", {"speaker": "Somalia"})) == []
        with pytest.raises(UsageError, match="no kind of record has all of speaker, type"):
            list(archive.search("talk", {"speaker": "Kenya", "type": "AID"}))
        with pytest.raises(UsageError, match="no words"):
            list(archive.search('- "" '))


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


def test_a_damaged_file_is_told_with_a_remedy(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Archive(path, create=True) as archive:
        archive.add(a_coding(), coder="1")
    with sqlite3.connect(path) as db:
        db.execute("UPDATE events SET json = '{}'")
    with Archive(path) as archive, pytest.raises(ArchiveError, match="cannot read"):
        list(archive.records("events"))
    path.write_bytes(path.read_bytes()[:4096] + b"\xff" * 60_000)
    with pytest.raises(ArchiveError, match=r"damaged|not an archive"), Archive(path) as archive:
        list(archive.records("events"))


def test_a_newer_program_brings_an_older_file_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Archive(path, create=True) as archive:
        archive.add(a_coding(), coder="1")
    later = (*MIGRATIONS, ("notes", ("CREATE TABLE notes (text TEXT) STRICT", "INSERT INTO notes VALUES ('kept')")))
    for _ in range(2):  # the second time there is nothing to do
        db = sqlite3.connect(path, isolation_level=None)
        prepare(db, str(path), migrations=later)
        assert db.execute("SELECT text FROM notes").fetchall() == [("kept",)]
        assert db.execute("SELECT count(*) FROM articles").fetchone() == (1,)
        db.close()
    with pytest.raises(ArchiveError, match="newer version"):
        Archive(path)


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    Archive(path, create=True).__exit__(None, None, None)
    broken = (*MIGRATIONS, ("broken", ("CREATE TABLE notes (text TEXT) STRICT", "CREATE TABLE notes (text TEXT)")))
    db = sqlite3.connect(path, isolation_level=None)
    with pytest.raises(sqlite3.OperationalError):
        prepare(db, str(path), migrations=broken)
    db.close()
    with Archive(path) as archive:
        assert counts(archive) == (0, 0, 0)


def test_an_id_may_be_shortened_while_it_is_the_only_one(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.db", create=True) as archive:
        archive.add(a_coding(0xABCD << 48), coder="1")
        assert archive.record("e-abcd") == a_coding(0xABCD << 48).events[0]
        archive.add(a_coding((0xABCD << 48) + 1), coder="1")
        assert archive.record("e-abcd000000000001").id == "e-abcd000000000001"
        with pytest.raises(RecordNotFound, match="several records begin with 'e-abcd'"):
            archive.record("e-abcd")


def test_an_unknown_id_is_told_as_such(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.db", create=True) as archive:
        archive.add(a_coding(), coder="1")
        for identity in ("a-1111", "s-0", "nonsense", "e-", "%", ""):
            with pytest.raises(RecordNotFound, match=f"no record '{identity}'"):
                archive.record(identity)


def test_no_table_is_read_through_for_an_article_that_is_replaced(tmp_path: Path) -> None:
    Archive(tmp_path / "a.db", create=True).__exit__(None, None, None)
    with contextlib.closing(sqlite3.connect(tmp_path / "a.db")) as db:
        for table in ("statements", "events", "actors", "texts"):
            ((*_, plan),) = db.execute(f"EXPLAIN QUERY PLAN DELETE FROM {table} WHERE article = 'a-1'")
            assert plan.startswith(f"SEARCH {table} USING")


def test_a_second_writer_waits_and_then_says_why_it_gives_up(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Archive(path, create=True), Archive(path, patience=0.1) as second:
        first = sqlite3.connect(path, isolation_level=None)
        first.execute("BEGIN IMMEDIATE")
        with pytest.raises(ArchiveError, match="another program is writing"):
            second.add(a_coding(), coder="1")
        first.execute("ROLLBACK")
        first.close()
        assert second.add(a_coding(), coder="1") == "added"


def test_writers_in_turn_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Archive(path, create=True) as one, Archive(path, create=True) as other:
        for number in range(6):
            (one, other)[number % 2].add(a_coding(number), coder="1")
        assert counts(one) == counts(other) == (6, 6, 6)


def test_a_reader_reads_while_a_writer_writes(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.db", create=True) as writer, Archive(tmp_path / "a.db") as reader:
        for number in range(5):
            writer.add(a_coding(number), coder="1")
            assert counts(reader) == (number + 1,) * 3


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
        env={**os.environ, "PYTHONPATH": os.pathsep.join([".", os.environ.get("PYTHONPATH", "")])},
    )
    assert writer.stdout is not None
    for _ in range(20):
        told = int(writer.stdout.readline())
    time.sleep(0.05)
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    with Archive(path) as archive:
        kept = archive.count("articles")
        assert counts(archive) == (kept, kept, kept)
        assert kept > told
        assert all(coding == a_coding(int(coding.article.id[2:], 16)) for coding in archive.codings())
        assert archive.add(a_coding(0), coder="1") == "known"
        assert archive.add(a_coding(kept), coder="1") == "added"
