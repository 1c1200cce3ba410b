"""What people add to an archive, in a file of its own beside it.

So the archive holds nothing but what was read and coded: it can be copied, published and coded anew, and bookmarks,
notes and corrections outlive that. Records are named by their ids; there need not be such a record any more.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import Any

from communique.archive.schema import Migration, prepare
from communique.archive.store import told
from communique.errors import ArchiveError

# "ComP" in ASCII: tells these files from archives.
OWNER = 0x436F6D50

MIGRATIONS: tuple[Migration, ...] = (
    (
        "users, sessions, tokens; bookmarks, tags, notes, corrections, searches",
        (
            # Moments are ISO 8601 in UTC. password is a hash by argon2, "" for the one local user without a password.
            """
            CREATE TABLE users (
                key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, password TEXT NOT NULL,
                role TEXT NOT NULL, made TEXT NOT NULL
            ) STRICT
            """,
            # Of sessions and tokens only a hash is kept: whoever reads this file cannot use them.
            """
            CREATE TABLE sessions (
                hash BLOB PRIMARY KEY, user INTEGER NOT NULL REFERENCES users (key) ON DELETE CASCADE,
                ends TEXT NOT NULL
            ) STRICT, WITHOUT ROWID
            """,
            """
            CREATE TABLE tokens (
                key INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE,
                user INTEGER NOT NULL REFERENCES users (key) ON DELETE CASCADE, name TEXT NOT NULL, made TEXT NOT NULL
            ) STRICT
            """,
            """
            CREATE TABLE bookmarks (
                user INTEGER NOT NULL REFERENCES users (key) ON DELETE CASCADE, record TEXT NOT NULL,
                made TEXT NOT NULL,
                PRIMARY KEY (user, record)
            ) STRICT, WITHOUT ROWID
            """,
            """
            CREATE TABLE tags (
                user INTEGER NOT NULL REFERENCES users (key) ON DELETE CASCADE, tag TEXT NOT NULL,
                record TEXT NOT NULL, made TEXT NOT NULL, PRIMARY KEY (user, tag, record)
            ) STRICT, WITHOUT ROWID
            """,
            "CREATE INDEX tags_record ON tags (user, record)",
            """
            CREATE TABLE notes (
                key INTEGER PRIMARY KEY, user INTEGER NOT NULL REFERENCES users (key) ON DELETE CASCADE,
                record TEXT NOT NULL, text TEXT NOT NULL, made TEXT NOT NULL, changed TEXT NOT NULL
            ) STRICT
            """,
            "CREATE INDEX notes_record ON notes (user, record)",
            # A correction stays when its author goes. field is a field of the record, or "record" for a judgement of
            # all of it; before and after are JSON; machine is the record as it was, so that it can be read later.
            """
            CREATE TABLE corrections (
                key INTEGER PRIMARY KEY, record TEXT NOT NULL, article TEXT NOT NULL, author TEXT NOT NULL,
                made TEXT NOT NULL, field TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL,
                reason TEXT NOT NULL, machine TEXT NOT NULL, withdrawn TEXT
            ) STRICT
            """,
            "CREATE INDEX corrections_record ON corrections (record)",
            "CREATE INDEX corrections_article ON corrections (article)",
            # query is the filters as JSON; feed the secret part of the feed's address; told the day and the id of the
            # newest match that the webhook was told of.
            """
            CREATE TABLE searches (
                key INTEGER PRIMARY KEY, user INTEGER NOT NULL REFERENCES users (key) ON DELETE CASCADE,
                name TEXT NOT NULL, kind TEXT NOT NULL, query TEXT NOT NULL, feed TEXT NOT NULL UNIQUE,
                webhook TEXT NOT NULL, made TEXT NOT NULL, told TEXT NOT NULL
            ) STRICT
            """,
            "CREATE INDEX searches_user ON searches (user)",
        ),
    ),
)


def now() -> str:
    """Return the moment, in the form in which moments are kept."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class People:
    """The file of what people add; threads may share it. Raises ArchiveError when it cannot be used."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        if not self.path.parent.is_dir():
            raise ArchiveError("no file can be there", where=str(path), remedy="name a file in an existing folder")
        self._lock = RLock()
        with told(str(path)):
            self._db = sqlite3.connect(self.path, timeout=10, isolation_level=None, check_same_thread=False)
            try:
                self._db.execute("PRAGMA foreign_keys = ON")
                prepare(self._db, str(path), migrations=MIGRATIONS, owner=OWNER)
            except BaseException:
                self._db.close()
                raise

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Write in one transaction: all of it is kept, or nothing."""
        with self._lock, told(str(self.path)), self._db:
            self._db.execute("BEGIN IMMEDIATE")
            yield

    def rows(self, sql: str, values: Sequence[object] | Mapping[str, object] = ()) -> list[tuple[Any, ...]]:
        """Return what a query of this folder's modules finds."""
        with self._lock, told(str(self.path)):
            return self._db.execute(sql, values).fetchall()

    def run(self, sql: str, values: Sequence[object] | Mapping[str, object] = ()) -> int:
        """Write by a statement of this folder's modules; return how many rows it changed."""
        with self._lock, told(str(self.path)):
            return self._db.execute(sql, values).rowcount

    def put(self, sql: str, values: Sequence[object]) -> int:
        """Insert a row by a statement of this folder's modules; return its key."""
        with self._lock, told(str(self.path)):
            return self._db.execute(sql, values).lastrowid or 0
