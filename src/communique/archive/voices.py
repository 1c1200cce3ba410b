"""Which articles hold what somebody said, or rejected, about something."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from communique import filters
from communique.archive.store import Archive, told
from communique.filters import EVENTS, STATEMENTS


@dataclass(frozen=True, slots=True)
class Voice:
    """Who is looked for: everybody of a country, of these sectors if any are given, or whoever has a name or identity.

    ``name`` are words of a name, ``identity`` is an actor's id.
    """

    country: str | None = None
    sectors: tuple[str, ...] = ()
    name: str | None = None
    identity: str | None = None


class Voices:
    """The articles of an archive by who speaks in them. Every method may raise ArchiveError."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._where = str(archive.path)

    def records(
        self,
        voices: Sequence[Voice],
        about: Sequence[Sequence[Sequence[str]]],
        chosen: Mapping[str, str],
        *,
        articles: Iterable[str] | None = None,
    ) -> dict[str, set[str]]:
        """Return the ids of what these said, or rejected, by the ids of articles, these by day, the earliest first.

        ``about`` are alternatives, each of words that must all be in the article, each in one of its forms; none asks
        for nothing. ``articles`` are the only ones to look at, if they are given. ``chosen`` are filters that
        statements have; rejections are left out where events lack one of them. Raises UsageError for a wrong one.
        """
        values: dict[str, object] = {}
        who = " OR ".join(self._condition(number, voice, values) for number, voice in enumerate(voices))
        parts = []
        for kind, role in ((STATEMENTS, "x.role = 'speaker'"), (EVENTS, "x.role = 'source' AND r.type = 'REJECT'")):
            if kind == EVENTS and not all(kind in filters.FILTERS[key].kinds for key in chosen):
                continue
            where, parameters = filters.condition(kind, chosen, own=self.archive._own)
            values |= parameters
            parts.append(f"""
                SELECT r.id, a.id AS article, a.last_day FROM actors x JOIN {kind} r ON r.id = x.record
                JOIN articles a ON a.id = r.article WHERE {role} AND ({who}) AND {where}
            """)
        only = ""
        if articles is not None:
            only = "AND article IN (SELECT value FROM json_each(:articles))"
            values["articles"] = json.dumps(sorted(articles))
        sql = f"""
            SELECT id, article FROM ({" UNION ".join(parts)}) WHERE 1 {only} {self._matching(about, values)}
            ORDER BY last_day, article
        """
        found: dict[str, set[str]] = {}
        with told(self._where):
            for record, article in self.archive._db.execute(sql, values):
                found.setdefault(article, set()).add(record)
        return found

    def _condition(self, number: int, voice: Voice, values: dict[str, object]) -> str:
        if voice.country is not None:
            values[f"country{number}"] = voice.country
            sectors = ", ".join(f":sector{number}_{i}" for i in range(len(voice.sectors)))
            values |= {f"sector{number}_{i}": sector for i, sector in enumerate(voice.sectors)}
            return f"(x.country = :country{number}" + (
                f" AND (x.sector IN ({sectors}) OR x.id LIKE 'state:%'))" if sectors else ")"
            )
        values |= {f"id{number}": voice.identity, f"name{number}": filters.words(voice.name or "")}
        # Whoever is called so once, as 'Apple chief executive Tim Cook', may speak for it all over the page.
        return f"""(
            x.id = :id{number} OR instr(x.words, :name{number}) OR (x.article, x.id) IN (
                SELECT y.article, y.id FROM actors y WHERE y.id LIKE 'person:%' AND instr(y.words, :name{number})
            )
        )"""

    def _matching(self, about: Sequence[Sequence[Sequence[str]]], values: dict[str, object]) -> str:
        if not about:
            return ""
        values["query"] = " OR ".join(
            "(" + " AND ".join("(" + " OR ".join(f'"{form}"' for form in forms) + ")" for forms in needed) + ")"
            for needed in about
        )
        return """
            AND article IN (
                SELECT t.article FROM words JOIN texts t ON t.key = words.rowid
                WHERE words MATCH :query AND t.kind = 'articles'
            )
        """
