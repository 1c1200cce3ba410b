"""Writing and reading an archive.

An article with its records is written in one transaction, so that a kill at any moment leaves each article whole or
absent, and adding it again brings what is missing. Readers go on while somebody writes; a second writer waits.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

import msgspec

from communique import filters
from communique.archive.rows import rows
from communique.archive.schema import prepare
from communique.errors import ArchiveError, RecordNotFound, UsageError
from communique.records import Article, Coding, Event, Record, Statement, from_json

TABLE_OF_PREFIX = {"a": "articles", "s": "statements", "e": "events"}
# Shorter beginnings of an id than "e-" and four digits would too often become ambiguous as an archive grows.
SHORTEST_ID = 6
REMEDIES = {
    sqlite3.SQLITE_BUSY: ("another program is writing to it", "wait for it to end, then try again"),
    sqlite3.SQLITE_CANTOPEN: ("cannot be opened", "check its folder and your rights to write there"),
    sqlite3.SQLITE_CORRUPT: ("is damaged", "sqlite3 FILE .recover saves what can be read"),
    # What is left of wrong SQL, as ours is tested: tables that are not those of the schema.
    sqlite3.SQLITE_ERROR: ("its tables are not those of an archive", "add the pages to a new file"),
    sqlite3.SQLITE_INTERRUPT: ("takes too long to search", "narrow it by a filter, such as a shorter time"),
    sqlite3.SQLITE_FULL: ("cannot grow: the disk is full", "make room; nothing written before is lost"),
    sqlite3.SQLITE_NOTADB: ("not an archive", "name a new file, or one made by communique add"),
    sqlite3.SQLITE_READONLY: ("cannot be written", "copy it to a folder where you may write"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """A hit of a search: the record's id, and where the words stand, marked with « ».

    ``kind`` is the table that the record is in: articles, statements or events. ``title`` is its article's.
    """

    record: str
    kind: str
    title: str
    snippet: str


def is_archive(path: str | Path) -> bool:
    """Tell whether this is a file of SQLite, as archives are, and not a page."""
    magic = b"SQLite format 3\0"
    if not Path(path).is_file():
        return False
    with Path(path).open("rb") as file:
        return file.read(len(magic)) == magic


@contextmanager
def told(where: str) -> Iterator[None]:
    """Turn errors of SQLite, and of records that cannot be read, into ArchiveError, with place and remedy."""
    try:
        yield
    except sqlite3.Error as error:
        # The low byte is the kind of error, the others say more than people need.
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        message, remedy = REMEDIES.get(code, (str(error), ""))
        raise ArchiveError(message, where=where, remedy=remedy) from error
    except msgspec.MsgspecError as error:
        raise ArchiveError(
            f"holds a record that this version cannot read: {error}", where=where, remedy="add its page again"
        ) from error


class Archive:
    """An archive file, opened for reading and writing; use it in a ``with`` statement.

    ``create`` False refuses a path where there is no file yet. ``patience`` is how many seconds a writer waits for
    another one. Raises ArchiveError for a file that is no archive or cannot be opened.
    """

    def __init__(self, path: str | Path, *, create: bool = False, patience: float = 30.0) -> None:
        self.path = Path(path)
        if self.path.is_dir() or not self.path.parent.is_dir():
            raise ArchiveError("no file can be there", where=str(path), remedy="name a file in an existing folder")
        if not create and not self.path.is_file():
            raise ArchiveError("no such archive", where=str(path), remedy="make one with communique add")
        with told(str(path)):
            self._db = sqlite3.connect(self.path, timeout=patience, isolation_level=None)
            try:
                self._db.execute("PRAGMA foreign_keys = ON")
                # With WAL no kill of the program can lose or break anything; a loss of power may lose the last
                # articles, which the same command adds again.
                self._db.execute("PRAGMA synchronous = NORMAL")
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

    def coder_of(self, article: str) -> str | None:
        """Return what coded this article, as given to ``add``; None when the archive does not know the article."""
        with told(str(self.path)):
            row = self._db.execute("SELECT coder FROM articles WHERE id = ?", (article,)).fetchone()
        return row[0] if row else None

    def read_before(self, source: bytes, *, coder: str) -> str | None:
        """Return None for an input that this coder has not read, "" for one that it has, or why it could not be."""
        sql = """
            SELECT problem FROM inputs i LEFT JOIN articles a ON a.id = i.article
            WHERE i.source = ? AND i.coder = ? AND (i.article IS NULL OR a.coder = i.coder)
        """
        with told(str(self.path)):
            row = self._db.execute(sql, (source, coder)).fetchone()
        return row[0] if row else None

    def pass_over(self, source: bytes, problem: str, *, coder: str) -> None:
        """Remember that an input gives no article: for this reason, or, if it is "", as it is no page."""
        with told(str(self.path)):
            self._db.execute("INSERT OR REPLACE INTO inputs VALUES (?, ?, NULL, ?)", (source, coder, problem))

    def add(self, coding: Coding, *, coder: str, source: bytes | None = None) -> Literal["added", "recoded", "known"]:
        """Keep a coding; one of the same article by another coder is replaced as a whole.

        ``coder`` names program, model and their versions; ``source`` is a fingerprint of what the article was read
        from, by which ``read_before`` knows it again. Raises ArchiveError when another writer holds the file for
        longer than the archive's patience.
        """
        article = coding.article.id
        with self.transaction():
            before = self.coder_of(article)
            if before != coder:
                # What belongs to the article goes with it.
                self._db.execute("DELETE FROM articles WHERE id = ?", (article,))
                for table, values in rows(coding, coder=coder):
                    self._db.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)
            if source is not None:
                self._db.execute("INSERT OR REPLACE INTO inputs VALUES (?, ?, ?, '')", (source, coder, article))
        return "added" if before is None else "known" if before == coder else "recoded"

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Keep all that is written in the block, or, if anything goes wrong, nothing; blocks within it are part of it.

        Raises ArchiveError when another writer holds the file for longer than the archive's patience.
        """
        if self._db.in_transaction:
            yield self._db
            return
        with told(str(self.path)), self._db:  # commits, or rolls back
            self._db.execute("BEGIN IMMEDIATE")
            yield self._db

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return what a query of this folder's other modules finds."""
        with told(str(self.path)):
            return self._db.execute(sql, parameters).fetchall()

    def record(self, identity: str) -> Record:
        """Return the record with this id, or whose id alone begins so. Raises RecordNotFound."""
        table = TABLE_OF_PREFIX.get(identity.split("-", 1)[0], "")
        found = []
        if table and len(identity) >= SHORTEST_ID:
            sql = f"SELECT json FROM {table} WHERE id >= ? AND id < ? ORDER BY id LIMIT 2"
            with told(str(self.path)):
                found = self._db.execute(sql, (identity, identity + "~")).fetchall()
        if len(found) != 1:
            problem = "several records begin with" if found else "no record"
            raise RecordNotFound(
                f"{problem} {identity!r}",
                where=str(self.path),
                remedy="communique list --format jsonl shows the whole ids",
            )
        with told(str(self.path)):
            return from_json(found[0][0])

    def article_of(self, record: Record) -> Article:
        """Return the article that a record is from (an article is its own)."""
        if isinstance(record, Article):
            return record
        found = self.record(record.article)
        assert isinstance(found, Article)
        return found

    def coding(self, article: Article) -> Coding:
        """Return an article with all its records, in text order."""
        statements, events = (
            self._read(f"SELECT json FROM {kind} WHERE article = :article ORDER BY position", {"article": article.id})
            for kind in ("statements", "events")
        )
        return Coding(
            article,
            tuple(record for record in statements if isinstance(record, Statement)),
            tuple(record for record in events if isinstance(record, Event)),
        )

    def codings(self) -> Iterator[Coding]:
        """Yield all articles with all their records, the latest first."""
        for article in self.records("articles"):
            assert isinstance(article, Article)
            yield self.coding(article)

    def records(
        self, kind: str, chosen: Mapping[str, str] | None = None, *, limit: int | None = None, offset: int = 0
    ) -> Iterator[Record]:
        """Return the records of a kind (statements, events, articles) that pass the filters, the latest day first.

        Records of one article come together, in text order; they are read one at a time. Raises UsageError at once
        on an unknown kind, a filter that the kind does not have, or a wrong value.
        """
        source, where, parameters = self._selection(kind, chosen or {})
        order = "a.last_day DESC, a.id" + ("" if kind == "articles" else ", r.position")
        sql = f"SELECT r.json FROM {source} WHERE {where} ORDER BY {order} LIMIT :limit OFFSET :offset"
        bounds = {"limit": -1 if limit is None else limit, "offset": offset}
        return self._read(sql, {**parameters, **bounds})

    def _read(self, sql: str, parameters: Mapping[str, object]) -> Iterator[Record]:
        with told(str(self.path)):
            for (line,) in self._db.execute(sql, parameters):
                yield from_json(line)

    def count(self, kind: str, chosen: Mapping[str, str] | None = None) -> int:
        """Return how many records of a kind pass the filters. Raises UsageError as ``records``."""
        source, where, parameters = self._selection(kind, chosen or {})
        with told(str(self.path)):
            found: int = self._db.execute(f"SELECT count(*) FROM {source} WHERE {where}", parameters).fetchone()[0]
        return found

    def search(
        self, words: str, chosen: Mapping[str, str] | None = None, *, kind: str | None = None, limit: int = 20
    ) -> Iterator[Found]:
        """Yield what holds all the words and passes the filters, the best match first.

        Words in double quotes must stand together; nothing else in them is syntax, endings do not count ("talk"
        finds "talks"). Without ``kind`` all kinds are searched that have the chosen filters. Raises UsageError when
        there is no word, or a filter is wrong.
        """
        query = " ".join(f'"{phrase}"' for phrase in filters.phrases(words))
        if not query:
            raise UsageError("no words to search for", remedy="give at least one word")
        parts, parameters = [], {"query": query, "limit": limit}
        for one in (kind,) if kind else filters.kinds(chosen or {}):
            source, where, values = self._selection(one, chosen or {})
            parameters |= values
            parts.append(
                "SELECT r.id, t.kind, coalesce(json_extract(a.json, '$.title'), ''), "
                "snippet(words, -1, '«', '»', '…', 24), rank "
                f"FROM words JOIN texts t ON t.key = words.rowid JOIN {source} "
                f"WHERE words MATCH :query AND r.id = t.record AND a.id = t.article AND {where}"
            )
        sql = " UNION ALL ".join(parts) + " ORDER BY 5, 1 LIMIT :limit"
        with told(str(self.path)):
            for identity, found, title, snippet, _ in self._db.execute(sql, parameters):
                yield Found(identity, found, title, snippet)

    def _selection(self, kind: str, chosen: Mapping[str, str]) -> tuple[str, str, dict[str, str]]:
        """Return the tables, the condition on them and its parameters."""
        if kind not in filters.KINDS:
            raise UsageError(f"no kind of record {kind!r}", remedy=f"one of {', '.join(filters.KINDS)}")
        where, parameters = filters.condition(kind, chosen, own=self._own)
        # CROSS: SQLite reads the articles first, by day, so that the first records need no look at the others.
        joined = f"articles a CROSS JOIN {kind} r ON r.{'id' if kind == 'articles' else 'article'} = a.id"
        return joined, where, parameters

    def _own(self, column: str) -> Iterator[str]:
        """Yield what the events hold in a column, type or mode, to which users' ontologies add."""
        sql = f"SELECT DISTINCT {column} FROM events WHERE {column} IS NOT NULL ORDER BY 1"
        with told(str(self.path)):
            for (word,) in self._db.execute(sql):
                yield word
