"""The archive's tables, as migrations: named, applied once each and in order, all that are due in one transaction."""

import sqlite3
from collections.abc import Sequence
from contextlib import suppress

from communique.errors import ArchiveError

# "Comq" in ASCII: tells our files from other SQLite files.
APPLICATION_ID = 0x436F6D71

Migration = tuple[str, tuple[str, ...]]
"""A name, and the SQL statements that bring the schema from the version before to this one."""

MIGRATIONS: tuple[Migration, ...] = (
    (
        "articles, statements, events, actors, words",
        (
            # outlet holds the words of name and domain as filters compare them; json the whole record.
            """
            CREATE TABLE articles (
                id TEXT PRIMARY KEY, coder TEXT NOT NULL, outlet TEXT NOT NULL, language TEXT,
                first_day TEXT, last_day TEXT, json TEXT NOT NULL
            ) STRICT
            """,
            """
            CREATE TABLE statements (
                id TEXT PRIMARY KEY, article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
                position INTEGER NOT NULL, act TEXT NOT NULL, kind TEXT NOT NULL, confidence REAL NOT NULL,
                first_day TEXT, last_day TEXT, json TEXT NOT NULL
            ) STRICT
            """,
            """
            CREATE TABLE events (
                id TEXT PRIMARY KEY, article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
                position INTEGER NOT NULL, type TEXT NOT NULL, mode TEXT, status TEXT NOT NULL,
                confidence REAL NOT NULL, first_day TEXT, last_day TEXT, json TEXT NOT NULL
            ) STRICT
            """,
            # Who is in which record in which role; words are the name, and the page's name, as filters compare them.
            """
            CREATE TABLE actors (
                record TEXT NOT NULL, article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
                role TEXT NOT NULL, id TEXT, name TEXT NOT NULL, words TEXT NOT NULL, country TEXT, sector TEXT
            ) STRICT
            """,
            # What can be searched: of an article title and text, of a statement its content, of an event its clause.
            """
            CREATE TABLE texts (
                key INTEGER PRIMARY KEY, record TEXT NOT NULL, kind TEXT NOT NULL,
                article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, title TEXT NOT NULL,
                text TEXT NOT NULL
            ) STRICT
            """,
            "CREATE INDEX articles_day ON articles (last_day DESC, id)",
            "CREATE INDEX statements_article ON statements (article, position)",
            "CREATE INDEX events_article ON events (article, position)",
            "CREATE INDEX actors_record ON actors (record)",
            "CREATE INDEX actors_article ON actors (article)",
            "CREATE INDEX actors_country ON actors (country, record)",
            "CREATE INDEX texts_article ON texts (article)",
            # The index keeps no text of its own; the triggers tell it what comes and goes.
            """
            CREATE VIRTUAL TABLE words USING fts5 (
                title, text, content = 'texts', content_rowid = 'key',
                tokenize = 'porter unicode61 remove_diacritics 2'
            )
            """,
            """
            CREATE TRIGGER texts_come AFTER INSERT ON texts BEGIN
                INSERT INTO words (rowid, title, text) VALUES (new.key, new.title, new.text);
            END
            """,
            """
            CREATE TRIGGER texts_go AFTER DELETE ON texts BEGIN
                INSERT INTO words (words, rowid, title, text) VALUES ('delete', old.key, old.title, old.text);
            END
            """,
        ),
    ),
    (
        "entries: one narrow row a record, in the order of lists; names of actors",
        (
            # What conditions, orders and counts ask of a record and its article, without the record itself, so that
            # a list of 100,000 articles is read in milliseconds. records names the record's table; last_day is ""
            # where there is none. countries, sectors and actors (ids) are JSON arrays of those in any role.
            """
            CREATE TABLE entries (
                records TEXT NOT NULL, last_day TEXT NOT NULL, article TEXT NOT NULL, position INTEGER NOT NULL,
                id TEXT NOT NULL, first_day TEXT, act TEXT, kind TEXT, type TEXT, mode TEXT, status TEXT,
                confidence REAL, outlet TEXT NOT NULL, language TEXT, countries TEXT NOT NULL, sectors TEXT NOT NULL,
                actors TEXT NOT NULL, PRIMARY KEY (records, last_day DESC, article, position)
            ) STRICT, WITHOUT ROWID
            """,
            *(
                f"""
                INSERT INTO entries
                SELECT '{records}', coalesce(r.last_day, ''), {article}, {position}, r.id, r.first_day, {columns},
                    a.outlet, a.language,
                    (SELECT json_group_array(DISTINCT country) FROM actors WHERE record = r.id AND country NOT NULL),
                    (SELECT json_group_array(DISTINCT sector) FROM actors WHERE record = r.id AND sector NOT NULL),
                    (SELECT json_group_array(DISTINCT id) FROM actors WHERE record = r.id AND id NOT NULL)
                FROM {records} r JOIN articles a ON a.id = {article}
                """
                for records, article, position, columns in (
                    ("articles", "r.id", "0", "NULL, NULL, NULL, NULL, NULL, NULL"),
                    ("statements", "r.article", "r.position", "r.act, r.kind, NULL, NULL, NULL, r.confidence"),
                    ("events", "r.article", "r.position", "NULL, NULL, r.type, r.mode, r.status, r.confidence"),
                )
            ),
            "CREATE INDEX entries_id ON entries (id)",
            *(
                f"""
                CREATE TRIGGER {records}_go AFTER DELETE ON {records} BEGIN
                    DELETE FROM entries WHERE records = '{records}' AND last_day = coalesce(old.last_day, '')
                        AND article = {article} AND position = {position};
                END
                """
                for records, article, position in (
                    ("articles", "old.id", "0"),
                    ("statements", "old.article", "old.position"),
                    ("events", "old.article", "old.position"),
                )
            ),
            # Each name in the words of filters, once, with whom it has named. None goes when its records go.
            """
            CREATE TABLE names (
                words TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, country TEXT, sector TEXT,
                PRIMARY KEY (words, id)
            ) STRICT, WITHOUT ROWID
            """,
            """
            INSERT OR IGNORE INTO names SELECT words, coalesce(id, ''), name, country, sector FROM actors
            """,
            """
            CREATE TRIGGER actors_come AFTER INSERT ON actors BEGIN
                INSERT OR IGNORE INTO names
                VALUES (new.words, coalesce(new.id, ''), new.name, new.country, new.sector);
            END
            """,
            "CREATE INDEX names_id ON names (id)",
            "CREATE INDEX actors_id ON actors (id, role, record, article)",
            "CREATE INDEX actors_words ON actors (words, role, record)",
            "CREATE INDEX articles_outlet ON articles (outlet)",
        ),
    ),
)


def prepare(
    connection: sqlite3.Connection,
    where: str,
    *,
    migrations: Sequence[Migration] = MIGRATIONS,
    owner: int = APPLICATION_ID,
) -> None:
    """Bring an archive, or an empty file, to the newest schema; ``where`` names it in messages.

    ``owner`` is the number that tells files of this kind from others.

    Raises ArchiveError for another program's file, or one of a newer version.
    """
    if _version(connection, where, migrations, owner) < len(migrations):
        with connection:  # commits, or rolls back if anything goes wrong
            connection.execute("BEGIN IMMEDIATE")
            # Read again: another program may have done it while this one waited for its turn.
            for _, statements in migrations[_version(connection, where, migrations, owner) :]:
                for statement in statements:
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {len(migrations)}")
            connection.execute(f"PRAGMA application_id = {owner}")
    # Readers then go on while somebody writes. The file remembers it; SQLite does not wait for others to change it, so
    # that two who make the file at once may both fail, and whoever opens it next succeeds.
    with suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA journal_mode = WAL")


def _version(connection: sqlite3.Connection, where: str, migrations: Sequence[Migration], known: int) -> int:
    # In one statement: between two, another program may make the archive.
    tables, owner, version = connection.execute(
        "SELECT (SELECT count(*) FROM sqlite_master), application_id, user_version "
        "FROM pragma_application_id, pragma_user_version"
    ).fetchone()
    if owner != known and (tables or version):
        raise ArchiveError("an SQLite file, but not an archive", where=where, remedy="name another file")
    if version > len(migrations):
        raise ArchiveError(
            f"written by a newer version (schema {version}, this one knows {len(migrations)})",
            where=where,
            remedy="upgrade communique",
        )
    return int(version)
