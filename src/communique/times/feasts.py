"""Feast days: 'Christmas Eve', 'Good Friday', 'by Easter'; which days they are is in knowledge/feasts.tsv."""

import re
from datetime import date, timedelta

from communique.knowledge import Row, table
from communique.times import periods
from communique.times.readers import Setting, neighbour, pick, stated_year

# 'At', 'by', 'since' and 'until' take a day; 'over Christmas' and 'before Easter' are seasons.
_POINTS = frozenset("at by since until till".split())


def _feasts() -> dict[str, Row]:
    return {_key(row["name"]): row for row in table("feasts.tsv")}


def _key(name: str) -> str:
    return re.sub(r"\s+", " ", name.replace("’", "'").replace("St.", "St"))


def names() -> str:
    """Return the feasts' names as alternatives of a pattern, longer ones first."""
    made = (
        re.escape(name).replace(r"\ ", r"\s+").replace("'", "['’]").replace("St\\s", r"St\.?\s")
        for name in sorted(_feasts(), key=len, reverse=True)
    )
    return "|".join(made)


def read_feast(match: re.Match[str], setting: Setting) -> periods.Period | None:
    """Read 'on Christmas Day', 'Easter Monday 1916', 'by Easter'; not 'Orthodox Easter', 'the Christmas market'."""
    row, on = _feasts()[_key(match["feast"])], setting.on
    span = setting.span(match)
    before = neighbour(span[0], -1)
    if before in {"orthodox", "coptic", "every", "each"}:
        return None
    stated = stated_year(match, on)
    if row["alone"] == "no" and (before not in _POINTS or span.root.dep_ == "compound") and not match["year"]:
        return None
    if stated is not None:
        return periods.day(_day(row, stated))
    if on is None or match["which"]:
        return None
    around = (periods.day(_day(row, year)) for year in (on.year - 1, on.year, on.year + 1))
    return pick(around, on, setting.outlook(match))


def _day(row: Row, year: int) -> date:
    if row["easter"]:
        return easter(year) + timedelta(days=int(row["easter"]))
    return date(year, int(row["month"]), int(row["day"]))


def easter(year: int) -> date:
    """Return Easter Sunday of the western churches (Meeus, Astronomical Algorithms, chapter 8).

    >>> str(easter(2023)), str(easter(2024))
    ('2023-04-09', '2024-03-31')
    """
    golden, (century, within) = year % 19, divmod(year, 100)
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (within // 4) - moon - within % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
