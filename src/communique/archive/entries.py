"""Lists of records as people browse them: a page at a time, in an order, with counts of what the list holds.

The conditions are those of ``communique.filters``; they are asked of the table ``entries`` alone, which holds what
they read, so that no page needs more than a look at as many rows as are counted.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from communique import filters
from communique.archive.store import Archive, told
from communique.errors import RecordNotFound, UsageError
from communique.records import Article, Record, from_json

Order = Literal["newest", "oldest", "surest", "best"]
ORDERS: Mapping[Order, str] = {
    "newest": "r.last_day DESC, r.article, r.position",
    "oldest": "r.last_day, r.article DESC, r.position DESC",
    "surest": "r.confidence DESC, r.last_day DESC, r.article, r.position",
    "best": "f.rank, r.last_day DESC, r.article, r.position",
}
"""How a list may be ordered; by "best" only what was searched for words."""

COUNTED = 10_000
"""Records that are counted; of more it is known that they are more."""
RANKED = 10_000
"""Texts among which the best are found; where more hold the words, the latest that were added."""
FEW = 10_000
"""Records of an actor up to which these are looked up one by one; for more, the list is gone through."""

# Signs of no text, around what a search found.
OPEN, CLOSE = "\x02", "\x03"
NAMED = ("actor", "speaker", "addressee", "source", "target")
# The same conditions, asked of what an entry holds.
OF_ENTRY = {
    "country": """instr(r.countries, '"' || :country || '"')""",
    "sector": """instr(r.sectors, '"' || :sector || '"')""",
}
OF_ARTICLE = {"id": "r.article", "outlet": "r.outlet", "language": "r.language"}
PLAIN_FACETS = {
    "articles": ("language",),
    "statements": ("act", "kind", "language"),
    "events": ("type", "status", "mode", "language"),
}
ARRAYS = {"country": "countries", "sector": "sectors", "actor": "actors"}
LEVELS = (0.9, 0.7, 0.5)


@dataclass(frozen=True, slots=True)
class Count:
    """How many records there are, up to a number; ``more`` tells that there are more than these."""

    number: int
    more: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """What a list holds under a filter: values with the number of records, the most frequent first.

    Each value is (value of the filter, name for people, number). The facet "day" is years or months, in their order.
    """

    key: str
    values: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """How many records a list holds, and what would narrow it; of long lists what the latest of them hold."""

    total: Count
    facets: tuple[Facet, ...]


@dataclass(frozen=True, slots=True)
class Hits:
    """Which records a list holds: filters by key, and words that are searched for ("" for none)."""

    kind: str
    chosen: Mapping[str, str]
    words: str = ""

    @property
    def key(self) -> tuple[str, tuple[tuple[str, str], ...], str]:
        """What tells two of them apart, as a value that can be a key."""
        return self.kind, tuple(sorted(self.chosen.items())), self.words


def match(words: str) -> str:
    """Return the words as a query of FTS5; those in double quotes stand together, nothing else is syntax.

    Raises UsageError when there is no word.
    """
    query = " ".join(f'"{phrase}"' for phrase in filters.phrases(words))
    if not query:
        raise UsageError("no words to search for", remedy="give at least one word")
    return query


class Entries:
    """The lists of an archive. Every method may raise ArchiveError, and UsageError for a wrong filter or value."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._db = archive._db
        self._where = str(archive.path)

    def page(
        self, hits: Hits, *, order: Order = "newest", limit: int = 50, offset: int = 0, after: str | None = None
    ) -> list[Record]:
        """Return the records of one page, whole; by the order "newest" it may begin after the record with an id.

        Raises RecordNotFound when there is no such record.
        """
        if order not in ORDERS or (order == "best" and not hits.words):
            allowed = ", ".join(ORDERS)
            raise UsageError(
                f"no order {order!r}", remedy=f"one of {allowed}; best only of what is searched for words"
            )
        source, where, parameters = self._selection(hits)
        if after is not None:
            where, parameters = self._after(hits.kind, after, order, where, parameters)
        sql = f"""
            SELECT (SELECT json FROM {hits.kind} WHERE id = r.id) FROM {source} WHERE {where}
            ORDER BY {ORDERS[order]} LIMIT :limit OFFSET :offset
        """
        with told(self._where):
            rows = self._db.execute(sql, {**parameters, "limit": limit, "offset": offset}).fetchall()
            return [from_json(line) for (line,) in rows]

    def _after(
        self, kind: str, record: str, order: Order, where: str, parameters: dict[str, object]
    ) -> tuple[str, dict[str, object]]:
        if order != "newest":
            raise UsageError("only a list of the newest goes on after a record", remedy="use offset")
        sql = "SELECT last_day, article, position FROM entries WHERE id = ? AND records = ?"
        with told(self._where):
            row = self._db.execute(sql, (record, kind)).fetchone()
        if row is None:
            raise RecordNotFound(f"none of the {kind} has the id {record[:40]!r}", where=self._where)
        later = "r.last_day = :day AND (r.article, r.position) > (:home, :place)"
        names = dict(zip(("day", "home", "place"), row, strict=True))
        return f"{where} AND r.last_day <= :day AND (r.last_day < :day OR ({later}))", parameters | names

    def count(self, hits: Hits, *, most: int = COUNTED) -> Count:
        """Return how many records there are, up to ``most``."""
        source, where, parameters = self._selection(hits)
        sql = f"SELECT count(*) FROM (SELECT 1 FROM {source} WHERE {where} LIMIT :most + 1)"
        with told(self._where):
            found: int = self._db.execute(sql, {**parameters, "most": most}).fetchone()[0]
        return Count(min(found, most), found > most)

    def summary(self, hits: Hits, *, most: int = COUNTED, shown: int = 12) -> Summary:
        """Return how many records there are, and what they hold under each filter; see Summary."""
        plain, years = PLAIN_FACETS[hits.kind], _period(hits.chosen)
        parts = ["SELECT 'total' AS facet, 'total' AS value, count(*) AS number FROM hits"]
        parts += [f"SELECT '{key}', {key}, count(*) FROM top GROUP BY 2" for key in plain]
        parts.append("SELECT 'outlet', outlet, count(*) FROM top GROUP BY 2")
        parts.append(f"SELECT 'day', substr(last_day, 1, {years}), count(*) FROM top GROUP BY 2")
        if hits.kind != "articles":
            parts += [
                f"SELECT '{key}', j.value, count(*) FROM top, json_each(top.{column}) j GROUP BY 2"
                for key, column in ARRAYS.items()
            ]
            levels = " ".join(f"WHEN confidence >= {level} THEN '{level}'" for level in LEVELS)
            parts.append(f"SELECT 'min-confidence', CASE {levels} ELSE '0' END, count(*) FROM top GROUP BY 2")
        columns = sorted({*plain, "outlet", "last_day", "confidence", *ARRAYS.values()})
        latest, parameters = self.latest(hits, columns, most=most + 1)
        sql = f"""
            {latest}, top AS MATERIALIZED (SELECT * FROM hits LIMIT :top) SELECT facet, value, number FROM (
                SELECT *, row_number() OVER (PARTITION BY facet ORDER BY number DESC, value) AS place
                FROM ({" UNION ALL ".join(parts)}) WHERE length(value) BETWEEN 1 AND 300
            ) WHERE place <= :shown OR facet = 'day' ORDER BY facet, place
        """
        with told(self._where):
            rows = self._db.execute(sql, {**parameters, "top": most, "shown": shown}).fetchall()
        found: dict[str, list[tuple[str, int]]] = {}
        for facet, value, number in rows:
            found.setdefault(facet, []).append((str(value), number))
        ((_, total),) = found.pop("total")
        keys = [key for key in (*plain, *ARRAYS, "outlet", "day", "min-confidence") if key in found]
        return Summary(Count(min(total, most), total > most), tuple(self._named(key, found[key]) for key in keys))

    def latest(self, hits: Hits, columns: Iterable[str], *, most: int = COUNTED) -> tuple[str, dict[str, object]]:
        """Return SQL that names as ``hits`` these columns of the latest ``most`` records, and its parameters."""
        source, where, parameters = self._selection(hits)
        sql = f"""
            WITH hits AS MATERIALIZED (
                SELECT {", ".join(f"r.{column}" for column in columns)} FROM {source} WHERE {where}
                ORDER BY {ORDERS["newest"]} LIMIT :most
            )
        """
        return sql, {**parameters, "most": most}

    def _named(self, key: str, values: list[tuple[str, int]]) -> Facet:
        if key == "day":
            return Facet(key, tuple((value, value, number) for value, number in sorted(values)))
        if key == "min-confidence":
            # Whoever chooses a level gets all that are surer, too.
            total, cumulated = 0, []
            for value, number in sorted(values, reverse=True):
                total += number
                cumulated.append((value, value, total))
            return Facet(key, tuple(cumulated))
        if key == "actor":
            names = self.names(value for value, _ in values)
            return Facet(key, tuple((value, names.get(value, value), number) for value, number in values))
        if key == "outlet":
            return Facet(key, tuple((*self._outlet(value), number) for value, number in values))
        return Facet(key, tuple((value, value, number) for value, number in values))

    def names(self, actors: Iterable[str]) -> dict[str, str]:
        """Return the names of actors by id, as far as the archive knows them."""
        sql = "SELECT name FROM names WHERE id = ? LIMIT 1"
        with told(self._where):
            found = {actor: self._db.execute(sql, (actor,)).fetchone() for actor in actors}
        return {actor: row[0] for actor, row in found.items() if row is not None}

    def arrivals(self, hits: Hits, *, after: int = 0, limit: int = 50) -> list[tuple[int, Record]]:
        """Return what came last, the latest first, each with a number that grows with what comes; of long lists only
        what is among the latest days.
        """
        latest, parameters = self.latest(hits, ("id", "article"))
        sql = f"""
            {latest} SELECT t.key, (SELECT json FROM {hits.kind} WHERE id = h.id)
            FROM hits h JOIN texts t ON t.article = h.article AND t.record = h.id
            WHERE t.key > :after ORDER BY t.key DESC LIMIT :limit
        """
        with told(self._where):
            rows = self._db.execute(sql, {**parameters, "after": after, "limit": limit}).fetchall()
            return [(key, from_json(line)) for key, line in rows]

    def best(self, words: str, *, shown: int = 10) -> dict[str, tuple[list[Record], Count]]:
        """Return of each kind of record the best that hold the words, and how many do, as far as they are counted."""
        query = match(words)
        floor = self._floor(query)
        sql = """
            WITH found AS MATERIALIZED (
                SELECT t.kind, t.record, words.rank AS rank FROM words JOIN texts t ON t.key = words.rowid
                WHERE words MATCH :query AND words.rowid >= :floor
            ), placed AS (
                SELECT *, row_number() OVER (PARTITION BY kind ORDER BY rank, record) AS place,
                    count(*) OVER (PARTITION BY kind) AS number
                FROM found
            )
            SELECT kind, record, number FROM placed WHERE place <= :shown ORDER BY kind, place
        """
        with told(self._where):
            rows = self._db.execute(sql, {"query": query, "floor": floor, "shown": shown}).fetchall()
        found: dict[str, tuple[list[Record], Count]] = {kind: ([], Count(0, floor > 0)) for kind in filters.KINDS}
        for kind, record, number in rows:
            records, _ = found[kind]
            records.append(self.archive.record(record))
            found[kind] = records, Count(number, floor > 0)
        return found

    def last_arrival(self) -> int:
        """Return the number of what came last; 0 in an empty archive."""
        with told(self._where):
            row = self._db.execute("SELECT max(key) FROM texts").fetchone()
        return row[0] or 0

    def snippet(self, record: Record, words: str) -> tuple[tuple[str, bool], ...]:
        """Return where the words stand in a record, as pieces of text; True marks those that were searched for."""
        article = record.id if isinstance(record, Article) else record.article
        sql = """
            SELECT snippet(words, -1, ?, ?, '…', 24) FROM words
            WHERE words MATCH ? AND rowid = (SELECT key FROM texts WHERE article = ? AND record = ?)
        """
        with told(self._where):
            row = self._db.execute(sql, (OPEN, CLOSE, match(words), article, record.id)).fetchone()
        pieces = re.split(f"({OPEN}[^{CLOSE}]*{CLOSE})", row[0]) if row else []
        return tuple((piece.strip(OPEN + CLOSE), piece.startswith(OPEN)) for piece in pieces if piece)

    def _outlet(self, words: str) -> tuple[str, str]:
        """Return the value of the filter, and the name, of an outlet whose words these are."""
        sql = """
            SELECT coalesce(json_extract(json, '$.outlet.name'), json_extract(json, '$.outlet.domain'))
            FROM articles WHERE outlet = ? LIMIT 1
        """
        with told(self._where):
            row = self._db.execute(sql, (words,)).fetchone()
        return words.strip(), (row and row[0]) or words.strip()

    def _selection(self, hits: Hits) -> tuple[str, str, dict[str, object]]:
        """Return the tables, the condition on them and its parameters."""
        if hits.kind not in filters.KINDS:
            raise UsageError(f"no kind of record {hits.kind!r}", remedy=f"one of {', '.join(filters.KINDS)}")
        parameters: dict[str, object] = {"records": hits.kind}
        source, parts, named = "entries r", ["r.records = :records"], []
        for key, value in hits.chosen.items():
            sql, values = filters.condition(hits.kind, {key: value}, own=self.archive._own)
            parameters |= values
            if key in NAMED:
                named.append(_records(sql))
            else:
                parts.append(OF_ENTRY.get(key) or re.sub(r"\ba\.(\w+)", lambda of: OF_ARTICLE[of[1]], sql))
        if named:
            records = " INTERSECT ".join(f"SELECT * FROM {one}" for one in named)
            if not hits.words and self._is_few(records, parameters):
                # SQLite goes through the list unless it is told to begin with these.
                source = f"(SELECT DISTINCT record AS id FROM ({records})) n CROSS JOIN entries r"
                parts.append("r.id = n.id")
            else:
                # The plus has it go through the list, and look up each.
                parts.append(f"+r.id IN ({records})")
        if hits.words:
            query = match(hits.words)
            parameters |= {"query": query, "floor": self._floor(query)}
            source = """(
                SELECT t.record AS id, words.rank AS rank FROM words JOIN texts t ON t.key = words.rowid
                WHERE words MATCH :query AND words.rowid >= :floor AND t.kind = :records
            ) f CROSS JOIN entries r ON r.id = f.id"""
        return source, " AND ".join(f"({part})" for part in parts), parameters

    def _is_few(self, records: str, values: Mapping[str, object]) -> bool:
        """Tell whether a query gives few records, so that they are better looked up one by one."""
        counted = f"SELECT count(*) FROM (SELECT 1 FROM ({records}) LIMIT {FEW})"
        with told(self._where):
            found: int = self._db.execute(counted, values).fetchone()[0]
        return found < FEW

    def _floor(self, query: str) -> int:
        """Return the key of the text from which on the best are looked for."""
        sql = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?"
        with told(self._where):
            row = self._db.execute(sql, (query, RANKED - 1)).fetchone()
        return row[0] if row else 0


def _records(condition: str) -> str:
    """Return the query in a condition "(r.id IN (query))", with its brackets."""
    return condition[1:-1].removeprefix("r.id IN ")


def _period(chosen: Mapping[str, str]) -> int:
    """Return how many letters of a day tell the period that is counted: months within a year, else years."""
    since, until = chosen.get("since", ""), chosen.get("until", "")
    return 7 if since and since[:4] == until[:4] else 4
