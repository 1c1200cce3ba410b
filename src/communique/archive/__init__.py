"""The archive: one SQLite file that keeps codings. All SQL is run here.

Written by one, read by many (WAL). An article with its records is written in one transaction, so that a kill at any
moment leaves each article whole or absent, and adding it again brings what is missing.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal, Self, get_args

from communique import filters
from communique.archive.schema import prepare
from communique.errors import ArchiveError, RecordNotFound, UsageError
from communique.records import Actor, Article, Coding, Event, EventType, Record, Statement, from_json, to_json

__all__ = ["Archive", "Found"]

# Seconds that a writer waits for another one before it gives up.
PATIENCE = 30.0
TABLE_OF_PREFIX = {"a": "articles", "s": "statements", "e": "events"}


@dataclass(frozen=True, slots=True)
class Found:
    """A hit of a search: the record, and where the words stand, marked with « ».

    ``kind`` is the table that the record is in: articles, statements or events.
    """

    record: str
    kind: str
    title: str
    snippet: str


class Archive:
    """An archive file, opened for reading and writing; use it in a ``with`` statement.

    ``create`` False refuses a path where there is no file yet. Raises ArchiveError for a file that is no archive.
    """

    def __init__(self, path: str | Path, *, create: bool = False) -> None:
        self.path = Path(path)
        if not create and not self.path.is_file():
            raise ArchiveError("no such archive", where=str(path), remedy="make one with communique add")
        if self.path.is_dir() or not self.path.parent.is_dir():
            raise ArchiveError("no file can be there", where=str(path), remedy="name a file in an existing folder")
        self._db = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
        try:
            self._db.execute("PRAGMA foreign_keys = ON")
            prepare(self._db, str(path))
        except BaseException:
            self._db.close()
            raise

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self._db.close()

    def knows(self, article: str, *, coder: str) -> bool:
        """Tell whether the article is there, coded by this very version."""
        row = self._db.execute("SELECT 1 FROM articles WHERE id = ? AND coder = ?", (article, coder)).fetchone()
        return row is not None

    def add(self, coding: Coding, *, coder: str) -> Literal["added", "recoded", "known"]:
        """Keep a coding; one of the same article by another version is replaced as a whole.

        ``coder`` names program version and model. Raises ArchiveError when another writer holds the file too long.
        """
        article = coding.article
        try:
            self._db.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise ArchiveError("another program is writing", where=str(self.path), remedy="try again later") from error
        try:
            row = self._db.execute("SELECT coder FROM articles WHERE id = ?", (article.id,)).fetchone()
            if row is not None and row[0] == coder:
                self._db.execute("ROLLBACK")
                return "known"
            if row is not None:
                # The full-text table has no index of articles: to look through it for a new one would cost all of it.
                self._db.execute("DELETE FROM words WHERE article = ?", (article.id,))
                self._db.execute("DELETE FROM articles WHERE id = ?", (article.id,))
            self._write(coding, coder)
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise
        return "added" if row is None else "recoded"

    def _write(self, coding: Coding, coder: str) -> None:
        article, day = coding.article, coding.article.day
        outlet = article.outlet
        self._db.execute(
            "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                article.id, coder, article.url, outlet and outlet.name, outlet and outlet.domain, article.title,
                article.published, article.language, day, day, to_json(article),
            ),
        )  # fmt: skip
        self._index(article.id, "articles", article.id, article.title or "", article.text)
        for position, statement in enumerate(coding.statements):
            first, last = _days(statement.said_on or day)
            self._db.execute(
                "INSERT INTO statements VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    statement.id, article.id, position, statement.act, statement.kind, statement.confidence,
                    first, last, to_json(statement),
                ),
            )  # fmt: skip
            for role, party in (("speaker", statement.speaker), ("addressee", statement.addressee)):
                if party is not None:
                    who = party.actor or Actor(None, party.mention.text, "unknown")
                    self._cast(statement.id, article.id, role, who)
            self._index(statement.id, "statements", article.id, "", statement.content_text)
        for position, event in enumerate(coding.events):
            first, last = _days(event.date or day)
            self._db.execute(
                "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    event.id, article.id, position, event.type, event.mode, event.status, event.confidence,
                    first, last, to_json(event),
                ),
            )  # fmt: skip
            for role, actors in (("source", event.source), ("target", event.target)):
                for actor in actors:
                    self._cast(event.id, article.id, role, actor)
            self._index(event.id, "events", article.id, event.type, article.text[slice(*event.evidence)])

    def _cast(self, record: str, article: str, role: str, actor: Actor) -> None:
        row = (record, article, role, actor.id, actor.name, actor.country, actor.sector)
        self._db.execute("INSERT INTO actors VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def _index(self, record: str, kind: str, article: str, title: str, text: str) -> None:
        self._db.execute(
            "INSERT INTO words (title, text, record, kind, article) VALUES (?, ?, ?, ?, ?)",
            (title, text, record, kind, article),
        )

    def record(self, identity: str) -> Record:
        """Return the record with this id. Raises RecordNotFound."""
        table = TABLE_OF_PREFIX.get(identity.split("-", 1)[0])
        row = table and self._db.execute(f"SELECT json FROM {table} WHERE id = ?", (identity,)).fetchone()
        if not row:
            raise RecordNotFound(
                f"no record {identity!r}", where=str(self.path), remedy="communique list shows the ids"
            )
        return from_json(row[0])

    def article_of(self, record: Record) -> Article:
        """Return the article that a record is from (an article is its own)."""
        if isinstance(record, Article):
            return record
        found = self.record(record.article)
        assert isinstance(found, Article)
        return found

    def coding(self, article: str) -> Coding:
        """Return an article with all its records, in text order. Raises RecordNotFound."""
        found = self.record(article)
        if not isinstance(found, Article):
            return self.coding(found.article)
        chosen = {"article": article}
        statements = tuple(r for r in self.records("statements", chosen) if isinstance(r, Statement))
        events = tuple(r for r in self.records("events", chosen) if isinstance(r, Event))
        return Coding(found, statements, events)

    def records(
        self, kind: str, chosen: Mapping[str, str] | None = None, *, limit: int = -1, offset: int = 0
    ) -> Iterator[Record]:
        """Yield the records of a kind (statements, events, articles) that pass the filters, the latest day first.

        Records of one article come in text order. Raises UsageError on a filter that the kind does not have,
        and for a type of event that is neither PLOVER's nor in the archive.
        """
        if kind not in filters.KINDS:
            raise ArchiveError(f"no kind of record {kind!r}", remedy=f"one of {', '.join(filters.KINDS)}")
        where, parameters = filters.condition(kind, chosen or {})
        self._check_type((chosen or {}).get("type"))
        join, order = ("", "r.last_day DESC, r.id") if kind == "articles" else (
            "JOIN articles a ON a.id = r.article", "a.last_day DESC, r.article, r.position"
        )  # fmt: skip
        source = "articles r JOIN articles a ON a.id = r.id" if kind == "articles" else f"{kind} r {join}"
        sql = f"SELECT r.json FROM {source} WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?"
        for (line,) in self._db.execute(sql, (*parameters, limit, offset)):
            yield from_json(line)

    def _check_type(self, name: str | None) -> None:
        known = get_args(EventType)
        if name is None or name.upper() in known:
            return
        own = [row[0] for row in self._db.execute("SELECT DISTINCT type FROM events ORDER BY type")]
        if name not in own:
            raise UsageError(f"unknown type {name!r}", remedy=f"one of {', '.join(dict.fromkeys((*known, *own)))}")

    def search(self, words: str, *, kind: str | None = None, limit: int = 20) -> Iterator[Found]:
        """Yield what holds all the words, the best match first; the words are never read as query syntax."""
        query = " ".join('"' + word.replace('"', '""') + '"' for word in words.split())
        if not query:
            return
        sql = (
            "SELECT w.record, w.kind, coalesce(a.title, ''), snippet(words, 1, '«', '»', '…', 24) FROM words w "
            "JOIN articles a ON a.id = w.article "
            "WHERE words MATCH ? AND (? IS NULL OR w.kind = ?) ORDER BY rank LIMIT ?"
        )
        for row in self._db.execute(sql, (query, kind, kind, limit)):
            yield Found(*row)

    def counts(self) -> dict[str, int]:
        """Return how many articles, statements and events there are."""
        return {kind: self._db.execute(f"SELECT count(*) FROM {kind}").fetchone()[0] for kind in filters.KINDS}


def _days(value: str | None) -> tuple[str | None, str | None]:
    first, _, last = (value or "").partition("/")
    return first or None, last or first or None
