"""What an archive knows of one actor, and of two: names, offices, counterparts, and where both appear."""

from collections.abc import Mapping
from dataclasses import dataclass

from communique.archive.store import Archive, told
from communique.errors import RecordNotFound
from communique.records import Record, from_json

ROLES = ("speaker", "addressee", "source", "target")
READ = 2000
"""Records of an actor that are read for its offices and counterparts: the latest."""


@dataclass(frozen=True, slots=True)
class Term:
    """An office as records have it, and the first and last day of those that do (None where they have no day)."""

    office: str
    first: str | None
    last: str | None
    number: int


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Another actor, and the events between the two: cooperative, hostile, all."""

    id: str
    name: str
    cooperation: int
    conflict: int
    number: int


@dataclass(frozen=True, slots=True)
class Who:
    """An actor as the archive names it; ``names`` are the most frequent first, as pages have it in full."""

    id: str
    name: str
    country: str | None
    sector: str | None
    names: tuple[str, ...]


class Dossiers:
    """What is known of actors. Every method may raise ArchiveError."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._where = str(archive.path)

    def who(self, actor: str) -> Who:
        """Return an actor by its whole id. Raises RecordNotFound when no record has it."""
        rows = self._rows(
            "SELECT name, country, sector, count(*) FROM names WHERE id = ? GROUP BY 1 ORDER BY 4 DESC, 1", actor
        )
        if not actor or not rows:
            raise RecordNotFound(f"no actor {actor!r}", where=self._where, remedy="search for its name")
        name, country, sector, _ = rows[0]
        return Who(actor, name, country, sector, tuple(row[0] for row in rows[:10]))

    def like(self, words: str, *, limit: int = 10) -> list[Who]:
        """Return actors that have a name with these words (as ``filters.words`` makes them), the most named first."""
        sql = """
            SELECT id, min(name), country, sector FROM names WHERE id != '' AND instr(words, ?)
            GROUP BY id ORDER BY count(*) DESC, id LIMIT ?
        """
        rows = self._rows(sql, words, limit)
        return [Who(one, name, country, sector, (name,)) for one, name, country, sector in rows]

    def counts(self, actor: str) -> dict[str, int]:
        """Return in how many records the actor is, by role."""
        sql = "SELECT role, count(*) FROM actors WHERE id = ? GROUP BY role"
        return dict.fromkeys(ROLES, 0) | dict(self._rows(sql, actor))

    def terms(self, actor: str) -> list[Term]:
        """Return the actor's offices, the latest first."""
        sql = """
            WITH mine AS (SELECT record, role FROM actors WHERE id = :actor LIMIT :read), told AS (
                SELECT coalesce(json_extract(s.json, '$.speaker.actor.office'), '') AS office, s.last_day AS day
                FROM mine JOIN statements s ON s.id = mine.record WHERE mine.role = 'speaker'
                UNION ALL
                SELECT json_extract(a.value, '$.office'), e.last_day FROM mine JOIN events e ON e.id = mine.record
                JOIN json_each(e.json, '$.' || mine.role) a ON json_extract(a.value, '$.id') = :actor
                WHERE mine.role IN ('source', 'target')
            )
            SELECT office, min(day), max(day), count(*) FROM told WHERE office != '' GROUP BY 1 ORDER BY 3 DESC, 1
        """
        return [Term(*row) for row in self._rows(sql, {"actor": actor, "read": READ})]

    def counterparts(self, actor: str, *, limit: int = 20) -> list[Counterpart]:
        """Return with whom the actor has most events."""
        sql = """
            WITH mine AS (
                SELECT record, role FROM actors WHERE id = :actor AND role IN ('source', 'target') LIMIT :read
            )
            SELECT o.id, min(o.name), sum(json_extract(e.json, '$.quad') IN (1, 2)),
                sum(json_extract(e.json, '$.quad') IN (3, 4)), count(*)
            FROM mine JOIN events e ON e.id = mine.record JOIN actors o ON o.record = mine.record AND o.id != :actor
                AND (o.role != mine.role OR json_extract(e.json, '$.symmetric'))
            GROUP BY 1 ORDER BY 5 DESC, 1 LIMIT :limit
        """
        rows = self._rows(sql, {"actor": actor, "read": READ, "limit": limit})
        return [Counterpart(one, name, good or 0, bad or 0, number) for one, name, good, bad, number in rows]

    def beside(self, speaker: str, other: str, *, limit: int = 20) -> list[Record]:
        """Return what the one said in articles in which the other has any role, the latest first."""
        sql = """
            SELECT (SELECT json FROM statements WHERE id = e.id) FROM (
                SELECT DISTINCT record FROM actors
                WHERE id = :speaker AND role = 'speaker' AND article IN (SELECT article FROM actors WHERE id = :other)
            ) x CROSS JOIN entries e ON e.id = x.record
            ORDER BY e.last_day DESC, e.article, e.position LIMIT :limit
        """
        return [from_json(line) for (line,) in self._rows(sql, {"speaker": speaker, "other": other, "limit": limit})]

    def together(self, one: str, other: str, *, limit: int = 20) -> list[Record]:
        """Return the events that both did, such as agreements and talks, the latest first."""
        sql = """
            SELECT (SELECT json FROM events WHERE id = e.id) FROM (
                SELECT record FROM actors WHERE id = :one AND role = 'source'
                INTERSECT SELECT record FROM actors WHERE id = :other AND role = 'source'
            ) x CROSS JOIN entries e ON e.id = x.record
            ORDER BY e.last_day DESC, e.article, e.position LIMIT :limit
        """
        return [from_json(line) for (line,) in self._rows(sql, {"one": one, "other": other, "limit": limit})]

    def _rows(self, sql: str, *values: object) -> list[tuple]:  # type: ignore[type-arg] # as selected
        named = values[0] if values and isinstance(values[0], Mapping) else values
        with told(self._where):
            return self.archive._db.execute(sql, named).fetchall()
