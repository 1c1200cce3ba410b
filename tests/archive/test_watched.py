"""What the archive keeps of the watch, and that older archives get it too."""

import contextlib
import sqlite3
from pathlib import Path

import pytest

from communique.archive import Archive, Watched
from communique.archive.schema import MIGRATIONS, prepare
from communique.archive.watched import Page, Problem, Source
from communique.records import Article, Coding

FEED = "https://daily.example/feed.xml"
ONE, TWO = (Page(f"https://daily.example/{n}", "daily.example", seen="2024-03-05") for n in (1, 2))


def a_coding(url: str | None = None) -> Coding:
    return Coding(Article(id="a-0000000000000001", text="Hi.", paragraphs=((0, 3),), url=url))


def test_an_archive_of_the_first_version_gets_the_tables(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
        prepare(db, str(path), migrations=MIGRATIONS[:1])
    with Archive(path) as archive:
        archive.add(a_coding(ONE.address), coder="1")
        watched = Watched(archive)
        assert watched.keep_pages(FEED, [ONE, TWO], 100) == 1, "the archive has the other one"
        assert watched.kept_as(ONE.address) == "a-0000000000000001"
        assert watched.waiting_page("daily.example", 100) == TWO


def test_sources_are_due_when_they_are_new_and_when_their_time_has_come(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.db", create=True) as archive:
        watched = Watched(archive)
        assert watched.due_sources([FEED], 100) == [Source(FEED)]
        read = Source(FEED, kind="feed", etag='"1"', modified="Wed, 06 Mar 2024 07:00:00 GMT")
        watched.keep_source(read, due=1_000)
        assert watched.due_sources([FEED], 999) == []
        assert watched.due_sources([FEED], 1_000) == [read]
        watched.fail_source(FEED, "no answer", due=2_000)
        assert watched.due_sources([FEED], 1_999) == []
        assert watched.due_sources([FEED], 2_000)[0].failures == 1
        assert watched.due_sources([], 9_999) == [], "only those that are asked for"
        assert list(watched.problems()) == [Problem("source", FEED, "no answer", 2_000)]


def test_a_page_and_its_records_are_kept_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Archive(tmp_path / "a.db", create=True) as archive:
        watched = Watched(archive)
        watched.keep_pages(FEED, [ONE], 100)

        def killed(*_: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(watched, "know_page", killed)
            watched.keep_page(ONE.address, a_coding(), coder="1")
        assert archive.count("articles") == 0
        assert watched.waiting_page("daily.example", 100) == ONE
        watched.keep_page(ONE.address, a_coding(), coder="1")
        assert archive.count("articles") == 1
        assert watched.count_pages() == {"kept": 1, "waiting": 0, "failed": 0}


def test_pages_wait_in_turn_and_are_given_up(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.db", create=True) as archive:
        watched = Watched(archive)
        watched.keep_pages(FEED, [ONE, TWO], 100)
        assert watched.waiting_hosts(99) == [] and watched.waiting_hosts(100) == ["daily.example"]
        assert watched.waiting_page("daily.example", 100, without=[ONE.address]) == TWO
        watched.fail_page(ONE.address, "404", due=500)
        assert watched.waiting_page("daily.example", 100) == TWO
        watched.fail_page(TWO.address, "410", due=None)
        assert watched.waiting_hosts(499) == []
        again = watched.waiting_page("daily.example", 500)
        assert again is not None and (again.address, again.failures) == (ONE.address, 1)
        assert list(watched.problems()) == [
            Problem("page", ONE.address, "404", 500), Problem("page", TWO.address, "410", None),
        ]  # fmt: skip


def test_children_of_an_index_come_and_go(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.db", create=True) as archive:
        watched = Watched(archive)
        (index,) = watched.due_sources([FEED], 100)
        watched.keep_source(index, due=1_000)
        watched.keep_children(
            index, [("https://daily.example/a", "2024-03-05"), ("https://daily.example/b", None)], 100
        )
        found = watched.due_sources([FEED], 100)
        assert [(child.address, child.depth) for child in found] == [
            ("https://daily.example/a", 1), ("https://daily.example/b", 1),
        ]  # fmt: skip
        for child in found:
            watched.keep_source(child, due=1_000)
        watched.keep_children(index, [("https://daily.example/a", "2024-03-06")], 200)
        (changed,) = watched.due_sources([FEED], 200)
        assert (changed.address, changed.listed) == ("https://daily.example/a", "2024-03-06")
        assert len(watched.due_sources([FEED], 9_999)) == 2, "the other is gone"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT id FROM articles WHERE json_extract(json, '$.url') = 'x'",
        "SELECT address FROM watched_pages WHERE state = 'waiting' AND host = 'x' AND due <= 1 ORDER BY due",
        "SELECT address FROM watched_sources WHERE parent = 'x'",
    ],
)
def test_no_table_is_read_through(tmp_path: Path, query: str) -> None:
    Archive(tmp_path / "a.db", create=True).__exit__(None, None, None)
    with contextlib.closing(sqlite3.connect(tmp_path / "a.db")) as db:
        plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {query}")]
    assert plan[0].startswith("SEARCH") and not any("SCAN" in step for step in plan)
