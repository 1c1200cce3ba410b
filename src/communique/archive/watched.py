"""What the archive remembers of the watch: sources and when they are due, pages and what became of them, hosts.

All moments are whole seconds since 1970. What is written by one method is written as a whole, so that a kill at any
moment loses no page that a source named, and keeps none twice.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from communique.archive.store import Archive
from communique.records import Coding

KEPT, WAITING, FAILED = "kept", "waiting", "failed"
_SOURCE = "address, depth, kind, etag, modified, listed, failures"


@dataclass(frozen=True, slots=True)
class Source:
    """An address that is asked again and again; ``depth`` counts the indexes of sitemaps above it.

    ``etag`` and ``modified`` are what its server gave for asking whether it has changed, ``listed`` what its index
    says of its last change, ``failures`` how often in a row it could not be read.
    """

    address: str
    depth: int = 0
    kind: str | None = None
    etag: str | None = None
    modified: str | None = None
    listed: str | None = None
    failures: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A page that waits to be fetched; ``seen`` is the day or moment that its source gives for it."""

    address: str
    host: str
    seen: str | None = None
    failures: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """A source or page that could not be read, why, and when it is tried again: None for never."""

    kind: Literal["source", "page"]
    address: str
    problem: str
    due: int | None


class Watched:
    """The watch's tables of an open archive."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def due_sources(self, addresses: Sequence[str], now: int) -> list[Source]:
        """Return those of the addresses, and of the sitemaps below them, that are due; new ones are due at once."""
        with self._archive.transaction() as db:
            db.executemany(
                "INSERT OR IGNORE INTO watched_sources (address, depth, due, failures) VALUES (?, 0, ?, 0)",
                [(address, now) for address in addresses],
            )
            found = []
            for address in addresses:
                found += db.execute(
                    f"""
                    WITH RECURSIVE below (address) AS (
                        VALUES (?)
                        UNION SELECT s.address FROM watched_sources s JOIN below ON s.parent = below.address
                    )
                    SELECT {_SOURCE} FROM watched_sources JOIN below USING (address) WHERE due <= ?
                    """,
                    (address, now),
                ).fetchall()
        return list(dict.fromkeys(Source(*row) for row in found))

    def keep_source(self, source: Source, *, due: int | None) -> None:
        """Keep that a source was read, or had not changed, and when it is due again; None for never."""
        with self._archive.transaction() as db:
            db.execute(
                "UPDATE watched_sources SET kind = ?, etag = ?, modified = ?, listed = ?, due = ?, "
                "failures = 0, problem = NULL WHERE address = ?",
                (source.kind, source.etag, source.modified, source.listed, due, source.address),
            )

    def keep_pages(self, source: str, pages: Iterable[Page], now: int) -> int:
        """Let the pages that a source names wait, but for those that are known; return how many are new.

        A page that the archive holds already, from elsewhere, counts as kept.
        """
        new = 0
        with self._archive.transaction() as db:
            for page in pages:
                known = db.execute(
                    "SELECT id FROM articles WHERE json_extract(json, '$.url') = ?", (page.address,)
                ).fetchone()
                state, article = (KEPT, known[0]) if known else (WAITING, None)
                new += db.execute(
                    "INSERT OR IGNORE INTO watched_pages (address, host, source, seen, state, due, failures, article) "
                    "VALUES (?, ?, ?, ?, ?, ?, 0, ?)",
                    (page.address, page.host, source, page.seen, state, now, article),
                ).rowcount * (known is None)  # fmt: skip
        return new

    def keep_children(self, source: Source, children: Iterable[tuple[str, str | None]], now: int) -> None:
        """Keep the sitemaps that an index names, with what it says of their last change; others of it are forgotten.

        Those that are new, or have changed since, are due at once.
        """
        listed = dict(children)
        with self._archive.transaction() as db:
            rows = db.execute("SELECT address FROM watched_sources WHERE parent = ?", (source.address,)).fetchall()
            gone = [address for (address,) in rows if address not in listed]
            db.executemany("DELETE FROM watched_sources WHERE address = ?", [(address,) for address in gone])
            for address, changed in listed.items():
                db.execute(
                    "INSERT INTO watched_sources (address, parent, depth, listed, due, failures) "
                    "VALUES (?, ?, ?, ?, ?, 0) ON CONFLICT (address) DO UPDATE SET listed = excluded.listed, "
                    "due = excluded.due WHERE listed IS NOT excluded.listed AND parent = excluded.parent "
                    "AND failures = 0",
                    (address, source.address, source.depth + 1, changed, now),
                )

    def fail_source(self, address: str, problem: str, *, due: int) -> None:
        """Keep why a source could not be read, and when it is tried again."""
        with self._archive.transaction() as db:
            db.execute(
                "UPDATE watched_sources SET failures = failures + 1, problem = ?, due = ? WHERE address = ?",
                (problem, due, address),
            )

    def waiting_hosts(self, now: int) -> list[str]:
        """Return the hosts that have pages due, in the order of their names."""
        sql = "SELECT DISTINCT host FROM watched_pages WHERE state = 'waiting' AND due <= ? ORDER BY host"
        return [host for (host,) in self._archive.rows(sql, (now,))]

    def waiting_page(self, host: str, now: int, *, without: Iterable[str] = ()) -> Page | None:
        """Return the page of a host that has been due for longest, other than those ``without``."""
        left_out = set(without)
        rows = self._archive.rows(
            "SELECT address, host, seen, failures FROM watched_pages "
            "WHERE state = 'waiting' AND host = ? AND due <= ? ORDER BY due, key LIMIT ?",
            (host, now, len(left_out) + 1),
        )
        return next((Page(*row) for row in rows if row[0] not in left_out), None)

    def kept_as(self, address: str) -> str | None:
        """Return the id of the article that a page was kept as; None for a page that is not kept."""
        rows = self._archive.rows("SELECT article FROM watched_pages WHERE address = ? AND state = 'kept'", (address,))
        return rows[0][0] if rows else None

    def keep_page(self, address: str, coding: Coding, *, coder: str) -> None:
        """Keep a page's records and that it is known, both or neither."""
        with self._archive.transaction():
            self._archive.add(coding, coder=coder)
            self.know_page(address, coding.article.id)

    def know_page(self, address: str, article: str) -> None:
        """Keep that a page is this article, which the archive holds."""
        with self._archive.transaction() as db:
            db.execute(
                "UPDATE watched_pages SET state = 'kept', article = ?, problem = NULL WHERE address = ?",
                (article, address),
            )

    def fail_page(self, address: str, problem: str, *, due: int | None) -> None:
        """Keep why a page could not be read, and when it is tried again; None for never."""
        with self._archive.transaction() as db:
            db.execute(
                "UPDATE watched_pages SET failures = failures + 1, problem = ?, state = ?, due = coalesce(?, due) "
                "WHERE address = ?",
                (problem, FAILED if due is None else WAITING, due, address),
            )

    def rest(self, host: str) -> tuple[int, int]:
        """Return until when a host is left alone, and how often in a row it failed."""
        rows = self._archive.rows("SELECT due, failures FROM watched_hosts WHERE host = ?", (host,))
        return (rows[0][0], rows[0][1]) if rows else (0, 0)

    def keep_rest(self, host: str, *, due: int, failures: int) -> None:
        """Keep until when a host is to be left alone, and how often in a row it failed."""
        with self._archive.transaction() as db:
            db.execute("INSERT OR REPLACE INTO watched_hosts VALUES (?, ?, ?)", (host, due, failures))

    def robots(self, origin: str, now: int) -> str | None:
        """Return the robots.txt of an origin ("https://daily.example"); None when it is to be asked for (again)."""
        rows = self._archive.rows("SELECT text FROM watched_robots WHERE origin = ? AND due > ?", (origin, now))
        return rows[0][0] if rows else None

    def keep_robots(self, origin: str, text: str, *, due: int) -> None:
        """Keep the robots.txt of an origin, and until when it holds."""
        with self._archive.transaction() as db:
            db.execute("INSERT OR REPLACE INTO watched_robots VALUES (?, ?, ?)", (origin, text, due))

    def problems(self) -> Iterator[Problem]:
        """Yield the sources and then the pages that could not be read when they were last tried, by address."""
        for kind in ("source", "page"):
            sql = f"SELECT address, problem, due, {'NULL' if kind == 'source' else 'state'} FROM watched_{kind}s "
            for address, problem, due, state in self._archive.rows(sql + "WHERE problem IS NOT NULL ORDER BY address"):
                yield Problem(kind, address, problem, None if state == FAILED else due)

    def count_pages(self) -> dict[str, int]:
        """Return how many pages are kept, waiting and failed."""
        rows = self._archive.rows("SELECT state, count(*) FROM watched_pages GROUP BY state")
        return dict.fromkeys((KEPT, WAITING, FAILED), 0) | dict(rows)
