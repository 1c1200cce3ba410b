"""What pictures show of a list of events: how many when, where, and between whom; of long lists the latest events.

What several do together, such as talks (``Event.symmetric``), is done by none of them to another: it counts once for
each pair of them, as ``mutual``, with the two in the order of the alphabet.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from communique.archive.entries import COUNTED, Entries, Hits
from communique.archive.store import told
from communique.errors import UsageError
from communique.filters import EVENTS

PERIODS: Mapping[str, int] = {"year": 4, "month": 7, "day": 10}
"""How many signs of a day tell the period."""


@dataclass(frozen=True, slots=True)
class Bar:
    """How many events of a type there are in a period ("2022", "2022-02" or "2022-02-10")."""

    period: str
    type: str
    number: int


@dataclass(frozen=True, slots=True)
class Tally:
    """A period's events: how many, cooperative and hostile, and the mean of Goldstein's scores."""

    period: str
    number: int
    cooperation: int
    conflict: int
    goldstein: float | None


@dataclass(frozen=True, slots=True)
class Tone:
    """A period's events of one country towards another, or (``mutual``) of the two together; see Tally."""

    period: str
    source: str
    target: str
    mutual: bool
    number: int
    cooperation: int
    conflict: int
    goldstein: float | None


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with its events; ``lat`` and ``lon`` are degrees."""

    name: str
    country: str | None
    lat: float
    lon: float
    number: int
    cooperation: int
    conflict: int


@dataclass(frozen=True, slots=True)
class Tie:
    """Events that one actor did to another, or (``mutual``) both together; ids, how many, the mean of the scores."""

    source: str
    target: str
    mutual: bool
    number: int
    goldstein: float | None


@dataclass(frozen=True, slots=True)
class Node:
    """An actor of a network: its name, country and sector as the archive has them, in how many events it is."""

    id: str
    name: str
    country: str | None
    sector: str | None
    number: int


@dataclass(frozen=True, slots=True)
class Network:
    """The strongest ties of a list of events, and the actors that they tie."""

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]


QUADS = "coalesce(sum(quad IN (1, 2)), 0), coalesce(sum(quad IN (3, 4)), 0)"
SCORES = "json_extract(e.json, '$.quad') AS quad, json_extract(e.json, '$.goldstein') AS goldstein"
MUTUAL = "coalesce(json_extract(e.json, '$.symmetric'), 0) AS mutual"


def _pairs(column: str) -> str:
    """Return SQL that joins each event ``h`` with its pairs ``s``, ``t`` of known actors that differ in a column."""
    return f"""
        JOIN actors s ON s.record = h.id AND s.role = 'source' AND s.{column} IS NOT NULL
        JOIN actors t ON t.record = h.id AND iif(
            h.mutual, t.role = 'source' AND t.{column} > s.{column}, t.role = 'target' AND t.{column} != s.{column}
        )
    """


class Sums:
    """Sums over lists of events. Every method may raise ArchiveError, and UsageError for a wrong filter or value."""

    def __init__(self, entries: Entries) -> None:
        self._entries = entries
        self._db = entries.archive._db
        self._where = str(entries.archive.path)

    def bars(self, hits: Hits, *, by: str = "month") -> list[Bar]:
        """Return how many events of each type each period has, in the order of time; without a day none is told."""
        size = _size(by)
        latest, parameters = self._entries.latest(_of_events(hits), ("last_day", "type"), most=10 * COUNTED)
        sql = f"""
            {latest} SELECT substr(last_day, 1, :size) AS period, type, count(*) FROM hits
            WHERE last_day != '' GROUP BY 1, 2 ORDER BY 1, 2
        """
        return [Bar(*row) for row in self._rows(sql, {**parameters, "size": size})]

    def tallies(self, hits: Hits, *, by: str = "month") -> list[Tally]:
        """Return how cooperative and hostile the events of each period are, in the order of time."""
        latest, parameters = self._entries.latest(_of_events(hits), ("id", "last_day"))
        return self._tallied(latest, "NOT mutual", {**parameters, "size": _size(by)})

    def between(self, one: str, other: str, *, by: str = "month") -> list[Tally]:
        """Return the same of what two actors, by their ids, did together, such as talks and agreements."""
        latest = """
            WITH hits AS MATERIALIZED (
                SELECT e.id, e.last_day FROM (
                    SELECT record FROM actors WHERE id = :one AND role = 'source'
                    INTERSECT SELECT record FROM actors WHERE id = :other AND role = 'source'
                ) x CROSS JOIN entries e ON e.id = x.record ORDER BY e.last_day DESC LIMIT :most
            )
        """
        parameters = {"one": one, "other": other, "most": COUNTED, "size": _size(by)}
        return self._tallied(latest, "mutual", parameters)

    def _tallied(self, latest: str, condition: str, parameters: Mapping[str, object]) -> list[Tally]:
        sql = f"""
            {latest}, scored AS (
                SELECT substr(h.last_day, 1, :size) AS period, {SCORES}, {MUTUAL}
                FROM hits h JOIN events e ON e.id = h.id WHERE h.last_day != ''
            )
            SELECT period, count(*), {QUADS}, avg(goldstein) FROM scored WHERE {condition} GROUP BY 1 ORDER BY 1
        """
        return [Tally(*row) for row in self._rows(sql, parameters)]

    def tones(self, hits: Hits, *, by: str = "month", pairs: int = 5) -> list[Tone]:
        """Return how the most frequent pairs of countries deal with each other over time, in order of time."""
        latest, parameters = self._entries.latest(_of_events(hits), ("id", "last_day"))
        sql = f"""
            {latest}, scored AS MATERIALIZED (
                SELECT h.id, substr(h.last_day, 1, :size) AS period, {SCORES}, {MUTUAL}
                FROM hits h JOIN events e ON e.id = h.id WHERE h.last_day != ''
            ), sides AS MATERIALIZED (
                SELECT h.period, s.country AS source, t.country AS target, h.mutual, h.quad, h.goldstein
                FROM scored h {_pairs("country")} GROUP BY h.id, s.country, t.country
            ), frequent AS (
                SELECT source, target, mutual FROM sides GROUP BY 1, 2, 3 ORDER BY count(*) DESC, 1, 2, 3 LIMIT :pairs
            )
            SELECT period, source, target, mutual, count(*), {QUADS}, avg(goldstein)
            FROM sides JOIN frequent USING (source, target, mutual) GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
        """
        rows = self._rows(sql, {**parameters, "size": _size(by), "pairs": pairs})
        return [Tone(period, one, other, bool(mutual), *rest) for period, one, other, mutual, *rest in rows]

    def spots(self, hits: Hits, *, shown: int = 1000) -> list[Spot]:
        """Return the places of the events that have one, the most frequent first."""
        latest, parameters = self._entries.latest(_of_events(hits), ("id",))
        sql = f"""
            {latest}, placed AS MATERIALIZED (
                SELECT json_extract(e.json, '$.place.name') AS name,
                    json_extract(e.json, '$.place.country') AS country,
                    json_extract(e.json, '$.place.lat') AS lat, json_extract(e.json, '$.place.lon') AS lon, {SCORES}
                FROM hits h JOIN events e ON e.id = h.id WHERE lat NOT NULL
            )
            SELECT name, country, lat, lon, count(*), {QUADS} FROM placed WHERE lon IS NOT NULL
            GROUP BY 1, 2, 3, 4 ORDER BY 5 DESC, 1 LIMIT :shown
        """
        return [Spot(*row) for row in self._rows(sql, {**parameters, "shown": shown})]

    def network(self, hits: Hits, *, shown: int = 100) -> Network:
        """Return the ties between actors that are known, the strongest first, and their actors."""
        latest, parameters = self._entries.latest(_of_events(hits), ("id",))
        sql = f"""
            {latest}, scored AS MATERIALIZED (
                SELECT h.id, {SCORES}, {MUTUAL} FROM hits h JOIN events e ON e.id = h.id
            )
            SELECT s.id, t.id, h.mutual, count(*), avg(h.goldstein) FROM scored h {_pairs("id")}
            GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2, 3 LIMIT :shown
        """
        rows = self._rows(sql, {**parameters, "shown": shown})
        ties = tuple(Tie(one, other, bool(mutual), *rest) for one, other, mutual, *rest in rows)
        numbers: dict[str, int] = {}
        for tie in ties:
            for actor in (tie.source, tie.target):
                numbers[actor] = numbers.get(actor, 0) + tie.number
        nodes = [Node(*self._known(actor), number) for actor, number in numbers.items()]
        return Network(tuple(sorted(nodes, key=lambda node: (-node.number, node.id))), ties)

    def _known(self, actor: str) -> tuple[str, str, str | None, str | None]:
        (row,) = self._rows("SELECT id, name, country, sector FROM names WHERE id = :id LIMIT 1", {"id": actor})
        return row

    def _rows(self, sql: str, parameters: Mapping[str, object]) -> list[tuple]:  # type: ignore[type-arg] # as selected
        with told(self._where):
            return self._db.execute(sql, parameters).fetchall()


def _of_events(hits: Hits) -> Hits:
    if hits.kind != EVENTS:
        raise UsageError(f"{hits.kind} cannot be drawn", remedy="only events can")
    return hits


def _size(by: str) -> int:
    if by not in PERIODS:
        raise UsageError(f"no period {by!r}", remedy=f"one of {', '.join(PERIODS)}")
    return PERIODS[by]
