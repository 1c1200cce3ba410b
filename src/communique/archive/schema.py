"""The archive's tables, as migrations: named, applied once each, in order, in one transaction."""

import sqlite3

from communique.errors import ArchiveError

# "Comq" in ASCII: tells our files from other SQLite files.
APPLICATION_ID = 0x436F6D71

MIGRATIONS: tuple[tuple[str, str], ...] = (
    (
        "first tables",
        """
        CREATE TABLE articles (
            id TEXT PRIMARY KEY, coder TEXT NOT NULL, url TEXT, outlet TEXT, domain TEXT, title TEXT, published TEXT,
            language TEXT, first_day TEXT, last_day TEXT, json TEXT NOT NULL
        ) STRICT;
        CREATE TABLE statements (
            id TEXT PRIMARY KEY, article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            position INTEGER NOT NULL, act TEXT NOT NULL, kind TEXT NOT NULL, confidence REAL NOT NULL,
            first_day TEXT, last_day TEXT, json TEXT NOT NULL
        ) STRICT;
        CREATE TABLE events (
            id TEXT PRIMARY KEY, article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            position INTEGER NOT NULL, type TEXT NOT NULL, mode TEXT, status TEXT NOT NULL, confidence REAL NOT NULL,
            first_day TEXT, last_day TEXT, json TEXT NOT NULL
        ) STRICT;
        CREATE TABLE actors (
            record TEXT NOT NULL, article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            role TEXT NOT NULL, id TEXT, name TEXT NOT NULL, country TEXT, sector TEXT
        ) STRICT;
        CREATE INDEX statements_article ON statements (article, position);
        CREATE INDEX statements_day ON statements (last_day);
        CREATE INDEX events_article ON events (article, position);
        CREATE INDEX events_day ON events (last_day);
        CREATE INDEX events_type ON events (type);
        CREATE INDEX actors_record ON actors (record);
        CREATE INDEX actors_article ON actors (article);
        CREATE INDEX actors_id ON actors (id);
        CREATE INDEX actors_country ON actors (country);
        CREATE VIRTUAL TABLE words USING fts5 (
            title, text, record UNINDEXED, kind UNINDEXED, article UNINDEXED,
            tokenize = 'unicode61 remove_diacritics 2'
        );
        """,
    ),
)


def prepare(connection: sqlite3.Connection, where: str) -> None:
    """Bring the file to the newest schema. Raises ArchiveError for a file that is none, or of a newer version."""
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        owner = connection.execute("PRAGMA application_id").fetchone()[0]
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise ArchiveError(
            "not an archive", where=where, remedy="name a new file, or one made by communique add"
        ) from error
    if owner != APPLICATION_ID and (tables or version):
        raise ArchiveError("an SQLite file, but not an archive", where=where, remedy="name another file")
    if version > len(MIGRATIONS):
        raise ArchiveError(
            f"written by a newer version (schema {version}, this one knows {len(MIGRATIONS)})",
            where=where,
            remedy="upgrade communique",
        )
    if version == len(MIGRATIONS):
        return
    connection.execute("PRAGMA journal_mode = WAL")
    for number, (_, script) in enumerate(MIGRATIONS[version:], version + 1):
        connection.executescript(
            f"BEGIN IMMEDIATE; {script} PRAGMA user_version = {number}; "
            f"PRAGMA application_id = {APPLICATION_ID}; COMMIT;"
        )
