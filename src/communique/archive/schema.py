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
        "sketches, sightings, links and groups: which reports, events and stories are the same",
        (
            # What an article is compared by: its day as an ordinal (0 without one), how many shingles its sketch has,
            # these as JSON, and the terms of its story. An article without a row here is still to be compared.
            """
            CREATE TABLE sketches (
                number INTEGER PRIMARY KEY, article TEXT NOT NULL UNIQUE REFERENCES articles (id) ON DELETE CASCADE,
                day INTEGER NOT NULL, size INTEGER NOT NULL, hashes TEXT NOT NULL, terms TEXT NOT NULL
            ) STRICT
            """,
            "CREATE INDEX sketches_day ON sketches (day)",
            """
            CREATE TABLE fingerprints (
                hash INTEGER NOT NULL, day INTEGER NOT NULL, number INTEGER NOT NULL, size INTEGER NOT NULL,
                PRIMARY KEY (hash, day, number)
            ) STRICT, WITHOUT ROWID
            """,
            # What an event is compared by, and the keys by which events like it are found.
            """
            CREATE TABLE sightings (
                event TEXT PRIMARY KEY REFERENCES events (id) ON DELETE CASCADE,
                keys TEXT NOT NULL, facts TEXT NOT NULL
            ) STRICT
            """,
            """
            CREATE TABLE sighting_keys (
                key TEXT NOT NULL, day INTEGER NOT NULL, event TEXT NOT NULL, PRIMARY KEY (key, day, event)
            ) STRICT, WITHOUT ROWID
            """,
            # level is report, event or story; one < other are ids of articles, or events; kind says how they are
            # related, reasons (JSON) why.
            """
            CREATE TABLE links (
                level TEXT NOT NULL, one TEXT NOT NULL, other TEXT NOT NULL, kind TEXT NOT NULL, score REAL NOT NULL,
                reasons TEXT NOT NULL, PRIMARY KEY (level, one, other)
            ) STRICT, WITHOUT ROWID
            """,
            "CREATE INDEX links_other ON links (level, other)",
            # Only of two or more; whoever has no row is alone. name is the first member's id.
            """
            CREATE TABLE groups (
                level TEXT NOT NULL, member TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (level, member)
            ) STRICT, WITHOUT ROWID
            """,
            "CREATE INDEX groups_name ON groups (level, name)",
            # What is to be grouped anew; level day: an ordinal day whose articles' stories are.
            """
            CREATE TABLE unsettled (
                level TEXT NOT NULL, member TEXT NOT NULL, PRIMARY KEY (level, member)
            ) STRICT, WITHOUT ROWID
            """,
            """
            CREATE TRIGGER links_go AFTER DELETE ON links BEGIN
                INSERT OR IGNORE INTO unsettled VALUES (old.level, old.one), (old.level, old.other);
            END
            """,
            """
            CREATE TRIGGER sketches_go AFTER DELETE ON sketches BEGIN
                DELETE FROM fingerprints
                WHERE (hash, day, number) IN (SELECT value, old.day, old.number FROM json_each(old.hashes));
                DELETE FROM links WHERE level IN ('report', 'story') AND one = old.article;
                DELETE FROM links WHERE level IN ('report', 'story') AND other = old.article;
                DELETE FROM groups WHERE level IN ('report', 'story') AND member = old.article;
                INSERT OR IGNORE INTO unsettled
                SELECT 'day', old.day + value FROM json_each('[0, 1, 2, 3]') WHERE old.day > 0;
            END
            """,
            """
            CREATE TRIGGER sightings_go AFTER DELETE ON sightings BEGIN
                DELETE FROM sighting_keys WHERE event = old.event AND (key, day) IN
                    (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(old.keys));
                DELETE FROM links WHERE level = 'event' AND one = old.event;
                DELETE FROM links WHERE level = 'event' AND other = old.event;
                DELETE FROM groups WHERE level = 'event' AND member = old.event;
            END
            """,
        ),
    ),
    (
        "sources, pages and hosts of the watch",
        (
            # What is asked again and again: feeds and sitemaps; parent is the index that names a sitemap, listed what
            # the index said of its last change. Moments are seconds since 1970. A page that the user lists is a source
            # of the kind page, and never due again once its page is known.
            """
            CREATE TABLE watched_sources (
                address TEXT PRIMARY KEY, parent TEXT REFERENCES watched_sources (address) ON DELETE CASCADE,
                depth INTEGER NOT NULL, listed TEXT, kind TEXT, etag TEXT, modified TEXT,
                due INTEGER, failures INTEGER NOT NULL, problem TEXT
            ) STRICT
            """,
            # What is read once; state is waiting, kept or failed, seen the day that the source gives, article the id.
            """
            CREATE TABLE watched_pages (
                key INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE, host TEXT NOT NULL, source TEXT NOT NULL,
                seen TEXT, state TEXT NOT NULL, due INTEGER NOT NULL, failures INTEGER NOT NULL, problem TEXT,
                article TEXT
            ) STRICT
            """,
            # Hosts that asked for rest, or gave no answer.
            """
            CREATE TABLE watched_hosts (
                host TEXT PRIMARY KEY, due INTEGER NOT NULL, failures INTEGER NOT NULL
            ) STRICT
            """,
            "CREATE TABLE watched_robots (origin TEXT PRIMARY KEY, text TEXT NOT NULL, due INTEGER NOT NULL) STRICT",
            "CREATE INDEX watched_sources_parent ON watched_sources (parent)",
            "CREATE INDEX watched_pages_waiting ON watched_pages (host, due) WHERE state = 'waiting'",
            # Whether a page came by another way, such as a WARC file.
            "CREATE INDEX articles_url ON articles (json_extract(json, '$.url'))",
        ),
    ),
    (
        "inputs read",
        (
            # By a fingerprint of an input and the options by which it is read: what coded it, and its article, or the
            # problem with it; neither for what is no page. The article may since have been coded by another.
            """
            CREATE TABLE inputs (
                source BLOB PRIMARY KEY, coder TEXT NOT NULL, article TEXT, problem TEXT NOT NULL
            ) STRICT, WITHOUT ROWID
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
