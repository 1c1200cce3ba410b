"""One table of filters: key, SQL condition, the sentence for people, help. Command line, web and API share it.

The conditions speak of the archive's tables by the aliases ``r`` (the record) and ``a`` (its article); only the
archive runs them. They stand here, beside the sentences, so that a query and its explanation cannot drift apart.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from communique.errors import UsageError
from communique.records import TYPE_NAME, Act, EventType, StatementKind, Status

STATEMENTS, EVENTS, ARTICLES = "statements", "events", "articles"
KINDS = (STATEMENTS, EVENTS, ARTICLES)
DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter. ``sql`` has one placeholder for each item that ``parameters`` makes of the value."""

    key: str
    kinds: tuple[str, ...]
    sql: str
    sentence: str
    help: str
    parse: Callable[[str], str] = str
    repeat: int = 1

    def parameters(self, value: str) -> list[str]:
        """Return the checked value as often as the condition needs it. Raises UsageError on a bad value."""
        return [self.parse(value)] * self.repeat


def _one_of(name: str, allowed: Sequence[str]) -> Callable[[str], str]:
    def parse(value: str) -> str:
        for word in allowed:
            if value.lower() == word.lower():
                return word
        raise UsageError(f"unknown {name} {value!r}", remedy=f"one of {', '.join(allowed)}")

    return parse


def _type(value: str) -> str:
    """A type of a user's own ontology is taken as it stands, in capitals."""
    return value if re.match(TYPE_NAME, value) else _one_of("type", get_args(EventType))(value)


def _day(value: str) -> str:
    if not DAY.fullmatch(value):
        raise UsageError(f"{value!r} is no date", remedy="write YYYY, YYYY-MM or YYYY-MM-DD")
    return value


def _last_day(value: str) -> str:
    # 'until 2022' means to its end: a day of the year sorts before "2022~".
    return _day(value) + "~"


def _share(value: str) -> str:
    try:
        if 0 <= float(value) <= 1:
            return value
    except ValueError:
        pass
    raise UsageError(f"{value!r} is no confidence", remedy="a number from 0 to 1")


def _actor(role: str) -> str:
    in_role = f" AND x.role = '{role}'" if role else ""
    return (
        f"EXISTS (SELECT 1 FROM actors x WHERE x.record = r.id{in_role} AND (x.id = ? OR x.name LIKE '%' || ? || '%'))"
    )


RECORDS = (STATEMENTS, EVENTS)
FILTERS: Mapping[str, Filter] = {
    f.key: f
    for f in (
        Filter("actor", RECORDS, _actor(""), "with {}", "a name, part of one, or an id, in any role", repeat=2),
        Filter("speaker", (STATEMENTS,), _actor("speaker"), "by {}", "who said it", repeat=2),
        Filter("addressee", (STATEMENTS,), _actor("addressee"), "to {}", "to whom it was said", repeat=2),
        Filter("source", (EVENTS,), _actor("source"), "by {}", "who did it", repeat=2),
        Filter("target", (EVENTS,), _actor("target"), "to {}", "to whom it was done", repeat=2),
        Filter(
            "country",
            RECORDS,
            "EXISTS (SELECT 1 FROM actors x WHERE x.record = r.id AND x.country = ?)",
            "of {}",
            "an actor's country, ISO 3166-1 alpha-3",
            str.upper,
        ),
        Filter("act", (STATEMENTS,), "r.act = ?", "act {}", "what the statement does", _one_of("act", get_args(Act))),
        Filter(
            "kind",
            (STATEMENTS,),
            "r.kind = ?",
            "{} speech",
            "direct, mixed or indirect",
            _one_of("kind", get_args(StatementKind)),
        ),
        Filter("type", (EVENTS,), "r.type = ?", "type {}", "PLOVER type, or one of your own", _type),
        Filter("mode", (EVENTS,), "r.mode = ?", "mode {}", "PLOVER mode"),
        Filter("status", (EVENTS,), "r.status = ?", "{}", "how the event stands", _one_of("status", get_args(Status))),
        Filter("since", KINDS, "r.last_day >= ?", "since {}", "on or after this day, month or year", _day),
        Filter("until", KINDS, "r.first_day <= ?", "until {}", "on or before this day, month or year", _last_day),
        Filter(
            "outlet", KINDS, "(a.outlet LIKE '%' || ? || '%' OR a.domain = ?)", "from {}", "name or domain", repeat=2
        ),
        Filter("language", (ARTICLES,), "a.language = ?", "in {}", "ISO 639-1 code"),
        Filter("article", RECORDS, "r.article = ?", "in {}", "an article's id"),
        Filter(
            "min-confidence", RECORDS, "r.confidence >= CAST(? AS REAL)", "of confidence {} or more", "0 to 1", _share
        ),
    )
}


def condition(kind: str, chosen: Mapping[str, str]) -> tuple[str, list[Any]]:
    """Return the SQL condition and its parameters for the chosen filters; "1" for none.

    Raises UsageError for a filter that this kind of record does not have, or a value that it does not take.
    """
    parts, parameters = [], []
    for key, value in chosen.items():
        known = FILTERS.get(key)
        if known is None or kind not in known.kinds:
            allowed = ", ".join(f.key for f in FILTERS.values() if kind in f.kinds)
            raise UsageError(f"{kind} have no filter {key!r}", remedy=f"one of {allowed}")
        parts.append(known.sql)
        parameters += known.parameters(value)
    return " AND ".join(parts) or "1", parameters


def sentence(kind: str, chosen: Mapping[str, str]) -> str:
    """Return what is shown, in words.

    >>> sentence("statements", {"speaker": "Lavrov", "since": "2022-02"})
    'statements by Lavrov, since 2022-02'
    """
    words = ", ".join(FILTERS[key].sentence.format(value) for key, value in chosen.items())
    return f"{kind} {words}".strip()
