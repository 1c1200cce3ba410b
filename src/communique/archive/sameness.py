"""What is the same in an archive: sketches of articles, sightings of events, links between them and groups of them.

All of it is derived from the articles and their records, and goes with them. An article that has no sketch is still to
be compared; what has to be grouped anew stands in ``unsettled``. So work that is cut off goes on where it stopped.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from communique import filters
from communique.archive.store import Archive, told
from communique.filters import ARTICLES, EVENTS
from communique.records import Article, Coding, Event, from_json

REPORT, EVENT, STORY, DAY = "report", "event", "story", "day"
"""The levels of links and groups, and of days whose stories are unsettled."""
# The size of SQLite's page cache while articles are compared, in KiB (negative by its convention): the index of
# sketches of 100,000 articles fits, without which each would be read from disk again and again.
CACHE = -262_144


@dataclass(frozen=True, slots=True)
class StoredLink:
    """A link as it is kept: ``one`` < ``other`` are ids of articles (report, story) or events."""

    one: str
    other: str
    kind: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Print:
    """An article as it was printed: which report it is a print of (the first print's id), when, by whom.

    ``outlet`` is the name, or, where it is not known, the ``domain``.
    """

    article: str
    report: str
    day: str | None
    outlet: str | None
    domain: str | None
    country: str | None
    title: str | None
    url: str | None


class Sameness:
    """The tables of an archive that tell what is the same. Every method may raise ArchiveError."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._db = archive._db
        self._where = str(archive.path)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Write in one transaction: all of it is kept, or nothing."""
        with self.archive.transaction() as db:
            db.execute(f"PRAGMA cache_size = {CACHE}")
            yield

    def _all(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        with told(self._where):
            return self._db.execute(sql, values).fetchall()

    def _texts(self, sql: str, *values: object) -> list[str]:
        return [str(row[0]) for row in self._all(sql, *values)]

    # What is to do

    def pending(self) -> list[str]:
        """Return the ids of articles that are still to be compared, the earliest day first."""
        return self._texts(
            "SELECT id FROM articles WHERE id NOT IN (SELECT article FROM sketches) ORDER BY last_day, id"
        )

    def unsettled(self, level: str) -> list[str]:
        """Return the members of a level that are to be grouped anew."""
        return self._texts("SELECT member FROM unsettled WHERE level = ? ORDER BY member", level)

    def is_settled(self) -> bool:
        """Tell whether all articles are compared and grouped."""
        sql = (
            "SELECT EXISTS (SELECT 1 FROM articles WHERE id NOT IN (SELECT article FROM sketches)) "
            "OR EXISTS (SELECT 1 FROM unsettled)"
        )
        return not self._all(sql)[0][0]

    def unsettle(self, level: str, members: Iterable[str]) -> None:
        """Have these grouped anew."""
        self._many("INSERT OR IGNORE INTO unsettled VALUES (?, ?)", ((level, member) for member in members))

    def settle(self, level: str, members: Iterable[str]) -> None:
        """Take these off what is to be grouped anew."""
        self._many("DELETE FROM unsettled WHERE level = ? AND member = ?", ((level, member) for member in members))

    def _many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        with told(self._where):
            self._db.executemany(sql, rows)

    # Articles

    def coding(self, article: str) -> Coding | None:
        """Return an article with its records; None when it has gone."""
        for line in self._texts("SELECT json FROM articles WHERE id = ?", article):
            found = from_json(line)
            assert isinstance(found, Article)
            return self.archive.coding(found)
        return None

    def text(self, article: str) -> str:
        """Return an article's text."""
        (found,) = self._texts("SELECT json_extract(json, '$.text') FROM articles WHERE id = ?", article)
        return found

    def has_sketch(self, article: str) -> bool:
        """Tell whether an article is compared already."""
        return bool(self._all("SELECT 1 FROM sketches WHERE article = ?", article))

    def add_sketch(self, article: str, day: int, hashes: Sequence[int], terms: Mapping[str, int]) -> None:
        """Keep what an article is compared by."""
        with told(self._where):
            number = self._db.execute(
                "INSERT INTO sketches (article, day, size, hashes, terms) VALUES (?, ?, ?, ?, ?)",
                (article, day, len(hashes), json.dumps(hashes), json.dumps(terms)),
            ).lastrowid
        self._many("INSERT INTO fingerprints VALUES (?, ?, ?, ?)", ((h, day, number, len(hashes)) for h in hashes))

    def sharing(self, hashes: Sequence[int], share: float, *, day: int, reach: int) -> list[str]:
        """Return the articles whose sketches share so much with this one: a share of the smaller one.

        Only those within ``reach`` days, or without a day; all if ``day`` is 0.
        """
        within = "f.day BETWEEN :first AND :last OR f.day = 0" if day else "1"
        sql = (
            "SELECT s.article FROM (SELECT f.number FROM json_each(:hashes) h JOIN fingerprints f ON f.hash = h.value "
            f"WHERE {within} GROUP BY f.number "
            "HAVING count(*) >= max(1, CAST(:share * min(:size, f.size) AS INTEGER))) n "
            "JOIN sketches s ON s.number = n.number ORDER BY s.article"
        )
        bounds = {"first": day - reach, "last": day + reach, "size": len(hashes), "share": share}
        with told(self._where):
            found = self._db.execute(sql, {"hashes": json.dumps(hashes), **bounds}).fetchall()
        return [str(article) for (article,) in found]

    def days(self, articles: Sequence[str]) -> dict[str, int]:
        """Return the ordinal days of articles, 0 for none."""
        sql = "SELECT article, day FROM sketches WHERE article IN (SELECT value FROM json_each(?))"
        return {str(article): int(str(day)) for article, day in self._all(sql, json.dumps(articles))}

    def described(self, first: int, last: int) -> list[tuple[str, int, dict[str, int]]]:
        """Return id, day and terms of the articles of some days."""
        sql = "SELECT article, day, terms FROM sketches WHERE day BETWEEN ? AND ? ORDER BY day, article"
        return [(str(a), int(str(d)), json.loads(str(t))) for a, d, t in self._all(sql, first, last)]

    # Events

    def add_sighting(self, event: str, keys: Iterable[str], day: int, facts: str) -> None:
        """Keep what an event is compared by."""
        rows = [(key, day) for key in keys]
        with told(self._where):
            self._db.execute("INSERT INTO sightings VALUES (?, ?, ?)", (event, json.dumps(rows), facts))
        self._many("INSERT INTO sighting_keys VALUES (?, ?, ?)", ((key, day, event) for key, day in rows))

    def sightings_by(self, keys: Sequence[str], first: int, last: int) -> list[str]:
        """Return the ids of the events that have one of the keys on some days."""
        return self._texts(
            "SELECT DISTINCT k.event FROM json_each(?) j JOIN sighting_keys k ON k.key = j.value "
            "AND k.day BETWEEN ? AND ? ORDER BY k.event",
            json.dumps(keys), first, last,
        )  # fmt: skip

    def sightings_in(self, articles: Sequence[str]) -> list[str]:
        """Return the ids of the events of some articles, as far as these are compared."""
        return self._texts(
            "SELECT e.id FROM json_each(?) j JOIN events e ON e.article = j.value JOIN sightings s ON s.event = e.id "
            "ORDER BY e.id",
            json.dumps(articles),
        )

    def facts(self, event: str) -> str:
        """Return what an event is compared by, as it was added."""
        (found,) = self._texts("SELECT facts FROM sightings WHERE event = ?", event)
        return found

    def events_shared(self, articles: Sequence[str], kind: str) -> dict[tuple[str, str], list[str]]:
        """Return, by pairs of articles, the events that links of a kind say both report: type and the first's id."""
        sql = (
            "SELECT min(e.article, o.article), max(e.article, o.article), e.type || ' ' || e.id "
            "FROM json_each(?) j JOIN events m ON m.article = j.value "
            "JOIN links l ON l.level = 'event' AND {} = m.id AND l.kind = ? "
            "JOIN events e ON e.id = l.one JOIN events o ON o.id = l.other"
        )
        found: dict[tuple[str, str], set[str]] = {}
        for end in ("l.one", "l.other"):
            for one, other, event in self._all(sql.format(end), json.dumps(articles), kind):
                found.setdefault((str(one), str(other)), set()).add(str(event))
        return {pair: sorted(events) for pair, events in found.items()}

    # Links and groups

    def add_links(self, level: str, links: Iterable[tuple[str, str, str, float, Sequence[str]]]) -> None:
        """Keep links, as one, other, kind, score and reasons; their ends are to be grouped anew."""
        rows = [(level, one, other, kind, score, json.dumps(why)) for one, other, kind, score, why in links]
        self._many("INSERT OR REPLACE INTO links VALUES (?, ?, ?, ?, ?, ?)", rows)
        self.unsettle(level, {end for row in rows for end in (str(row[1]), str(row[2]))})

    def drop_links(self, level: str, pairs: Iterable[tuple[str, str]]) -> None:
        """Take links back; their ends are to be grouped anew."""
        self._many("DELETE FROM links WHERE level = ? AND one = ? AND other = ?", ((level, *pair) for pair in pairs))

    def links_of(self, level: str, members: Iterable[str]) -> list[StoredLink]:
        """Return all links of some members, each once, in the order of their ids."""
        wanted = json.dumps(sorted(members))
        sql = (
            "SELECT one, other, kind, score, reasons FROM links "
            "WHERE level = ? AND {} IN (SELECT value FROM json_each(?))"
        )
        rows = {row[:2]: row for end in ("one", "other") for row in self._all(sql.format(end), level, wanted)}
        return [
            StoredLink(str(one), str(other), str(kind), float(str(score)), tuple(json.loads(str(why))))
            for (one, other), (_, _, kind, score, why) in sorted(
                rows.items(), key=lambda item: [str(p) for p in item[0]]
            )
        ]

    def component(self, level: str, members: Iterable[str], kind: str | None) -> tuple[set[str], list[StoredLink]]:
        """Return all that is reached from some members by links of a kind, or of any, and those links."""
        reached, edge = set(members), sorted(set(members))
        found: dict[tuple[str, str], StoredLink] = {}
        while edge:
            links = [link for link in self.links_of(level, edge) if kind in (None, link.kind)]
            found |= {(link.one, link.other): link for link in links}
            edge = sorted({end for link in links for end in (link.one, link.other)} - reached)
            reached.update(edge)
        return reached, [found[pair] for pair in sorted(found)]

    def regroup(self, level: str, members: Iterable[str], groups: Iterable[Sequence[str]]) -> None:
        """Put these members into these groups instead of those that they were in; others are alone."""
        self._many("DELETE FROM groups WHERE level = ? AND member = ?", ((level, member) for member in members))
        rows = ((level, member, group[0]) for group in groups for member in group)
        self._many("INSERT INTO groups VALUES (?, ?, ?)", rows)

    def group_of(self, level: str, member: str) -> str:
        """Return the name of a member's group: its first member's id, its own when it is alone."""
        found = self._texts("SELECT name FROM groups WHERE level = ? AND member = ?", level, member)
        return found[0] if found else member

    def members(self, level: str, name: str) -> list[str]:
        """Return the members of a group, sorted by id."""
        found = self._texts("SELECT member FROM groups WHERE level = ? AND name = ? ORDER BY member", level, name)
        return found or [name]

    def members_of(self, level: str, names: Iterable[str]) -> dict[str, list[str]]:
        """Return the members of groups by the groups' names; whoever is alone is its own only member."""
        wanted = sorted(names)
        found: dict[str, list[str]] = {name: [] for name in wanted}
        sql = "SELECT name, member FROM groups WHERE level = ? AND name IN (SELECT value FROM json_each(?)) ORDER BY 2"
        for name, member in self._all(sql, level, json.dumps(wanted)):
            found[str(name)].append(str(member))
        return {name: members or [name] for name, members in found.items()}

    def groups_of(self, level: str, members: Iterable[str]) -> dict[str, str]:
        """Return the group's name of each of some members: the first one's id, its own when it is alone."""
        wanted = sorted(members)
        sql = "SELECT member, name FROM groups WHERE level = ? AND member IN (SELECT value FROM json_each(?))"
        found = {str(member): str(name) for member, name in self._all(sql, level, json.dumps(wanted))}
        return {member: found.get(member, member) for member in wanted}

    def count(self, level: str) -> int:
        """Return how many groups of two or more there are."""
        return int(str(self._all("SELECT count(DISTINCT name) FROM groups WHERE level = ?", level)[0][0]))

    # For people

    def prints(self, articles: Iterable[str]) -> dict[str, Print]:
        """Return where and when articles were printed, by their ids, and of which report each is a print."""
        wanted = sorted(articles)
        reports = self.groups_of(REPORT, wanted)
        sql = (
            "SELECT id, last_day, json_extract(json, '$.title', '$.url', '$.outlet.name', '$.outlet.domain', "
            "'$.outlet.country') FROM articles WHERE id IN (SELECT value FROM json_each(?))"
        )
        found = {}
        for article, day, facts in self._all(sql, json.dumps(wanted)):
            title, url, name, domain, country = json.loads(str(facts))
            found[str(article)] = Print(
                str(article),
                reports[str(article)],
                None if day is None else str(day),
                name or domain,
                domain,
                country,
                title,
                url,
            )
        return found

    def articles_of(self, events: Iterable[str]) -> dict[str, str]:
        """Return the articles of events, by their ids."""
        sql = "SELECT id, article FROM events WHERE id IN (SELECT value FROM json_each(?))"
        return {str(event): str(article) for event, article in self._all(sql, json.dumps(sorted(events)))}

    def events_with(self, chosen: Mapping[str, str], *, of: Sequence[str]) -> list[Event]:
        """Return those of some events that pass the filters, by their ids. Raises UsageError on a wrong filter."""
        source, where, parameters = self.archive._selection(EVENTS, chosen)
        # By their articles, as these are read first.
        sql = (
            f"SELECT r.json FROM {source} WHERE ({where}) AND r.id IN (SELECT value FROM json_each(:of)) AND a.id IN "
            "(SELECT e.article FROM json_each(:of) j JOIN events e ON e.id = j.value) ORDER BY r.id"
        )
        with told(self._where):
            found = [from_json(line) for (line,) in self._db.execute(sql, {**parameters, "of": json.dumps(of)})]
        return [event for event in found if isinstance(event, Event)]

    def articles_with(self, chosen: Mapping[str, str]) -> list[str]:
        """Return the articles that pass the filters, or of which a record does, the latest first.

        Raises UsageError when a filter is unknown, or no kind of record has all of them.
        """
        kinds = filters.kinds(chosen)
        found: dict[str, str] = {}
        for kind in (ARTICLES,) if ARTICLES in kinds else kinds:
            source, where, parameters = self.archive._selection(kind, chosen)
            with told(self._where):
                sql = f"SELECT DISTINCT a.id, coalesce(a.last_day, '') FROM {source} WHERE {where}"
                found.update(self._db.execute(sql, parameters).fetchall())
        return sorted(found, key=lambda article: (found[article], article), reverse=True)
