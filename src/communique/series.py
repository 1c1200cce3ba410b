"""Aggregates: how many distinct events a day, week, month or year, of which kinds, between whom, and how friendly.

An event counts once, however many reports tell of it. Its mean is that of Goldstein's scores (1992), from -10,
conflict, to 10, cooperation; the kinds are the four quad classes of the field.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import msgspec

from communique.records import Actor, Event
from communique.stories.accounts import DistinctEvent

By = Literal["day", "week", "month", "year", "all"]
Of = Literal["country", "actor"]

ALL = "all"
LONGEST = timedelta(days=40 * 366)
"""How long a timeline is filled with periods that have no events."""
QUADS: Mapping[int, str] = {
    1: "verbal_cooperation",
    2: "material_cooperation",
    3: "verbal_conflict",
    4: "material_conflict",
}
"""The quad classes, by number."""


class Point(msgspec.Struct, frozen=True):
    """The distinct events of a period, of a type and between two sides where these are told apart.

    ``period`` is "2022-02-10", "2022-W06" (ISO 8601), "2022-02", "2022" or "all"; ``reports`` counts distinct reports,
    an event's each; ``goldstein`` is the events' mean, None when none of them has a score.
    """

    period: str
    source: str | None
    target: str | None
    type: str | None
    events: int
    reports: int
    verbal_cooperation: int
    material_cooperation: int
    verbal_conflict: int
    material_conflict: int
    goldstein: float | None


@dataclass(frozen=True, slots=True)
class Series:
    """Points in order of period, then of sides and type; ``undated`` events are in none, as no one period has them."""

    points: tuple[Point, ...]
    undated: int


def timeline(events: Iterable[DistinctEvent], *, by: By = "month", types: bool = False) -> Series:
    """Return the events by period, and by type if ``types``.

    Without types, periods between the first and the last that have no events are there with zeros, if the whole is not
    longer than LONGEST days: one event of long ago does not make a table of a hundred thousand empty days.
    """
    found = _series(events, by, types, lambda event: [(None, None)])
    if types or by == ALL or not found.points:
        return found
    first, last = found.points[0].period, found.points[-1].period
    if _first_day(last) - _first_day(first) > LONGEST:
        return found
    by_period = {point.period: point for point in found.points}
    every = _between(first, last, by)
    empty = (Point(period, None, None, None, 0, 0, 0, 0, 0, 0, None) for period in every if period not in by_period)
    return Series(tuple(sorted([*found.points, *empty], key=lambda point: point.period)), found.undated)


def dyads(events: Iterable[DistinctEvent], *, by: By = "all", types: bool = False, of: Of = "country") -> Series:
    """Return the events between each source and each target, by countries' codes or actors' names.

    What several do together counts in both directions of each pair. Events without a known source or target are in
    no dyad.
    """
    label: Callable[[Actor], str | None] = (lambda a: a.country) if of == "country" else (lambda a: a.id and a.name)

    def sides(event: Event) -> list[tuple[str | None, str | None]]:
        sources: set[str] = {name for actor in event.source if (name := label(actor))}
        targets = {name for actor in event.target if (name := label(actor))}
        if event.symmetric:
            sources = targets = sources | targets
        return [
            (one, other)
            for one in sorted(sources)
            for other in sorted(targets)
            if not (event.symmetric and one == other)
        ]

    return _series(events, by, types, sides)


def _series(
    events: Iterable[DistinctEvent], by: By, types: bool, sides: Callable[[Event], list[tuple[str | None, str | None]]]
) -> Series:  # fmt: skip
    cells: dict[tuple[str, str, str, str], list[DistinctEvent]] = {}
    undated = 0
    for one in events:
        pairs = sides(one.event)
        when = period(one.day, by)
        if when is None:
            undated += bool(pairs)
            continue
        for source, target in pairs:
            key = (when, source or "", target or "", one.event.type if types else "")
            cells.setdefault(key, []).append(one)
    return Series(tuple(_point(*key, cells[key]) for key in sorted(cells)), undated)


def _point(when: str, source: str, target: str, type: str, events: list[DistinctEvent]) -> Point:
    scores = [one.event.goldstein for one in events if one.event.goldstein is not None]
    quads = {name: sum(one.event.quad == number for one in events) for number, name in QUADS.items()}
    return Point(
        period=when,
        source=source or None,
        target=target or None,
        type=type or None,
        events=len(events),
        reports=sum(one.spread.reports for one in events),
        goldstein=round(sum(scores) / len(scores), 3) if scores else None,
        **quads,
    )


def period(day: str | None, by: By) -> str | None:
    """Return the period of a day, or of an interval that lies in one; None when there is none or it spans several.

    >>> period("2022-02-10", "week"), period("2022-02-01/2022-02-28", "month"), period("2022-02-01/2022-02-28", "day")
    ('2022-W06', '2022-02', None)
    """
    if by == ALL:
        return ALL
    if day is None:
        return None
    first, _, last = day.partition("/")
    found = _period(date.fromisoformat(first), by)
    return found if not last or _period(date.fromisoformat(last), by) == found else None


def _period(day: date, by: By) -> str:
    if by == "week":
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}"
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[by]]


def _between(first: str, last: str, by: By) -> Iterator[str]:
    """Yield all periods from the first to the last."""
    day, before = _first_day(first), ""
    while (now := _period(day, by)) <= last:
        if now != before:
            yield now
        before = now
        day += timedelta(days=1)


def _first_day(when: str) -> date:
    if "W" in when:
        return date.fromisocalendar(int(when[:4]), int(when[6:]), 1)
    return date.fromisoformat(f"{when}-01-01"[:10])
